"""Read what a learner handed in: a notebook or a plain Python file, whatever state it is in."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager

from bnlib.exercises import LESSONS, NAMES, lesson_of
from bnlib.notebook import defines

MOST_BYTES = 20_000_000
MOST_CELLS = 1000
MOST_CHARACTERS = 20_000  # of a cell
MOST_MAGICS = 20  # in a cell
RUN_THEIR_CELL = (["time"], ["timeit"], ["capture"])  # cell magics that run their body, once; the others do nothing
MOST_TO_TRANSFORM = 100  # cells of a notebook, and
LONGEST_TO_TRANSFORM = 5_000  # characters of each: IPython's own transformation takes quadratic time
SYNTAX = re.compile(r"^[ \t]*[%!?]|[?][ \t]*$|=[ \t]*[%!]", re.MULTILINE)


class Unreadable(ValueError):
    """A file is no submission; the text says why, and is shown to the learner."""


@dataclass(frozen=True)
class Step:
    """A cell to run, or (`exercise` set) the place where an exercise is judged."""

    source: str = ""
    name: str = ""
    exercise: str | None = None


@dataclass(frozen=True)
class Submission:
    """The exercises that a file is judged on, and its steps in order; each exercise has one place."""

    exercises: tuple[str, ...]
    missing: tuple[str, ...]
    steps: tuple[Step, ...]

    def parts(self) -> Iterator[Submission]:
        """Split it where exercises of the course are left out: each part has neighbours only, and all the cells."""
        left_out = set(NAMES) - set(self.exercises)
        for gap, group in groupby(NAMES, left_out.__contains__):
            if not gap:
                own = tuple(group)
                yield Submission(own, (), tuple(s for s in self.steps if s.exercise is None or s.exercise in own))


def read(path: Path) -> Submission:
    """Read a submission; raises Unreadable with a sentence."""
    text = _text_of(path)
    return of_python(text) if path.suffix == ".py" else of_notebook(parse(text))


def load(path: Path) -> dict:
    """Give a notebook's JSON from a file; raises Unreadable with a sentence."""
    return parse(_text_of(path))


def _text_of(path):
    if path.is_symlink():
        raise Unreadable("The file is a link to another file. Hand in the file itself.")
    try:
        if not path.is_file():
            raise Unreadable("This is no file that can be read.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Unreadable(f"The file has {size} bytes; more than {MOST_BYTES} are not read. Clear its outputs.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(f"The file cannot be opened: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Unreadable("The file is not UTF-8 text.") from None


def parse(text: str) -> dict:
    """Give a notebook's JSON, or say what is wrong with it."""
    try:
        notebook = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"The file is not a notebook: its JSON is broken ({error}).") from None
    except RecursionError:
        raise Unreadable("The file is not a notebook: it is nested too deeply.") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Unreadable("The file is not a notebook of format 4: it has no list of cells.")
    if len(notebook["cells"]) > MOST_CELLS:
        raise Unreadable(f"The notebook has {len(notebook['cells'])} cells; more than {MOST_CELLS} are not read.")
    return notebook


def of_python(text: str) -> Submission:
    """Take a Python file: it is judged on what it defines; the other exercises are missing."""
    exercises = tuple(name for name in NAMES if defines(text, name))
    if not exercises:
        raise Unreadable("The file defines none of the exercises.")
    places = tuple(Step(exercise=name) for name in exercises)
    missing = tuple(name for name in NAMES if name not in exercises)
    return Submission(exercises, missing, (Step(text, "<the file>"), *places))


def of_notebook(notebook: dict) -> Submission:
    """Take a notebook: it is judged on the exercises of its lesson (or lessons)."""
    cells = [_Cell(*_contents(cell, number)) for number, cell in enumerate(notebook["cells"], start=1)]
    own = _exercise_cells(cells)
    marked = {cell.claims or cell.checks for cell in cells} - {None}
    lessons = {lesson_of(name) for name in marked or own}
    exercises = tuple(name for lesson in LESSONS if lesson in lessons for name in LESSONS[lesson])
    if not exercises:
        raise Unreadable("The notebook has no exercise of this course in it.")
    # The first check after an exercise is its place; a check that was deleted, or moved up, is made up for.
    after = [cell for cell in reversed(cells) if cell.checks and own.get(cell.checks, 0) < cell.number]
    places = own | {cell.checks: cell.number for cell in after}
    with_syntax = [cell.number for cell in cells if SYNTAX.search(cell.source)][:MOST_TO_TRANSFORM]
    steps: list[Step] = []
    for cell in cells:
        if not cell.demo and not cell.checks and (cell.claims is None or own.get(cell.claims) == cell.number):
            usual = len(cell.source) <= MOST_CHARACTERS and cell.number not in with_syntax
            steps.append(Step(cell.source if usual else plain(cell.source), f"<cell {cell.number}>"))
        steps += [Step(exercise=name) for name in exercises if places.get(name) == cell.number]
    steps += [Step(exercise=name) for name in exercises if name not in places]
    return Submission(exercises, (), tuple(steps))


@dataclass(frozen=True)
class _Cell:
    number: int
    source: str
    grade_id: str
    demo: bool

    @property
    def claims(self):
        """Name the exercise whose grade_id a cell has."""
        return self.grade_id if self.grade_id in NAMES else None

    @property
    def checks(self):
        """Name the exercise that a cell checks, by its grade_id."""
        name = self.grade_id.removeprefix("check_")
        return name if name in NAMES and name != self.grade_id else None


def _contents(cell, number):
    """Give a cell's number, source, grade_id and whether it is a demo; what is malformed counts as empty."""
    cell = cell if isinstance(cell, dict) else {}
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if cell.get("cell_type") != "code" or not isinstance(source, str):
        source = ""
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    marks = metadata.get("nbgrader") if isinstance(metadata.get("nbgrader"), dict) else {}
    tags = metadata.get("tags") if isinstance(metadata.get("tags"), list) else []
    grade_id = marks.get("grade_id") if isinstance(marks.get("grade_id"), str) else ""
    return number, source, grade_id, "demo" in tags


def _exercise_cells(cells):
    """Give the cell number of each exercise: the last with its grade_id, or else the last that defines it."""
    written = [cell for cell in cells if not cell.demo and not cell.checks]
    found = {name: cell.number for cell in written for name in NAMES if defines(cell.source, name)}
    return found | {cell.claims: cell.number for cell in cells if cell.claims and cell.source}


def plain(source: str) -> str:
    """Turn IPython's syntax (magics, `!`, `?`) into Python calls on `get_ipython()`, which does nothing."""
    if len(source) > MOST_CHARACTERS:
        return f"raise ValueError('a cell of {len(source)} characters is not run')"
    while source.lstrip().startswith("%%"):
        first, _, source = source.lstrip().partition("\n")
        if first[2:].split(maxsplit=1)[:1] not in RUN_THEIR_CELL:
            return ""
    if len(source) > LONGEST_TO_TRANSFORM or not 0 < len(SYNTAX.findall(source)) <= MOST_MAGICS:
        return source
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of invalid escapes in the learner's strings
            return TransformerManager().transform_cell(source)
    except Exception:
        return source  # running it will say what is wrong
