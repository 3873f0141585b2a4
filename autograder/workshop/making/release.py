"""The learner's notebooks: nbgrader makes them from the solutions, where a lesson's text has changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from autograder import class_folder
from autograder.workshop.making import solutions
from bnlib.paths import NOTEBOOKS, notebook, solution
from bnlib.refusal import Refused
from bnlib.syllabus import ASSIGNMENT, LESSONS


def build() -> None:
    """Write every learner's notebook that is out of date."""
    NOTEBOOKS.mkdir(parents=True, exist_ok=True)
    for stray in {*NOTEBOOKS.glob("*.ipynb")} - {notebook(lesson) for lesson in LESSONS}:
        stray.unlink()
    if stale := [lesson for lesson in LESSONS if not is_fresh(lesson)]:
        release(stale, NOTEBOOKS)


def is_fresh(lesson: str) -> bool:
    """Tell whether a learner's notebook was made of the solution that is stored."""
    released, solved = (solutions.as_stored(path(lesson)).metadata for path in (notebook, solution))
    return all(released.get(part) == solved.get(part) for part in solutions.MADE_OF)


def release(chosen: Iterable[str], target: Path) -> None:
    """Let nbgrader make the learner's notebooks of some lessons; raises Refused with what it says."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        class_folder.make(root)
        source = root / "solutions" / ASSIGNMENT
        source.mkdir(parents=True)
        for lesson in chosen:
            shutil.copy(solution(lesson), source)
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT, "--create", "--force"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=class_folder.environment())
        if done.returncode:
            raise Refused(f"nbgrader generate_assignment failed:\n{done.stderr}")
        for file in sorted((root / "notebooks" / ASSIGNMENT).glob("*.ipynb")):
            shutil.copyfile(file, target / file.name)
