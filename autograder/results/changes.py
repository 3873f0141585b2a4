"""Whose marks a new grading changes, and why: said before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.class_folder import CLASS
from autograder.earlier_place import EARLIER
from autograder.grading import handed_in
from autograder.grading.grader import Grader
from autograder.grading.result import Result, shown
from autograder.results.as_json import ResultForm
from bnlib.judging.judge import Verdict


@dataclass(frozen=True)
class Change:
    """One mark that is another now; `before` is None where there was none."""

    submission: str
    exercise: str
    before: float | None
    after: float
    now: str
    why: str


Marks = dict[tuple[str, str], float | None]  # by the submission's path, as it is written down, and exercise


def between(before: Marks, results: Iterable[Result], grader: Grader) -> list[Change]:
    """Give the marks that differ from those before; the grader keeps its verdicts."""
    ledger = grader.ledger
    assert ledger

    def why(result: Result, exercise: str) -> str:
        return ledger.why(handed_in.read(Path(result.submission)), exercise)

    return [
        Change(result.submission, v.exercise, before.get(at), v.score, _told(v), why(result, v.exercise))
        for result in results
        for v in result.verdicts
        if before.get(at := (shown(result.submission), v.exercise)) != v.score
    ]


def of_json(results: list[ResultForm]) -> Marks:
    """Give the marks that `grade --json` wrote; what lay in the earlier place may have moved since."""
    return {
        (place, exercise["name"]): exercise["score"]
        for one in results
        for place in (one["submission"], one["submission"].replace(f"{EARLIER}/", f"{CLASS}/", 1))
        for exercise in one["exercises"]
    }


def lines(changes: list[Change]) -> list[str]:
    """Give a line for each change."""
    return [
        f"{shown(c.submission)}: {c.exercise} {'–' if c.before is None else f'{c.before:g}'} → {c.after:g}, "
        f"{c.now}: {c.why}"
        for c in changes
    ]


def _told(verdict: Verdict) -> str:
    return "right" if verdict.right else ", ".join([verdict.status, *verdict.diagnoses])
