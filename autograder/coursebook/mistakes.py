"""Known wrong implementations, a file per exercise. Adding one is adding one small function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from autograder.coursebook import outline
from autograder.coursebook.numbers import numbered

Wrong = Callable[..., object]  # a function or a class
AnyWrong = TypeVar("AnyWrong", bound=Wrong)
Known = TypeVar("Known")


class Variants:
    """What has forms that give other numbers."""

    variants: list[Wrong]

    def variant(self, function: AnyWrong) -> AnyWrong:
        """Add another form of the same mistake that gives other numbers."""
        self.variants.append(function)
        return function


@dataclass
class Misconception(Variants):
    """One mistake. Its hint reads: "Your result is what you get when {when}. {see}"."""

    id: str
    when: str
    see: str
    variants: list[Wrong] = field(default_factory=list)

    @property
    def ids(self) -> tuple[str]:
        """Give its id, as a pair gives its two."""
        return (self.id,)


@dataclass
class Together(Variants):
    """Two mistakes made at once: both are named."""

    mistakes: tuple[Misconception, Misconception]
    variants: list[Wrong] = field(default_factory=list)

    @property
    def ids(self) -> tuple[str, str]:
        """Give the ids of the two."""
        one, other = self.mistakes
        return one.id, other.id


@dataclass(frozen=True)
class Noise:
    """A mistake whose output is what rounding leaves of a cancellation: caught, and never named."""

    id: str
    why: str
    function: Wrong


def misconception(when: str, see: str) -> Callable[[Wrong], Misconception]:
    """Make a wrong function or class a `Misconception` that has its name."""

    def make(function: Wrong) -> Misconception:
        return Misconception(function.__name__, numbered(when), numbered(see), [function])

    return make


def together(one: Misconception, other: Misconception) -> Callable[[Wrong], Together]:
    """Make a function or class that makes both mistakes a `Together`; its own name is for the reader."""

    def make(function: Wrong) -> Together:
        return Together((one, other), [function])

    return make


def noise(why: str) -> Callable[[Wrong], Noise]:
    """Make a wrong function a `Noise`: `why` says what is left to chance."""

    def make(function: Wrong) -> Noise:
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


def _all_of(exercise: str, kind: type[Known]) -> list[Known]:
    return [value for value in vars(outline.part(exercise, "mistakes")).values() if isinstance(value, kind)]
