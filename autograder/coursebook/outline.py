"""The course's outline: course.toml as data. Only this wing reads what lies in `course/`."""

from __future__ import annotations

import importlib
import sys
import tomllib
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TypeVar

COURSE = Path(__file__).resolve().parents[2] / "course"
PACKAGE = "course"
Item = TypeVar("Item")


@dataclass(frozen=True)
class Outline:
    """What the course is made of, in order."""

    title: str
    assignment: str
    warm_up: str
    beside: dict[str, str]
    lessons: dict[str, tuple[str, ...]]  # exercises by lesson
    on_the_page: dict[str, tuple[int, ...]]  # the answers by heading of the page of answers
    in_readme: tuple[int, ...]
    lab: dict[str, tuple[str, ...]]  # what graded code gets of bnlib/lab: names by module
    calls: dict[str, tuple[str, ...]]  # what a mutant calls in a call's place, beside what `mutants` knows

    @property
    def exercises(self) -> tuple[str, ...]:
        """Name all exercises, in order."""
        return tuple(name for names in self.lessons.values() for name in names)


@cache
def outline() -> Outline:
    """Read course.toml."""
    said = tomllib.loads((COURSE / "course.toml").read_text(encoding="utf-8"))
    answers = said.get("answers", {})
    return Outline(
        said["title"],
        said["assignment"],
        said.get("warm_up", ""),
        said.get("beside", {}),
        {lesson["name"]: tuple(lesson["exercises"]) for lesson in said["lesson"]},
        _tuples(answers.get("on_the_page", {})),
        tuple(answers.get("in_readme", ())),
        _tuples(said.get("lab", {})),
        _tuples(said.get("calls", {})),
    )


def files() -> Iterator[Path]:
    """Yield every file of the course."""
    return (path for path in COURSE.rglob("*") if path.is_file())


def text(name: str) -> str:
    """Give what the course adds to a page that the machine writes, and a blank line; nothing where it adds nothing."""
    path = COURSE / name
    return path.read_text(encoding="utf-8") + "\n" if path.exists() else ""


def part(exercise: str, name: str) -> ModuleType:
    """Import a file of an exercise's folder: its cases, mistakes or second_forms."""
    if PACKAGE not in sys.modules:  # the course is a folder of the clone, and no package that is installed
        package = types.ModuleType(PACKAGE)
        package.__path__ = [str(COURSE)]
        sys.modules[PACKAGE] = package
    return importlib.import_module(f"{PACKAGE}.{exercise}.{name}")


def _tuples(lists: dict[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {name: tuple(items) for name, items in lists.items()}
