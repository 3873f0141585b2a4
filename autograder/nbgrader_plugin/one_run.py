"""One run on a course at a time; what a killed run left half done is done again.

nbgrader passes over a learner whose folder is there, even if a run was killed in the middle of it. So a file says
which folder is being written, and is locked as long as the run goes on.
"""

from __future__ import annotations

import atexit
import contextlib
import shutil
import time
from pathlib import Path
from typing import NoReturn, TextIO

from nbgrader.converters.base import BaseConverter, NbGraderException

from autograder import class_folder
from autograder.printable import escape_record
from autograder.sandbox import ladder
from bnlib.refusal import Refused

try:
    import fcntl
except ImportError:
    raise SystemExit(f"{ladder.ELSEWHERE} Or set STOCK_NBGRADER=1: README.md says what that means.") from None

LEAST_FREE = 50_000_000  # bytes
EVERY = 10  # seconds between two words on how far the run is

at_work: dict[Path, TextIO] = {}  # the locked files of this process; formgrader's server makes many runs


class OneRun:
    """A run of one of nbgrader's converters; raises NbGraderException. `before` and `after` are hooks."""

    def __init__(self, converter: BaseConverter) -> None:
        self.converter = converter
        converter.log.addFilter(escape_record)  # nbgrader names learners' files as they are
        self.root = Path(converter.coursedir.root)
        self.began = self.told = time.monotonic()
        self.done = 0
        try:
            self.path = class_folder.private(self.root) / f".{type(converter).__name__}"
            self._begin()
        except Refused as refused:
            self._refuse(str(refused))
        except OSError as error:
            self._refuse(f"Nothing can be written in {self.path.parent} ({error.strerror}): make room or rights there.")
        self.first = converter.pre_convert_hook or (lambda **_: None)
        converter.pre_convert_hook, converter.post_convert_hook = self.before, self.after

    def before(self, notebooks: list[str], **names: str) -> None:
        """Write down which learner's folder is being written."""
        learner, assignment = Path(notebooks[0]).parts[-3:-1]
        self._write(self.converter._format_dest(assignment, learner))
        self.first(notebooks=notebooks, **names)

    def after(self, notebooks: list[str], **_: str) -> None:
        """Write down that it is whole, and how far the run is."""
        self._write("")
        self.done += 1
        order = sorted(self.converter.assignments)
        left = len(order) - 1 - order.index(str(Path(notebooks[0]).parent))
        if not left:
            self._end()
        elif time.monotonic() - self.told > EVERY:
            self.told = time.monotonic()
            seconds = left * (self.told - self.began) / self.done
            self.converter.log.warning("%d learners done, %d left: about %.0f s", self.done, left, seconds)

    def _begin(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.path.parent).free
        if free < LEAST_FREE:
            self._refuse(f"The disk of {self.path.parent} has only {free // 1_000_000} MB left: make room there.")
        self._end()
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            self._refuse("Another run is at work on this course. Wait until it has ended, then run this again.")
        at_work[self.path] = file
        atexit.register(self._end)
        file.seek(0)
        half_done = file.read()
        if half_done:
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(self.root / half_done)
                self.converter.log.warning("An earlier run was stopped in %s: it is done again.", half_done)
        self._write("")

    def _write(self, text: str) -> None:
        file = at_work[self.path]
        file.truncate(0)
        file.write(text)
        file.flush()

    def _end(self) -> None:
        if self.path in at_work:
            at_work.pop(self.path).close()

    def _refuse(self, sentence: str) -> NoReturn:
        self.converter.log.error(sentence)
        raise NbGraderException(sentence)
