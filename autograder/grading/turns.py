"""Many at a time, or one alone: a submission that was late is tried again while no other runs beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Whoever wants to be alone waits until the others have ended, and lets nobody in meanwhile."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._waiting = threading.Lock()

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Run beside others."""
        with self._waiting, self._changed:
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Run while nobody else does."""
        with self._waiting:
            with self._changed:
                self._changed.wait_for(lambda: self._inside == 0)
            yield
