"""Make answer keys: run the reference and every known mistake on inputs drawn from a seed."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.exercise import Case, load
from autograder.coursebook.mistakes import Variants, Wrong, misconceptions_of, pairs_of
from bnlib.judging.key import Key, KeyCase, Mistake, Pair
from bnlib.judging.outcome import Kind, Outcome
from bnlib.judging.plain import Tree
from bnlib.judging.runner import Own, run_case
from bnlib.refusal import Refused
from bnlib.syllabus import names_of

PRACTICE_SEED = 20150211  # any number would do; another makes other practice inputs


def make_key(name: str, seed: int = PRACTICE_SEED) -> Key:
    """Make the answer key of one exercise; raises Refused."""
    exercise = load(name)
    with reference.in_bnlib():
        cases = tuple(_key_case(name, case, seed) for case in exercise.cases)
        mistakes = tuple(Mistake(m.id, m.when, m.see, _outcomes(name, cases, m)) for m in misconceptions_of(name))
        pairs = tuple(Pair(pair.ids, _outcomes(name, cases, pair)) for pair in pairs_of(name))
    return Key(name, exercise.points, cases, mistakes, pairs)


def outcomes_of(name: str, cases: tuple[KeyCase, ...], wrong: Wrong) -> tuple[Outcome, ...]:
    """Run a wrong function on every case; an exercise with two names takes a class that holds both."""
    own = _own(name, wrong)
    return tuple(_run(case, own) for case in cases)


def _outcomes(name: str, cases: tuple[KeyCase, ...], known: Variants) -> tuple[tuple[Outcome, ...], ...]:
    return tuple(outcomes_of(name, cases, wrong) for wrong in known.variants)


def _key_case(name: str, case: Case, seed: int) -> KeyCase:
    # The case's own name seeds it, so that a new case leaves the numbers of the others alone.
    rng = np.random.default_rng([seed, zlib.crc32(f"{name}/{case.name}".encode())])
    drawn = KeyCase(case.name, case.script, case.results, _drawn(name, case, rng), Outcome())
    expected = _run(drawn, {written: reference.load()[written] for written in names_of(name)})
    if expected.failure or expected.changed:
        raise Refused(f"course/{name}/cases.py: the reference fails its own case {case.name!r}: {expected}")
    return KeyCase(case.name, case.script, case.results, drawn.inputs, expected)


def _drawn(name: str, case: Case, rng: np.random.Generator) -> dict[str, Tree]:
    try:
        return case.inputs(rng)
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        raise Refused(
            f"course/{name}/cases.py: the inputs of the case {case.name!r} cannot be drawn: {what}"
        ) from error


def _own(name: str, wrong: Wrong) -> Own:
    names = names_of(name)
    if len(names) > 1:
        return {written: getattr(wrong, written) for written in names}
    # A class of its own for every key: what a mistake keeps in its class begins anew.
    return {name: type(name, (wrong,), {}) if isinstance(wrong, type) else wrong}


def _run(case: KeyCase, own: Own) -> Outcome:
    outcome = run_case(case.script, case.results, case.inputs, own)
    failure = outcome.failure
    if failure and failure.kind == Kind.RAISED:
        failure = replace(failure, line="")  # the catalogue's code is nothing for learners, and a key is theirs
    # What a learner prints or numpy warns of is no part of an answer.
    return Outcome(outcome.values, outcome.changed, failure)
