"""What an exercise is: a function that the learner writes, and the cases that try it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from autograder.coursebook import outline
from autograder.coursebook.numbers import numbered
from bnlib.judging.plain import Tree
from bnlib.refusal import Refused, Unreadable


@dataclass(frozen=True)
class Case:
    """Named inputs and a short script of calls on them; it holds no expected value.

    The learner reads `script` exactly as it is run. `results` names the variables of
    the script that are its result; `inputs` draws the other variables from a generator,
    so that practice and examination use other numbers.
    """

    name: str
    script: str
    results: tuple[str, ...]
    inputs: Callable[[np.random.Generator], dict[str, Tree]]


@dataclass(frozen=True)
class Exercise:
    """One function or class that the learner writes."""

    name: str
    points: int
    needs: tuple[str, ...]
    hints: tuple[str, ...]  # three
    cases: tuple[Case, ...]


def load(name: str) -> Exercise:
    """Give the exercise called `name`, from its cases.py; raises Refused."""
    file = f"course/{name}/cases.py"
    exercise = getattr(outline.part(name, "cases"), "EXERCISE", None)
    if not isinstance(exercise, Exercise):
        raise Refused(f"{file} has no EXERCISE = Exercise(…). Write it.")
    for need in exercise.needs:
        if need not in outline.outline().exercises:
            raise Refused(f"{file}: it needs {need!r}, and no lesson has an exercise of this name.")
    try:
        return replace(exercise, hints=tuple(map(numbered, exercise.hints)))
    except Unreadable as error:
        raise Refused(f"{file}: {error} Correct the hint.") from None
