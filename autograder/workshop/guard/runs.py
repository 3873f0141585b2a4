"""Notebooks as they run: released ones fail their checks, solutions pass and say what is stored."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
from nbformat import NotebookNode

from autograder.coursebook import lessons
from autograder.workshop.making import fresh, solutions
from bnlib import paths
from bnlib.syllabus import WARM_UP


def of_released(lesson: str) -> Iterator[str]:
    """Run a learner's notebook as released, without its demos: every check has to fail, but for the warm-up's."""
    where = paths.notebook(lesson).relative_to(paths.ROOT).as_posix()
    notebook = nbformat.read(paths.notebook(lesson), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "demo" not in cell.metadata.get("tags", [])]
    solutions.execute(notebook, lesson, allow_errors=True)
    for cell in notebook.cells:
        name = lessons.checked_by(cell)
        failed = any(output.output_type == "error" for output in cell.get("outputs", []))
        if name and failed == (name == WARM_UP):
            yield f"{where}: check({name!r}) {'fails' if failed else 'passes'} as released. Look at its cell."


def of_solution(lesson: str) -> Iterator[str]:
    """Run a solution, and complain of what it says."""
    notebook = nbformat.read(paths.solution(lesson), as_version=4)
    solutions.execute(notebook, lesson, allow_errors=True)
    yield from complaints_of(lesson, notebook)


def complaints_of(lesson: str, notebook: NotebookNode) -> Iterator[str]:
    """Look at an executed solution: nothing may fail or write to stderr, and it says what the stored one says."""
    mend = f"Mend it in course/lessons/{lesson}.md."
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield f"{lesson}: the cell {cell.id} stops with {output.ename}: {output.evalue}. {mend}"
            elif output.output_type == "stream" and output.name == "stderr":
                yield f"{lesson}: the cell {cell.id} writes to stderr: {output.text.strip()[:200]}. {mend}"
    yield from fresh.other_outputs(lesson, notebook)
