"""Write bnlib/syllabus.json: what the learner's side knows of the course. It has to be there before all else."""

from __future__ import annotations

import json

from autograder.coursebook.exercise import load
from autograder.coursebook.outline import COURSE, outline
from bnlib.files import write_whole

FILE = COURSE.parent / "bnlib" / "syllabus.json"


def text() -> str:
    """Give the syllabus as JSON."""
    course = outline()
    said = {
        "title": course.title,
        "assignment": course.assignment,
        "warm_up": course.warm_up,
        "beside": course.beside,
        "lessons": [{"name": name, "exercises": exercises} for name, exercises in course.lessons.items()],
        "exercises": {name: _exercise(name) for name in course.exercises},
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def write() -> None:
    """Write the file."""
    write_whole(FILE, text())


def _exercise(name: str) -> dict[str, object]:
    exercise = load(name)
    return {"points": exercise.points, "needs": exercise.needs, "hints": exercise.hints}
