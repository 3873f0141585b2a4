"""Grade an assignment again after a correction: first whose marks change and why, then, if wanted, the gradebook."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI
from traitlets.config import PyFileConfigLoader

from autograder import changes, course, exam
from autograder.grader import Grader
from autograder.nbgrader_plugin.intake import why_no_name
from autograder.printable import printable
from autograder.refusal import Refused
from autograder.results import shown
from bnlib.exercises import LESSONS


def command(options) -> int:
    """List the changes, ask, and write them."""
    root = course.folder()
    if not course.gradebook(root).is_file():
        raise Refused(f"There is no gradebook at {course.gradebook(root)}: `nbgrader autograde` makes it.")
    lessons, marks = in_gradebook(root, options.assignment)
    paths = handed_in(root, options.assignment, lessons)
    with Grader(exam.seed(root), kept=course.verdicts(root)) as grader:
        grader.announce()
        results = map(grader.grade, paths)
        found = changes.between(marks, results, grader)
    if not found:
        print("Every mark stays as it is.")
        return 0
    print("\n".join(changes.lines(found)))
    learners = sorted({learner_of(change.submission) for change in found})
    print(f"{len(found)} marks of {len(learners)} learners change. Nothing is written yet.")
    if options.yes or _asked("Write them to the gradebook? [y/N] "):
        write_all(root, options.assignment, learners)
    return 0


def handed_in(root: Path, assignment: str, lessons: list[str]) -> list[Path]:
    """Give the notebooks that nbgrader grades; other notebooks in a folder are none of an assignment's."""
    folders = [
        path for path in sorted(course.submitted(root).glob(f"*/{assignment}")) if not why_no_name(path.parent.name)
    ]
    paths = [path for folder in folders for lesson in lessons if (path := folder / f"{lesson}.ipynb").is_file()]
    if not paths:
        raise Refused(f"Nothing was handed in: {course.submitted(root)}/*/{assignment} holds no notebook of it.")
    return paths


def learner_of(path: str) -> str:
    """Name the learner whose file it is: submitted/LEARNER/ASSIGNMENT/LESSON.ipynb."""
    return Path(path).parts[-3]


def in_gradebook(root: Path, assignment: str) -> tuple[list[str], changes.Marks]:
    """Give an assignment's lessons, and the marks of the exercises without what was given by hand."""
    with Gradebook(f"sqlite:///{course.gradebook(root)}") as gradebook:
        try:
            known = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise Refused(f"The gradebook knows no assignment {assignment}.") from None
        return [notebook.name for notebook in known.notebooks if notebook.name in LESSONS], {
            (
                shown(str(course.submitted(root) / submission.student.id / assignment / f"{notebook.name}.ipynb")),
                grade.name.removeprefix("check_"),
            ): grade.auto_score
            for submission in known.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.name.startswith("check_")
        }


def write_all(root: Path, assignment: str, learners: list[str]) -> None:
    """Let nbgrader autograde learners again; one whom it cannot grade keeps nobody from it."""
    failed = []
    for learner in learners:
        why = write(root, assignment, learner)
        print(f"{printable(learner)} is not graded again: {why}" if why else f"{printable(learner)} is graded again.")
        failed += [printable(learner)] * bool(why)
    print(f"Feedback: nbgrader generate_feedback {assignment} --force, and release_feedback.")
    if failed:
        raise Refused(f"{len(failed)} of {len(learners)} learners keep the marks they had: {', '.join(failed)}.")


def write(root: Path, assignment: str, learner: str) -> str:
    """Let nbgrader autograde a learner again; give what it says if it cannot."""
    os.chdir(root)
    api = NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py", str(root)).load_config())
    done = api.autograde(assignment, learner, force=True)
    if done["success"]:
        return ""
    said = (done.get("log") or done["error"]).strip().splitlines()
    errors = [line.removeprefix("[ERROR] ") for line in said if line.startswith("[ERROR] ")]
    command = f"nbgrader autograde {assignment} --student {shlex.quote(learner)} --force"
    return f"{printable((errors or said)[0])} (`{command}` says more)"


def _asked(question):
    if not sys.stdin.isatty():
        print("`--yes` writes them.")
        return False
    return input(question).strip().lower() in ("y", "yes")
