"""Notebooks as they come back: a learner's answers, right, wrong or not written, and one to three things gone wrong.

Every kind of damage is one function of the notebook's JSON and a generator of random numbers.
"""

from __future__ import annotations

import ast
import copy
import json
import random
from dataclasses import dataclass

from autograder.coursebook import lessons, typical
from autograder.workshop import sample
from bnlib.notebook import defines
from bnlib.paths import notebook as notebook_of
from bnlib.syllabus import LESSONS, NAMES, stem

TAUGHT = ("normalise", "scale_and_shift", "running_statistics", "test_time", "other_estimates")
SCRATCH = (
    "import numpy as np\nnp.seterr(all='raise')",
    "np = None",
    "del np",
    "eps = momentum = 'lost'",
    "def normalize(:",
    "raise SystemExit",
    "import os\nos._exit(1)",
    "%%timeit\nsum(range(10))",
    "!ls",
)


@dataclass(frozen=True)
class Damaged:
    """A notebook's file, and the exercises whose right answer nobody touched."""

    name: str
    text: str
    kinds: tuple[str, ...]
    owed: frozenset[str]


def damaged(number: int, seed: int = 0) -> Damaged:
    """Make a notebook of a lesson and damage it; the same number gives the same one."""
    rng = random.Random(f"{seed}/{number}")
    lesson = rng.choice(TAUGHT)
    solved = {name: sample.MARKS.sub("", source) for name, source in lessons.exercise_sources().items()}
    own = {name: _answer(name, solved[name], rng) for name in LESSONS[lesson]}
    notebook = _filled_in(lesson, own)
    kinds = rng.sample(KINDS, rng.choice((1, 1, 2, 3)))
    name = stem(lesson)
    for kind in kinds:
        kind(notebook, rng)
    kinds = [kind.__name__ for kind in kinds]
    if "cells_of_another_lesson" not in kinds and rng.random() < 0.1:
        name = "homework"
        kinds.append("renamed")
    owed = {exercise for exercise in LESSONS[lesson] if _is_there(solved[exercise], exercise, notebook["cells"])}
    return Damaged(f"{name}.ipynb", json.dumps(_older(notebook, rng, kinds)), tuple(kinds), frozenset(owed))


def _answer(name, solved, rng):
    luck = rng.random()
    if luck < 0.75:
        return solved
    return solved.replace(*rng.choice(typical.wrong()[name])) if luck < 0.9 else None


def _filled_in(lesson, own):
    notebook = json.loads((notebook_of(lesson)).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = own.get(_mark(cell)) or "".join(cell["source"])
    return notebook


def _is_there(answer, exercise, cells):
    """Tell whether a right answer is a cell of its own, or merged with code that does not define it again."""
    for cell in cells:
        rest = cell["source"].replace(answer, "")
        if answer in cell["source"] and not defines(rest, exercise) and _is_python(cell["source"]):
            return True
    return False


def _is_python(source):
    try:
        return bool(ast.parse(source))
    except SyntaxError:
        return False


def _mark(cell):
    metadata = cell["metadata"]
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    mark = marks.get("grade_id") if isinstance(marks, dict) else None
    return mark if isinstance(mark, str) else ""


def _at(notebook, rng, wanted=lambda mark: mark):
    """Give the place of a random cell whose mark is wanted; of any cell where there is none."""
    found = [at for at, cell in enumerate(notebook["cells"]) if wanted(_mark(cell))]
    return rng.choice(found or range(len(notebook["cells"])))


def _exercise(notebook, rng):
    return _at(notebook, rng, lambda mark: mark in NAMES)


def _code(source, **metadata):
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], "execution_count": None}


def cell_type_changed(notebook, rng):
    cell = notebook["cells"][_at(notebook, rng)]
    cell["cell_type"] = rng.choice(["markdown", "raw", "heading", "odd", None])
    cell.pop("outputs", None)
    cell.pop("execution_count", None)


def copied_above(notebook, rng):
    at = _at(notebook, rng)
    notebook["cells"].insert(rng.randint(0, at), copy.deepcopy(notebook["cells"][at]))


def copied_below(notebook, rng):
    at = _at(notebook, rng)
    notebook["cells"].insert(rng.randint(at, len(notebook["cells"])), copy.deepcopy(notebook["cells"][at]))


