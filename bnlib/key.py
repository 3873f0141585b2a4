"""Answer keys: what the reference and the known mistakes give on each case. Data only, no code."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from bnlib import plain
from bnlib.outcome import Failure, Outcome

PRACTICE = Path(__file__).parent / "practice_key"


@dataclass(frozen=True)
class KeyCase:
    """A case with its inputs drawn and the reference's outcome."""

    name: str
    script: str
    results: tuple[str, ...]
    inputs: dict
    expected: Outcome


@dataclass(frozen=True)
class Mistake:
    """A known misconception: how it is told, and its outcome on every case, once per variant."""

    id: str
    when: str
    see: str
    variants: tuple[tuple[Outcome, ...], ...]


@dataclass(frozen=True)
class Key:
    """The answer key of one exercise."""

    exercise: str
    points: int
    cases: tuple[KeyCase, ...]
    mistakes: tuple[Mistake, ...]


def dump(key):
    """Write a key as JSON, one case or outcome a line."""
    cases = [
        {
            "name": case.name,
            "script": case.script,
            "results": case.results,
            "inputs": plain.encode(case.inputs),
            "expected": _encode(case.expected),
        }
        for case in key.cases
    ]
    mistakes = [
        {
            "id": mistake.id,
            "when": mistake.when,
            "see": mistake.see,
            "variants": [[_encode(outcome) for outcome in variant] for variant in mistake.variants],
        }
        for mistake in key.mistakes
    ]
    head = f'{{"exercise": {json.dumps(key.exercise)}, "points": {key.points},\n'
    return f'{head}"cases": {_lines(cases)},\n"mistakes": {_lines(mistakes)}}}\n'


def parse(text):
    """Read what `dump` wrote."""
    data = json.loads(text)
    cases = tuple(
        KeyCase(
            case["name"],
            case["script"],
            tuple(case["results"]),
            plain.decode(case["inputs"]),
            _decode(case["expected"]),
        )
        for case in data["cases"]
    )
    mistakes = tuple(
        Mistake(m["id"], m["when"], m["see"], tuple(tuple(map(_decode, variant)) for variant in m["variants"]))
        for m in data["mistakes"]
    )
    return Key(data["exercise"], data["points"], cases, mistakes)


@cache
def practice_key(exercise):
    """Give the practice key of an exercise."""
    return parse((PRACTICE / f"{exercise}.json").read_text(encoding="utf-8"))


def _lines(items):
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]"


def _encode(outcome):
    data = {"values": plain.encode(outcome.values)}
    if outcome.changed:
        data["changed"] = plain.encode(outcome.changed)
    if outcome.failure:
        data["failure"] = asdict(outcome.failure)
    return data


def _decode(data):
    failure = Failure(**data["failure"]) if "failure" in data else None
    return Outcome(plain.decode(data["values"]), plain.decode(data.get("changed", {"dict": {}})), failure)
