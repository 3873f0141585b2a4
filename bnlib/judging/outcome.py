"""What came of running a case: plain arrays, or the way it failed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Failure:
    """Why a case gave no result.

    `kind` is "raised" (an exception in the learner's code), "refused" (the call does not fit the
    function), "unusable" (a result that is not what the script needs), "not written" or "stopped". Grading adds
    "missing", "timeout", "memory" and "crashed".
    """

    kind: str
    error: str
    text: str
    line: str = ""


@dataclass(frozen=True)
class Outcome:
    """The arrays that a case's script gave, and the arguments that were changed on the way."""

    values: dict[str, np.ndarray] = field(default_factory=dict)
    changed: dict[str, object] = field(default_factory=dict)
    failure: Failure | None = None
    printed: str = ""
    warned: str = ""
