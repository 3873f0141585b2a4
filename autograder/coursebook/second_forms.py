"""The same mistakes written another way: what a class hands in is never the catalogue's own code.

A file per exercise; each function makes a known mistake (or two) in code of its own, and has to be named all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from autograder.coursebook import outline
from autograder.coursebook.mistakes import Wrong


@dataclass(frozen=True)
class Way:
    """A function or class that makes the mistakes `ids`, written otherwise than in the catalogue."""

    ids: tuple[str, ...]
    function: Wrong


def way(*ids: str) -> Callable[[Wrong], Way]:
    """Enter a function as another way to make the mistakes `ids`."""
    return lambda function: Way(ids, function)


def ways(exercise: str) -> list[Way]:
    """Give all other ways of an exercise, those that make two mistakes too; none where it has no such file."""
    if not outline.path(f"{exercise}/second_forms.py").exists():
        return []
    return [value for value in vars(outline.part(exercise, "second_forms")).values() if isinstance(value, Way)]


def another_way(exercise: str) -> dict[str, Wrong]:
    """Give one other way for every misconception of an exercise that has one, by its id."""
    single = {found.ids[0]: found.function for found in reversed(ways(exercise)) if len(found.ids) == 1}
    return dict(reversed(single.items()))
