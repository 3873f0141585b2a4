"""`make guard`: print every complaint. Each says what to do."""

import sys
from collections.abc import Iterator

from autograder.workshop.guard import answers, exercises, files, lessons, runs, sources, strength, voice
from autograder.workshop.making import fresh
from bnlib.refusal import Refused
from bnlib.syllabus import LESSONS, NAMES

# Each looks at what those after it rest on: where one complains, they are not asked.
FIRST = (sources.of_course, fresh.of_syllabus, files.unreadable, sources.of_cells)


def main() -> int:
    """Print the complaints; the status says whether there are any."""
    found = []
    try:
        for complaint in complaints():
            found.append(complaint)
    except Refused as refused:
        found.append(str(refused))
    print("\n".join(found) or "The guard has nothing to complain about.")
    return bool(found)


def complaints() -> Iterator[str]:
    """Yield everything that is not as it should be: first what is read, then what has to be run."""
    for of_foundations in FIRST:
        if found := list(of_foundations()):
            yield from found
            return
    yield from files.stray_files()
    yield from files.missing_lab()
    for lesson in LESSONS:
        yield from lessons.of_lesson(lesson)
    for name in NAMES:
        yield from exercises.of_exercise(name)
        yield from voice.of_mistakes(name)
    yield from files.leaks()
    yield from fresh.complaints()
    yield from answers.of_answers()
    yield from strength.of_checks()
    for lesson in LESSONS:
        yield from runs.of_released(lesson)
        yield from runs.of_solution(lesson)


if __name__ == "__main__":
    sys.exit(main())
