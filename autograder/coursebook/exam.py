"""The exam key: the practice key's exercises on other inputs, from a seed that only the instructor has."""

from __future__ import annotations

import contextlib
import os
import secrets
from functools import cache
from pathlib import Path

from autograder import class_folder
from autograder.coursebook.keys import make_key
from bnlib.files import write_whole
from bnlib.judging.key import Key
from bnlib.refusal import Refused, Unreadable
from bnlib.syllabus import NAMES


@cache  # JupyterLab grades from formgrader again and again, and a second is long there
def keys(seed: int) -> dict[str, Key]:
    """Make the key of every exercise; raises Refused."""
    return {name: make_key(name, seed) for name in NAMES}


def seed(root: Path | None = None) -> int:
    """Give the class's seed; it is drawn once, for the instructor alone; raises Refused."""
    path = class_folder.private(root or class_folder.folder()) / "exam_seed"
    try:
        if not path.exists():
            _draw(path)
        return from_text(path.read_text())
    except ValueError:
        raise Refused(f"{path} holds no seed of the class's exam key, a number from 0 on: put it back.") from None
    except OSError as error:
        raise Refused(f"The seed of the class's exam key, {path}, cannot be used: {error.strerror}.") from None


def from_text(text: str) -> int:
    """Read a seed; raises Unreadable."""
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise Unreadable(f"{text} is no seed: a number from 0 on is one")
    return number


def _draw(path: Path) -> None:
    """Write a new seed, unless another run has just done so."""
    drawn = path.with_name(f"{secrets.token_hex(8)}.drawn")
    write_whole(drawn, f"{secrets.randbits(63)}\n", 0o600)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(drawn, path)
    finally:
        drawn.unlink()
