"""What grading a file gave, as plain data: written as JSON and read again, and as a line for a person."""

from __future__ import annotations

import json
import math
from pathlib import Path
from types import UnionType
from typing import Any, NotRequired, TypedDict, TypeGuard

from autograder.grading.result import Result, shown
from bnlib.judging.status import Status
from bnlib.refusal import Refused
from bnlib.syllabus import NAMES

Kinds = dict[str, type | UnionType]  # of an object's values, by their names


class ExerciseForm(TypedDict):
    """A verdict, as the JSON holds it."""

    name: str
    status: str
    score: float
    max_score: float
    cases_passed: int
    cases: int
    diagnosis: str | None
    diagnoses: list[str]
    message: str


class ResultForm(TypedDict):
    """A file's results, as the JSON holds them."""

    submission: str
    sandbox: str
    score: float
    max_score: float
    exercises: list[ExerciseForm]
    status: NotRequired[str]  # of a file that cannot be read
    message: NotRequired[str]


def as_json(result: Result) -> ResultForm:
    """Give a result as the JSON object of the command line's contract."""
    exercises: list[ExerciseForm] = [
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
    data: ResultForm = {
        "submission": shown(result.submission),
        "sandbox": result.sandbox,
        "score": result.score,
        "max_score": result.max_score,
        "exercises": exercises,
    }
    if result.problem:
        data |= {"status": Status.UNREADABLE, "message": result.problem}
    return data


def line(result: Result) -> str:
    """Give a result in one line."""
    name = shown(result.submission).replace("\n", "\\n")
    if result.problem:
        return f"{name}: {Status.UNREADABLE}. {result.problem}"
    wrong = [
        f"{v.exercise} {v.status}" + (f" ({v.diagnoses[0]})" if v.diagnoses else "")
        for v in result.verdicts
        if not v.right
    ]
    told = "; ".join(wrong) if wrong else "everything right"
    return f"{name}: {result.score:g} of {result.max_score:g}. {told}"


def read_results(path: Path) -> list[ResultForm]:
    """Read what `grade --json` wrote; raises Refused with a sentence."""
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"{path} cannot be opened: {error.strerror}.") from None
    except (ValueError, RecursionError):
        results = None
    if not isinstance(results, list) or not all(map(_is_result, results)):
        raise Refused(
            f"{path} is not a results file of this course: `python -m autograder grade … --json FILE` writes one."
        )
    return results


def _is_result(result: object) -> TypeGuard[ResultForm]:
    return (
        isinstance(result, dict)
        and _fits(result, {"submission": str, "sandbox": str, "exercises": list})
        and isinstance(result.get("message", ""), str)
        and all(map(_is_exercise, result["exercises"]))
    )


def _is_exercise(exercise: object) -> bool:
    kinds: Kinds = {"name": str, "status": str, "message": str, "diagnoses": list, "score": int | float}
    return (
        isinstance(exercise, dict)
        and _fits(exercise, kinds | {"max_score": int | float})
        and exercise["name"] in NAMES
        and exercise["status"] in set(Status)
        and all(isinstance(found, str) for found in exercise["diagnoses"])
        and 0 <= exercise["score"] <= exercise["max_score"] < math.inf
    )


def _fits(data: dict[str, Any], kinds: Kinds) -> bool:
    return all(isinstance(data.get(name), kind) for name, kind in kinds.items())