def half_written_copy(notebook, rng):
    """Try something else in a copy, and leave it there: cut off, a stub, or with a mistake."""
    at = _exercise(notebook, rng)
    cell = copy.deepcopy(notebook["cells"][at])
    lines, name = cell["source"].splitlines(keepends=True), _mark(cell)
    cut = "".join(lines[: rng.randint(0, len(lines))])
    stub = f"def {name}(*arguments):\n    raise NotImplementedError"
    mistaken = f"def {name}(*arguments):\n    return 0 * arguments[0]"
    cell["source"] = rng.choice([cut, cut, stub, mistaken])
    if rng.random() < 0.3:
        cell["metadata"] = {}
    notebook["cells"].insert(rng.randint(0, len(notebook["cells"])), cell)


def emptied(notebook, rng):
    notebook["cells"][_at(notebook, rng)]["source"] = ""


def moved(notebook, rng):
    cell = notebook["cells"].pop(_at(notebook, rng))
    notebook["cells"].insert(rng.randint(0, len(notebook["cells"])), cell)


def metadata_stripped(notebook, rng):
    for cell in notebook["cells"] if rng.random() < 0.5 else [notebook["cells"][_at(notebook, rng)]]:
        cell["metadata"] = {}


def metadata_retyped(notebook, rng):
    cell = notebook["cells"][_at(notebook, rng)]
    marks = {"grade_id": [_mark(cell)], "locked": "yes", "schema_version": "3"}
    cell["metadata"] = rng.choice([[], None, "marks", {"nbgrader": 3}, {"nbgrader": marks}, {"tags": "demo"}])


def id_of_another(notebook, rng):
    """Give a cell another's mark, of this lesson or of any."""
    at = rng.randrange(len(notebook["cells"]))
    mark = rng.choice([*NAMES, *(f"check_{name}" for name in NAMES), *(_mark(cell) for cell in notebook["cells"])])
    notebook["cells"][at]["metadata"] = {"nbgrader": {"grade_id": mark, "solution": True, "schema_version": 3}}


def check_deleted(notebook, rng):
    del notebook["cells"][_at(notebook, rng, lambda mark: mark.startswith("check_"))]


def answer_deleted(notebook, rng):
    del notebook["cells"][_exercise(notebook, rng)]


def merged(notebook, rng):
    """Merge a cell with the next one, as Shift+M does: the first one's marks stay."""
    at = min(_at(notebook, rng), len(notebook["cells"]) - 2)
    if rng.random() < 0.5:
        at = max(at - 1, 0)
    first, second = notebook["cells"][at], notebook["cells"].pop(at + 1)
    first["source"] += "\n\n" + second["source"]


def split(notebook, rng):
    """Split a cell at a line: both halves have its marks."""
    at = _at(notebook, rng)
    lines = notebook["cells"][at]["source"].splitlines(keepends=True)
    middle = rng.randint(0, len(lines))
    second = copy.deepcopy(notebook["cells"][at])
    notebook["cells"][at]["source"], second["source"] = "".join(lines[:middle]), "".join(lines[middle:])
    notebook["cells"].insert(at + 1, second)


def cells_of_another_lesson(notebook, rng):
    other = _filled_in(rng.choice(list(LESSONS)), {})["cells"]
    pasted = other if rng.random() < 0.3 else [other[_at({"cells": other}, rng)]]
    at = rng.choice([0, len(notebook["cells"]), rng.randint(0, len(notebook["cells"]))])
    notebook["cells"][at:at] = pasted


def order_changed(notebook, rng):
    rng.choice([rng.shuffle, lambda cells: cells.reverse()])(notebook["cells"])


def older_marks(notebook, rng):
    for cell in notebook["cells"]:
        if _mark(cell):
            cell["metadata"]["nbgrader"] = {"grade_id": _mark(cell), "schema_version": rng.choice([0, 1, 2])}


def tagged_as_an_experiment(notebook, rng):
    cell = notebook["cells"][_exercise(notebook, rng)]
    if isinstance(cell["metadata"], dict):
        cell["metadata"]["tags"] = ["demo"]


def scratch_beside(notebook, rng):
    notebook["cells"].insert(rng.randint(0, len(notebook["cells"])), _code(rng.choice(SCRATCH)))


def older_format(notebook, rng):
    """Save it in an older format; `_older` does it at the end, since the other kinds know the newest."""


KINDS = [
    *(cell_type_changed, copied_above, copied_below, half_written_copy, emptied, moved, metadata_stripped),
    *(metadata_retyped, id_of_another, check_deleted, answer_deleted, merged, split, cells_of_another_lesson),
    *(order_changed, older_marks, tagged_as_an_experiment, scratch_beside, older_format),
]


def _older(notebook, rng, kinds):
    if "older_format" not in kinds:
        return notebook
    for cell in notebook["cells"]:
        cell.pop("id", None)
    if rng.random() < 0.5:
        return notebook | {"nbformat_minor": 0}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": notebook["cells"]}]}
