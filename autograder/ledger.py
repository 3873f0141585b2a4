"""Verdicts that were reached are kept: a run that was killed goes on where it stopped, and nothing is graded twice.

A verdict belongs to what was handed in, to the key, to all that reaches verdicts and to the sandbox's rung. If one
of them changes, the verdict is found no more, and the submission is graded again.
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict
from functools import cache
from pathlib import Path

import numpy as np

from autograder.making import lessons
from autograder.refusal import Refused
from autograder.submission import Submission
from bnlib.files import write_whole
from bnlib.judge import Verdict
from bnlib.key import Key, dump
from bnlib.paths import ROOT

DECIDE = (
    "autograder/grading.py",
    "autograder/printable.py",
    "autograder/sandbox/*.py",
    "autograder/submission.py",
    "bnlib/__init__.py",
    "bnlib/compare.py",
    "bnlib/exercises/__init__.py",
    "bnlib/judge.py",
    "bnlib/key.py",
    "bnlib/lab/*.py",
    "bnlib/notebook.py",
    "bnlib/outcome.py",
    "bnlib/plain.py",
    "bnlib/runner.py",
)


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


def deciding_files() -> list[Path]:
    """Give the files whose code reaches verdicts: what grades, what runs in the sandbox, and the judge."""
    return sorted(file for pattern in DECIDE for file in ROOT.glob(pattern))


@cache
def own_code() -> str:
    """Give a hash of all that reaches verdicts: our code, the references that we lend, Python's and numpy's version."""
    parts = [file.read_text(encoding="utf-8") for file in deciding_files()]
    parts += [*lessons.exercise_sources().values(), platform.python_version(), np.__version__]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
