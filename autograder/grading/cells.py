"""Read a notebook that was handed in, whatever state it is in: every door reads it here, and so to the same verdict.

Nothing of the file goes further but each cell's text, its mark, whether it is an experiment, and the images in a text:
nbformat would let through whatever a newer format allows, and refuse a notebook for one odd cell. Then each of the
lesson's marks is put on one cell. Where several cells answer an exercise, all of them are known: a right answer keeps
its marks whatever stands round it.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.coursebook import lessons
from autograder.grading.syntax import parsed
from bnlib.notebook import defines
from bnlib.refusal import Unreadable
from bnlib.syllabus import LESSONS, NAMES, lesson_in_name

MOST_BYTES = 20_000_000
MOST_CELLS = 1000
MOST_ANSWERS = 20  # to one exercise
ELSEWHERE = "# {} stands in the cell above."

Json = dict[str, Any]  # an object that was handed in: nothing in it is sure
Images = dict[str, dict[str, str]]  # by name, and by kind


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook: `number` counts from 1 as its learner sees it, and is 0 where the cell is made up for."""

    kind: str
    source: str = ""
    mark: str = ""
    number: int = 0
    demo: bool = False
    images: Images = field(default_factory=dict)

    @cached_property
    def program(self) -> ast.Module | None:
        """The cell as Python, None where it is none."""
        return parsed(self.source)


@dataclass(frozen=True)
class Notebook:
    """A notebook's cells with each mark of its lessons on one of them, and the cells that answer each exercise."""

    lessons: tuple[str, ...]
    cells: tuple[Cell, ...]
    answers: dict[str, tuple[Cell, ...]]  # the one that counts first

    @property
    def exercises(self) -> tuple[str, ...]:
        """The exercises that the notebook is judged on."""
        return tuple(name for lesson in self.lessons for name in LESSONS[lesson])


def read(path: Path) -> Notebook:
    """Read a notebook; raises Unreadable with a sentence."""
    return of_json(parse(text_of(path)), path.stem)


def of_json(notebook: Json, stem: str = "") -> Notebook:
    """Take a notebook's JSON, as `parse` gives it; its file's `stem` may say which lesson it is; raises Unreadable."""
    cells = [_cell(cell, number) for number, cell in enumerate(_all_cells(notebook) or (), start=1)]
    own = lessons_of(cells, stem)
    if not own:
        raise Unreadable("The notebook has no exercise of this course in it.")
    return _in_place(cells, own)


def text_of(path: Path) -> str:
    """Give a file's text; raises Unreadable with a sentence."""
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


def parse(text: str) -> Json:
    """Give a notebook's JSON; raises Unreadable with a sentence."""
    try:
        notebook: Json = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"The file is not a notebook: its JSON is broken ({error}).") from None
    except RecursionError:
        raise Unreadable("The file is not a notebook: it is nested too deeply.") from None
    cells = _all_cells(notebook) if isinstance(notebook, dict) else None
    if cells is None:
        raise Unreadable("The file is not a notebook: it has no list of cells.")
    if len(cells) > MOST_CELLS:
        raise Unreadable(f"The notebook has {len(cells)} cells; more than {MOST_CELLS} are not read.")
    return notebook


def lessons_of(cells: list[Cell], stem: str = "") -> tuple[str, ...]:
    """Name the lesson that a notebook is: by its name, by its marks, or else by what it defines.

    A notebook under another name may hold several lessons. One of which less than half is there, while half of
    another is, is a cell that was pasted in.
    """
    if named := lesson_in_name(stem):
        return (named,)
    found = {cell.mark for cell in cells}
    held = {lesson: len(lessons.marks(lesson).keys() & found) for lesson in LESSONS}
    own = tuple(lesson for lesson, count in held.items() if count and count >= len(lessons.marks(lesson)) / 2)
    return own or tuple(
        lesson for lesson, names in LESSONS.items() if held[lesson] or any(_answers(cells, name) for name in names)
    )


def _all_cells(notebook: Json) -> list[Any] | None:
    """Give the list of a notebook's cells; format 3 keeps it in worksheets, and a code cell's text as its input."""
    cells, sheets = notebook.get("cells"), notebook.get("worksheets")
    if cells is None and isinstance(sheets, list):
        cells = [cell for sheet in sheets for cell in _list(sheet if isinstance(sheet, dict) else {}, "cells")]
        cells = [cell | {"source": cell.get("input", cell.get("source"))} for cell in cells if isinstance(cell, dict)]
    return cells if isinstance(cells, list) else None


