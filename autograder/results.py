"""What grading a file gave, as plain data: for JSON, for a table, for nbgrader."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.printable import printable
from bnlib.judge import Verdict


@dataclass(frozen=True)
class Result:
    """The verdicts on one file; `problem` says why there are none."""

    submission: str
    sandbox: str
    verdicts: tuple[Verdict, ...] = ()
    problem: str = ""

    @property
    def score(self):
        """The points earned."""
        return sum(verdict.score for verdict in self.verdicts)

    @property
    def max_score(self):
        """The points that could be earned."""
        return sum(verdict.max_score for verdict in self.verdicts)


def as_json(result: Result) -> dict:
    """Give a result as the JSON object of the command line's contract."""
    exercises = [
        {
            "name": verdict.exercise,
            "status": verdict.status,
            "score": verdict.score,
            "max_score": verdict.max_score,
            "cases_passed": verdict.cases_passed,
            "cases": verdict.cases,
            "diagnosis": verdict.diagnoses[0] if len(verdict.diagnoses) == 1 else None,
            "diagnoses": list(verdict.diagnoses),
            "message": verdict.message,
        }
        for verdict in result.verdicts
    ]
    data = {"submission": printable(result.submission, 4096), "sandbox": result.sandbox, "score": result.score}
    data |= {"max_score": result.max_score, "exercises": exercises}
    return data | ({"status": "unreadable", "message": result.problem} if result.problem else {})


def line(result: Result) -> str:
    """Give a result in one line."""
    name = printable(result.submission, 4096).replace("\n", "\\n")
    if result.problem:
        return f"{name}: unreadable. {result.problem}"
    wrong = [
        f"{v.exercise} {v.status}" + (f" ({v.diagnoses[0]})" if v.diagnoses else "")
        for v in result.verdicts
        if not v.right
    ]
    told = "; ".join(wrong) if wrong else "everything right"
    return f"{name}: {result.score:g} of {result.max_score:g}. {told}"
