"""Results as Gradescope reads them: a results.json for each learner.

https://gradescope-autograders.readthedocs.io/en/latest/specs/ says what it has to look like.
"""

from __future__ import annotations

from pathlib import Path

from autograder.printable import escaped
from autograder.results.summary import SIGNS, Learner, Summary
from autograder.sandbox import ladder
from bnlib.judging.status import Status

NOTHING = "There is no .ipynb or .py file in what was handed in."


def as_gradescope(summary: Summary, learner: Learner | None) -> dict:
    """Give a learner's results in Gradescope's output format."""
    entries = zip(summary.exercises, learner.entries if learner else (), strict=bool(learner))
    tests = [
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


def _remarks(summary, learner):
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
