"""Is what was generated up to date? Sources are compared exactly, numbers within a tolerance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

import nbformat
import numpy as np
from nbformat import NotebookNode

from autograder.coursebook.keys import make_key
from autograder.workshop.making import depends, messages, pages, release, solutions, syllabus
from autograder.workshop.strength import kept
from bnlib.judging import key
from bnlib.judging.plain import Array
from bnlib.paths import ROOT, notebook, solution
from bnlib.syllabus import FILE, LESSONS, NAMES

ROUNDING = "rounding"  # the tag of a cell whose numbers another processor makes quite others
NUMBER = re.compile(r"[-+−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
RELATIVE = 1e-2  # another processor rounds otherwise, and a long experiment makes that larger
NOISE = 1e-9
MEND = "run `make build`."


def complaints() -> Iterator[str]:
    """Yield what is out of date among keys, messages, notebooks and pages; the syllabus has to be up to date."""
    for name in NAMES:
        if not key_is_fresh(name):
            yield f"bnlib/practice_key/{name}.json is out of date: {MEND}"
    yield from of_messages()
    yield from of_notebooks()
    yield from of_tables()
    yield from of_strengths()


def of_syllabus() -> Iterator[str]:
    """Say whether bnlib/syllabus.json is what it should be: everything else imports it."""
    if not FILE.exists() or FILE.read_text(encoding="utf-8") != syllabus.text():
        yield f"bnlib/syllabus.json is out of date, and the rest is judged by it: {MEND}"


def of_messages() -> Iterator[str]:
    """Yield the messages that are written down otherwise than they are given."""
    for name, text in messages.files().items():
        path = messages.FOLDER / name
        if not path.exists() or not same_text(text, path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT).as_posix()} is out of date: {MEND} Then read what has changed in it."


def of_notebooks() -> Iterator[str]:
    """Yield the solutions and learner notebooks that are out of date."""
    for lesson in LESSONS:
        solved = solutions.as_stored(solution(lesson)).metadata.get("source_hash") == depends.source_hash(lesson)
        for path, is_fresh in ((solution(lesson), solved), (notebook(lesson), solved and release.is_fresh(lesson))):
            if not is_fresh:
                yield f"{path.relative_to(ROOT).as_posix()} is out of date: {MEND}"


def of_tables() -> Iterator[str]:
    """Yield the pages whose tables are out of date."""
    for path, written in pages.tables():
        text = path.read_text(encoding="utf-8")
        if written(text) != text:
            yield f"A table in {path.relative_to(ROOT).as_posix()} is out of date: {MEND}"


def of_strengths() -> Iterator[str]:
    """Yield what docs/strength.md counts otherwise than it is."""
    for name in kept.outdated():
        yield f"docs/strength.md counts other mistakes, answers or mutants of {name} than there are: {MEND}"
    if not kept.outdated() and kept.PAGE.read_text(encoding="utf-8") != kept.page([kept.read()[n] for n in NAMES]):
        yield f"docs/strength.md is out of date: {MEND}"


def key_is_fresh(name: str) -> bool:
    """Tell whether the stored practice key is the one that would be made now."""
    stored = key.parse((key.PRACTICE / f"{name}.json").read_text(encoding="utf-8"))
    return same_tree(asdict(stored), asdict(make_key(name)))


def other_outputs(lesson: str, executed: NotebookNode) -> Iterator[str]:
    """Yield the cells that now say something else than the stored solution does."""
    stored = nbformat.read(solution(lesson), as_version=4)
    for old, new in zip(stored.cells, executed.cells, strict=True):
        same = same_words if ROUNDING in old.metadata.get("tags", []) else same_text
        if old.cell_type == "code" and not same(_words(old), _words(new)):
            yield f"{lesson}: the cell {old.id} now says {_words(new)!r}, and the solution {_words(old)!r}: {MEND}"


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts are equal, their numbers within the tolerance."""
    numbers = zip(NUMBER.findall(one), NUMBER.findall(other), strict=False)
    return same_words(one, other) and all(_same_number(*pair) for pair in numbers)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts are equal, whatever their numbers are."""
    return NUMBER.sub("#", one).split() == NUMBER.sub("#", other).split()


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
