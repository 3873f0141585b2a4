"""Grade an assignment again after a correction: first whose marks change and why, then, if wanted, the gradebook."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Protocol

from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder import class_folder
from autograder.coursebook import exam
from autograder.grading.grader import Grader
from autograder.grading.result import shown
from autograder.nbgrader_plugin.intake import why_no_name
from autograder.printable import printable
from autograder.results import changes
from bnlib.refusal import Refused
from bnlib.syllabus import lesson_in_name


class Options(Protocol):
    """What the command line says."""

    assignment: str
    yes: bool


def command(options: Options) -> int:
    """List the changes, ask, and write them; raises Refused."""
    root = class_folder.folder()
    course = class_folder.course(root)
    lessons, marks = in_gradebook(course, options.assignment)
    paths = handed_in(course, options.assignment, lessons)
    with Grader(exam.seed(root), kept=class_folder.verdicts(root)) as grader:
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
        write_all(course, options.assignment, learners)
    return 0


def handed_in(course: CourseDirectory, assignment: str, lessons: list[str]) -> list[Path]:
    """Give the notebooks that nbgrader grades; others in a folder are none of it; raises Refused."""
    submitted = class_folder.submitted(course)
    folders = [path for path in sorted(submitted.glob(f"*/{assignment}")) if not why_no_name(path.parent.name)]
    paths = [path for folder in folders for lesson in lessons if (path := folder / f"{lesson}.ipynb").is_file()]
    if not paths:
        raise Refused(f"Nothing was handed in: {submitted}/*/{assignment} holds no notebook of it.")
    return paths


def learner_of(path: str) -> str:
    """Name the learner whose file it is: submitted/LEARNER/ASSIGNMENT/LESSON.ipynb."""
    return Path(path).parts[-3]


def in_gradebook(course: CourseDirectory, assignment: str) -> tuple[list[str], changes.Marks]:
    """Give an assignment's lessons, and its marks without what was given by hand; raises Refused."""
    submitted = class_folder.submitted(course)
    with class_folder.gradebook(course) as gradebook:
        try:
            known = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise Refused(f"The gradebook knows no assignment {assignment}.") from None
        return [notebook.name for notebook in known.notebooks if lesson_in_name(notebook.name)], {
            (
                shown(str(submitted / submission.student.id / assignment / f"{notebook.name}.ipynb")),
                grade.name.removeprefix("check_"),
            ): grade.auto_score
            for submission in known.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.name.startswith("check_")
        }


def write_all(course: CourseDirectory, assignment: str, learners: list[str]) -> None:
    """Let nbgrader autograde learners again; one whom it cannot grade keeps nobody from it; then raises Refused."""
    failed = []
    for learner in learners:
        why = write(course, assignment, learner)
        print(f"{printable(learner)} is not graded again: {why}" if why else f"{printable(learner)} is graded again.")
        failed += [printable(learner)] * bool(why)
    print(f"Feedback: nbgrader generate_feedback {assignment} --force, and release_feedback.")
    if failed:
        raise Refused(f"{len(failed)} of {len(learners)} learners keep the marks they had: {', '.join(failed)}.")


def write(course: CourseDirectory, assignment: str, learner: str) -> str:
    """Let nbgrader autograde a learner again; give what it says if it cannot."""
    done = NbGraderAPI(course, config=course.config).autograde(assignment, learner, force=True)
    if done["success"]:
        return ""
    said = (done.get("log") or done["error"]).strip().splitlines()
    errors = [line.removeprefix("[ERROR] ") for line in said if line.startswith("[ERROR] ")]
    command = f"nbgrader autograde {assignment} --student {shlex.quote(learner)} --force"
    return f"{printable((errors or said)[0])} (`{command}` says more)"


def _asked(question: str) -> bool:
    if not sys.stdin.isatty():
        print("`--yes` writes them.")
        return False
    return input(question).strip().lower() in ("y", "yes")
