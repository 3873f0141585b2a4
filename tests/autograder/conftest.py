"""A made-up class, and a course that is in use."""

import os
import shutil
import subprocess
import sys

import pytest

from bnlib import store
from bnlib.paths import ROOT

from .made_up import graded, verdict
from .small_course import SmallCourse

PRIVATE = "nobody else's"
THIRD = """
```{code-cell} ipython3
:tags: [demo]

from bnlib import range_of

print(range_of(lab.digits(seed=0).train_X).sum())
```
"""
THEIRS = (
    "class/exam_seed",
    "class/feedback/ada/week1/3_normalise.html",
    "class/gradebook.db",
    "class/submitted/ada/week1/given.py",
    "class/verdicts/00/11.json",
    "bnlib/.ipynb_checkpoints/notes.md",
    "bnlib/functions/network_state.py",
    "bnlib/functions/normalize.py",
    "bnlib/mine/normalize.py",
    "course/.ipynb_checkpoints/3_normalise-checkpoint.md",
    "my_functions/normalize.py",
    "my_notebooks/3_normalise.ipynb",
    "notebooks/batchnorm/.ipynb_checkpoints/3_normalise-checkpoint.ipynb",
    "week1.html",
    "week1.json",
)


@pytest.fixture
def results():
    """Give sample data: four learners, one of whom handed in a broken file."""
    place = "submitted/{}/batchnorm/3_normalise.ipynb"
    return [
        graded(place.format("ada"), verdict()),
        graded(place.format("ben"), verdict("mistake")),
        graded(place.format("cem"), verdict("crashed")),
        graded(place.format("dee"), problem="The file is not <UTF-8> text."),
    ]


@pytest.fixture
def in_a_used_course(tmp_path):
    """Run the command line in a clone that is in use, in which `bnlib/functions` is BNLIB_HOME as well.

    Whatever is its user's own, or the class's, holds the word PRIVATE.
    """
    clone = tmp_path / "clone"
    for name in ("autograder", "bnlib", "course", "notebooks"):
        shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("class", "mine", ".*"))
    for name in ("LICENSE", "README.md", "constraints.txt", "environment.yml", "nbgrader_config.py", "pyproject.toml"):
        shutil.copy(ROOT / name, clone)
    for name in THEIRS:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).write_text(PRIVATE)
    environment = os.environ | {"PYTHONPATH": str(clone), store.HOME: str(clone / "bnlib" / "functions")}

    def run(*arguments):
        subprocess.run([sys.executable, "-m", "autograder", *arguments], cwd=clone, env=environment, check=True)

    return run


@pytest.fixture
def private_in():
    """Name the files below a folder that hold what is nobody else's; there have to be files."""

    def found(folder):
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        assert "bnlib/practice_key/normalize.json" in files
        return [name for name, path in files.items() if PRIVATE.encode() in path.read_bytes()]

    return found


@pytest.fixture(scope="session")
def built_course(tmp_path_factory):
    """Give a small course, built: `start_here`, `second` with the exercise `range_of`, and `third`, which uses it."""
    course = SmallCourse.made(tmp_path_factory.mktemp("small") / "course")
    for command in ("new-lesson second", "new-exercise range_of --lesson second", "new-lesson third"):
        course.does("autograder", *command.split())
    course.change("course/lessons/third.md", "\nWrite here", THIRD + "\nWrite here")
    assert course.build() == ["start_here", "second", "third"]
    return course


@pytest.fixture
def small_course(built_course, tmp_path):
    """Give a built small course of this test's own."""
    return built_course.copy(tmp_path / "course")
