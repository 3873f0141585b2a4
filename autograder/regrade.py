"""Grade an assignment again after a correction: first whose marks change and why, then, if wanted, the gradebook."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI
from traitlets.config import PyFileConfigLoader

from autograder import changes, course, exam
from autograder.grader import Grader
from autograder.refusal import Refused
from autograder.results import shown


def command(options) -> int:
    """List the changes, ask, and write them."""
    root = course.folder()
    if not course.gradebook(root).is_file():
        raise Refused(f"There is no gradebook at {course.gradebook(root)}: `nbgrader autograde` makes it.")
    with Grader(exam.seed(root), kept=course.verdicts(root)) as grader:
        grader.announce()
        paths = sorted(course.submitted(root).glob(f"*/{options.assignment}/*.ipynb"))
        if not paths:
            raise Refused(f"Nothing was handed in: {course.submitted(root)}/*/{options.assignment} holds no notebook.")
        found = changes.between(in_gradebook(root, options.assignment), map(grader.grade, paths), grader)
    if not found:
        print("Every mark stays as it is.")
        return 0
    print("\n".join(changes.lines(found)))
    learners = sorted({learner_of(change.submission) for change in found})
    print(f"{len(found)} marks of {len(learners)} learners change. Nothing is written yet.")
    if not (options.yes or _asked("Write them to the gradebook? [y/N] ")):
        return 0
    for learner in learners:
        write(root, options.assignment, learner)
        print(f"{learner} is graded again.")
    print(f"Feedback: nbgrader generate_feedback {options.assignment} --force, and release_feedback.")
    return 0


def learner_of(path: str) -> str:
    """Name the learner whose file it is: submitted/LEARNER/ASSIGNMENT/LESSON.ipynb."""
    return Path(path).parts[-3]


def in_gradebook(root: Path, assignment: str) -> changes.Marks:
    """Give the marks of the exercises as the gradebook has them; not what was given by hand."""
    with Gradebook(f"sqlite:///{course.gradebook(root)}") as gradebook:
        try:
            submissions = gradebook.find_assignment(assignment).submissions
        except MissingEntry:
            raise Refused(f"The gradebook knows no assignment {assignment}.") from None
        return {
            (
                shown(str(course.submitted(root) / submission.student.id / assignment / f"{notebook.name}.ipynb")),
                grade.name.removeprefix("check_"),
            ): grade.auto_score
            for submission in submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.name.startswith("check_")
        }


def write(root: Path, assignment: str, learner: str) -> None:
    """Let nbgrader autograde a learner again."""
    os.chdir(root)
    api = NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py", str(root)).load_config())
    done = api.autograde(assignment, learner, force=True)
    if not done["success"]:
        raise Refused(f"nbgrader could not grade {learner} again:\n{done.get('log') or done.get('error')}")


def _asked(question):
    if not sys.stdin.isatty():
        print("`--yes` writes them.")
        return False
    return input(question).strip().lower() in ("y", "yes")
