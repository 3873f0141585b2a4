"""course.toml as people wrote it: an entry is put in or taken out, and every other line stays as it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

from autograder.coursebook.outline import TOML
from bnlib.refusal import Refused

TABLE = re.compile(r"^\[\[lesson\]\](?:\n(?!\[).*)*", re.MULTILINE)
EXERCISES = re.compile(r"^exercises\s*=\s*\[(.*?)\]", re.MULTILINE | re.DOTALL)
NOTHING_BEHIND = re.compile(r"(?:\n[ \t]*(?:#.*)?)*\Z")  # blank lines and comments: they belong to what follows


def with_exercise(text: str, lesson: str, name: str) -> str:
    """Enter an exercise as the last of a lesson; raises Refused."""
    return _with_exercises(text, lesson, lambda names: [*names, name])


def without_exercise(text: str, lesson: str, name: str) -> str:
    """Take an exercise out of its lesson; raises Refused."""
    return _with_exercises(text, lesson, lambda names: [other for other in names if other != name])


def with_lesson(text: str, name: str, after: str) -> str:
    """Enter a lesson behind another one; raises Refused."""
    table = _table(text, after)
    end = table.start() + len(NOTHING_BEHIND.sub("", table[0]))
    entry = f'\n\n[[lesson]]\nname = "{name}"\nexercises = []'
    wanted = tomllib.loads(text)
    names = [lesson["name"] for lesson in wanted["lesson"]]
    wanted["lesson"].insert(names.index(after) + 1, {"name": name, "exercises": []})
    return _checked(text[:end] + entry + text[end:], wanted)


def place(text: str, lesson: str) -> tuple[int, int]:
    """Give where the names of a lesson's exercises begin and end; raises Refused."""
    table = _table(text, lesson)
    found = EXERCISES.search(table[0])
    if not found:
        raise _otherwise()
    return table.start() + found.start(1), table.start() + found.end(1)


def _with_exercises(text: str, lesson: str, change: Callable[[list[str]], list[str]]) -> str:
    begin, end = place(text, lesson)
    wanted = tomllib.loads(text)
    entry = next(entry for entry in wanted["lesson"] if entry["name"] == lesson)
    entry["exercises"] = change(entry["exercises"])
    return _checked(text[:begin] + ", ".join(f'"{name}"' for name in entry["exercises"]) + text[end:], wanted)


def _table(text: str, lesson: str) -> re.Match[str]:
    for table in TABLE.finditer(text):
        if tomllib.loads(table[0])["lesson"][0].get("name") == lesson:
            return table
    raise _otherwise()


def _checked(text: str, wanted: dict[str, Any]) -> str:
    """Give the new text, if it says what is wanted and nothing else."""
    if tomllib.loads(text) != wanted:
        raise _otherwise()
    return text


def _otherwise() -> Refused:
    return Refused(f"{TOML} is laid out otherwise than this command can read. Edit it yourself; nothing was changed.")
