"""Answer keys: what the reference and the known mistakes give on each case. Data only, no code."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from bnlib.judging import plain
from bnlib.judging.outcome import Failure, Kind, Outcome

PRACTICE = Path(__file__).parent.parent / "practice_key"


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
class Pair:
    """Two of the known misconceptions at once: their ids, and the outcome on every case, once per variant."""

    ids: tuple[str, str]
    variants: tuple[tuple[Outcome, ...], ...]


@dataclass(frozen=True)
class Key:
    """The answer key of one exercise."""

    exercise: str
    points: int
    cases: tuple[KeyCase, ...]
    mistakes: tuple[Mistake, ...]
    pairs: tuple[Pair, ...] = ()


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
        {"id": mistake.id, "when": mistake.when, "see": mistake.see, "variants": _encode_all(mistake.variants)}
        for mistake in key.mistakes
    ]
    pairs = [{"ids": pair.ids, "variants": _encode_all(pair.variants)} for pair in key.pairs]
    head = f'{{"exercise": {json.dumps(key.exercise)}, "points": {key.points},\n'
    return f'{head}"cases": {_lines(cases)},\n"mistakes": {_lines(mistakes)},\n"pairs": {_lines(pairs)}}}\n'


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
    mistakes = tuple(Mistake(m["id"], m["when"], m["see"], _decode_all(m["variants"])) for m in data["mistakes"])
    pairs = tuple(Pair(tuple(pair["ids"]), _decode_all(pair["variants"])) for pair in data["pairs"])
    return Key(data["exercise"], data["points"], cases, mistakes, pairs)


@cache
def practice_key(exercise):
    """Give the practice key of an exercise."""
    return parse((PRACTICE / f"{exercise}.json").read_text(encoding="utf-8"))


def _lines(items):
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]"


def _encode_all(variants):
    return [[_encode(outcome) for outcome in variant] for variant in variants]


def _decode_all(variants):
    return tuple(tuple(map(_decode, variant)) for variant in variants)


def _encode(outcome):
    data = {"values": plain.encode(outcome.values)}
    if outcome.changed:
        data["changed"] = plain.encode(outcome.changed)
    if outcome.failure:
        data["failure"] = asdict(outcome.failure)
    return data


def _decode(data):
    failure = _failure(data["failure"]) if "failure" in data else None
    return Outcome(plain.decode(data["values"]), plain.decode(data.get("changed", {})), failure)


def _failure(data):
    return Failure(Kind(data["kind"]), data["error"], data["text"], data["line"])
