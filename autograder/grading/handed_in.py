"""What a submission asks of the grader: the steps to take, in order, and what to judge after which of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from autograder.grading import cells
from autograder.grading.cells import Cell, Notebook
from autograder.grading.syntax import MOST_CHARACTERS, SYNTAX, definitions, plain
from bnlib.notebook import defines
from bnlib.refusal import Unreadable
from bnlib.syllabus import NAMES

MOST_TO_TRANSFORM = 100  # cells of a notebook
MOST_TRIES = 4  # answers to one exercise that are tried by themselves
MOST_STATEMENTS = 50  # of each


@dataclass(frozen=True)
class Step:
    """A cell to run, or (`exercise` set) the place where an exercise is judged."""

    source: str = ""
    name: str = ""
    exercise: str | None = None


@dataclass(frozen=True)
class Submission:
    """The exercises that a file is judged on, and its steps in order; each exercise has one place.

    `answers` has for an exercise the definitions of each cell that answers it, the one in `steps` first.
    """

    exercises: tuple[str, ...]
    missing: tuple[str, ...]
    steps: tuple[Step, ...]
    answers: dict[str, tuple[tuple[Step, ...], ...]] = field(default_factory=dict)

    def parts(self) -> Iterator[Submission]:
        """Split it where exercises of the course are left out: each part has neighbours only, and all the cells."""
        left_out = set(NAMES) - set(self.exercises)
        for gap, group in groupby(NAMES, left_out.__contains__):
            if not gap:
                own = tuple(group)
                yield Submission(own, (), tuple(s for s in self.steps if s.exercise is None or s.exercise in own))

    def by_themselves(self, exercise: str) -> list[Submission]:
        """Give each answer to an exercise as a submission of its own: nothing else of the notebook runs with it."""
        place = Step(exercise=exercise)
        return [Submission((exercise,), (), (*answer, place)) for answer in self.answers.get(exercise, ())]


def read(path: Path) -> Submission:
    """Read a submission; raises Unreadable with a sentence."""
    return of_python(cells.text_of(path)) if path.suffix == ".py" else of_notebook(cells.read(path))


def of_python(text: str) -> Submission:
    """Take a Python file: it is judged on what it defines, all else is missing; raises Unreadable."""
    exercises = tuple(name for name in NAMES if defines(text, name))
    if not exercises:
        raise Unreadable("The file defines none of the exercises.")
    places = tuple(Step(exercise=name) for name in exercises)
    missing = tuple(name for name in NAMES if name not in exercises)
    return Submission(exercises, missing, (Step(text, "<the file>"), *places))


def of_notebook(notebook: Notebook) -> Submission:
    """Take a notebook: it is judged on the exercises of its lesson (or lessons), each at its check."""
    passed_over = _other_answers(notebook)
    run = {cell.number: cell.source for cell in notebook.cells if _runs(cell) and cell.number not in passed_over}
    with_syntax = [number for number, source in run.items() if SYNTAX.search(source)][:MOST_TO_TRANSFORM]
    steps = []
    for cell in notebook.cells:
        if cell.number in run:
            usual = len(cell.source) <= MOST_CHARACTERS and cell.number not in with_syntax
            steps.append(Step(cell.source if usual else plain(cell.source), _named(cell)))
        if _checked_by(cell) in notebook.exercises:
            steps.append(Step(exercise=_checked_by(cell)))
    answers = {name: _by_themselves(found) for name, found in notebook.answers.items() if found}
    return Submission(notebook.exercises, (), tuple(steps), answers)


def _checked_by(cell: Cell) -> str | None:
    name = cell.mark.removeprefix("check_")
    return name if name != cell.mark else None


def _runs(cell: Cell) -> bool:
    return cell.kind == "code" and cell.number > 0 and not cell.demo and _checked_by(cell) is None


def _other_answers(notebook: Notebook) -> set[int]:
    """Give the numbers of cells that have an exercise's mark and answer it, where another counts first."""
    first = {found[0].number for found in notebook.answers.values() if found}
    others = {cell.number for name, found in notebook.answers.items() for cell in found[1:] if cell.mark == name}
    return others - first


def _by_themselves(answers: Iterable[Cell]) -> tuple[tuple[Step, ...], ...]:
    """Give the definitions of each answer, equal ones once."""
    different = {cell.source: cell for cell in answers if cell.program}.values()
    return tuple(
        tuple(Step(source, _named(cell)) for source in definitions(cell.source)[:MOST_STATEMENTS])
        for cell in list(different)[:MOST_TRIES]
    )


def _named(cell: Cell) -> str:
    return f"<cell {cell.number}>"
