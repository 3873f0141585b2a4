"""The class's folder, and where its things lie: read from nbgrader's configuration, here and nowhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_core.application import JupyterApp
from traitlets import Unicode
from traitlets.config import Application, Config, Configurable
from traitlets.log import get_logger

from autograder.earlier_place import refuse_beside
from bnlib import store
from bnlib.paths import ROOT
from bnlib.refusal import Refused
from bnlib.syllabus import NAMES

if TYPE_CHECKING:  # nbgrader's modules take seconds to load: only what asks for the gradebook loads them
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

CLASS = "class"  # where the class's own things lie if the configuration does not say it; git ignores it
SETTINGS = "nbgrader_config"

OF_ITS_OWN = f"""
import os

# A class of this folder's own, wherever the lines above put theirs.
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = "{CLASS}/submitted"
c.CourseDirectory.autograded_directory = "{CLASS}/autograded"
c.CourseDirectory.feedback_directory = "{CLASS}/feedback"
c.CourseDirectory.solution_directory = "{CLASS}/solution"
c.CourseDirectory.db_url = "sqlite:///{CLASS}/gradebook.db"
c.ClassFolder.private = "{CLASS}"
"""


class ClassFolder(Configurable):
    """What `c.ClassFolder` in nbgrader_config.py may say."""

    private = Unicode(CLASS, help="The folder of the exam key's seed and of the verdicts.").tag(config=True)


def folder() -> Path:
    """Give the course's folder: the configured one, else where the command runs, else this clone; raises Refused."""
    here = Path.cwd()
    configured: str | None = settings(here).CourseDirectory.get("root")
    if configured:
        return here / configured
    return here if (here / f"{SETTINGS}.py").is_file() else ROOT


def settings(root: Path) -> Config:
    """Give the configuration that nbgrader's commands load in a course's folder; raises Refused with a sentence."""
    app = JupyterApp(config_file_name=SETTINGS, raise_config_file_errors=True, log=get_logger())
    with _usable(root):
        app.load_config_file()
        for place in (Path.cwd(), root):
            Application.load_config_file(app, SETTINGS, path=str(place))
    return app.config


def private(root: Path, moving: bool = False) -> Path:
    """Give the folder that only the instructor reads: the exam key's seed and the verdicts lie there.

    Raises Refused where a class is to be moved first, and where the configuration cannot be used.
    """
    found = settings(root)
    with _usable(root):
        place = root / ClassFolder(config=found).private
    if not moving:
        refuse_beside(root, place)
    return place


def verdicts(root: Path) -> Path:
    """Give the folder of the verdicts that were reached; raises Refused."""
    return private(root) / "verdicts"


def course(root: Path, moving: bool = False) -> CourseDirectory:
    """Give nbgrader's own view of the course; raises Refused with a sentence."""
    from nbgrader.apps import NbGrader
    from nbgrader.coursedir import CourseDirectory

    private(root, moving)  # refuses where a class is to be moved first
    found = settings(root)
    with _usable(root):
        directory = CourseDirectory(parent=NbGrader(config=found, log=get_logger()), root=os.path.abspath(root))
        directory.db_url = address(directory)
        return directory


def address(course: CourseDirectory) -> str:
    """Give the gradebook's address; a file in it is one of the course's folder, wherever the process runs."""
    from sqlalchemy.engine import make_url

    said: str = course.db_url
    url = make_url(said)
    if url.get_backend_name() != "sqlite" or not url.database:
        return said
    return url.set(database=os.path.join(course.root, url.database)).render_as_string(hide_password=False)


def submitted(course: CourseDirectory) -> Path:
    """Give the folder of what was handed in: LEARNER/ASSIGNMENT/LESSON.ipynb."""
    return Path(course.root, course.submitted_directory)


def gradebook(course: CourseDirectory) -> Gradebook:
    """Open the gradebook; raises Refused with a sentence."""
    from nbgrader.api import Gradebook
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    url = make_url(address(course))
    if url.get_backend_name() == "sqlite" and not os.path.isfile(url.database or ""):
        raise Refused(f"There is no gradebook at {url.database}: `nbgrader generate_assignment` makes it.")
    try:
        return Gradebook(address(course), course.course_id)
    except (SQLAlchemyError, ImportError) as error:  # of the address, {url} leaves the password out
        raise Refused(f"The gradebook {url} cannot be opened: {str(error).splitlines()[0]}") from None


def make(root: Path) -> None:
    """Make a course's folder with a class of its own: this clone's settings, but none of its class's places."""
    (root / CLASS).mkdir(parents=True)
    text = (ROOT / f"{SETTINGS}.py").read_text(encoding="utf-8")
    (root / f"{SETTINGS}.py").write_text(text + OF_ITS_OWN, encoding="utf-8")


def own_functions() -> set[Path]:
    """Give the files that hold, or would hold, the functions written or borrowed here: nobody else gets them."""
    return {store.path(name).resolve() for name in NAMES}


def environment() -> dict[str, str]:
    """Give an environment in which nbgrader finds its helpers (alembic) on PATH."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@contextmanager
def _usable(root: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # the files are Python: anything can go wrong in them
        raise Refused(
            f"nbgrader's configuration cannot be used, {root / SETTINGS}.py or one of `jupyter --paths`: "
            f"{type(error).__name__}: {error}"
        ) from None
