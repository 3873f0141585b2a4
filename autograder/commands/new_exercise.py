"""A new exercise in a lesson: a skeleton that passes, to be filled in."""

from __future__ import annotations

from typing import Protocol


class Options(Protocol):
    """What the command line says."""

    name: str
    lesson: str


def command(options: Options) -> int:
    """Write the skeleton, and say what comes next."""
    from autograder.workshop.scaffold import exercise  # only here: whoever grades needs no workshop

    lesson = exercise.lesson_called(options.lesson)
    exercise.make(options.name, lesson)
    print(
        f"The folder course/{options.name} holds {', '.join(exercise.FILES)}.\n"
        f"The cell and its check stand near the end of course/lessons/{lesson}.md.\n"
        "Next: `make build` and `make guard`, which pass; then make it yours. Each file says what belongs there."
    )
    return 0
