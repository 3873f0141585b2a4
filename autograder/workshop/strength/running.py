"""Run a cell as `check` runs a learner's, on any key, with a limit of time."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from typing import NoReturn

from bnlib import store
from bnlib.judging.judge import Verdict, judge, problem
from bnlib.judging.key import Key, KeyCase
from bnlib.judging.outcome import Outcome
from bnlib.judging.runner import PREFIX, Own, run_case
from bnlib.syllabus import names_of

SECONDS = 1  # for one case; the slowest takes some hundredths of one


def functions(name: str, source: str) -> Own:
    """Give an exercise's functions out of a cell, which may raise anything."""
    module = store.execute(PREFIX + name, source, f"<{name}>")
    return {written: getattr(module, written) for written in names_of(name)}


def verdict_of(key: Key, own: Own) -> Verdict:
    """Judge functions by a key. Whoever calls has put the reference's earlier functions into `bnlib`."""
    return judge(key, [_run(case, own) for case in key.cases])


def caught(key: Key, source: str) -> bool:
    """Tell whether a cell fails, to run or on any case."""
    try:
        own = functions(key.exercise, source)
    except Exception:
        return True
    return any(problem(key.exercise, case, _run(case, own)) for case in key.cases)


def _run(case: KeyCase, own: Own) -> Outcome:
    with _limit():
        return run_case(case.script, case.results, case.inputs, own)


@contextlib.contextmanager
def _limit() -> Iterator[None]:
    """Stop what runs for too long, as a learner does: with KeyboardInterrupt."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
