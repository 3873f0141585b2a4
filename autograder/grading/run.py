"""Grade one submission: the sandbox runs it, and the judge compares what came out with the key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np

from autograder.grading.handed_in import Step, Submission
from autograder.grading.turns import Turns
from autograder.printable import printable
from autograder.sandbox.launch import Zygote
from autograder.sandbox.process import Ended
from autograder.sandbox.talk import NotHere, Worker
from autograder.sandbox.wire import Malformed
from bnlib.judging.judge import Verdict, judge, passes
from bnlib.judging.key import Key, KeyCase
from bnlib.judging.outcome import Failure, Kind, Outcome
from bnlib.refusal import Refused
from bnlib.syllabus import NAMES, names_of

CELL_SECONDS, CASE_SECONDS, SUBMISSION_SECONDS = 20, 10, 180
KINDS = {Kind.RAISED, Kind.REFUSED, Kind.UNUSABLE, Kind.NOT_WRITTEN}  # what a worker may say
ENDING = {Kind.TIMEOUT, Kind.MEMORY, Kind.CRASHED}
TEXT = 500
MOST_BYTES = 1_000_000  # of all results of a case
MOST_NUMBERS = 10_000  # in one result: the right ones have a hundred

Outcomes = dict[str, list[Outcome]]  # of every case, by exercise


def grade(
    submission: Submission, keys: dict[str, Key], references: dict[str, str], zygote: Zygote, turns: Turns | None = None
) -> tuple[Verdict, ...]:
    """Give the verdict on every exercise that a submission is judged on, and on the missing ones; raises Refused."""
    found = run(submission, keys, references, zygote, turns)
    return tuple(judge(keys[name], found[name]) for name in NAMES if name in found)


def run(
    submission: Submission, keys: dict[str, Key], references: dict[str, str], zygote: Zygote, turns: Turns | None = None
) -> Outcomes:
    """Give what came out of every case of every exercise; `turns` are those of others who grade at the same time.

    Raises Refused where the sandbox cannot be had any more.
    """
    outcomes = {name: _failing(keys[name], Failure(Kind.MISSING, "", "")) for name in submission.missing}
    left = float(SUBMISSION_SECONDS)

    def go(part: Submission) -> Outcomes:
        nonlocal left
        state = _Run(part, keys, references, turns or Turns(), left)
        state.go(zygote)
        left = state.left
        return state.outcomes

    try:
        for part in submission.parts():
            outcomes |= go(part)
        for name in submission.exercises:
            outcomes[name] = _best(keys[name], outcomes[name], submission.by_themselves(name), go)
    except (OSError, NotHere) as error:
        raise Refused(f"The sandbox starts no worker any more ({error}). Run this again.") from None
    return outcomes


def _best(
    key: Key, outcomes: list[Outcome], by_themselves: list[Submission], go: Callable[[Submission], Outcomes]
) -> list[Outcome]:
    """Give the outcomes of an answer that is right by itself, where the one at its place is not.

    A learner's right answer may have been copied, moved, or changed in a cell beside it.
    """
    if passes(key, outcomes):
        return outcomes
    ended = any(outcome.failure and outcome.failure.kind in ENDING for outcome in outcomes)
    for one in by_themselves[1:] if ended else by_themselves:
        tried = go(one)[key.exercise]
        if passes(key, tried):
            return tried
    return outcomes


@dataclass
class _Run:
    """What is known so far; a worker that dies is followed by a fresh one, which replays the rest.

    Nothing that runs here may ask `bnlib` for the reference of an exercise that is still to be judged, nor for a
    later one, which could answer it.
    """

    submission: Submission
    keys: dict[str, Key]
    references: dict[str, str]
    turns: Turns
    left: float  # seconds
    outcomes: Outcomes = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)  # cells that ended a worker
    errors: dict[int, str] = field(default_factory=dict)  # cells that raised
    lent: set[str] = field(default_factory=set)  # references that this worker has
    called: bool = False  # whether this worker has called the learner's functions: one may have set a trap
    slow: set[int] = field(default_factory=set)  # steps that were late once: a busy machine costs nobody marks
    again: bool = False  # whether such a step is to be tried again, alone

    def go(self, zygote: Zygote) -> None:
        """Run until every exercise has its outcomes."""
        while not self._finished() and self.left > 0:
            alone, self.again = self.again, False
            with self.turns.alone() if alone else self.turns.shared(), zygote.worker() as worker:
                began = time.monotonic()
                self._go_on(worker, began + self.left)
                self.left -= time.monotonic() - began
        for name in set(self.submission.exercises) - self.outcomes.keys():
            self.fail(name, Failure(Kind.TIMEOUT, "", "the submission as a whole took too long"))

    def _go_on(self, worker: Worker, deadline: float) -> None:
        at, self.called, self.lent = -1, False, set()
        try:
            self._lend(worker, NAMES[: NAMES.index(self.submission.exercises[0])])
            for at, step in enumerate(self.submission.steps):
                if time.monotonic() > deadline:
                    break
                self._take(worker, at, step)
        except (Ended, Malformed) as error:
            self._died(at, error)

    def _take(self, worker: Worker, at: int, step: Step) -> None:
        if step.exercise is None:
            self._run_cell(worker, at, step)
            return
        if step.exercise not in self.outcomes:
            cases = self.keys[step.exercise].cases
            self.outcomes[step.exercise] = self._with_reasons([_try_case(worker, step.exercise, c) for c in cases])
            self.called = True
        if not self._finished():
            self._lend(worker, takewhile(self.outcomes.__contains__, self.submission.exercises))

    def _run_cell(self, worker: Worker, at: int, step: Step) -> None:
        if at in self.left_out:
            return
        answer, _ = worker.ask("cell", step.source, step.name, seconds=CELL_SECONDS)
        if "raised" in answer:
            error, text = _strings(answer["raised"], 2)
            self.errors[at] = f"{step.name.strip('<>')} stops with {error}: {text}"

    def _lend(self, worker: Worker, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.lent:
                self.lent.add(name)
                worker.ask("reference", names_of(name), self.references[name], seconds=CASE_SECONDS)

    def _died(self, at: int, error: Ended | Malformed) -> None:
        """Charge a dead worker to the step that it was at: at a second try, if it was only late."""
        if self.called:
            return  # a fresh worker does not call what is judged already, and shows whether this step is to blame
        how = error.how if isinstance(error, Ended) else Kind.CRASHED
        if how == Kind.TIMEOUT and at not in self.slow:
            self.slow.add(at)
            self.again = True
            return
        step = self.submission.steps[at] if at >= 0 else None
        if step is None or step.exercise in self.outcomes:
            # Nothing can be charged to one exercise: what is not judged yet has failed.
            for name in set(self.submission.exercises) - self.outcomes.keys():
                self.fail(name, Failure(how, "", str(error)))
        elif step.exercise:
            self.fail(step.exercise, Failure(how, "", str(error)))
        else:
            self.left_out[at] = f"{step.name.strip('<>')} ended the process: {error}"

    def fail(self, name: str, failure: Failure) -> None:
        """Let every case of an exercise fail in the same way."""
        self.outcomes[name] = _failing(self.keys[name], failure)

    def _with_reasons(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Tell a missing function which cells failed before it."""
        reasons = "; ".join([*self.errors.values(), *self.left_out.values()])[:TEXT]
        missing = Outcome(failure=Failure(Kind.MISSING, "", f"Before it, {reasons}." if reasons else ""))
        return [missing if o.failure and o.failure.kind == Kind.MISSING else o for o in outcomes]

    def _finished(self) -> bool:
        return self.outcomes.keys() >= set(self.submission.exercises)


