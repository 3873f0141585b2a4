"""Take an exercise out of the course, unless something uses it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from autograder.coursebook import lessons, outline
from autograder.workshop.scaffold import entries, texts
from autograder.workshop.scaffold.uses import Use, uses
from autograder.workshop.writing import write_all
from bnlib.refusal import Refused


@dataclass(frozen=True)
class Removed:
    """What was taken out: files of the exercise's folder, and lines of its lesson, from 1."""

    files: tuple[str, ...]
    lesson: str
    lines: tuple[tuple[int, int], ...]


def remove(name: str) -> Removed:
    """Take out its folder, its part of its lesson, and its entry; raises Refused, and then nothing was removed."""
    course = outline.outline()
    if name not in course.exercises:
        raise Refused(f"There is no exercise {name!r}. The exercises are: {', '.join(course.exercises)}.")
    lesson = next(lesson for lesson, exercises in course.lessons.items() if name in exercises)
    names = (name, *(beside for beside, exercise in course.beside.items() if exercise == name))
    if found := list(uses(names, lesson)):
        places = "\n".join(f"  {place}" for place in _places(found))
        raise Refused(f"{' and '.join(names)} is used, and nothing was removed. Change these first:\n{places}")
    return _taken_out(name, lesson)


def _places(found: Iterable[Use]) -> Iterator[str]:
    """Give a line a file: which lines of it, and what the first of them says."""
    for file, group in groupby(found, lambda use: use.file):
        first, *others = group
        lines = f"lines {', '.join(str(use.line) for use in (first, *others))}" if others else f"line {first.line}"
        yield f"{file}, {lines}: {first.text}"


def _taken_out(name: str, lesson: str) -> Removed:
    text = outline.read(f"lessons/{lesson}.md")
    parts, folder = texts.own_part(text, name), outline.path(name)
    files = sorted(path for path in folder.glob("*") if path.is_file())
    written = dict.fromkeys(files)
    written[lessons.path(lesson)] = _without(text, parts)
    written[outline.path("course.toml")] = entries.without_exercise(outline.read("course.toml"), lesson, name)
    write_all(written)
    shutil.rmtree(folder, ignore_errors=True)  # what Python keeps of it
    lines = tuple((text.count("\n", 0, begin) + 1, text.count("\n", 0, end)) for begin, end in parts)
    return Removed(tuple(path.name for path in files), lesson, lines)


def _without(text: str, parts: list[tuple[int, int]]) -> str:
    for begin, end in reversed(parts):
        text = text[:begin] + text[end:]
    return text.rstrip("\n") + "\n"
