"""The reference solutions as functions, taken from the lessons."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from autograder.coursebook import lessons
from autograder.coursebook.outline import TOML
from bnlib import store
from bnlib.refusal import Refused
from bnlib.syllabus import BESIDE, NAMES, exercise_of, lesson_of


@cache
def load() -> dict[str, Callable[..., Any]]:
    """Give every reference function by name; each uses the reference's earlier ones; raises Refused."""
    with in_bnlib():
        return {name: _load(name) for name in (*NAMES, *BESIDE)}


@contextmanager
def in_bnlib() -> Iterator[None]:
    """Let `from bnlib import …` give the reference's functions."""
    with tempfile.TemporaryDirectory() as folder, bnlib_home(folder):
        for name, source in lessons.exercise_sources().items():
            store.save(name, source)
        yield


@contextmanager
def bnlib_home(folder: Path | str) -> Iterator[None]:
    """Make `folder` the place where `bnlib` keeps and finds functions."""
    before = os.environ.get(store.HOME)
    os.environ[store.HOME] = str(Path(folder))
    try:
        yield
    finally:
        if before is None:
            del os.environ[store.HOME]
        else:
            os.environ[store.HOME] = before


def _load(name: str) -> Callable[..., Any]:
    file = f"course/lessons/{lesson_of(name)}.md"
    if exercise_of(name) not in lessons.exercise_sources():
        raise Refused(f"{file} has no cell that defines {exercise_of(name)}: write it, or take it out of {TOML}.")
    try:
        return store.load(name)
    except (store.NotThereYet, AttributeError) as error:
        why = error.__cause__ or error
        raise Refused(f"{file}: the cell of {name} stops with {type(why).__name__}: {why}") from None


def __getattr__(name: str) -> Callable[..., Any]:
    if name in NAMES or name in BESIDE:
        return load()[name]
    raise AttributeError(f"the reference has no {name!r}")
