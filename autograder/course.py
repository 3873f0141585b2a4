"""The course's folder, and where an instructor's own things lie in it; git ignores them all."""

import os
import sys
from pathlib import Path

from bnlib import store
from bnlib.exercises import NAMES
from bnlib.paths import ROOT

CLASS = Path("autograder/class")


def folder() -> Path:
    """Give the folder that the command runs in, where it is a course's (as for nbgrader); else this clone."""
    here = Path.cwd()
    return here if (here / "nbgrader_config.py").is_file() else ROOT


def submitted(root: Path) -> Path:
    """Give the folder of what was handed in: LEARNER/ASSIGNMENT/LESSON.ipynb."""
    return root / CLASS / "submitted"


def verdicts(root: Path) -> Path:
    """Give the folder of the verdicts that were reached."""
    return root / CLASS / "verdicts"


def gradebook(root: Path) -> Path:
    """Give nbgrader's database."""
    return root / CLASS / "gradebook.db"


def own_functions() -> set[Path]:
    """Give the files that hold, or would hold, the functions written or borrowed here: nobody else gets them."""
    return {store.path(name).resolve() for name in NAMES}


def environment() -> dict[str, str]:
    """Give an environment in which nbgrader finds its helpers (alembic) on PATH."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
