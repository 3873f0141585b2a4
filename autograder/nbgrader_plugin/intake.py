"""What comes from learners into nbgrader's folders: plain files only, and the time that the exchange's folder names.

nbgrader follows links with the instructor's rights: what a link points to, be it the exam seed, the gradebook or
another learner's notebook, would be copied, and the copy be given back as feedback. And one folder that cannot be
copied, or whose name or `timestamp.txt` is no date, would stop `nbgrader collect` or `release_feedback` for all.

nbgrader reads the time of a submission from its `timestamp.txt`. That is a file of the learner's, so `Collect` writes
the time there that stands in the name of the exchange's folder, as `nbgrader submit` has set it. Whoever makes a folder
in the exchange by hand can name any time: against that only the file system's own dates help.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import stat
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import parse_utc
from traitlets.log import get_logger

from autograder.printable import escape_record
from bnlib.files import write_whole

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
LONGEST = 1000  # bytes of either


class Collect(ExchangeCollect):
    """`nbgrader collect`, of plain files; what cannot be collected is named, and the others are."""

    src_records: list[dict[str, Any]]

    def start(self) -> None:
        """Collect; in the log nothing is more than text."""
        self.log.addFilter(escape_record)
        super().start()

    def init_src(self) -> None:
        """Look at what has arrived, hidden folders too, which nbgrader would pass over in silence."""
        super().init_src()
        for path in sorted(Path(self.inbound_path).glob(f".*+{self.coursedir.assignment_id}+*")):
            self._path_to_record(str(path))

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)
            why = "it is a link" if os.path.islink(path) else why_no_name(record["username"])
            if not why:
                return record
        except (ValueError, OverflowError):
            why = "its name holds no date"
        self.log.error("%s is not collected: %s", path, why)
        return {"username": "", "filename": "", "timestamp": datetime.min}

    def copy_files(self) -> None:
        """Copy what has a name."""
        self.src_records = [record for record in self.src_records if record["username"]]
        super().copy_files()

    def do_copy(self, src: str, dest: str, log: logging.Logger | None = None) -> None:
        """Copy a submission without links and the like, and with the time in its folder's name."""
        try:
            if self.get_size(src) > 1000 * self.coursedir.max_dir_size:
                raise OSError(f"it has more than {self.coursedir.max_dir_size} kB")
            with tempfile.TemporaryDirectory() as scratch:
                # First to where the learner can change nothing any more.
                copied = Path(scratch) / "submission"
                unfollowed = partial(shutil.copy2, follow_symlinks=False)
                shutil.copytree(src, copied, symlinks=True, ignore=_special, copy_function=unfollowed)
                _leave_out(copied)
                super().do_copy(copied, dest, log)
            write_whole(Path(dest, TIMESTAMP), Path(src).name.rsplit("+", 3)[2])
            if not _text(Path(dest, SECRET)):
                write_whole(Path(dest, SECRET), secrets.token_hex(64))
        except (OSError, RecursionError) as error:  # the latter: hundreds of folders in each other
            self.log.error("%s is not collected: %s", src, error)
            shutil.rmtree(dest, ignore_errors=True)


def why_no_name(learner: str) -> str:
    """Say why nbgrader would not find a learner's folder, take it for others', or stop at it."""
    if not learner.isprintable():
        return "its learner's name is not plainly text"
    if not learner or learner.startswith(".") or set(learner) & set("*?[]"):
        return "its learner's name is empty, begins with a dot, or holds one of * ? [ ]"
    return ""


def only_plain_files(assignment: str, student: str, notebooks: list[str]) -> None:
    """Tidy a submission's folder before nbgrader copies from it: nbgrader's `pre_convert_hook`."""
    folder = Path(notebooks[0]).parent
    for path in _leave_out(folder):
        get_logger().warning("%s is no plain file and was taken out", path)
    notebooks[:] = [path for path in notebooks if os.path.isfile(path)]
    stamp = folder / TIMESTAMP
    if stamp.exists() and not _is_time(stamp):
        get_logger().warning("%s is no date: the submission counts as one without a date", stamp)
        stamp.rename(folder / f"{TIMESTAMP}.unreadable")


def _special(folder: str, names: list[str]) -> list[str]:
    """Name what is neither a file nor a folder nor a link: for `copytree`, which would wait for a pipe."""
    usual = (stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK)
    return [name for name in names if stat.S_IFMT(os.lstat(os.path.join(folder, name)).st_mode) not in usual]


def _leave_out(folder: Path) -> list[Path]:
    """Delete links, pipes and the like; give their paths."""
    odd = []
    for place, folders, files in os.walk(folder):
        paths = [Path(place, name) for name in (*folders, *files)]
        odd += [path for path in paths if path.is_symlink() or not (path.is_dir() or path.is_file())]
    for path in odd:
        path.unlink()
    return odd


def _is_time(path: Path) -> bool:
    try:
        return bool(parse_utc(_text(path)))
    except (ValueError, OverflowError):
        return False


def _text(path: Path) -> str:
    """Give a short file's text; of anything else nothing."""
    try:
        return path.read_text(encoding="utf-8").strip() if path.stat().st_size <= LONGEST else ""
    except (OSError, ValueError):
        return ""
