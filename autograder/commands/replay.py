"""Grade one file anew and show every case: what an instructor looks at when a learner appeals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from autograder import class_folder
from autograder.coursebook import exam
from autograder.grading import handed_in, run
from autograder.grading.grader import Grader
from bnlib.judging import render
from bnlib.judging.judge import Evidence, Verdict, judge, problem
from bnlib.judging.key import Key
from bnlib.judging.outcome import Outcome
from bnlib.refusal import Refused, Unreadable


class Options(Protocol):
    """What the command line says."""

    file: Path


def command(options: Options) -> int:
    """Show the cases of every exercise, and whether the verdict is the one that was kept; raises Refused."""
    root = class_folder.folder()
    try:
        submission = handed_in.read(options.file)
    except Unreadable as why:
        raise Refused(f"{options.file}: {why}") from None
    with Grader(exam.seed(root), kept=class_folder.verdicts(root)) as grader:
        grader.announce()
        assert grader.ledger
        outcomes = run.run(submission, grader.keys, grader.references, grader.zygote)
        kept = {verdict.exercise: verdict for verdict in grader.ledger.find(submission) or ()}
    for name, found in outcomes.items():
        verdict = judge(grader.keys[name], found)
        print(f"{render.heading(verdict)}  {verdict.score:g} of {verdict.max_score:g} points.")
        print(f"  {_compared(verdict, kept.get(name))}")
        told = verdict.message.splitlines()[-len(verdict.diagnoses) :]
        for diagnosis, text in zip(verdict.diagnoses, told, strict=False):
            print(f"  {diagnosis}: {text}")
        if name not in submission.missing:
            print("\n".join(f"  {line}" for line in _cases(grader.keys[name], found)))
    return 0


def _compared(now: Verdict, then: Verdict | None) -> str:
    if then is None:
        return "It was not graded with this key before."
    if (then.status, then.score, then.diagnoses) == (now.status, now.score, now.diagnoses):
        return "As it was graded before."
    return f"BEFORE, it was graded {then.status}, {then.score:g} points."


def _cases(key: Key, outcomes: Sequence[Outcome]) -> Iterator[str]:
    for case, got in zip(key.cases, outcomes, strict=True):
        wrong = problem(key.exercise, case, got)
        yield f"{'✗' if wrong else '✓'} {case.name}"
        if wrong:
            yield f"    {wrong}"
            for title, content in render.evidence(Evidence(case, got)):
                yield f"    {title}:"
                yield from (f"        {line}" for line in content.split("\n"))
