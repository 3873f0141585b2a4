"""`make grade`: a sample class of twelve, graded through nbgrader in a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from nbgrader.api import Gradebook

from autograder import course, exam, sample
from autograder.grader import Grader
from autograder.refusal import Refused
from bnlib.exercises import LESSONS
from bnlib.paths import ROOT, SOLUTIONS

FOLDER = ROOT / "sample_class"
LEARNERS = 12
ASSIGNMENT = "batchnorm"


def main() -> int:
    """Make the class, grade it, print the table, and say where everything is."""
    try:
        Grader(exam.seed(ROOT)).close()
        _make()
        _step("assignment", "nbgrader", "generate_assignment", ASSIGNMENT, "--create", "--force")
        _step("grading", "nbgrader", "autograde", ASSIGNMENT, "--create")
        _step("feedback pages", "nbgrader", "generate_feedback", ASSIGNMENT)
        _step("table of marks", "nbgrader", "export")
        _step("results as JSON", "autograder", "grade", str(course.submitted(Path())), "--json", "results.json")
        _step("report", "autograder", "report", "results.json")
    except (Refused, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    print("", *table(FOLDER), sep="\n")
    print(f"\nReport     {FOLDER / 'results.html'}")
    print(f"Gradebook  {course.gradebook(FOLDER)}")
    print(f"Feedback   {FOLDER / course.CLASS / 'feedback'}")
    print(f"Formgrader  cd {FOLDER.name} && nbgrader formgrader")
    return 0


def table(root: Path) -> list[str]:
    """Give the gradebook as lines: a row a learner, a column a lesson, and what the learner handed in."""
    with Gradebook(f"sqlite:///{course.gradebook(root)}") as gradebook:
        submissions = sorted(gradebook.assignment_submissions(ASSIGNMENT), key=lambda one: one.student.id)
        rows = [(one.student.id, {part.name: part.score for part in one.notebooks}, one.score) for one in submissions]
    head = f"{'lesson':14}" + "".join(f"{lesson.split('_')[0]:>4}" for lesson in LESSONS) + "   all  handed in"
    return [head] + [
        f"{learner:14}" + "".join(f"{marks[lesson]:4g}" for lesson in LESSONS) + f"{total:6g}  {sample.kind(number)}"
        for number, (learner, marks, total) in enumerate(rows)
    ]


def _make():
    """Make the class's folder anew; nothing but what an earlier call made is taken away."""
    mark = FOLDER / ".sample_class"
    if FOLDER.exists() and not mark.exists():
        raise Refused(f"{FOLDER} is there and was not made by `make grade`: move it away.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    mark.touch()
    shutil.copy(ROOT / "nbgrader_config.py", FOLDER)
    shutil.copytree(SOLUTIONS, FOLDER / "solutions" / ASSIGNMENT)
    sample.make(course.submitted(FOLDER), LEARNERS)
    print(f"{LEARNERS} made-up learners × {len(LESSONS)} lessons are in {course.submitted(FOLDER)}.")


def _step(what, *command):
    """Run a command in the class's folder; what it says goes into a log."""
    print(f"{what} ...", end=" ", flush=True)
    began = time.monotonic()
    with (FOLDER / "log.txt").open("a", encoding="utf-8") as log:
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=FOLDER, env=course.environment(), stdout=log, stderr=log
        )
    if done.returncode:
        raise Refused(f"failed: {FOLDER / 'log.txt'} says why.")
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