def _failing(key: Key, failure: Failure) -> list[Outcome]:
    return [Outcome(failure=failure)] * len(key.cases)


def _try_case(worker: Worker, exercise: str, case: KeyCase) -> Outcome:
    asked = names_of(exercise), case.script, case.results, case.inputs
    answer, body = worker.ask("case", *asked, seconds=CASE_SECONDS)
    if "missing" in answer:
        return Outcome(failure=Failure(Kind.MISSING, "", ""))
    if answer.get("failure") is not None:
        kind, error, text, line = _strings(answer["failure"], 4)
        kind = Kind.MEMORY if error == "MemoryError" else Kind(kind) if kind in KINDS else Kind.RAISED
        return Outcome(failure=Failure(kind, error, text, line))
    values, changed = body.tree(answer.get("values")), body.tree(answer.get("changed"))
    if not isinstance(values, dict) or not isinstance(changed, dict) or not changed.keys() <= case.inputs.keys():
        raise Malformed("an outcome is malformed")
    if values.keys() != set(case.results) or not all(isinstance(v, np.ndarray) for v in values.values()):
        raise Malformed("an outcome is malformed")
    if body.offset > MOST_BYTES:
        return Outcome(failure=Failure(Kind.UNUSABLE, "Unusable", "What came back holds far too many numbers"))
    large = next((name for name, value in values.items() if value.size > MOST_NUMBERS), None)
    if large:
        text = f"`{large}` has the shape {values[large].shape}: far too many numbers"
        return Outcome(failure=Failure(Kind.UNUSABLE, "Unusable", text))
    (warned,) = _strings([answer.get("warned", "")], 1)
    return Outcome(values, changed, warned=warned)


def _strings(found: object, count: int) -> list[str]:
    """Give texts that came from the sandbox, made harmless: short, and without control codes."""
    if not isinstance(found, list) or len(found) != count or not all(isinstance(text, str) for text in found):
        raise Malformed("an error is malformed")
    return [printable(text) for text in found]
