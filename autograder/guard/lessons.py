"""A lesson's text: its head, its checks, and the order in which names come."""

import ast

from autograder.making import lessons
from bnlib.exercises import LESSONS, NAMES


def of_lesson(lesson):
    """Check a lesson's text: its head, its checks, and that no name comes before it is introduced."""
    cells = lessons.read(lesson).cells
    head = lessons.HEAD.match(cells[0].source)
    if not head or head["number"] != lesson.split("_")[0]:
        yield f"{lesson}: it should begin with `# Lesson N: Title`, `**Question:** …?` and `**Time:** N minutes`."
    elif not 10 <= int(head["minutes"]) <= 25:
        yield f"{lesson}: it takes {head['minutes']} minutes; a lesson takes 10 to 25. Split or shorten it."
    found = [lessons.exercise_of(cell) for cell in cells]
    if [name for name in found if name] != list(LESSONS[lesson]):
        yield f"{lesson}: its exercises are {[n for n in found if n]}; bnlib/exercises says {LESSONS[lesson]}."
    if len(LESSONS[lesson]) > 5:
        yield f"{lesson}: it has {len(LESSONS[lesson])} exercises; five are enough. Split it."
    for index, name in enumerate(found):
        if name and (index + 1 == len(cells) or lessons.checked_by(cells[index + 1]) != name):
            cell = f'add a cell with check("{name}")'
            yield f"{lesson}: the exercise {name} is not followed at once by its check: {cell}."
    yield from _order_of_names(lesson, cells)
    yield from _leaning_on_demos(lesson, cells)


def _order_of_names(lesson, cells):
    known = {name for earlier in list(LESSONS)[: list(LESSONS).index(lesson)] for name in LESSONS[earlier]}
    for cell in cells:
        if cell.cell_type != "code":
            continue
        known.add(lessons.exercise_of(cell))
        for name in sorted(_names(cell, ast.Load) & set(NAMES) - known):
            yield f"{lesson}: {name} is used before the lesson introduces it. Move the cell {cell.id} down."


def _leaning_on_demos(lesson, cells):
    shown, sure = set(), set()
    for cell in cells:
        if cell.cell_type != "code":
            continue
        if "demo" in cell.metadata.get("tags", []):
            shown |= _names(cell, ast.Store)
            continue
        for name in sorted(_names(cell, ast.Load) & shown - sure - _names(cell, ast.Store)):
            yield f"{lesson}: the cell {cell.id} leans on `{name}` of a demo cell. Define it in a cell that is no demo."
        sure |= _names(cell, ast.Store)


def _names(cell, context):
    """Give the names that a cell reads (with imported ones) or defines at its top level."""
    tree = ast.parse(cell.source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import)]
    imported = {alias.asname or alias.name for node in imports for alias in node.names}
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, context)}
    if context is ast.Store:
        found |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return found | imported
