"""A class's results summed up, as plain data: who stands where, and which mistakes are made."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal

from autograder.results.as_json import ResultForm
from autograder.results.learners import learners_of
from bnlib.judging.key import practice_key
from bnlib.judging.status import Status
from bnlib.syllabus import LESSONS, NAMES, lesson_in_name

NOT_HANDED_IN: Final = "not handed in"
Standing = Status | Literal["not handed in"]
# status: its sign and what it means; the order is the one in which counts and the legend show them
SIGNS: dict[Standing, tuple[str, str]] = {
    Status.CORRECT: ("✓", "right"),
    Status.WRONG: ("✗", "wrong result"),
    Status.ERROR: ("E", "stops with an error"),
    Status.TIMEOUT: ("T", "does not end in time"),
    Status.MEMORY: ("M", "asks for more memory than there is"),
    Status.CRASHED: ("C", "the process dies"),
    Status.MISSING: ("○", "not written"),
    Status.UNREADABLE: ("?", "the file cannot be read"),
    NOT_HANDED_IN: ("–", NOT_HANDED_IN),
}
STEPS = 10  # bars of the distribution, and one more for those who have every point


@dataclass(frozen=True)
class Entry:
    """Where a learner stands in an exercise; of several files the best counts."""

    exercise: str
    status: Standing = NOT_HANDED_IN
    score: float = 0
    message: str = ""
    diagnoses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Learner:
    """A learner, with an entry for every exercise of the summary."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def score(self) -> float:
        """The points earned."""
        return sum(entry.score for entry in self.entries)


@dataclass(frozen=True)
class ExerciseCounts:
    """How many learners have which status in an exercise."""

    name: str
    max_score: float
    counts: dict[Standing, int]


@dataclass(frozen=True)
class MistakeCount:
    """A misconception, and who made it."""

    exercise: str
    id: str
    text: str
    learners: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """A file that could not be graded."""

    learner: str
    submission: str
    why: str


@dataclass(frozen=True)
class Summary:
    """What a class's results say; plain data, rendered elsewhere."""

    files: int
    sandboxes: tuple[str, ...]
    exercises: tuple[ExerciseCounts, ...]
    learners: tuple[Learner, ...]
    bins: tuple[int, ...]
    mistakes: tuple[MistakeCount, ...]
    problems: tuple[Problem, ...]

    @property
    def max_score(self) -> float:
        """The points of all exercises that anyone of the class was judged on."""
        return sum(exercise.max_score for exercise in self.exercises)


def summarise(results: list[ResultForm], learner: str | None = None) -> Summary:
    """Sum up a class's results; `learner` says that they are all that one's."""
    names = [learner] * len(results) if learner else learners_of([result["submission"] for result in results])
    points: dict[str, float] = {name: practice_key(name).points for result in results for name in _unread(result)}
    points |= {e["name"]: e["max_score"] for result in results for e in result["exercises"]}
    exercises = [name for name in NAMES if name in points]
    of_learner: dict[str, list[ResultForm]] = {name: [] for name in sorted(names, key=str.casefold)}
    for name, result in zip(names, results, strict=True):
        of_learner[name].append(result)
    learners = tuple(Learner(name, _entries(files, exercises)) for name, files in of_learner.items())
    counts = [Counter(learner.entries[i].status for learner in learners) for i in range(len(exercises))]
    total = sum(points.values())
    return Summary(
        len(results),
        tuple(sorted({result["sandbox"] for result in results})),
        tuple(ExerciseCounts(name, points[name], dict(c)) for name, c in zip(exercises, counts, strict=True)),
        learners,
        _bins([learner.score / total for learner in learners] if total else []),
        _mistakes(learners),
        tuple(
            Problem(name, result["submission"], result.get("message", ""))
            for name, result in zip(names, results, strict=True)
            if result.get("status") == Status.UNREADABLE
        ),
    )


def _entries(files: list[ResultForm], exercises: list[str]) -> tuple[Entry, ...]:
    """Give a learner's entry for every exercise: the best of what the files say."""
    order = list(SIGNS)
    found = {name: Entry(name) for name in exercises}
    for file in files:
        entries = [Entry(name, Status.UNREADABLE, 0, file.get("message", "")) for name in _unread(file)]
        entries += [
            Entry(e["name"], Status(e["status"]), e["score"], e["message"], tuple(e["diagnoses"]))
            for e in file["exercises"]
        ]
        for entry in entries:
            if order.index(entry.status) < order.index(found[entry.exercise].status):
                found[entry.exercise] = entry
    return tuple(found.values())


def _unread(result: ResultForm) -> tuple[str, ...]:
    """Name the exercises of a lesson that could not be read; the file's name tells which lesson it is."""
    lesson = lesson_in_name(PurePath(result["submission"]).stem)
    return LESSONS[lesson] if lesson and result.get("status") == Status.UNREADABLE else ()


def _bins(shares: list[float]) -> tuple[int, ...]:
    counts = Counter(min(STEPS, math.floor(share * STEPS + 1e-9)) for share in shares)
    return tuple(counts[step] for step in range(STEPS + 1))


def _mistakes(learners: tuple[Learner, ...]) -> tuple[MistakeCount, ...]:
    """Give the misconceptions by how many made them, the most frequent first."""
    made: dict[tuple[str, str], list[str]] = {}
    for learner in learners:
        for entry in learner.entries:
            for found in entry.diagnoses:
                made.setdefault((entry.exercise, found), []).append(learner.name)
    texts = {
        (name, mistake.id): f"when {mistake.when}. {mistake.see}"
        for name in {exercise for exercise, _ in made}
        for mistake in practice_key(name).mistakes
    }
    counted = [MistakeCount(*key, texts.get(key, key[1]), tuple(names)) for key, names in made.items()]
    return tuple(sorted(counted, key=lambda m: (-len(m.learners), NAMES.index(m.exercise), m.id)))
