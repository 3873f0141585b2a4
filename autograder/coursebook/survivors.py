"""Mutants of a reference that are no mistakes: survivors.toml in an exercise's folder."""

from __future__ import annotations

import tomllib
from typing import TypedDict

from autograder.coursebook.outline import COURSE


class Explanation(TypedDict):
    """Why some changes of a reference are no mistakes."""

    because: str
    changes: list[str]


def survivors(exercise: str) -> list[Explanation]:
    """Give the explanations of an exercise."""
    path = COURSE / exercise / "survivors.toml"
    if not path.exists():
        return []
    found: list[Explanation] = tomllib.loads(path.read_text(encoding="utf-8"))["equivalent"]
    return found
