"""Where the course's folders are, when bnlib runs from a clone of the course."""

import os
from pathlib import Path

from bnlib.syllabus import ASSIGNMENT, lesson_in_name, stem

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


def own_notebook(lesson: str, folder: Path = WORK) -> Path | None:
    """Give the learner's notebook of a lesson, whatever the lesson's number was when it was copied; the newest."""
    found = [path for path in folder.glob("*.ipynb") if lesson_in_name(path.stem) == lesson]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def file_of(lesson: str) -> str:
    """Name the file in which a learner finds a lesson: the own one, or else the one that is handed out."""
    return (own_notebook(lesson, Path.cwd()) or own_notebook(lesson) or notebook(lesson)).name


def graded() -> bool:
    """Tell whether nbgrader runs this kernel (autograde or validate)."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))
