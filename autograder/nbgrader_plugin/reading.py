"""Read what was handed in, whatever state it is in, and give every cell the marks that the course gave it."""

from __future__ import annotations

import copy

import nbformat
from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import submission
from autograder.making import lessons
from autograder.nbgrader_plugin.grading import DAMAGED, the_grader
from autograder.nbgrader_plugin.one_run import OneRun
from autograder.printable import printable
from autograder.refusal import Refused
from bnlib.exercises import NAMES
from bnlib.notebook import defines

NOTE = "**The notebook that was handed in is damaged**, and nothing of it is shown here. What was found: {}"


class Submissions(NotebookExporter):
    """Reads submissions; one that nbformat cannot read is replaced by an empty notebook that says so."""

    def __init__(self, **options):
        super().__init__(**options)
        self.run = OneRun(self.parent)
        try:
            rung = the_grader(self.parent.coursedir.root).rung
        except Refused as refused:
            self.log.error(refused)
            raise NbGraderException(refused) from None
        self.log.warning("Sandbox: %s (%s)", rung.name, rung.text)

    def from_file(self, file_stream, resources=None, **options):
        """Convert what stands in a file."""
        try:
            notebook = _read(file_stream.read())
        except Exception as problem:  # whatever a file does to nbformat
            self.log.error("%s is damaged: %s", file_stream.name, problem)
            note = new_markdown_cell(NOTE.format(printable(f"`{problem}`")))
            notebook = new_notebook(cells=[note], metadata={DAMAGED: True})
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
        marks, seen = lessons.marks(resources["nbgrader"]["notebook"]), set()
        for cell in reversed(nb.cells):
            found = cell.metadata.pop("nbgrader", None)
            grade_id = found.get("grade_id") if isinstance(found, dict) else None
            if isinstance(grade_id, str) and grade_id in marks.keys() - seen:
                _mark(cell, marks[grade_id], found.get("checksum"))
                seen.add(grade_id)
        _make_up_for_missing(nb, marks)
        return nb, resources


def _read(text):
    submission.parse(text)
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    nbformat.writes(notebook).encode()
    return notebook


def _mark(cell, marks, checksum=None):
    cell.metadata.nbgrader = copy.deepcopy(marks)
    if isinstance(checksum, str):
        cell.metadata.nbgrader.checksum = checksum


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
            own = [(new_markdown_cell if mark.grade and mark.solution else new_code_cell)()]
            notebook.cells.insert(place, own[0])
            place += 1
        _mark(own[-1], mark)
