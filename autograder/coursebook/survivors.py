"""Mutants of a reference that are no mistakes: survivors.toml in an exercise's folder."""

from __future__ import annotations

from autograder.coursebook import outline
from bnlib.refusal import Refused


def survivors(exercise: str) -> list[dict]:
    """Give the explanations of an exercise: each has `because` and `changes`; raises Refused."""
    name = f"{exercise}/survivors.toml"
    if not (outline.COURSE / name).exists():
        return []
    found = outline.toml(name).get("equivalent", [])
    if not all({"because", "changes"} <= one.keys() for one in found):
        raise Refused(f"course/{name}: each [[equivalent]] has `because` and `changes`. Write them.")
    return found