def _cell(cell: object, number: int) -> Cell:
    """Take a cell of whatever form; what is malformed counts as empty, and raw and unknown kinds as text."""
    form: Json = cell if isinstance(cell, dict) else {}
    metadata = _dict(form, "metadata")
    kind = "code" if form.get("cell_type") == "code" else "markdown"
    mark = _dict(metadata, "nbgrader").get("grade_id")
    mark = mark if isinstance(mark, str) else ""
    return Cell(kind, _text(form.get("source")), mark, number, "demo" in _list(metadata, "tags"), _images(form))


def _images(cell: Json) -> Images:
    """Give the images that lie in a text, by name."""
    found: Images = {}
    for name, kinds in _dict(cell, "attachments").items():
        for kind, content in kinds.items() if isinstance(kinds, dict) else ():
            if kind.startswith("image/"):
                found[_text(name)] = {_text(kind): _text(content)}
    return found


def _dict(data: Json, name: str) -> Json:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _list(data: Json, name: str) -> list[Any]:
    value = data.get(name)
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    """Give a text that can be written: halves of a character are written as escapes."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    return value.encode(errors="backslashreplace").decode() if isinstance(value, str) else ""


def _in_place(cells: list[Cell], own: tuple[str, ...]) -> Notebook:
    """Put each mark of the lessons on one cell; what is missing is made up for, at its place."""
    answers = {name: _answers(cells, name) for lesson in own for name in LESSONS[lesson]}
    marks = [mark for lesson in own for mark in lessons.marks(lesson)]
    places: dict[int, str] = {}
    made_up: list[tuple[int, Cell]] = []
    at = 0
    for mark in marks:
        found = _place_of(mark, cells, answers, places)
        if found is not None and found.number not in places:
            places[found.number] = mark
            at = found.number
            continue
        # The answer may share its cell with another's; a check follows the answer, and all else what came before it.
        before = found or next(iter(answers.get(mark.removeprefix("check_"), ())), None)
        at = before.number if before else at
        made_up.append((at, Cell(lessons.kind(mark), ELSEWHERE.format(mark) if found else "", mark)))
    return Notebook(own, tuple(_merged(cells, places, made_up)), answers)


def _place_of(
    mark: str, cells: list[Cell], answers: Mapping[str, tuple[Cell, ...]], places: Mapping[int, str]
) -> Cell | None:
    """Give the cell that has, or gets, a mark."""
    if answers.get(mark):
        return answers[mark][0]
    answered = {found[0].number for found in answers.values() if found}
    claim = [cell for cell in cells if cell.mark == mark and cell.number not in answered | places.keys()]
    name = mark.removeprefix("check_")
    if name != mark and name in NAMES:  # the first check after its answer
        behind = answers[name][0].number if answers.get(name) else 0
        return next((cell for cell in claim if cell.number > behind), None)
    written = [cell for cell in claim if cell.source.strip()]
    return next(reversed(written or claim), None)


def _merged(cells: list[Cell], places: Mapping[int, str], made_up: Iterable[tuple[int, Cell]]) -> Iterator[Cell]:
    """Give all cells in order, those that are made up for behind the cell that they follow."""
    waiting = sorted(made_up, key=lambda pair: pair[0])
    for cell in [None, *cells]:
        if cell:
            mark = places.get(cell.number, "")
            kind = lessons.kind(mark) if mark else cell.kind
            yield replace(cell, kind=kind, mark=mark, demo=cell.demo and not mark)
        while waiting and waiting[0][0] == (cell.number if cell else 0):
            yield waiting.pop(0)[1]


def _answers(cells: list[Cell], name: str) -> tuple[Cell, ...]:
    """Give the cells that define an exercise, the one that counts first.

    A whole one counts before a half-written one, then one with the exercise's mark, then the last: so nbgrader does.
    A text that is Python throughout is a cell whose type was changed.
    """

    def rank(cell: Cell) -> tuple[bool, bool, bool, bool, int]:
        whole = cell.program is not None and "raise NotImplementedError" not in cell.source
        return whole, cell.mark == name, cell.kind == "code", not cell.demo, cell.number

    found = [cell for cell in cells if defines(cell.source, name)]
    found = sorted(found, key=lambda cell: (cell.mark == name, cell.kind == "code", cell.number))[-MOST_ANSWERS:]
    return tuple(sorted((cell for cell in found if cell.kind == "code" or cell.program), key=rank, reverse=True))
