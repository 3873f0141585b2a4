"""Known wrong implementations, a file per exercise. Adding one is adding one small function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module


@dataclass
class Misconception:
    """One mistake. Its hint reads: "Your result is what you get when {when}. {see}"."""

    id: str
    when: str
    see: str
    variants: list[Callable] = field(default_factory=list)

    def variant(self, function):
        """Add another form of the same mistake that gives other numbers."""
        self.variants.append(function)
        return function


def misconception(when: str, see: str):
    """Make a wrong function or class a `Misconception` that has its name."""

    def make(function):
        return Misconception(function.__name__, when, see, [function])

    return make


def misconceptions_of(exercise: str) -> list[Misconception]:
    """Give the misconceptions of an exercise in the order of its file."""
    module = import_module(f"{__name__}.{exercise}")
    return [value for value in vars(module).values() if isinstance(value, Misconception)]
