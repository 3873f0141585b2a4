"""A sample class: made-up learners with right, wrong, unfinished, hostile and broken notebooks."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path

import nbformat

from autograder.coursebook import lessons, typical
from bnlib.paths import notebook as notebook_of
from bnlib.syllabus import ASSIGNMENT, LESSONS, NAMES, lesson_of, stem

MARKS = re.compile(r" +### (BEGIN|END) SOLUTION\n?")
# What one learner each of a class hands in for one exercise, {0}, beside honest work.
HOSTILE = {
    "ends the process": "import os\nos._exit(0)",
    "never ends": "def {0}(*arguments, **options):\n    while True:\n        pass",
    "imports the reference": "from bnlib import {0}",
    "reads the gradebook": """from pathlib import Path

GRADEBOOK = next(Path.cwd().rglob("gradebook.db")).read_bytes()


def {0}(*arguments, **options):
    return arguments[0]""",
}
BROKEN = "hands in no notebook"


def make(folder: Path, learners: int, hostile: bool = True, seed: int = 0) -> list[Path]:
    """Write submissions as nbgrader collects them, FOLDER/LEARNER/ASSIGNMENT/LESSON.ipynb; give their paths."""
    solved = {name: MARKS.sub("", source) for name, source in lessons.exercise_sources().items()}
    written: list[Path] = []
    place_of_hostile = typical.hostile_at()
    for number in range(learners):
        rng = random.Random(f"{seed}/{number}")
        own = {name: _answer(name, solved[name], rng, number) for name in NAMES}
        if hostile and kind(number) in HOSTILE:
            own[place_of_hostile] = HOSTILE[kind(number)].format(place_of_hostile)
        place = folder / f"learner_{number:03d}" / ASSIGNMENT
        place.mkdir(parents=True, exist_ok=True)
        for lesson in LESSONS:
            broken = hostile and kind(number) == BROKEN and lesson == lesson_of(place_of_hostile)
            written.append(place / f"{stem(lesson)}.ipynb")
            written[-1].write_text("{ no notebook" if broken else _filled_in(lesson, own), encoding="utf-8")
    return written


def kind(number: int) -> str:
    """Say what a learner of a class with hostile ones hands in, from the number."""
    kinds = ["everything right", *HOSTILE, BROKEN]
    return kinds[number] if number < len(kinds) else "typical mistakes"


def _answer(name: str, solved: str, rng: random.Random, number: int) -> str | None:
    """Give a learner's cell: right, with a typical mistake, or (None) not written. Learner 0 is always right."""
    luck = rng.random()
    if number == 0 or luck < 0.7 or name not in typical.wrong():
        return solved
    return None if luck < 0.8 else solved.replace(*rng.choice(typical.wrong()[name]))


def _filled_in(lesson: str, own: Mapping[str, str | None]) -> str:
    notebook = nbformat.read(notebook_of(lesson), as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = own.get(name) or cell.source
    text: str = nbformat.writes(notebook)
    return text
