"""`make grade`: a sample class of twelve, graded through nbgrader in a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time

from nbgrader.coursedir import CourseDirectory

from autograder import class_folder
from autograder.coursebook import exam
from autograder.grading.grader import Grader
from autograder.workshop import sample
from bnlib.paths import ROOT, SOLUTIONS
from bnlib.refusal import Refused
from bnlib.syllabus import ASSIGNMENT, LESSONS, number, stem

FOLDER = ROOT / "sample_class"
LEARNERS = 12


def main() -> int:
    """Make the class, grade it, print the table, and say where everything is."""
    try:
        Grader(exam.seed(ROOT)).close()
        course = _make()
        _step("assignment", "nbgrader", "generate_assignment", ASSIGNMENT, "--create", "--force")
        _step("grading", "nbgrader", "autograde", ASSIGNMENT, "--create")
        _step("feedback pages", "nbgrader", "generate_feedback", ASSIGNMENT)
        _step("table of marks", "nbgrader", "export")
        _step("results as JSON", "autograder", "grade", course.submitted_directory, "--json", "results.json")
        _step("report", "autograder", "report", "results.json")
    except (Refused, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    print("", *table(course), sep="\n")
    print(f"\nReport     {FOLDER / 'results.html'}")
    print(f"Gradebook  {course.db_url}")
    print(f"Feedback   {FOLDER / course.feedback_directory}")
    print(f"Formgrader  cd {FOLDER.name} && nbgrader formgrader")
    return 0


def table(course: CourseDirectory) -> list[str]:
    """Give the gradebook as lines: a row a learner, a column a lesson, and what the learner handed in."""
    with class_folder.gradebook(course) as gradebook:
        submissions = sorted(gradebook.assignment_submissions(ASSIGNMENT), key=lambda one: one.student.id)
        rows = [(one.student.id, {part.name: part.score for part in one.notebooks}, one.score) for one in submissions]
    head = f"{'lesson':14}" + "".join(f"{number(lesson):>4}" for lesson in LESSONS) + "   all  handed in"
    return [head] + [
        f"{learner:14}"
        + "".join(f"{marks[stem(lesson)]:4g}" for lesson in LESSONS)
        + f"{total:6g}  {sample.kind(number)}"
        for number, (learner, marks, total) in enumerate(rows)
    ]


def _make() -> CourseDirectory:
    """Make the class's folder anew and give its course; nothing but what an earlier call made is taken away."""
    mark = FOLDER / ".sample_class"
    if FOLDER.exists() and not mark.exists():
        raise Refused(f"{FOLDER} is there and was not made by `make grade`: move it away.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    mark.touch()
    class_folder.make(FOLDER)
    shutil.copytree(SOLUTIONS, FOLDER / "solutions" / ASSIGNMENT)
    course = class_folder.course(FOLDER)
    sample.make(class_folder.submitted(course), LEARNERS)
    print(f"{LEARNERS} made-up learners × {len(LESSONS)} lessons are in {class_folder.submitted(course)}.")
    return course


def _step(what: str, *command: str) -> None:
    """Run a command in the class's folder; what it says goes into a log."""
    print(f"{what} ...", end=" ", flush=True)
    began = time.monotonic()
    with (FOLDER / "log.txt").open("a", encoding="utf-8") as log:
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=FOLDER, env=class_folder.environment(), stdout=log, stderr=log
        )
    if done.returncode:
        raise Refused(f"failed: {FOLDER / 'log.txt'} says why.")
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
