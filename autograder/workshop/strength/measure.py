"""Measure the checks of an exercise: on known mistakes, on right answers, on mutants of the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from autograder.coursebook import lessons, reference
from autograder.coursebook.keys import PRACTICE_SEED, make_key, outcomes_of
from autograder.coursebook.mistakes import Misconception, Together, misconceptions_of, noises_of, pairs_of
from autograder.coursebook.outline import outline
from autograder.coursebook.right_answers import correct_answers
from autograder.coursebook.second_forms import ways
from autograder.workshop.strength import running
from autograder.workshop.strength.mutants import mutants
from autograder.workshop.strength.survivors import explained_changes
from bnlib.judging.judge import Verdict, judge
from bnlib.judging.key import Key, Variants

EXAM_SEEDS = tuple(range(1, 21))
MUTANT_SEEDS = (1, 2)


@dataclass(frozen=True)
class Naming:
    """What became of wrong answers: every form on every key counts once. `missed` says which pass or get no name."""

    mistakes: int
    forms: int
    judged: int
    caught: int
    named: int
    misnamed: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def unnamed(self) -> int:
        """How many were caught and given no name."""
        return self.caught - self.named - len(self.misnamed)


@dataclass(frozen=True)
class Strength:
    """What the checks of one exercise do. `false_alarms` and the survivors are lists of which."""

    exercise: str
    known: Naming
    second: Naming
    correct: int
    false_alarms: tuple[str, ...]
    mutants: int
    survivors: tuple[str, ...]
    unexplained: tuple[str, ...]
    needless: tuple[str, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """How many known mistakes, their forms, second forms, right answers and mutants there are."""
        return self.known.mistakes, self.known.forms, self.second.forms, self.correct, self.mutants


class Judged(NamedTuple):
    """A wrong answer: what tells its form from others, the ids that are right (none for noise), and the verdict."""

    form: object
    ids: tuple[str, ...]
    verdict: Verdict


def measure(exercise: str, seeds: Iterable[int] = EXAM_SEEDS, mutant_seeds: Iterable[int] = MUTANT_SEEDS) -> Strength:
    """Measure one exercise on the practice key and on exam keys."""
    reference.load()
    keys = {seed: make_key(exercise, seed) for seed in dict.fromkeys((PRACTICE_SEED, *seeds, *mutant_seeds))}
    judged_on = [keys[seed] for seed in (PRACTICE_SEED, *seeds)]
    with reference.in_bnlib():
        known = _naming(form for key in judged_on for form in _known(key))
        second = _naming(form for key in judged_on for form in _second(key))
        alarms = tuple(alarm for key in judged_on for alarm in _false_alarms(key))
        tried, survived = _mutation(exercise, [keys[seed] for seed in (PRACTICE_SEED, *mutant_seeds)])
    accounted = explained_changes(exercise)
    return Strength(
        exercise,
        known,
        second,
        len(correct_answers(exercise)),
        alarms,
        tried,
        survived,
        tuple(change for change in survived if change not in accounted),
        tuple(sorted(accounted - set(survived))),
    )


def counts(exercise: str) -> tuple[int, ...]:
    """Count what `Strength.counts` counts, without running any of it."""
    known: list[Misconception | Together] = [*misconceptions_of(exercise), *pairs_of(exercise)]
    forms = {(mistake.ids, number) for mistake in known for number in range(len(mistake.variants))}
    noises = {noise.id for noise in noises_of(exercise)}
    return (
        len({mistake.ids for mistake in known}) + bool(noises),
        len(forms) + len(noises),
        len(ways(exercise)),
        len(correct_answers(exercise)),
        len(mutants(lessons.exercise_sources()[exercise], outline().calls)),
    )


def total(parts: list[Naming]) -> Naming:
    """Add up."""
    return Naming(
        sum(part.mistakes for part in parts),
        sum(part.forms for part in parts),
        sum(part.judged for part in parts),
        sum(part.caught for part in parts),
        sum(part.named for part in parts),
        tuple(misnamed for part in parts for misnamed in part.misnamed),
        tuple(missed for part in parts for missed in part.missed),
    )


def _naming(judged: Iterable[Judged]) -> Naming:
    """Count and sort what was judged."""
    forms, mistakes, count, caught, named, misnamed, missed = set(), set(), 0, 0, 0, [], []
    for form, ids, verdict in judged:
        forms.add(form)
        mistakes.add(ids)
        count += 1
        caught += not verdict.right
        named += bool(ids) and verdict.diagnoses == ids
        mistake = " and ".join(ids) or form
        if verdict.diagnoses not in (ids, ()):
            misnamed.append(f"{mistake} is called {' and '.join(verdict.diagnoses)}")
        elif verdict.right or verdict.diagnoses != ids:
            missed.append(f"{mistake} {'passes' if verdict.right else 'gets no name'}")
    return Naming(len(mistakes), len(forms), count, caught, named, tuple(misnamed), tuple(missed))


def _known(key: Key) -> Iterator[Judged]:
    known: list[tuple[tuple[str, ...], Variants]] = [((m.id,), m.variants) for m in key.mistakes]
    for ids, variants in known + [(p.ids, p.variants) for p in key.pairs]:
        for number, outcomes in enumerate(variants):
            yield Judged((ids, number), ids, judge(key, outcomes))
    for noise in noises_of(key.exercise):
        yield Judged(noise.id, (), judge(key, outcomes_of(key.exercise, key.cases, noise.function)))


def _second(key: Key) -> Iterator[Judged]:
    for way in ways(key.exercise):
        outcomes = outcomes_of(key.exercise, key.cases, way.function)
        yield Judged(way.function, way.ids, judge(key, outcomes))


def _false_alarms(key: Key) -> Iterator[str]:
    for title, source in correct_answers(key.exercise).items():
        verdict = running.verdict_of(key, running.functions(key.exercise, source))
        if not verdict.right:
            yield f"{title}: {verdict.message}"


def _mutation(exercise: str, keys: Sequence[Key]) -> tuple[int, tuple[str, ...]]:
    """Give the number of mutants, and those that pass on any of the keys."""
    made = mutants(lessons.exercise_sources()[exercise], outline().calls)
    return len(made), tuple(m.change for m in made if not all(running.caught(key, m.source) for key in keys))
