"""`make bench-grading`: what grading costs, as ratios to stock nbgrader on the same notebooks in the same run."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder import sample
from autograder.grader import Grader
from autograder.making import build
from bnlib.exercises import LESSONS
from bnlib.paths import ROOT, SOLUTIONS

STOCK_LEARNERS = 2  # stock nbgrader takes half a minute for each
LEARNERS = (10, 30, 100)
SEED = 1


def main():
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        stock, ours = (autograde(place / name, stock=name == "stock") for name in ("stock", "ours"))
        print(f"nbgrader autograde, {STOCK_LEARNERS} learners × {len(LESSONS)} lessons, gradebook and all:")
        print(f"    stock {stock:.1f} s, with the sandbox {ours:.1f} s: {stock / ours:.1f} times faster")
        per_notebook = stock / STOCK_LEARNERS / len(LESSONS)
        print("verdicts alone:")
        for learners in LEARNERS:
            for workers in (1, 2):
                paths = sample.make(place / f"{learners}", learners, hostile=False)
                seconds = verdicts(paths, workers)
                print(
                    f"    {learners:3d} learners, {workers} workers: {1000 * seconds / len(paths):5.1f} ms a notebook, "
                    f"{per_notebook * len(paths) / seconds:5.0f} times faster than stock"
                )


def autograde(root, stock):
    """Give the seconds that `nbgrader autograde` takes for a small sample class."""
    shutil.copytree(SOLUTIONS, root / "solutions" / "batchnorm")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    sample.make(root / "autograder" / "class" / "submitted", STOCK_LEARNERS, hostile=False)
    environment = build.environment() | {"STOCK_NBGRADER": "1" if stock else ""}

    def nbgrader(*arguments):
        command = [sys.executable, "-m", "nbgrader", *arguments, "batchnorm", "--create"]
        subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)

    nbgrader("generate_assignment", "--force")
    began = time.perf_counter()
    nbgrader("autograde")
    return time.perf_counter() - began


def verdicts(paths, workers):
    """Give the seconds that grading takes once the sandbox stands."""
    with Grader(SEED) as grader:
        began = time.perf_counter()
        for _ in grader.grade_all(paths, workers):
            pass
        return time.perf_counter() - began


if __name__ == "__main__":
    os.environ.pop("BNLIB_HOME", None)
    main()
