"""nbgrader's autograding with our sandbox in place of a Jupyter kernel.

`nbgrader_config.py` puts `SandboxGrade` where nbgrader has `Execute`. A verdict goes in as the output of
its check cell, which nbgrader turns into a score as it always does: an error is 0, anything else full marks.
"""

from __future__ import annotations

import atexit
import copy
import os
import textwrap
from functools import cache
from pathlib import Path

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

from autograder import exam, submission
from autograder.grader import VERDICTS, Grader
from autograder.making import lessons
from bnlib import render

WIDTH = 90
REQUIRE = "AUTOGRADER_REQUIRE_SANDBOX"


class TidyCells(NbGraderPreprocessor):
    """Give each cell the marks that the course gave it, and none to a cell whose id is unknown or comes again.

    nbgrader's own `DeduplicateIds` leaves empty marks behind, at which its next step stops for the whole class;
    so do marks that were edited. And it cannot write a notebook in which half a character stands.
    """

    def preprocess(self, nb, resources):
        """Give the notebook with one marked cell per id."""
        seen = set()
        for cell in reversed(nb.cells):
            cell.source = cell.source.encode(errors="replace").decode()
            found = cell.metadata.pop("nbgrader", None)
            grade_id = found.get("grade_id") if isinstance(found, dict) else None
            if isinstance(grade_id, str) and grade_id in lessons.marks().keys() - seen:
                cell.metadata.nbgrader = copy.deepcopy(lessons.marks()[grade_id])
                if isinstance(found.get("checksum"), str):
                    cell.metadata.nbgrader.checksum = found["checksum"]
                seen.add(grade_id)
        return nb, resources


class SandboxGrade(NbGraderPreprocessor):
    """Grade a notebook in the sandbox and write what came out into its check cells."""

    def preprocess(self, nb, resources):
        """Give the notebook with the outputs of its check cells; no other cell has any."""
        first = the_grader.cache_info().currsize == 0
        grader = the_grader()
        if first:
            self.log.warning("Sandbox: %s (%s)", grader.rung.name, grader.rung.text)
        try:
            handed_in = submission.of_notebook(nb)
            outputs = {f"check_{verdict.exercise}": _output(verdict) for verdict in grader.judge(handed_in)}
        except submission.Unreadable as problem:
            self.log.error("%s: %s", resources["nbgrader"]["notebook"], problem)
            outputs = {}
        for cell in nb.cells:
            if cell.cell_type == "code" and is_grade(cell):
                unjudged = _failed("This notebook could not be graded.")
                cell.outputs = [outputs.get(cell.metadata.nbgrader["grade_id"], unjudged)]
        return nb, resources


@cache
def the_grader():
    """Start the sandbox once for the whole run, and end it with the process."""
    course = Path.cwd()  # nbgrader runs in the course's folder
    grader = Grader(exam.seed(course / exam.SEED), os.environ.get(REQUIRE), kept=course / VERDICTS)
    atexit.register(grader.close)
    return grader


def _output(verdict):
    lines = f"{render.heading(verdict)}\n{verdict.message}".replace("`", "").split("\n")
    text = "\n".join(textwrap.fill(line, WIDTH) for line in lines)  # formgrader's page cuts off what is longer
    return new_output("stream", name="stdout", text=text + "\n") if verdict.right else _failed(text)


def _failed(text):
    return new_output("error", ename="CheckFailed", evalue=text.split("\n")[0], traceback=[text])
