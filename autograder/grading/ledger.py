"""Verdicts that were reached are kept: a run that was killed goes on where it stopped, and nothing is graded twice.

A verdict belongs to what was handed in, to the key, to all that reaches verdicts and to the sandbox's rung. If one
of them changes, the verdict is found no more, and the submission is graded again.
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

import numpy as np

from autograder.coursebook import lessons
from autograder.grading.handed_in import Submission
from autograder.sandbox import bubblewrap
from bnlib.files import write_whole
from bnlib.judging.judge import Verdict
from bnlib.judging.key import Key, dump
from bnlib.judging.status import Status
from bnlib.paths import ROOT
from bnlib.refusal import Refused
from bnlib.syllabus import LAB

DECIDE = (
    "autograder/__init__.py",
    "autograder/grading/cells.py",
    "autograder/grading/run.py",
    "autograder/coursebook/__init__.py",
    "autograder/coursebook/lessons.py",
    "autograder/coursebook/numbers.py",
    "autograder/coursebook/outline.py",
    "autograder/grading/__init__.py",
    "autograder/printable.py",
    "bnlib/refusal.py",
    "autograder/sandbox/*.py",
    "autograder/grading/handed_in.py",
    "autograder/grading/syntax.py",
    "autograder/grading/turns.py",
    "bnlib/__init__.py",
    "bnlib/judging/__init__.py",
    "bnlib/judging/compare.py",
    "bnlib/syllabus.py",
    "bnlib/files.py",
    "bnlib/judging/judge.py",
    "bnlib/judging/key.py",
    "bnlib/notebook.py",
    "bnlib/judging/outcome.py",
    "bnlib/paths.py",
    "bnlib/judging/plain.py",
    "bnlib/judging/runner.py",
    "bnlib/judging/status.py",
    "bnlib/solutions.py",
    "bnlib/store.py",
    *bubblewrap.LAB_FILES,
)


class _GradedBy(TypedDict):
    keys: dict[str, str]  # hashes, by exercise
    code: str
    rung: str


class _VerdictForm(TypedDict):
    exercise: str
    status: str
    score: float
    max_score: float
    cases_passed: int
    cases: int
    diagnoses: list[str]
    message: str
    evidence: None  # it holds the key's hidden inputs and answers, and is not kept


class _Kept(_GradedBy):
    """A file of the ledger."""

    verdicts: list[_VerdictForm]


class Ledger:
    """A folder with one small file per submission and grader, each written whole or not at all."""

    def __init__(self, folder: Path, keys: dict[str, Key], rung: str) -> None:
        self.folder = folder
        self._keys = {name: _hash(dump(key)) for name, key in keys.items()}
        self._rung = rung

    def find(self, submission: Submission) -> tuple[Verdict, ...] | None:
        """Give the verdicts on a submission, if they were reached before."""
        found = _read(self._path(submission))
        return tuple(map(_verdict, found["verdicts"])) if found else None

    def keep(self, submission: Submission, verdicts: tuple[Verdict, ...]) -> None:
        """Write down the verdicts on a submission; raises Refused with a sentence."""
        path = self._path(submission)
        kept: _Kept = {**self._graded_by(submission), "verdicts": list(map(_form, verdicts))}
        try:
            write_whole(path, json.dumps(kept))
        except OSError as error:
            raise Refused(
                f"Verdicts cannot be written to {self.folder} ({error.strerror}). What was graded so far is kept: "
                "make room or rights there, and run the same command again."
            ) from None

    def why(self, submission: Submission, exercise: str) -> str:
        """Say why the verdict on an exercise may be another than that of the run before."""
        now = self._path(submission)
        others = [path for path in now.parent.glob("*.json") if path != now]
        before = _read(max(others, key=lambda path: path.stat().st_mtime)) if others else None
        if before is None:
            return "no earlier verdict on what was handed in is kept"
        if before["keys"].get(exercise) != self._keys[exercise]:
            return f"the key of {exercise} has changed"
        if before["code"] != own_code():
            return "the grader has changed"
        return f"it ran on rung {self._rung} of the sandbox, and on rung {before['rung']} before"

    def _graded_by(self, submission: Submission) -> _GradedBy:
        names = sorted(submission.exercises + submission.missing)
        return {"keys": {name: self._keys[name] for name in names}, "code": own_code(), "rung": self._rung}

    def _path(self, submission: Submission) -> Path:
        handed_in, by = _hash(repr(submission)), _hash(json.dumps(self._graded_by(submission)))
        return self.folder / handed_in[:2] / handed_in[2:] / f"{by}.json"


def _read(path: Path) -> _Kept | None:
    try:
        found: _Kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _form(verdict: Verdict) -> _VerdictForm:
    return cast(_VerdictForm, asdict(replace(verdict, evidence=None)))


def _verdict(found: _VerdictForm) -> Verdict:
    return Verdict(
        found["exercise"],
        Status(found["status"]),
        found["score"],
        found["max_score"],
        found["cases_passed"],
        found["cases"],
        tuple(found["diagnoses"]),
        found["message"],
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def deciding_files() -> list[Path]:
    """Give the files whose code reaches verdicts: what grades, what runs in the sandbox, and the judge."""
    return sorted(file for pattern in DECIDE for file in ROOT.glob(pattern))


@cache
def own_code() -> str:
    """Give a hash of all that reaches verdicts: our code, the references that we lend, Python's and numpy's version."""
    parts = [file.read_text(encoding="utf-8") for file in deciding_files()]
    parts += [*lessons.exercise_sources().values(), json.dumps(LAB), platform.python_version(), np.__version__]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
