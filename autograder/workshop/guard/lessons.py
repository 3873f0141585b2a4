"""A lesson's text: its head, its checks, and the order in which names come."""

from __future__ import annotations

import re
import symtable
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.coursebook import lessons
from bnlib.syllabus import BESIDE, LESSONS, NAMES, names_of, number

EXERCISES = 5
RUBRIC = re.compile(r"^- (\d+) points?:", re.MULTILINE)


def of_lesson(lesson: str) -> Iterator[str]:
    """Check a lesson's text: its head, its checks, and that no name comes before it is introduced."""
    cells = lessons.read(lesson).cells
    head = lessons.HEAD.match(cells[0].source)
    if not head or head["number"] != str(number(lesson)):
        yield f"{lesson}: it should begin with `# Title`, `**Question:** …?` and `**Time:** N minutes`."
    elif not 10 <= int(head["minutes"]) <= 25:
        yield f"{lesson}: it takes {head['minutes']} minutes; a lesson takes 10 to 25. Split or shorten it."
    found = [lessons.exercise_of(cell) for cell in cells]
    if [name for name in found if name] != list(LESSONS[lesson]):
        yield f"{lesson}: its exercises are {[n for n in found if n]}; course/course.toml says {LESSONS[lesson]}."
    if len(LESSONS[lesson]) > EXERCISES:
        yield f"{lesson}: it has {len(LESSONS[lesson])} exercises; {EXERCISES} are enough. Split it."
    for index, name in enumerate(found):
        if name and (index + 1 == len(cells) or lessons.checked_by(cells[index + 1]) != name):
            check = f'add a cell with check("{name}")'
            yield f"{lesson}: the exercise {name} is not followed at once by its check: {check}."
    for cell in lessons.questions(lesson):
        yield from _of_question(lesson, cell)
    yield from _order_of_names(lesson, cells)
    yield from _leaning_on_demos(lesson, cells)


def _of_question(lesson: str, cell: NotebookNode) -> Iterator[str]:
    question, points = cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader.points
    for part in ("**Model answer.**", "**Rubric", "**Checklist"):
        if part not in cell.source:
            yield f"{lesson}: the question {question} has no part that begins with {part}. Write it."
    stated = sum(map(int, RUBRIC.findall(cell.source)))
    if stated != points:
        yield f"{lesson}: the rubric of {question} gives {stated} points, the question {points}. Make them agree."


def _order_of_names(lesson: str, cells: list[NotebookNode]) -> Iterator[str]:
    exercises = [name for earlier in list(LESSONS)[: list(LESSONS).index(lesson)] for name in LESSONS[earlier]]
    known = {name for exercise in exercises for name in names_of(exercise)}
    for cell in _code(cells):
        if exercise := lessons.exercise_of(cell):
            known |= set(names_of(exercise))
        for name in sorted(reads(cell) & {*NAMES, *BESIDE} - known):
            yield f"{lesson}: {name} is used before the lesson introduces it. Move the cell {cell.id} down."


def _leaning_on_demos(lesson: str, cells: list[NotebookNode]) -> Iterator[str]:
    shown, sure = set[str](), set[str]()
    for cell in _code(cells):
        if "demo" in cell.metadata.get("tags", []):
            shown |= defines(cell)
            continue
        sure |= defines(cell)
        for name in sorted(reads(cell) & shown - sure):
            yield f"{lesson}: the cell {cell.id} leans on `{name}` of a demo cell. Define it in a cell that is no demo."


def _code(cells: list[NotebookNode]) -> list[NotebookNode]:
    return [cell for cell in cells if cell.cell_type == "code"]


def reads(cell: NotebookNode) -> set[str]:
    """Give the global names that a cell reads or imports, inside its functions too."""
    return {
        symbol.get_name()
        for table in _tables(symtable.symtable(cell.source, cell.id, "exec"))
        for symbol in table.get_symbols()
        if symbol.is_imported() or (symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"))
    }


def defines(cell: NotebookNode) -> set[str]:
    """Give the names that a cell assigns, defines or imports at its top level."""
    symbols = symtable.symtable(cell.source, cell.id, "exec").get_symbols()
    return {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)
