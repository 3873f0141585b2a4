"""Typical mistakes, as pieces of the references: sample.toml, of which the workshop makes a class, if there is one."""

from __future__ import annotations

from functools import cache
from typing import NotRequired, TypedDict, cast

from autograder.coursebook import outline


class _Sample(TypedDict):
    hostile_at: NotRequired[str]
    wrong: NotRequired[dict[str, list[tuple[str, str]]]]


def wrong() -> dict[str, list[tuple[str, str]]]:
    """Give for each exercise what is replaced in its reference, and by what."""
    return {name: [(old, new) for old, new in pairs] for name, pairs in _sample().get("wrong", {}).items()}


def hostile_at() -> str:
    """Name the exercise at which the hostile learners try it: the last one, if nothing else is said."""
    return _sample().get("hostile_at", outline.outline().exercises[-1])


@cache
def _sample() -> _Sample:
    return cast(_Sample, outline.toml("sample.toml") if outline.path("sample.toml").exists() else {})
