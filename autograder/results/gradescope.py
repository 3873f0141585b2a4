"""Results as Gradescope reads them: a results.json for each learner.

https://gradescope-autograders.readthedocs.io/en/latest/specs/ says what it has to look like.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from autograder.printable import escaped
from autograder.results.summary import SIGNS, Learner, Summary
from autograder.sandbox import ladder
from bnlib.judging.status import Status

NOTHING = "There is no .ipynb or .py file in what was handed in."


class EntryForm(TypedDict):
    """An exercise, as Gradescope reads it."""

    name: str
    score: float
    max_score: float
    status: str
    output: str


class GradescopeForm(TypedDict):
    """A results.json, as Gradescope reads it."""

    score: float
    output: str
    visibility: str
    stdout_visibility: str
    tests: list[EntryForm]


def as_gradescope(summary: Summary, learner: Learner | None) -> GradescopeForm:
    """Give a learner's results in Gradescope's output format."""
    entries = zip(summary.exercises, learner.entries if learner else (), strict=bool(learner))
    tests: list[EntryForm] = [
        {
            "name": exercise.name,
            "score": entry.score,
            "max_score": exercise.max_score,
            "status": "passed" if entry.status == Status.CORRECT else "failed",
            "output": escaped(f"{SIGNS[entry.status][1].capitalize()}. {entry.message}".strip()),
        }
        for exercise, entry in entries
    ]
    score = learner.score if learner else 0
    output = _remarks(summary, learner)
    return {"score": score, "output": output, "visibility": "visible", "stdout_visibility": "hidden", "tests": tests}


def _remarks(summary: Summary, learner: Learner | None) -> str:
    """Give what concerns the submission as a whole: the sandbox, and files that could not be graded."""
    if learner is None:
        return NOTHING
    texts = {rung.name: rung.text for rung in (*ladder.RUNGS, ladder.UNSAFE)}
    lines = [f"Sandbox: {name} ({texts.get(name, 'unknown')})" for name in summary.sandboxes]
    lines += [
        f"{Path(problem.submission).name} could not be graded. {problem.why}"
        for problem in summary.problems
        if problem.learner == learner.name
    ]
    return escaped("\n".join(lines))
