"""Move files and folders to where others may lie: nothing is overwritten, and a move that was killed goes on."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def move(path: Path, to: Path) -> Iterator[Path]:
    """Move a file or a folder; yield what stays, because something else lies in its place; raises OSError."""
    if not os.path.lexists(to):
        _carry(path, to)
    elif _is_folder(path) and to.is_dir():
        for inner in sorted(path.iterdir()):
            yield from move(inner, to / inner.name)
        if not any(path.iterdir()):
            path.rmdir()
    elif _same(path, to):  # as where a move was killed between the copy and this
        path.unlink()
    else:
        yield path


def _carry(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.rename(to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(path, to)
        _delete(path)


def _copy(path: Path, to: Path) -> None:
    """Copy to another file system, whole or not at all; nobody else may read what is half there."""
    part = to.with_name(f".{to.name}.moving")
    _delete(part)
    with _for_oneself():
        if _is_folder(path):
            shutil.copytree(path, part, symlinks=True)
        else:
            shutil.copy2(path, part, follow_symlinks=False)
    part.rename(to)


def _delete(path: Path) -> None:
    if _is_folder(path):
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _same(one: Path, other: Path) -> bool:
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and os.readlink(one) == os.readlink(other)
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


@contextlib.contextmanager
def _for_oneself() -> Iterator[None]:
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
