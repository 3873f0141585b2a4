"""One sandbox for all attacks, and a folder beside it that nobody may read or write."""

import os
import shutil
import sqlite3

import psutil
import pytest

from autograder.coursebook import exam, lessons
from autograder.sandbox import ladder
from bnlib.paths import ROOT

from ..conftest import needs

SEED = 5
SECRET = "the canary's own song"
CLASS = (
    "secret",
    "exam_seed",
    "verdicts/00/11.json",
    "submitted/other/batchnorm/3_normalise.ipynb",
)
COURSE = [ROOT / name for name in ("autograder", "bnlib", "course", "notebooks", "solutions", "tests/attacks")]


@pytest.fixture(scope="session")
def zygote():
    """Start the strongest rung, or the one that ATTACKED_RUNG names."""
    named = os.environ.get("ATTACKED_RUNG")
    os.environ["AUTOGRADER_CANARY"] = SECRET
    try:
        rungs = {rung.name: rung for rung in ladder.RUNGS}
        made = ladder.Zygote(rungs[named]) if named else ladder.strongest()[0]
    except ladder.NotHere as error:
        needs(False, str(error))
    finally:
        del os.environ["AUTOGRADER_CANARY"]
    with made:
        yield made


@pytest.fixture(scope="session")
def at_rest(zygote):
    """Give the processes that run when no submission is graded."""
    return running()


def running():
    """Give the processes below this one; a dead one that nobody has waited for is none."""
    found = set()
    for process in psutil.Process().children(recursive=True):
        try:
            if process.status() != psutil.STATUS_ZOMBIE:
                found.add(process.pid)
        except psutil.NoSuchProcess:
            continue
    return found


@pytest.fixture(scope="session")
def keys():
    return exam.keys(SEED)


@pytest.fixture(scope="session")
def references():
    return lessons.exercise_sources()


@pytest.fixture
def canary(tmp_path):
    """A class's folder that everybody could read and write: a secret, a seed, a gradebook, another's notebook."""
    folder = tmp_path / "canary"
    for name in CLASS:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SECRET)
        file.chmod(0o666)
    with sqlite3.connect(folder / "gradebook.db") as gradebook:
        gradebook.execute("create table grades (learner, score)")
        gradebook.execute("insert into grades values ('mallory', 0)")
    gradebook.close()
    shutil.copy(psutil._pslinux.cext.__file__, folder / "library.so")
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        place.chmod(0o777)
    return folder


def contents(folder):
    """Give everything below a folder: its rights, and what is in it."""
    return {path: (path.stat().st_mode, path.is_file() and path.read_bytes()) for path in folder.rglob("*")}


def course_files():
    """Give the size and the time of every file of the course's own."""
    left_out = {"__pycache__", "class"}  # for the latter, `canary` stands
    files = (path for folder in COURSE for path in folder.rglob("*") if not left_out & set(path.parts))
    stats = {path: path.stat() for path in files if path.is_file()}
    return {path: (stat.st_size, stat.st_mtime_ns, stat.st_mode) for path, stat in stats.items()}
