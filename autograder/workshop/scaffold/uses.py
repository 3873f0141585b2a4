"""Where an exercise is used: file, line and text of every place outside of what is its own or generated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.coursebook import lessons, outline
from autograder.workshop.scaffold import entries, texts
from autograder.workshop.strength import kept
from bnlib.paths import ROOT

FOLDERS = ("autograder", "bnlib", outline.PACKAGE, "docs", "tests")
KINDS = {".md", ".py", ".toml"}
TABLE = re.compile(r"(?<=`make build` writes this -->).*?(?=<!-- end of )", re.DOTALL)


@dataclass(frozen=True)
class Use:
    """A line that uses an exercise."""

    file: str
    line: int
    text: str


def uses(names: tuple[str, ...], lesson: str) -> Iterator[Use]:
    """Yield every use of an exercise's names; its own are its folder, its part of its lesson, its entry."""
    pattern = re.compile("|".join(map(_pattern, names)), re.MULTILINE)
    for file in _files():
        if file.is_relative_to(outline.path(names[0])) or file == kept.PAGE:
            continue
        text = _without_own(file, file.read_text(encoding="utf-8", errors="replace"), names[0], lesson)
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                yield Use(file.relative_to(ROOT).as_posix(), number, line.strip()[:100])


def _files() -> Iterator[Path]:
    """Yield the texts of the project, not those that are generated whole."""
    for place in (ROOT, *(ROOT / name for name in FOLDERS)):
        for path in sorted(place.glob("*") if place == ROOT else place.rglob("*")):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and path.suffix in KINDS and "mine" not in parts and "/." not in f"/{'/'.join(parts)}":
                yield path


def _pattern(name: str) -> str:
    """Give what a use looks like: any mention, or, where a name is a plain word too, what only code would say."""
    if re.search(r"[A-Z0-9_]", name):
        return rf"\b{name}\b"
    quoted = rf"""["'`/]{name}["'`/(.]"""
    given = rf"\b(?:import|reference|bnlib)\b.*\b{name}\b"
    return rf"{quoted}|{given}|(?<![\w.]){name}\(|^{name} = \["


def _without_own(file: Path, text: str, name: str, lesson: str) -> str:
    """Blank what is the exercise's own, or generated, and keep the lines' numbers."""
    own = [found.span() for found in TABLE.finditer(text)]
    if file == lessons.path(lesson):
        own += texts.own_part(text, name)
    if file == outline.path("course.toml"):
        own += [entries.place(text, lesson)]
    for begin, end in own:
        text = text[:begin] + re.sub(r"[^\n]", " ", text[begin:end]) + text[end:]
    return text
