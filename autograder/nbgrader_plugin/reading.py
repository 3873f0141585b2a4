"""Read what was handed in, whatever state it is in, and give every cell the marks that the course gave it."""

from __future__ import annotations

import copy
from pathlib import Path

from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import submission
from autograder.making import lessons
from autograder.nbgrader_plugin import folders
from autograder.nbgrader_plugin.cleaned import cleaned
from autograder.nbgrader_plugin.grading import DAMAGED, the_grader
from autograder.nbgrader_plugin.one_run import OneRun
from autograder.printable import printable
from autograder.refusal import Refused
from bnlib.exercises import NAMES
from bnlib.notebook import defines

NOTE = "**The notebook that was handed in is damaged**, and nothing of it is shown here. What was found: {}"


class Submissions(NotebookExporter):
    """Reads submissions; one that cannot be read is replaced by an empty notebook that says so."""

    def __init__(self, **options):
        super().__init__(**options)
        self.run = OneRun(self.parent)
        folders.prepare(self.parent)
        try:
            rung = the_grader(self.parent.coursedir.root).rung
        except Refused as refused:
            self.log.error(refused)
            raise NbGraderException(refused) from None
        self.log.warning("Sandbox: %s (%s)", rung.name, rung.text)

    def from_file(self, file_stream, resources=None, **options):
        """Convert what stands in a file: first what was handed in, then what this wrote of it."""
        if not self.parent._sanitizing:
            return super().from_file(file_stream, resources=resources, **options)
        try:
            notebook = cleaned(submission.load(Path(file_stream.name)))
        except submission.Unreadable as problem:
            self.log.error("%s is damaged: %s", file_stream.name, problem)
            note = new_markdown_cell(NOTE.format(printable(f"`{problem}`")))
            notebook = new_notebook(cells=[note], metadata={DAMAGED: str(problem)})
        return self.from_notebook_node(notebook, resources=resources, **options)


class FeedbackPages(HTMLExporter):
    """Writes the pages that learners get back."""

    def __init__(self, **options):
        super().__init__(**options)
        self.run = OneRun(self.parent)


class TidyCells(NbGraderPreprocessor):
    """Let each marked cell of the lesson be there once, with the marks that the course gave it.

    nbgrader's own `DeduplicateIds` leaves empty marks behind, at which its next step stops for the whole class;
    so do marks that were edited. A check that was deleted would cost the points of a right answer.
    """

    def preprocess(self, nb, resources):
        """Give the notebook with one marked cell per id."""
        tidy(nb, resources["nbgrader"]["notebook"])
        return nb, resources


def as_graded(path: Path) -> submission.Submission:
    """Read a lesson that was handed in as nbgrader grades it; raises Unreadable with a sentence."""
    notebook = cleaned(submission.load(path))
    tidy(notebook, path.stem)
    return submission.of_notebook(notebook)


def tidy(notebook: NotebookNode, lesson: str) -> None:
    """Leave the lesson's marks on one cell each, and make up for those that are missing."""
    marks, seen = lessons.marks(lesson), set()
    for cell in reversed(notebook.cells):
        grade_id = cell.metadata.pop("nbgrader", {}).get("grade_id")
        if grade_id in marks.keys() - seen:
            _mark(cell, marks[grade_id])
            seen.add(grade_id)
    _make_up_for_missing(notebook, marks)


def _mark(cell, marks):
    """Give a cell its marks, and the type that goes with them."""
    blank = _blank(marks)
    if cell.cell_type != blank.cell_type:
        kept = {name: cell[name] for name in ("id", "metadata", "source")}
        cell.clear()
        cell.update(blank | kept)
    cell.metadata.nbgrader = copy.deepcopy(marks)


def _blank(marks):
    return (new_markdown_cell if marks.grade and marks.solution else new_code_cell)()


def _make_up_for_missing(notebook, marks):
    """Mark the cell that defines an exercise, or put an empty cell behind the marked one before it."""
    place = 0
    for grade_id, mark in marks.items():
        ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
        if grade_id in ids:
            place = ids.index(grade_id) + 1
            continue
        own = [c for c in notebook.cells if grade_id in NAMES and c.cell_type == "code" and defines(c.source, grade_id)]
        if own:
            place = notebook.cells.index(own[-1]) + 1
        else:
            # What a locked cell holds, nbgrader's `OverwriteCells` writes into it.
            own = [_blank(mark)]
            notebook.cells.insert(place, own[0])
            place += 1
        _mark(own[-1], mark)
