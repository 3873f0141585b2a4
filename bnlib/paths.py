"""Where the course's folders are, when bnlib runs from a clone of the course."""

import os
from pathlib import Path

from bnlib.syllabus import ASSIGNMENT, stem

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions" / ASSIGNMENT
NOTEBOOKS = ROOT / "notebooks" / ASSIGNMENT
WORK = ROOT / "my_notebooks"
FUNCTIONS = ROOT / "my_functions"


def solution(lesson: str) -> Path:
    """Give the executed solution of a lesson."""
    return SOLUTIONS / f"{stem(lesson)}.ipynb"


def notebook(lesson: str) -> Path:
    """Give a lesson as learners get it."""
    return NOTEBOOKS / f"{stem(lesson)}.ipynb"


def graded() -> bool:
    """Tell whether nbgrader runs this kernel (autograde or validate)."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))
