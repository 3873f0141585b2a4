"""Is what was generated up to date? Sources are compared exactly, numbers within a tolerance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode

from autograder.coursebook import lessons
from autograder.coursebook.keys import make_key
from autograder.workshop.making import answers, build, syllabus
from bnlib.judging import key
from bnlib.judging.plain import Array
from bnlib.paths import ROOT, notebook, solution
from bnlib.syllabus import LESSONS, NAMES

NUMBER = re.compile(r"[-+−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
RELATIVE = 1e-2  # another processor rounds otherwise: over a training that can move one test digit in 360
NOISE = 1e-9
MEND = "run `make build`."


def complaints() -> Iterator[str]:
    """Yield what is out of date among keys, solutions, learner notebooks and written tables."""
    if syllabus.FILE.read_text(encoding="utf-8") != syllabus.text():
        yield f"bnlib/syllabus.json is out of date: {MEND}"
    for name in NAMES:
        if not key_is_fresh(name):
            yield f"bnlib/practice_key/{name}.json is out of date: {MEND}"
    yield from of_notebooks()
    yield from of_tables()


def of_notebooks() -> Iterator[str]:
    """Yield the solutions and learner notebooks that are out of date."""
    for lesson in LESSONS:
        for path in (solution(lesson), notebook(lesson)):
            if not _same_source(path, lesson):
                yield f"{path.relative_to(ROOT).as_posix()} is out of date: {MEND}"


def of_tables() -> Iterator[str]:
    """Yield the pages whose tables are out of date."""
    for path, written in ((build.README, build.readme), (answers.PAGE, answers.page)):
        text = path.read_text(encoding="utf-8")
        if written(text) != text:
            yield f"A table in {path.relative_to(ROOT).as_posix()} is out of date: {MEND}"


def key_is_fresh(name: str) -> bool:
    """Tell whether the stored practice key is the one that would be made now."""
    stored = key.parse((key.PRACTICE / f"{name}.json").read_text(encoding="utf-8"))
    return same_tree(asdict(stored), asdict(make_key(name)))


def other_outputs(lesson: str, executed: NotebookNode) -> Iterator[str]:
    """Yield the cells that now say something else than the stored solution does."""
    stored = nbformat.read(solution(lesson), as_version=4)
    for old, new in zip(stored.cells, executed.cells, strict=True):
        if old.cell_type == "code" and not same_text(_words(old), _words(new)):
            yield f"{lesson}: the cell {old.id} now says {_words(new)!r}, and the solution {_words(old)!r}: {MEND}"


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts are equal, their numbers within the tolerance."""
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    return all(map(_same_number, NUMBER.findall(one), NUMBER.findall(other)))


def same_tree(one: object, other: object) -> bool:
    """Tell whether two trees of arrays are equal, their numbers within rounding."""
    if isinstance(one, dict):
        return isinstance(other, dict) and one.keys() == other.keys() and all(same_tree(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return isinstance(other, list | tuple) and len(one) == len(other) and all(map(same_tree, one, other))
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and one.dtype == other.dtype and _same_numbers(one, other)
    if isinstance(one, float) and isinstance(other, float):
        return _same_numbers(np.array(one), np.array(other))
    return type(one) is type(other) and one == other


def _same_source(path: Path, lesson: str) -> bool:
    notebook = nbformat.read(path, as_version=4)
    if notebook.metadata.get("source_hash") != build.source_hash(lesson):
        return False
    points = {c.id: c.metadata.nbgrader.get("points") for c in lessons.read(lesson).cells if "nbgrader" in c.metadata}
    return points == {c.id: c.metadata.nbgrader.get("points") for c in notebook.cells if "nbgrader" in c.metadata}


def _words(cell: NotebookNode) -> str:
    parts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in cell.outputs if o.output_type != "error"]
    return re.sub(r" at 0x[0-9a-f]+", "", "\n".join(parts))


def _same_numbers(one: Array, other: Array) -> bool:
    # What is left of a cancellation is noise: it may be anything small.
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True)


def _same_number(one: str, other: str) -> bool:
    """Compare two printed numbers: by their size, or by the last digit that is printed."""
    a, b = float(one.replace("−", "-")), float(other.replace("−", "-"))
    decimals = len(one.partition("e")[0].partition(".")[2])
    last_digit = 10.0**-decimals if "." in one and "e" not in one else 0
    return abs(a - b) <= max(RELATIVE * abs(a), 1.5 * last_digit, NOISE)
