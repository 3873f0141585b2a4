"""What came of running a case: plain arrays, or the way it failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bnlib.judging.plain import Array, Tree


class Kind(StrEnum):
    """How a case failed; the last four are known where submissions are graded, and nowhere else."""

    RAISED = "raised"  # an exception in the learner's code
    REFUSED = "refused"  # the call does not fit the function
    UNUSABLE = "unusable"  # a result that is not what the script needs
    NOT_WRITTEN = "not written"
    STOPPED = "stopped"
    MISSING = "missing"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"


@dataclass(frozen=True)
class Failure:
    """Why a case gave no result."""

    kind: Kind
    error: str
    text: str
    line: str = ""


@dataclass(frozen=True)
class Outcome:
    """The arrays that a case's script gave, and the arguments that were changed on the way."""

    values: dict[str, Array] = field(default_factory=dict)
    changed: Mapping[str, Tree] = field(default_factory=dict)
    failure: Failure | None = None
    printed: str = ""
    warned: str = ""
