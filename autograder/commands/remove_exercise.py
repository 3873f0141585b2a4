"""Take an exercise out of the course, unless something uses it."""

from __future__ import annotations

from typing import Protocol


class Options(Protocol):
    """What the command line says."""

    name: str


def command(options: Options) -> int:
    """Remove it, and say what is gone; refuse with the list of what uses it."""
    from autograder.workshop.scaffold import removal  # only here: whoever grades needs no workshop

    gone = removal.remove(options.name)
    lines = " and ".join(f"{begin} to {end}" for begin, end in gone.lines)
    print(
        f"Removed: course/{options.name}/ ({', '.join(gone.files)}), its entry in course/course.toml"
        + (f", and lines {lines} of course/lessons/{gone.lesson}.md" if lines else "")
        + ".\nNext: `make build`, which takes it out of what is generated."
    )
    return 0
