"""Damaged notebooks through every door: `python -m tests.doors 10000` compares what each makes of them.

A door is a way to a mark: nbgrader's autograde and regrade, `grade`, Gradescope's file, the class report, `replay`, and
pytest's cases. The last two start a grader for each file, so they are asked about some of the notebooks only.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.results.as_json import read_results
from autograder.results.summary import summarise
from bnlib.paths import ROOT
from bnlib.syllabus import load

from .damage import TAUGHT, Damaged, damaged
from .fixtures import Course

EVERY = 200  # how many of the notebooks `main` shows to `replay` and pytest: one in so many
AT_ONCE = 1000  # learners of one class
ITEM = re.compile(r"test_case\[(\w+)-.*\] (PASSED|FAILED)")
REPLAYED = re.compile(r"(\d+) of (\d+) points\.$")

Points = dict[str, dict[str, float]]  # by learner and exercise, without exercises that earned none


class Class:
    """A class whose learners hand in a damaged notebook each, graded through every door."""

    def __init__(self, course, notebooks: list[Damaged]):
        self.course = course
        self.notebooks = {f"learner_{number:03d}": notebook for number, notebook in enumerate(notebooks)}
        self.submitted = course.root / "class" / "submitted"
        course.nbgrader("generate_assignment", "batchnorm", "--create", "--force")
        for learner, notebook in self.notebooks.items():
            folder = self.submitted / learner / "batchnorm"
            folder.mkdir(parents=True)
            (folder / notebook.name).write_text(notebook.text, encoding="utf-8")

    def differences(self, every: int) -> list[str]:
        """Say where two doors give other marks, and where a right answer that nobody touched has lost its own."""
        doors = {"nbgrader": self.in_gradebook(), "grade": self.graded()}
        doors |= {"Gradescope": self.in_gradescope(), "report": of_report(self.results)}
        found = [f"regrade: {line}" for line in self.regraded()]
        for number, (learner, notebook) in enumerate(self.notebooks.items()):
            marks = {door: given.get(learner, {}) for door, given in doors.items()}
            if number % every == 0:
                path = self.submitted / learner / "batchnorm" / notebook.name
                marks |= {"replay": self.replayed(path), "pytest": self.tested(path)}
            told = f"{learner}, {notebook.name}, {', '.join(notebook.kinds)}"
            due = marks["grade"]
            found += [f"{told}: {door} gives {given}, grade {due}" for door, given in marks.items() if given != due]
            found += [f"{told}: {name} is right and lost its marks" for name in notebook.owed - due.keys()]
        return found

    def in_gradebook(self):
        """Give the points that nbgrader's gradebook has."""
        self.course.nbgrader("autograde", "batchnorm", "--create")
        with self.course.gradebook() as gradebook:
            return of_gradebook(gradebook)

    def regraded(self):
        """Give the changes that `regrade` would make: none."""
        said = self._autograder("regrade", "batchnorm")
        return [] if "Every mark stays as it is." in said else said.splitlines()

    def graded(self):
        """Give the points of `grade --json`."""
        self._autograder("grade", str(self.submitted), "--json", "week.json")
        self.results = read_results(self.course.root / "week.json")
        return {
            Path(one["submission"]).parts[-3]: {e["name"]: e["score"] for e in one["exercises"] if e["score"]}
            for one in self.results
        }

    def in_gradescope(self):
        """Give the points of Gradescope's files."""
        self._autograder("gradescope", "week.json", "--out", "for_gradescope")
        files = (self.course.root / "for_gradescope").glob("*/results.json")
        tests = {path.parent.name: json.loads(path.read_text(encoding="utf-8"))["tests"] for path in files}
        return {learner: {t["name"]: t["score"] for t in found if t["score"]} for learner, found in tests.items()}

    def replayed(self, path):
        """Give the points that `replay` shows."""
        found = {}
        for line in self._autograder("replay", str(path), fails=True).splitlines():
            if (points := REPLAYED.search(line)) and int(points[1]):
                found[re.search(r"\w+", line)[0]] = int(points[1])
        return found

    def tested(self, path):
        """Give the points of the exercises whose cases all pass in pytest."""
        command = [sys.executable, "-m", "pytest", "autograder/", "-v", "-p", "no:cacheprovider"]
        command += [f"--submission={path}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        cases = ITEM.findall(done.stdout)
        failed = {name for name, outcome in cases if outcome == "FAILED"}
        return {name: load(name).points for name, _ in cases if name not in failed and load(name).points}

    def _autograder(self, *arguments, fails=False):
        command = [sys.executable, "-m", "autograder", *arguments]
        done = subprocess.run(
            command, cwd=self.course.root, env=self.course.environment(), capture_output=True, text=True, check=False
        )
        assert fails or done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def of_gradebook(gradebook) -> Points:
    """Give the points of nbgrader's automatic grades."""
    found = {}
    for one in gradebook.assignment_submissions("batchnorm"):
        grades = [grade for notebook in one.notebooks for grade in notebook.grades if grade.auto_score]
        found[one.student.id] = {grade.name.removeprefix("check_"): grade.auto_score for grade in grades}
    return found


def of_report(results: list[dict]) -> Points:
    """Give the points that stand in the class report on what `grade --json` wrote."""
    learners = summarise(results).learners
    return {one.name: {entry.exercise: entry.score for entry in one.entries if entry.score} for one in learners}


def main(count: int) -> int:
    """Compare all doors on many notebooks, a class after the other."""
    found = []
    for first in range(0, count, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count))
        with tempfile.TemporaryDirectory() as place:
            found += Class(Course(Path(place), False, TAUGHT), [damaged(n) for n in numbers]).differences(EVERY)
        print(f"{numbers[-1] + 1} notebooks: {len(found)} differences", *found[-20:], sep="\n", flush=True)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
