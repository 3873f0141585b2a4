"""Why a mutant that passes every case is no mistake: `survivors.toml`, the one place for it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Explained:
    """Survivors of one exercise, as `Mutant.change` has them, that survive for one reason."""

    exercise: str
    because: str
    changes: tuple[str, ...]


@cache
def explained() -> tuple[Explained, ...]:
    """Read the explanations."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(
        Explained(one["exercise"], one["because"], tuple(one["changes"])) for one in tomllib.loads(text)["equivalent"]
    )


def explained_changes(exercise: str) -> set[str]:
    """Give the survivors of an exercise that are explained."""
    return {change for one in explained() if one.exercise == exercise for change in one.changes}
