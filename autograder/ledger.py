"""Verdicts that were reached are kept: a run that was killed goes on where it stopped, and nothing is graded twice.

A verdict belongs to what was handed in, to the key, to the grader's own code and to the sandbox's rung. If one
of them changes, the verdict is found no more, and the submission is graded again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from autograder.refusal import Refused
from autograder.submission import Submission
from bnlib.files import write_whole
from bnlib.judge import Verdict
from bnlib.key import Key, dump
from bnlib.paths import ROOT


class Ledger:
    """A folder with one small file per graded submission, each written whole or not at all."""

    def __init__(self, folder: Path, keys: dict[str, Key], rung: str):
        self.folder = folder
        parts = [dump(keys[name]) for name in sorted(keys)] + [own_code(), rung]
        self._graded_by = hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def find(self, submission: Submission) -> tuple[Verdict, ...] | None:
        """Give the verdicts on a submission, if they were reached before."""
        try:
            found = json.loads(self._path(submission).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return tuple(Verdict(**verdict | {"diagnoses": tuple(verdict["diagnoses"])}) for verdict in found)

    def keep(self, submission: Submission, verdicts: tuple[Verdict, ...]) -> None:
        """Write down the verdicts on a submission; raises Refused with a sentence."""
        path = self._path(submission)
        # The evidence holds the key's hidden inputs and answers: it is not kept.
        text = json.dumps([asdict(verdict) | {"evidence": None} for verdict in verdicts])
        try:
            write_whole(path, text)
        except OSError as error:
            raise Refused(
                f"Verdicts cannot be written to {path.parent} ({error.strerror}). What was graded so far is kept: "
                "make room or rights there, and run the same command again."
            ) from None

    def _path(self, submission):
        handed_in = hashlib.sha256(f"{self._graded_by}\0{submission!r}".encode(errors="surrogatepass")).hexdigest()
        return self.folder / handed_in[:2] / f"{handed_in[2:]}.json"


@cache
def own_code() -> str:
    """Give a hash of the code that reaches verdicts."""
    files = [*(ROOT / "autograder" / f"{name}.py" for name in ("grading", "submission"))]
    files += (ROOT / "autograder/sandbox").glob("*.py")
    files += [ROOT / "bnlib" / f"{name}.py" for name in ("compare", "judge", "outcome", "plain", "runner")]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(files))).hexdigest()
