"""Known wrong implementations, a file per exercise. Adding one is adding one small function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.coursebook import outline
from autograder.coursebook.numbers import numbered


class Variants:
    """What has forms that give other numbers."""

    variants: list[Callable]

    def variant(self, function):
        """Add another form of the same mistake that gives other numbers."""
        self.variants.append(function)
        return function


@dataclass
class Misconception(Variants):
    """One mistake. Its hint reads: "Your result is what you get when {when}. {see}"."""

    id: str
    when: str
    see: str
    variants: list[Callable] = field(default_factory=list)

    @property
    def ids(self):
        """Give its id, as a pair gives its two."""
        return (self.id,)


@dataclass
class Together(Variants):
    """Two mistakes made at once: both are named."""

    mistakes: tuple[Misconception, Misconception]
    variants: list[Callable] = field(default_factory=list)

    @property
    def ids(self):
        """Give the ids of the two."""
        return tuple(mistake.id for mistake in self.mistakes)


@dataclass(frozen=True)
class Noise:
    """A mistake whose output is what rounding leaves of a cancellation: caught, and never named."""

    id: str
    why: str
    function: Callable


def misconception(when: str, see: str):
    """Make a wrong function or class a `Misconception` that has its name."""

    def make(function):
        return Misconception(function.__name__, numbered(when), numbered(see), [function])

    return make


def together(one: Misconception, other: Misconception):
    """Make a function or class that makes both mistakes a `Together`; its own name is for the reader."""

    def make(function):
        return Together((one, other), [function])

    return make


def noise(why: str):
    """Make a wrong function a `Noise`: `why` says what is left to chance."""

    def make(function):
        return Noise(function.__name__, why, function)

    return make


def misconceptions_of(exercise: str) -> list[Misconception]:
    """Give the misconceptions of an exercise in the order of its file."""
    return _all_of(exercise, Misconception)


def pairs_of(exercise: str) -> list[Together]:
    """Give the pairs of misconceptions that are known at once."""
    return _all_of(exercise, Together)


def noises_of(exercise: str) -> list[Noise]:
    """Give the mistakes that are exempt from naming."""
    return _all_of(exercise, Noise)


def _all_of(exercise, kind):
    return [value for value in vars(outline.part(exercise, "mistakes")).values() if isinstance(value, kind)]
