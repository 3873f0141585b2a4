"""What nbgrader converts: submissions as our reader reads them, and the pages that learners get back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TextIO

from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.converters.base import BaseConverter, NbGraderException

from autograder.grading import cells
from autograder.nbgrader_plugin import folders
from autograder.nbgrader_plugin.cleaned import cleaned
from autograder.nbgrader_plugin.grading import Resources, the_grader
from autograder.nbgrader_plugin.one_run import OneRun
from autograder.printable import printable
from bnlib.refusal import Refused, Unreadable

NOTE = "**The notebook that was handed in is damaged**, and nothing of it is shown here. What was found: {}"


class Submissions(NotebookExporter):
    """Reads submissions; one that cannot be read is replaced by an empty notebook that says so."""

    parent: BaseConverter

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]  # nbconvert's
        self.run = OneRun(self.parent)
        folders.prepare(self.parent)
        try:
            rung = the_grader(self.parent.coursedir.root).rung
        except Refused as refused:
            self.log.error(refused)
            raise NbGraderException(refused) from None
        self.log.warning("Sandbox: %s (%s)", rung.name, rung.text)

    def from_file(
        self, file_stream: TextIO, resources: Resources | None = None, **options: Any
    ) -> tuple[NotebookNode, Resources]:
        """Convert what stands in a file: first what was handed in, then what this wrote of it."""
        if not self.parent._sanitizing:
            return super().from_file(file_stream, resources=resources, **options)
        try:
            notebook = cleaned(cells.read(Path(file_stream.name)))
        except Unreadable as problem:
            self.log.error("%s is damaged: %s", file_stream.name, problem)
            note = new_markdown_cell(NOTE.format(printable(f"`{problem}`")))
            notebook = new_notebook(cells=[note])
        written: tuple[NotebookNode, Resources]
        written = self.from_notebook_node(notebook, resources, **options)  # type: ignore[no-untyped-call]  # nbconvert's
        return written


class FeedbackPages(HTMLExporter):
    """Writes the pages that learners get back."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]  # nbconvert's
        self.run = OneRun(self.parent)
