"""The reference solutions, where the course's solutions folder is at hand."""

from functools import cache
from pathlib import Path

from bnlib import notebook
from bnlib.paths import ROOT, SOLUTIONS, solution
from bnlib.refusal import Refused
from bnlib.syllabus import LESSONS, lesson_of


def at_hand() -> bool:
    """Tell whether the solutions are on this machine."""
    return SOLUTIONS.is_dir()


def notebook_of(name: str) -> str:
    """Name the solution notebook of an exercise as seen from the course's folder."""
    return (solution(lesson_of(name))).relative_to(ROOT).as_posix()


def reference_cell(name: str) -> str:
    """Give the source of the exercise cell in the solutions; raises Refused where they are not at hand."""
    return _lesson_cells(lesson_of(name))[name]


def question_cell(question: str) -> tuple[str, str]:
    """Give the lesson and the model answer of a free-text question; raises KeyError, and Refused as above."""
    for lesson in LESSONS:
        for grade_id, _, source in notebook.cells(_path(lesson)):
            if grade_id == question:
                return lesson, source
    raise KeyError(question)


@cache
def _lesson_cells(lesson: str) -> dict[str, str]:
    return notebook.exercise_cells(_path(lesson))


def _path(lesson: str) -> Path:
    if not at_hand():
        raise Refused("The reference solutions are not on this machine.")
    return solution(lesson)
