"""One run on a course at a time; what a killed run left half done is done again.

nbgrader passes over a learner whose folder is there, even if a run was killed in the middle of it. So a file says
which folder is being written, and is locked for as long as its process lives.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from pathlib import Path

from nbgrader.converters.base import NbGraderException

LEAST_FREE = 50_000_000  # bytes


class OneRun:
    """A run of one of nbgrader's converters; `before` and `after` are its hooks round each learner."""

    def __init__(self, converter):
        self.converter = converter
        self.root = Path(converter.coursedir.root)
        self.path = self.root / "autograder" / "class" / f".{type(converter).__name__}"
        try:
            self._begin()
        except OSError as error:
            self._refuse(f"Nothing can be written in {self.path.parent} ({error.strerror}): make room or rights there.")
        converter.pre_convert_hook, converter.post_convert_hook = self.before, self.after

    def before(self, notebooks, **_):
        """Write down which learner's folder is being written."""
        learner, assignment = Path(notebooks[0]).parts[-3:-1]
        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)
        self.file.write(self.converter._format_dest(assignment, learner))
        self.file.flush()

    def after(self, **_):
        """Write down that it is whole."""
        self.file.truncate(0)
        self.file.close()

    def _begin(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.path.parent).free
        if free < LEAST_FREE:
            self._refuse(f"The disk of {self.path.parent} has only {free // 1_000_000} MB left: make room there.")
        with self.path.open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._refuse("Another run is at work on this course. Wait until it has ended, then run this again.")
            file.seek(0)
            half_done = file.read()
            if half_done:
                with contextlib.suppress(FileNotFoundError):
                    shutil.rmtree(self.root / half_done)
                    self.converter.log.warning("An earlier run was stopped in %s: it is done again.", half_done)
            file.truncate(0)

    def _refuse(self, sentence):
        self.converter.log.error(sentence)
        raise NbGraderException(sentence)
