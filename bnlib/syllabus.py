"""What the course consists of: its lessons in order, and their exercises. `make build` writes it, as syllabus.json."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from bnlib.refusal import Refused

FILE = Path(__file__).with_suffix(".json")


class _LessonForm(TypedDict):
    name: str
    exercises: list[str]


class _ExerciseForm(TypedDict):
    points: int
    needs: list[str]
    hints: list[str]


class _Form(TypedDict):
    """syllabus.json."""

    title: str
    assignment: str
    warm_up: str
    beside: dict[str, str]
    lab: dict[str, list[str]]
    lessons: list[_LessonForm]
    exercises: dict[str, _ExerciseForm]


_NOTHING: _Form = {
    "title": "",
    "assignment": "",
    "warm_up": "",
    "beside": {},
    "lab": {},
    "lessons": [],
    "exercises": {},
}
try:
    _DATA: _Form = json.loads(FILE.read_text(encoding="utf-8"))
except (OSError, ValueError):  # before a course's first build, or in the middle of a merge: the build writes it anew
    _DATA = _NOTHING

TITLE = _DATA["title"]
ASSIGNMENT = _DATA["assignment"]
LESSONS = {lesson["name"]: tuple(lesson["exercises"]) for lesson in _DATA["lessons"]}
WARM_UP = _DATA["warm_up"]  # already written, so that the round is learned before the first failure
BESIDE = _DATA["beside"]  # written in that exercise's cell, judged and saved with it
LAB = _DATA["lab"]  # what graded code gets of bnlib/lab: names by module
NAMES = tuple(name for names in LESSONS.values() for name in names)


@dataclass(frozen=True)
class Exercise:
    """What a learner is told of an exercise."""

    name: str
    points: int
    needs: tuple[str, ...]
    hints: tuple[str, ...]


def load(name: str) -> Exercise:
    """Give the exercise called `name`; raises KeyError."""
    said = _DATA["exercises"][name]
    return Exercise(name, said["points"], tuple(said["needs"]), tuple(said["hints"]))


def number(lesson: str) -> int:
    """Give a lesson's number, from 0; another lesson put before it changes it."""
    return list(LESSONS).index(lesson)


def stem(lesson: str) -> str:
    """Give the name of a lesson's notebook without its suffix, such as 3_first_steps."""
    return f"{number(lesson)}_{lesson}"


def lesson_called(text: str) -> str | None:
    """Name the lesson meant by 3, first_steps, 3_first_steps or 3_first_steps.ipynb, whatever its number was once."""
    wanted = text.strip().removesuffix(".ipynb")
    if wanted.isdecimal() and wanted.isascii() and int(wanted) < len(LESSONS):
        return list(LESSONS)[int(wanted)]
    return lesson_in_name(wanted)


def lesson_in_name(stem: str) -> str | None:
    """Name the lesson whose notebook has a name, whatever the lesson's number was when it was given."""
    name = re.sub(r"^\d+_", "", stem)
    return name if name in LESSONS else None


def choose(text: str | None) -> list[str]:
    """Give the lessons that 3, 1-4 or 0,2,first_steps stands for, in order; all without it; raises Refused."""
    wanted: set[str] = set()
    for part in [] if text is None else text.split(","):
        first, _, last = part.partition("-")
        ends = lesson_called(first), lesson_called(last or first)
        if ends[0] is None or ends[1] is None or number(ends[0]) > number(ends[1]):
            raise Refused(
                f"--lessons {text}: write 3, 1-4, 0,2,5 or names. The lessons are 0 to {len(LESSONS) - 1}: "
                f"{', '.join(LESSONS)}."
            )
        wanted |= set(list(LESSONS)[number(ends[0]) : number(ends[1]) + 1])
    return [lesson for lesson in LESSONS if text is None or lesson in wanted]


def lesson_of(name: str) -> str:
    """Name the lesson that teaches the exercise `name`."""
    return next(lesson for lesson, names in LESSONS.items() if exercise_of(name) in names)


def exercise_of(name: str) -> str:
    """Name the exercise in whose cell a learner writes `name`."""
    return BESIDE.get(name, name)


def names_of(exercise: str) -> tuple[str, ...]:
    """Give the names that an exercise's cell defines: its own first."""
    return (exercise, *(name for name, other in BESIDE.items() if other == exercise))
