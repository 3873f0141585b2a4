"""`make guard`: print every complaint. Each says what to do."""

import sys
from collections.abc import Iterator

from autograder.workshop.guard import answers, exercises, files, lessons, runs
from autograder.workshop.making import fresh
from bnlib.syllabus import LESSONS, NAMES


def complaints() -> Iterator[str]:
    """Yield everything that is not as it should be: first what is read, then what has to be run."""
    yield from files.stray_files()
    yield from files.missing_lab()
    for lesson in LESSONS:
        yield from lessons.of_lesson(lesson)
    for name in NAMES:
        yield from exercises.of_exercise(name)
    yield from files.leaks()
    yield from fresh.complaints()
    yield from answers.of_answers()
    for lesson in LESSONS:
        yield from runs.of_released(lesson)
        yield from runs.of_solution(lesson)


if __name__ == "__main__":
    found = list(complaints())
    print("\n".join(found) or "The guard has nothing to complain about.")
    sys.exit(bool(found))
