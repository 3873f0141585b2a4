"""Mutants of a reference that are no mistakes: survivors.toml in an exercise's folder."""

from __future__ import annotations

from typing import TypedDict

from autograder.coursebook import outline
from bnlib.refusal import Refused


class Explanation(TypedDict):
    """Why some changes of a reference are no mistakes."""

    because: str
    changes: list[str]


def survivors(exercise: str) -> list[Explanation]:
    """Give the explanations of an exercise; raises Refused."""
    name = f"{exercise}/survivors.toml"
    if not outline.path(name).exists():
        return []
    found: list[Explanation] = outline.toml(name).get("equivalent", [])
    if not all({"because", "changes"} <= one.keys() for one in found):
        raise Refused(f"course/{name}: each [[equivalent]] has `because` and `changes`. Write them.")
    return found
