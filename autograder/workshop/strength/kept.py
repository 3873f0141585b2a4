"""What was measured, kept as data beside the page that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from autograder.workshop.strength import table
from autograder.workshop.strength.measure import EXAM_SEEDS, MUTANT_SEEDS, Naming, Strength, counts, measure
from bnlib.files import write_whole
from bnlib.paths import ROOT
from bnlib.syllabus import NAMES

PAGE = ROOT / "docs" / "strength.md"
FILE = PAGE.with_suffix(".json")


def build() -> None:
    """Measure the exercises of which other things are counted than there are, and write the page."""
    known = read()
    for name in outdated():
        print(f"measuring {name}", flush=True)
        known[name] = measure(name)
    write(known[name] for name in NAMES)


def outdated() -> list[str]:
    """Name the exercises of which other mistakes, answers or mutants are counted than there are."""
    known = read()
    return [name for name in NAMES if name not in known or counts(name) != known[name].counts]


def read() -> dict[str, Strength]:
    """Give what was measured, by exercise; nothing where it cannot be read."""
    try:
        return {said["exercise"]: _strength(said) for said in json.loads(FILE.read_text(encoding="utf-8"))}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write(strengths: Iterable[Strength]) -> None:
    """Write data and page."""
    strengths = list(strengths)
    data = json.dumps([asdict(one) for one in strengths], ensure_ascii=False, indent=1)
    write_whole(FILE, data + "\n")
    write_whole(PAGE, page(strengths))


def page(strengths: list[Strength]) -> str:
    """Give the page."""
    return table.markdown(strengths, len(EXAM_SEEDS), len(MUTANT_SEEDS))


def _strength(said: dict[str, Any]) -> Strength:
    return Strength(**_tuples(said) | {part: Naming(**_tuples(said[part])) for part in ("known", "second")})


def _tuples(said: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
