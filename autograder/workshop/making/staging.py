"""Where the build works: in a copy of the clone. What it makes is put in place when all of it is made, or not at all.

A build that fails, or is killed, has touched the copy alone.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.coursebook import outline
from autograder.workshop.writing import write_all
from bnlib.refusal import Refused

PLACE = "build"  # git ignores it
READ = ("autograder", "bnlib", outline.PACKAGE, "nbgrader_config.py", "pyproject.toml")
GENERATED = (
    "README.md",
    "bnlib/practice_key",
    "bnlib/syllabus.json",
    "docs",
    "notebooks",
    "solutions",
    "tests/golden",
)
NOT_COPIED = shutil.ignore_patterns("mine", ".*", "*.part")


@contextmanager
def copy_of(root: Path) -> Iterator[Path]:
    """Give a copy of the clone, for as long as it is needed; raises Refused beside another build."""
    place = root / PLACE
    place.mkdir(exist_ok=True)
    with (place / "making.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("Another `make build` is running here: wait for its end.") from None
        for left in place.glob("making-*"):  # by a build that was killed
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=place, prefix="making-", ignore_cleanup_errors=True) as folder:
            for name in (*READ, *GENERATED):
                _copy(root / name, Path(folder) / name)
            yield Path(folder)


def generated(root: Path) -> dict[str, bytes]:
    """Give the content of every file that a build may write, by its path in the clone."""
    places = [root / name for name in GENERATED]
    files = [path for place in places for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file()]
    shown = {path.relative_to(root).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in sorted(shown.items()) if "/." not in name}


def put_in_place(before: dict[str, bytes], made: dict[str, bytes], root: Path) -> list[str]:
    """Write what a build has changed, all of it or nothing; give the paths; raises Refused."""
    changed = [name for name in sorted(before.keys() | made.keys()) if before.get(name) != made.get(name)]
    now = generated(root)
    for name in changed:
        if now.get(name) != before.get(name):
            raise Refused(f"{name} was changed while this build ran, so nothing was put in place. Run it again.")
    write_all({root / name: made.get(name) for name in changed})
    return changed


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=NOT_COPIED, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy2(source, target)
