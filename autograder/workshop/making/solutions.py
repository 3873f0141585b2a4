"""The executed solutions: a lesson runs where something that it depends on has changed, each in a kernel of its own."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from autograder.coursebook import lessons
from autograder.coursebook.reference import bnlib_home
from autograder.workshop.making import depends
from bnlib import store
from bnlib.paths import SOLUTIONS, solution
from bnlib.refusal import Refused
from bnlib.syllabus import LESSONS, stem

MADE_OF = ("source_hash", "ran_with")  # in a notebook's metadata: what it was made of
TIME_LIMIT = 120  # seconds for the slowest cell, on a slow machine


def build() -> None:
    """Write every solution that is out of date; raises Refused where a lesson stops."""
    SOLUTIONS.mkdir(parents=True, exist_ok=True)
    for stray in {*SOLUTIONS.glob("*.ipynb")} - {solution(lesson) for lesson in LESSONS}:
        stray.unlink()
    stale = {lesson: why for lesson in LESSONS if (why := changed(lesson))}
    for lesson in stale:  # the solutions are at hand before the first one runs
        write(with_source(lesson), solution(lesson))
    for lesson, why in stale.items():
        print(f"executing {stem(lesson)}: {', '.join(why)}", flush=True)
        write(executed(lesson), solution(lesson))


def changed(lesson: str) -> list[str]:
    """Say what a stored solution was made of that is otherwise now."""
    stored = as_stored(solution(lesson)).metadata
    now = depends.ran_with(lesson)
    before = stored.get("ran_with", {})
    said = ["the lesson"] if stored.get("source_hash") != depends.source_hash(lesson) else []
    return said + [part for part in now if before.get(part) != now[part]]


def as_stored(path: Path) -> NotebookNode:
    """Give a stored notebook; an empty one where there is none, or what is there cannot be read."""
    try:
        stored: NotebookNode = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError):
        stored = nbformat.v4.new_notebook()
    return stored


def with_source(lesson: str) -> NotebookNode:
    """Give a lesson as a notebook that says what it was made of."""
    notebook = copy.deepcopy(lessons.read(lesson))
    notebook.metadata.source_hash = depends.source_hash(lesson)
    notebook.metadata.ran_with = depends.ran_with(lesson)
    return notebook


def executed(lesson: str) -> NotebookNode:
    """Give a lesson with what its cells say; raises Refused with the cell that stops."""
    notebook = with_source(lesson)
    try:
        return execute(notebook, lesson)
    except CellExecutionError as error:
        cell = next(cell for cell in notebook.cells if any(o.output_type == "error" for o in cell.get("outputs", [])))
        raise Refused(
            f"A cell of course/lessons/{lesson}.md stops with {error.ename}: {error.evalue}\n\n{cell.source}\n"
        ) from None


def execute(notebook: NotebookNode, lesson: str, allow_errors: bool = False) -> NotebookNode:
    """Run a notebook top to bottom in a fresh kernel, with the reference's functions of the earlier lessons."""
    with tempfile.TemporaryDirectory() as home, bnlib_home(home), tempfile.TemporaryDirectory() as place:
        for earlier in list(LESSONS)[: list(LESSONS).index(lesson)]:
            for name in LESSONS[earlier]:
                store.save(name, lessons.exercise_sources()[name])
        client = NotebookClient(
            notebook,
            timeout=TIME_LIMIT,
            allow_errors=allow_errors,
            coalesce_streams=True,  # or a slow cell's prints are cut differently at every run
            record_timing=False,
            extra_arguments=["--log-level=ERROR"],  # or every kernel warns on the terminal that it is not encrypted
            resources={"metadata": {"path": place}},
        )
        client.execute()
    notebook.metadata.language_info = {"name": "python"}  # without the version of this Python
    return notebook


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook, one byte for byte the same whenever it says the same."""
    nbformat.validate(notebook)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
