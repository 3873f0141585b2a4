"""Why a mutant that passes every case is no mistake: each exercise's `survivors.toml` says it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from autograder.coursebook.survivors import survivors
from bnlib.syllabus import NAMES


@dataclass(frozen=True)
class Explained:
    """Survivors of one exercise, as `Mutant.change` has them, that survive for one reason."""

    exercise: str
    because: str
    changes: tuple[str, ...]


@cache
def explained() -> tuple[Explained, ...]:
    """Read the explanations."""
    return tuple(Explained(name, one["because"], tuple(one["changes"])) for name in NAMES for one in survivors(name))


def explained_changes(exercise: str) -> set[str]:
    """Give the survivors of an exercise that are explained."""
    return {change for one in explained() if one.exercise == exercise for change in one.changes}
