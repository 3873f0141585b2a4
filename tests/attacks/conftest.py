"""One sandbox for all attacks, and a folder beside it that nobody may read or write."""

import os

import psutil
import pytest

from autograder import exam
from autograder.making import lessons
from autograder.sandbox import ladder

SEED = 5
SECRET = "the canary's own song"


@pytest.fixture(scope="session")
def zygote():
    """Start the strongest rung, or the one that ATTACKED_RUNG names."""
    named = os.environ.get("ATTACKED_RUNG")
    os.environ["AUTOGRADER_CANARY"] = SECRET
    try:
        rungs = {rung.name: rung for rung in ladder.RUNGS}
        made = ladder.Zygote(rungs[named]) if named else ladder.strongest()[0]
    except ladder.NotHere as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
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
    """A folder that everybody could read and write, with a secret in it."""
    folder = tmp_path / "canary"
    folder.mkdir()
    (folder / "secret").write_text(SECRET)
    (folder / "secret").chmod(0o666)
    folder.chmod(0o777)
    return folder
