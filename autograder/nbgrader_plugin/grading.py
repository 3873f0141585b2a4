"""nbgrader's autograding with our sandbox in place of a Jupyter kernel.

A verdict goes in as the output of its check cell, which nbgrader turns into a score as it always does: an error
is 0, anything else full marks. What a learner is told of it goes in as the comment on the exercise.
"""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from autograder import class_folder
from autograder.coursebook import exam
from autograder.grading.grader import Grader
from bnlib.judging import render
from bnlib.judging.judge import Verdict
from bnlib.judging.status import Status

Resources = dict[str, Any]  # nbconvert's: what one preprocessor leaves to the next


class SandboxGrade(NbGraderPreprocessor):
    """Grade what was handed in, and write what came out into the check cells; no other cell has outputs."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Give the notebook with the outputs of its check cells."""
        course = self.parent.parent.coursedir
        result = the_grader(course.root).grade(_handed_in(course, resources["nbgrader"]))
        outputs = {f"check_{verdict.exercise}": _output(verdict) for verdict in result.verdicts}
        unjudged = _failed(f"This notebook could not be graded. {result.problem}")
        for cell in nb.cells:
            if cell.cell_type == "code" and is_grade(cell):
                cell.outputs = [outputs.get(cell.metadata.nbgrader["grade_id"], unjudged)]
        resources["verdicts"] = {verdict.exercise: verdict for verdict in result.verdicts}
        return nb, resources


class SaveMessages(NbGraderPreprocessor):
    """Save what is wrong with an exercise as nbgrader's automatic comment on it, after `SaveAutoGrades`."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Give the notebook as it is."""
        at, verdicts = resources["nbgrader"], resources["verdicts"]
        with Gradebook(at["db_url"]) as gradebook:
            for cell in filter(is_solution, nb.cells):
                verdict = verdicts.get(cell.metadata.nbgrader["grade_id"])
                if verdict and not verdict.right and verdict.status != Status.MISSING:
                    comment = gradebook.find_comment(verdict.exercise, at["notebook"], at["assignment"], at["student"])
                    comment.auto_comment = _comment(verdict)
            gradebook.db.commit()
        return nb, resources


@cache
def the_grader(root: str) -> Grader:
    """Start the sandbox once for the whole run, and end it with the process; raises Refused."""
    folder = Path(root)
    grader = Grader(exam.seed(folder), kept=class_folder.verdicts(folder))
    atexit.register(grader.close)
    return grader


def _handed_in(course: CourseDirectory, at: dict[str, str]) -> Path:
    """Give the file that was handed in: nbgrader's copy holds no more of it than pages show."""
    folder = course.format_path(course.submitted_directory, at["student"], at["assignment"])
    return Path(folder) / f"{at['notebook']}.ipynb"


def _comment(verdict: Verdict) -> str:
    """Give a verdict's message as Markdown, and below it the ids by which instructors speak of the mistakes."""
    known = " and ".join(f"`{diagnosis}`" for diagnosis in verdict.diagnoses)
    return "\n\n".join([*verdict.message.split("\n"), *([f"*Known as* {known}"] if known else [])])


def _output(verdict: Verdict) -> NotebookNode:
    text = render.heading(verdict).replace("`", "")
    if not verdict.right:
        return _failed(text)
    passed: NotebookNode = new_output("stream", name="stdout", text=text + "\n")
    return passed


def _failed(text: str) -> NotebookNode:
    made: NotebookNode = new_output("error", ename="CheckFailed", evalue=text, traceback=[text])
    return made
