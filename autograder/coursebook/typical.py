"""Typical mistakes, as pieces of the references: sample.toml, of which the workshop makes a class."""

from __future__ import annotations

from functools import cache

from autograder.coursebook import outline


def wrong() -> dict[str, list[tuple[str, str]]]:
    """Give for each exercise what is replaced in its reference, and by what."""
    return {name: [(old, new) for old, new in pairs] for name, pairs in _sample().get("wrong", {}).items()}


def hostile_at() -> str:
    """Name the exercise at which the hostile learners try it."""
    return _sample()["hostile_at"]


@cache
def _sample():
    return outline.toml("sample.toml")
