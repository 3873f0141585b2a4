"""What grading costs, as ratios to stock nbgrader on the same kind of notebooks in the same run: some fifteen minutes.

Stock nbgrader grades a few learners only, with one and with several, so that its start-up can be told from what
each learner takes; from there on it grows as the class does.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder import class_folder
from autograder.grading.grader import Grader
from autograder.workshop import sample
from bnlib.paths import SOLUTIONS
from bnlib.syllabus import LESSONS

STOCK_LEARNERS = (1, 4)
LEARNERS = 30
CLASSES = (10, 30, 100, 300)
SEED = 1


def main():
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        few, several = (nbgrader(place / f"stock_{n}", n, stock=True) for n in STOCK_LEARNERS)
        stock = [at_size(a, b) for a, b in zip(few, several, strict=True)]
        ours = nbgrader(place / "ours", LEARNERS, stock=False)
        print(f"{LEARNERS} learners × {len(LESSONS)} lessons through nbgrader (stock from {STOCK_LEARNERS} learners):")
        for what, theirs, own in (
            ("autograde", stock[0], ours[0]),
            ("generate_feedback", stock[1], ours[1]),
            ("both", sum(stock), sum(ours)),
        ):
            print(f"    {what:18} stock {theirs:6.0f} s, ours {own:5.1f} s: {theirs / own:5.1f} times faster")
        per_notebook = stock[0] / LEARNERS / len(LESSONS)
        print("verdicts alone, without nbgrader:")
        for learners in CLASSES:
            paths = sample.make(place / f"{learners}", learners, hostile=False)
            for workers in (1, 2):
                seconds = verdicts(paths, workers) / len(paths)
                print(
                    f"    {learners:3d} learners, {workers} workers: {1000 * seconds:5.1f} ms a notebook, "
                    f"{per_notebook / seconds:4.0f} times faster than stock's autograde"
                )
            print(f"    {learners:3d} learners: at most {memory(place / f'{learners}'):.0f} MB in the grader's process")


def at_size(few, several):
    """Give the seconds that stock nbgrader takes for the whole class, as a straight line through what was measured."""
    less, more = STOCK_LEARNERS
    each = (several - few) / (more - less)
    return few + each * (LEARNERS - less)


def nbgrader(root, learners, stock):
    """Give the seconds of `nbgrader autograde` and of `generate_feedback` for a sample class."""
    shutil.copytree(SOLUTIONS, root / "solutions" / "batchnorm")
    class_folder.make(root)
    sample.make(class_folder.submitted(class_folder.course(root)), learners, hostile=False)
    environment = class_folder.environment() | {"STOCK_NBGRADER": "1" if stock else ""}

    def seconds(*arguments):
        command = [sys.executable, "-m", "nbgrader", *arguments]
        began = time.perf_counter()
        subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
        return time.perf_counter() - began

    seconds("generate_assignment", "batchnorm", "--create", "--force")
    return seconds("autograde", "batchnorm", "--create"), seconds("generate_feedback", "batchnorm")


def verdicts(paths, workers):
    """Give the seconds that grading takes once the sandbox stands; no verdict is kept from an earlier run."""
    with Grader(SEED) as grader:
        began = time.perf_counter()
        for _ in grader.grade_all(paths, workers):
            pass
        return time.perf_counter() - began


def memory(folder):
    """Give the most memory, in MB, that grading a folder takes from the command line."""
    (folder / "nbgrader_config.py").touch()  # so that verdicts are kept there
    command = [sys.executable, "-m", "autograder", "grade", str(folder), "--seed", str(SEED)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    return used.ru_maxrss / 1000


if __name__ == "__main__":
    os.environ.pop("BNLIB_HOME", None)
    main()
