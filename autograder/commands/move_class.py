"""Move a class that was made by an earlier version from where its things lay to where they lie now."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import sys
from pathlib import Path

from sqlalchemy.engine import make_url

from autograder import class_folder
from autograder.earlier_place import EARLIER, lying
from autograder.moving import move
from bnlib.refusal import Refused

RUNS = (".Autograde", ".GenerateFeedback")  # what runs lock, and where they write which folder is half done
STEPS = ("submitted", "autograded", "feedback", "solution")
GRADEBOOK = "gradebook.db"
AGAIN = "What was moved stays moved: run this again and it goes on."


def command(_: object) -> int:
    """Move what lies in the earlier place; name what stays there, because the new place holds another."""
    root = class_folder.folder()
    private = class_folder.private(root, moving=True)
    if not lying(root, private):
        print(f"Nothing lies in {root / EARLIER}: there is nothing to move.")
        return 0
    try:
        stays = _move_all(root, private)
    except OSError as error:
        raise Refused(f"{error.filename or EARLIER} cannot be moved: {error.strerror or error}. {AGAIN}") from None
    for path in stays:
        print(f"{path} stays: another lies in its new place.")
    if stays:
        raise Refused("Decide which of each counts, take the other away, and run this again.")
    print(f"The class has moved from {root / EARLIER} to {private}.")
    return 0


def _move_all(root: Path, private: Path) -> list[Path]:
    earlier, places = root / EARLIER, _places(root)
    with contextlib.ExitStack() as held:
        for name in RUNS:
            _at_rest(held, earlier / name, earlier)
        _closed(held, earlier / GRADEBOOK)
        _refuse_relative_links(earlier)
        _make(private, earlier)
        paths = [path for path in lying(root, private) if path.name not in RUNS]
        stays = [one for path in paths for one in move(path, places.get(path.name, private / path.name))]
        for name in RUNS:  # last: they are what shows to others that this is at work
            (earlier / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # something stays in it, or it is a link
        earlier.rmdir()
    return stays


def _places(root: Path) -> dict[str, Path]:
    """Give where the configuration puts what has a place of its own."""
    course = class_folder.course(root, moving=True)
    places = {step: Path(root, getattr(course, f"{step}_directory")) for step in STEPS}
    url = make_url(course.db_url)
    in_a_file = url.database if url.get_backend_name() == "sqlite" else None
    return places | ({GRADEBOOK: Path(in_a_file)} if in_a_file else {})


def _at_rest(held: contextlib.ExitStack, run: Path, earlier: Path) -> None:
    """Lock what a run locks, and take away what a killed one left half done: nbgrader would pass over it."""
    if not run.exists():
        return
    file = held.enter_context(run.open("r+"))
    try:
        if sys.platform != "win32":  # there no run locks anything either
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused("A run is at work on this class. Wait until it has ended, then run this again.") from None
    half_done = Path(file.read()).parts[-3:]  # STEP/LEARNER/ASSIGNMENT
    if len(half_done) == 3 and half_done[0] in STEPS:
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(earlier.joinpath(*half_done))
    file.truncate(0)


def _closed(held: contextlib.ExitStack, gradebook: Path) -> None:
    """Wait for whoever writes to the gradebook, and keep others from it; a write that was killed is rolled back."""
    if not gradebook.is_file():
        return
    connection = held.enter_context(contextlib.closing(sqlite3.connect(gradebook, isolation_level=None)))
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise Refused(f"{gradebook} is in use ({error}): end what uses it, then run this again.") from None
    except sqlite3.DatabaseError:
        return  # it is none: it moves as any file does


def _refuse_relative_links(earlier: Path) -> None:
    for path in earlier.iterdir():
        if path.is_symlink() and not os.path.isabs(os.readlink(path)):
            raise Refused(f"{path} is a link that would lead elsewhere from the new place: let it name a whole path.")


def _make(private: Path, earlier: Path) -> None:
    """Make the new folder; it opens to nobody to whom the earlier one did not."""
    there, rights = private.exists(), stat.S_IMODE(earlier.stat().st_mode)
    private.mkdir(0o700, parents=True, exist_ok=True)
    now = stat.S_IMODE(private.stat().st_mode)
    wanted = rights & now if there else rights
    if wanted != now:
        private.chmod(wanted)
