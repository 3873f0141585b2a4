"""What a learner reads of a mistake: in one voice, short, and without markup that would break."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.coursebook.mistakes import misconceptions_of

LONGEST = 400
ID = re.compile(r"[a-z0-9_WXZ]+")
FILLERS = re.compile(r"\b(simply|just|obviously)\b")


def of_mistakes(name: str) -> Iterator[str]:
    """Complain of ids and texts that are not in the voice of the others."""
    for mistake in misconceptions_of(name):
        for wrong in _of_text(mistake.when, mistake.see):
            yield f"{name}: in course/{name}/mistakes.py, what {mistake.id} says {wrong}."
        if not ID.fullmatch(mistake.id):
            yield f"{name}: in course/{name}/mistakes.py, the id {mistake.id} should be in small letters."


def _of_text(when: str, see: str) -> Iterator[str]:
    text = f"Your result is what you get when {when}. {see}"
    if when.endswith("."):
        yield "has a full stop at the end of its first part; a sentence goes on there. Take it out"
    if not see.endswith((".", "?", ")")):
        yield "ends without a full stop. Write one"
    if "  " in text:
        yield "has two spaces in a row. Take one out"
    if "!" in re.sub("`[^`]*`", "", text):
        yield "has an exclamation mark. Take it out"
    if filler := FILLERS.search(text):
        yield f"has the word {filler[0]!r}, which helps nobody. Take it out"
    if text.count("`") % 2:
        yield "opens a ` and does not close it"
    if len(text) >= LONGEST:
        yield f"is {len(text)} letters long. Say it in fewer than {LONGEST}"
