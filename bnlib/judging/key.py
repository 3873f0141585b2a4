"""Answer keys: what the reference and the known mistakes give on each case. Data only, no code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from bnlib.judging import plain
from bnlib.judging.outcome import Failure, Kind, Outcome
from bnlib.judging.plain import Array, Form, Tree

PRACTICE = Path(__file__).parent.parent / "practice_key"

Variants = tuple[tuple[Outcome, ...], ...]  # of a mistake, with the outcome on every case of each


@dataclass(frozen=True)
class KeyCase:
    """A case with its inputs drawn and the reference's outcome."""

    name: str
    script: str
    results: tuple[str, ...]
    inputs: dict[str, Tree]
    expected: Outcome


@dataclass(frozen=True)
class Mistake:
    """A known misconception: how it is told, and its outcome on every case, once per variant."""

    id: str
    when: str
    see: str
    variants: Variants


@dataclass(frozen=True)
class Pair:
    """Two of the known misconceptions at once: their ids, and the outcome on every case, once per variant."""

    ids: tuple[str, str]
    variants: Variants


@dataclass(frozen=True)
class Key:
    """The answer key of one exercise."""

    exercise: str
    points: int
    cases: tuple[KeyCase, ...]
    mistakes: tuple[Mistake, ...]
    pairs: tuple[Pair, ...] = ()


def dump(key: Key) -> str:
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


def parse(text: str) -> Key:
    """Read what `dump` wrote."""
    data: _KeyForm = json.loads(text)
    cases = tuple(
        KeyCase(
            case["name"],
            case["script"],
            tuple(case["results"]),
            cast(dict[str, Tree], plain.decode(case["inputs"])),
            _decode(case["expected"]),
        )
        for case in data["cases"]
    )
    mistakes = tuple(Mistake(m["id"], m["when"], m["see"], _decode_all(m["variants"])) for m in data["mistakes"])
    pairs = tuple(Pair((pair["ids"][0], pair["ids"][1]), _decode_all(pair["variants"])) for pair in data["pairs"])
    return Key(data["exercise"], data["points"], cases, mistakes, pairs)


@cache
def practice_key(exercise: str) -> Key:
    """Give the practice key of an exercise."""
    return parse((PRACTICE / f"{exercise}.json").read_text(encoding="utf-8"))


def _lines(items: Iterable[Mapping[str, object]]) -> str:
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]"


def _encode_all(variants: Variants) -> list[list[_OutcomeForm]]:
    return [[_encode(outcome) for outcome in variant] for variant in variants]


def _decode_all(variants: list[list[_OutcomeForm]]) -> Variants:
    return tuple(tuple(map(_decode, variant)) for variant in variants)


def _encode(outcome: Outcome) -> _OutcomeForm:
    data: _OutcomeForm = {"values": plain.encode(outcome.values)}
    if outcome.changed:
        data["changed"] = plain.encode(outcome.changed)
    if outcome.failure:
        failure = outcome.failure
        data["failure"] = {"kind": failure.kind, "error": failure.error, "text": failure.text, "line": failure.line}
    return data


def _decode(data: _OutcomeForm) -> Outcome:
    failure = _failure(data["failure"]) if "failure" in data else None
    values, changed = plain.decode(data["values"]), plain.decode(data.get("changed", {}))
    return Outcome(cast(dict[str, Array], values), cast(dict[str, Tree], changed), failure)


def _failure(data: _FailureForm) -> Failure:
    return Failure(Kind(data["kind"]), data["error"], data["text"], data["line"])


class _FailureForm(TypedDict):
    kind: str
    error: str
    text: str
    line: str


class _OutcomeForm(TypedDict):
    values: Form
    changed: NotRequired[Form]
    failure: NotRequired[_FailureForm]


class _CaseForm(TypedDict):
    name: str
    script: str
    results: list[str]
    inputs: Form
    expected: _OutcomeForm


class _MistakeForm(TypedDict):
    id: str
    when: str
    see: str
    variants: list[list[_OutcomeForm]]


class _PairForm(TypedDict):
    ids: list[str]
    variants: list[list[_OutcomeForm]]


class _KeyForm(TypedDict):
    """A key as `dump` writes it."""

    exercise: str
    points: int
    cases: list[_CaseForm]
    mistakes: list[_MistakeForm]
    pairs: list[_PairForm]
