"""Write bnlib/syllabus.json: what the learner's side knows of the course. It has to be there before all else."""

from __future__ import annotations

import json
import sys

from autograder.coursebook.exercise import load
from autograder.coursebook.outline import outline
from bnlib.files import write_whole
from bnlib.refusal import Refused
from bnlib.syllabus import FILE


def text() -> str:
    """Give the syllabus as JSON; raises Refused."""
    course = outline()
    said = {
        "title": course.title,
        "assignment": course.assignment,
        "warm_up": course.warm_up,
        "beside": course.beside,
        "lab": course.lab,
        "lessons": [{"name": name, "exercises": exercises} for name, exercises in course.lessons.items()],
        "exercises": {name: _exercise(name) for name in course.exercises},
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the file."""
    try:
        write_whole(FILE, text())
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def _exercise(name: str) -> dict[str, object]:
    exercise = load(name)
    return {"points": exercise.points, "needs": exercise.needs, "hints": exercise.hints}


if __name__ == "__main__":
    sys.exit(main())
