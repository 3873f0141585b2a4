"""Read the lessons, and give their cells the metadata that nbgrader wants.

A lesson is plain MyST Markdown. What a cell is shows in the cell itself: an exercise defines a name
of the exercise list, a check calls `check("name")`, a question has `{"question": ID, "points": N}`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from autograder.coursebook import outline
from autograder.coursebook.numbers import TITLE, number, numbered
from autograder.coursebook.outline import COURSE
from bnlib.notebook import defines
from bnlib.refusal import Refused, Unreadable
from bnlib.syllabus import LESSONS, NAMES, load

FOLDER = COURSE / "lessons"
CHECK = re.compile(r'^check\("(\w+)"\)$', re.MULTILINE)
HEAD = re.compile(
    r"# Lesson (?P<number>\d+): (?P<title>.+)\n\n"
    r"\*\*Question:\*\* (?P<question>.+\?)\n\n"
    r"\*\*Time:\*\* (?P<minutes>\d+) minutes"
)
MARK = "### BEGIN SOLUTION"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def path(lesson: str) -> Path:
    """Give a lesson's source file."""
    return FOLDER / f"{lesson}.md"


def files() -> set[Path]:
    """Give what lies in the lessons' folder."""
    return set(FOLDER.iterdir())


def text(lesson: str) -> str:
    """Give a lesson's text, all lessons numbered in it; raises Refused."""
    own = outline.read(f"lessons/{lesson}.md")
    try:
        return numbered(TITLE.sub(f"# Lesson {number(lesson)}: \\1", own, count=1))
    except Unreadable as error:
        raise Refused(f"course/lessons/{lesson}.md: {error} Correct the link.") from None


@cache
def read(lesson: str) -> NotebookNode:
    """Read a lesson as a notebook with nbgrader's metadata and cell ids that stay the same; raises Refused."""
    notebook: NotebookNode = jupytext.reads(text(lesson), fmt="md")
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"}, lesson=lesson)
    for place, cell in enumerate(notebook.cells):
        cell.id = f"cell-{place}"
        _mark(lesson, cell)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def summary(lesson: str) -> dict[str, str]:
    """Give a lesson's number, title, question and minutes, as its first lines state them; raises Refused."""
    head = HEAD.match(read(lesson).cells[0].source)
    if not head:
        raise Refused(f"{lesson}: it should begin with `# Title`, `**Question:** …?` and `**Time:** N minutes`.")
    return head.groupdict()


@cache
def marks(lesson: str) -> dict[str, NotebookNode]:
    """Give nbgrader's metadata of every cell of a lesson that it knows, by grade_id."""
    return {c.metadata.nbgrader.grade_id: c.metadata.nbgrader for c in read(lesson).cells if "nbgrader" in c.metadata}


def kind(grade_id: str) -> str:
    """Give the type of the cell that has a mark: a text where a free-text question is asked."""
    found = next(mark for lesson in LESSONS for name, mark in marks(lesson).items() if name == grade_id)
    return "markdown" if found.grade and found.solution else "code"


def exercise_of(cell: NotebookNode) -> str | None:
    """Name the exercise that a cell is the place of."""
    found = (name for name in NAMES if defines(cell.source, name))
    return next(found, None) if cell.cell_type == "code" else None


def checked_by(cell: NotebookNode) -> str | None:
    """Name the exercise that a cell checks."""
    found = CHECK.search(cell.source) if cell.cell_type == "code" else None
    return found and found[1]


def questions(lesson: str) -> list[NotebookNode]:
    """Give the cells that ask a free-text question, the model answer in them."""
    return [cell for cell in read(lesson).cells if cell.cell_type == "markdown" and "nbgrader" in cell.metadata]


def gives_answer(cell: NotebookNode) -> bool:
    """Tell whether a cell states what an experiment has answered."""
    return cell.cell_type == "code" and "lab.answer(" in cell.source


@cache
def exercise_sources() -> dict[str, str]:
    """Give the source of every exercise cell, the reference solution in it."""
    cells = (cell for lesson in LESSONS for cell in read(lesson).cells)
    return {exercise: cell.source for cell in cells if (exercise := exercise_of(cell))}


def _mark(lesson: str, cell: NotebookNode) -> None:
    exercise, checked = exercise_of(cell), checked_by(cell)
    if checked and checked not in NAMES:
        raise Refused(f'course/lessons/{lesson}.md: check("{checked}") checks no exercise of course/course.toml.')
    if "question" in cell.metadata and "points" not in cell.metadata:
        raise Refused(f"course/lessons/{lesson}.md: the question {cell.metadata.question} has no `points`.")
    if exercise and MARK in cell.source:
        _nbgrader(cell, exercise, solution=True)
    elif checked:
        _nbgrader(cell, f"check_{checked}", grade=True, locked=True, points=load(checked).points)
    elif "question" in cell.metadata:
        _nbgrader(cell, cell.metadata.pop("question"), solution=True, grade=True, points=cell.metadata.pop("points"))
    elif gives_answer(cell):
        _fold(cell)


def _fold(cell: NotebookNode) -> None:
    """Fold a cell's source away, in JupyterLab and on the site: it would say the answer before it is computed."""
    cell.metadata.jupyter = {"source_hidden": True}
    cell.metadata.tags = [*cell.metadata.get("tags", []), "hide-input"]


def _nbgrader(
    cell: NotebookNode,
    grade_id: str,
    *,
    solution: bool = False,
    grade: bool = False,
    locked: bool = False,
    points: int | None = None,
) -> None:
    cell.id = grade_id
    cell.metadata.nbgrader = {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        cell.metadata.nbgrader["points"] = points
