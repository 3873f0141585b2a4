"""A grader: keys, references and a sandbox that has proved itself, ready for any number of submissions."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from autograder.coursebook import exam, lessons
from autograder.grading import handed_in, run
from autograder.grading.ledger import Ledger
from autograder.grading.result import Result
from autograder.grading.turns import Turns
from autograder.sandbox import ladder
from autograder.sandbox.launch import Zygote
from autograder.sandbox.talk import NotHere
from bnlib.judging.judge import Verdict
from bnlib.refusal import Refused, Unreadable
from bnlib.syllabus import NAMES

REQUIRE = "AUTOGRADER_REQUIRE_SANDBOX"


class Grader:
    """Grades files in a sandbox; made once for many of them."""

    def __init__(self, seed: int, require: str | None = None, allow_unsafe: bool = False, kept: Path | None = None):
        """Start a sandbox; `require`, or else the environment, names the weakest rung that will do; raises Refused."""
        self.keys = exam.keys(seed)
        self.references = lessons.exercise_sources()
        self._turns = Turns()
        try:
            self.zygote, self.reasons = ladder.strongest(allow_unsafe)
        except NotHere as error:
            raise Refused(f"{error}\n`python -m autograder doctor` says more.") from None
        self.rung = self.zygote.rung
        self.ledger = Ledger(kept, self.keys, self.rung.name) if kept else None
        try:
            self._refuse_weaker_than(require or os.environ.get(REQUIRE))
            self._prove()
        except BaseException:
            self.close()
            raise

    def announce(self) -> None:
        """Say on stderr what isolates submissions in this run."""
        print(f"Sandbox: {self.rung.name} ({self.rung.text})", file=sys.stderr)

    def grade(self, path: Path, zygote: Zygote | None = None) -> Result:
        """Grade one file. Whatever is in it, a result comes back; raises Refused where there is no sandbox any more."""
        try:
            submission = handed_in.read(path)
        except Unreadable as problem:
            return Result(str(path), self.rung.name, problem=str(problem))
        return Result(str(path), self.rung.name, self.judge(submission, zygote))

    def judge(self, submission: handed_in.Submission, zygote: Zygote | None = None) -> tuple[Verdict, ...]:
        """Give the verdicts on a submission: those of an earlier run, or new ones; raises Refused."""
        verdicts = self.ledger.find(submission) if self.ledger else None
        if verdicts is None:
            verdicts = run.grade(submission, self.keys, self.references, zygote or self.zygote, self._turns)
            if self.ledger:
                self.ledger.keep(submission, verdicts)
        return verdicts

    def grade_all(self, paths: Iterable[Path], workers: int = 1) -> Iterator[Result]:
        """Grade many files, in order; each worker has a warm process of its own; raises Refused."""
        if workers == 1:
            yield from map(self.grade, paths)
            return
        own, opened = threading.local(), list[Zygote]()

        def grade(path: Path) -> Result:
            if not hasattr(own, "zygote"):
                own.zygote = Zygote(self.rung)
                opened.append(own.zygote)
            return self.grade(path, own.zygote)

        try:
            with ThreadPoolExecutor(workers) as pool:
                yield from pool.map(grade, paths)
        finally:
            for zygote in opened:
                zygote.close()

    def close(self) -> None:
        """End the sandbox."""
        self.zygote.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _refuse_weaker_than(self, required: str | None) -> None:
        names = [rung.name for rung in ladder.RUNGS]
        if required and required not in names:
            raise Refused(
                f"{REQUIRE}={required}: there is no such rung. They are {', '.join(names)}; A is the strongest."
            )
        if required and (self.rung not in ladder.RUNGS or names.index(self.rung.name) > names.index(required)):
            raise Refused(
                f"Rung {required} of the sandbox is required, and {self.rung.name} ({self.rung.text}) is the "
                "strongest that holds here:\n" + "\n".join(self.reasons)
            )

    def _prove(self) -> None:
        """Stop unless the reference gets everything and a wrong answer nothing: the canary."""
        right = "\n\n".join(self.references.values())
        # Of some exercises it is wrong by its numbers only: shape and dtype are a result's.
        wrong = "\n".join(f"def {name}(first, *others, **options):\n    return first + 1.0" for name in NAMES)
        for source, is_right in ((right, True), (wrong, False)):
            verdicts = run.grade(handed_in.of_python(source), self.keys, self.references, self.zygote)
            odd = [verdict for verdict in verdicts if verdict.right != is_right]
            if odd:
                what = "The reference does not get full marks" if is_right else "A wrong answer gets marks"
                raise Refused(f"{what} in this sandbox, so nothing was graded: {odd[0].exercise}, {odd[0].message}")
