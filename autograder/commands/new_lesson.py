"""A new lesson: a skeleton that passes, to be filled in."""

from __future__ import annotations

from typing import Protocol


class Options(Protocol):
    """What the command line says."""

    name: str
    after: str | None


def command(options: Options) -> int:
    """Write the skeleton, and say what comes next."""
    from autograder.coursebook.outline import outline
    from autograder.workshop.scaffold import exercise, lesson  # only here: whoever grades needs no workshop

    after = exercise.lesson_called(options.after) if options.after else list(outline().lessons)[-1]
    lesson.make(options.name, after)
    print(
        f"The lesson course/lessons/{options.name}.md stands behind {after}, whose last line leads to it.\n"
        "Next: `make build` and `make guard`, which pass; then write what both ask for, and add exercises with\n"
        f"`python -m autograder new-exercise NAME --lesson {options.name}`."
    )
    return 0
