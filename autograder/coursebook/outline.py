"""The course's outline: course.toml as data. Only this wing reads what lies in `course/`.

What cannot be read is said in a sentence, with the file and what to do: people write these files.
"""

from __future__ import annotations

import importlib
import sys
import tomllib
import traceback
import types
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from bnlib.refusal import Refused

COURSE = Path(__file__).resolve().parents[2] / "course"
PACKAGE = "course"
TOML = "course/course.toml"
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
    """Read course.toml; raises Refused."""
    said = toml("course.toml")
    try:
        _check(said)
        return _outline(said)
    except (AttributeError, KeyError, TypeError):
        raise Refused(f"{TOML} is built otherwise than it should be: CONTRIBUTING.md shows an entry.") from None


def _outline(said: dict[str, Any]) -> Outline:
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
    return read(name) + "\n" if path(name).exists() else ""


def toml(name: str) -> dict[str, Any]:
    """Read a TOML file of the course; raises Refused."""
    try:
        return tomllib.loads(read(name))
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"course/{name} is no TOML: {error}. Correct it there.") from None


def path(name: str) -> Path:
    """Give where a file of the course lies, or would lie."""
    return COURSE / name


def read(name: str) -> str:
    """Read a file of the course; raises Refused."""
    try:
        return path(name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Refused(
            f"course/{name} is missing: write it, or take what it belongs to out of {TOML} (CONTRIBUTING.md says how)."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"course/{name} cannot be read as text: {error}.") from None


def part(exercise: str, name: str) -> ModuleType:
    """Import a file of an exercise's folder, its cases, mistakes or second_forms; raises Refused."""
    if PACKAGE not in sys.modules:  # the course is a folder of the clone, and no package that is installed
        package = types.ModuleType(PACKAGE)
        package.__path__ = [str(COURSE)]
        sys.modules[PACKAGE] = package
    read(f"{exercise}/{name}.py")
    try:
        return importlib.import_module(f"{PACKAGE}.{exercise}.{name}")
    except Exception as error:
        file, line = _place(error)
        text = str(error.msg if isinstance(error, SyntaxError) else error).rstrip(".")
        raise Refused(f"{file}, line {line}: {type(error).__name__}: {text}. Correct it there.") from error


def _place(error: Exception) -> tuple[str, int | None]:
    """Say where in the course an error comes from."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        frames.append((error.filename or "", error.lineno))
    file, line = [place for place in frames if Path(place[0]).is_relative_to(COURSE)][-1]
    return Path(file).relative_to(COURSE.parent).as_posix(), line


def _check(said: dict[str, Any]) -> None:
    """Refuse a course.toml that does not say what it should."""
    _has(said, "It", "title", "assignment", "lesson")
    for number, lesson in enumerate(said["lesson"]):
        _has(lesson, f"Its lesson {number}", "name", "exercises")
    exercises = [name for lesson in said["lesson"] for name in lesson["exercises"]]
    _are_names([lesson["name"] for lesson in said["lesson"]], "a lesson")
    _are_names(exercises, "an exercise")
    named = [("warm_up", said["warm_up"])] if "warm_up" in said else []
    for entry, name in [*named, *(("beside", to) for to in said.get("beside", {}).values())]:
        if name not in exercises:
            raise Refused(f"{TOML}: `{entry}` names {name!r}, and no lesson has an exercise of this name.")


def _has(said: dict[str, Any], what: str, *entries: str) -> None:
    for entry in entries:
        if entry not in said:
            raise Refused(f"{TOML}: {what} has no `{entry}`. Write it.")


def _are_names(names: Iterable[str], what: str) -> None:
    for name, count in Counter(names).items():
        if not name.isidentifier():
            raise Refused(f"{TOML}: {name!r} is no name for {what}: letters, digits and _ make one.")
        if count > 1:
            raise Refused(f"{TOML} has {name} {count} times: {what} stands in it once.")


def _tuples(lists: dict[str, list[Item]]) -> dict[str, tuple[Item, ...]]:
    return {name: tuple(items) for name, items in lists.items()}
