"""How an exercise stands: what its verdict says in one word."""

from __future__ import annotations

from enum import StrEnum

from bnlib.judging.outcome import Kind


class Status(StrEnum):
    """The status of a verdict, as it is written down and shown."""

    CORRECT = "correct"
    WRONG = "wrong"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    MISSING = "missing"
    UNREADABLE = "unreadable"  # of a file: then there are no verdicts


OF_KIND = {
    Kind.RAISED: Status.ERROR,
    Kind.REFUSED: Status.WRONG,
    Kind.UNUSABLE: Status.WRONG,
    Kind.NOT_WRITTEN: Status.MISSING,
    Kind.STOPPED: Status.TIMEOUT,
    Kind.MISSING: Status.MISSING,
    Kind.TIMEOUT: Status.TIMEOUT,
    Kind.MEMORY: Status.MEMORY,
    Kind.CRASHED: Status.CRASHED,
}
