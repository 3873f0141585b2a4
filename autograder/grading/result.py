"""What grading one file gave, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.printable import printable
from bnlib.judging.judge import Verdict


@dataclass(frozen=True)
class Result:
    """The verdicts on one file; `problem` says why there are none."""

    submission: str
    sandbox: str
    verdicts: tuple[Verdict, ...] = ()
    problem: str = ""

    @property
    def score(self) -> float:
        """The points earned."""
        return sum(verdict.score for verdict in self.verdicts)

    @property
    def max_score(self) -> float:
        """The points that could be earned."""
        return sum(verdict.max_score for verdict in self.verdicts)


def shown(path: str) -> str:
    """Give a submission's path as it is shown and written down."""
    return printable(path, 4096)
