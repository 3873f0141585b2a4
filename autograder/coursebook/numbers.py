"""Lessons are spoken of by name, and numbered here: so that one can be put between two others.

In a lesson, a hint or a mistake, `{lesson first_steps}` becomes "lesson 7", `{Lesson first_steps}` "Lesson 7", and
`{number first_steps}` "7". `{link first_steps}` becomes a link to the notebook, with its title.
"""

from __future__ import annotations

import re

from autograder.coursebook.outline import outline, read
from bnlib.refusal import Unreadable

PLACE = re.compile(r"\{(lesson|Lesson|number|link) ([\w-]+)\}")
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def number(lesson: str) -> int:
    """Give a lesson's number, from 0."""
    return list(outline().lessons).index(lesson)


def stem(lesson: str) -> str:
    """Give the name of a lesson's notebook without its suffix."""
    return f"{number(lesson)}_{lesson}"


def numbered(text: str) -> str:
    """Put the numbers of lessons where a text names them; raises Unreadable for a lesson that there is not."""
    return PLACE.sub(lambda found: _said(found[1], found[2]), text)


def title(lesson: str) -> str:
    """Give a lesson's title, as its first heading states it."""
    found = TITLE.search(read(f"lessons/{lesson}.md"))
    return found[1] if found else lesson


def _said(form: str, lesson: str) -> str:
    if lesson not in outline().lessons:
        raise Unreadable(f"There is no lesson {lesson}. The lessons are: {', '.join(outline().lessons)}.")
    if form == "link":
        return f"[Lesson {number(lesson)}: {title(lesson)}]({stem(lesson)}.ipynb)"
    return f"{'' if form == 'number' else form + ' '}{number(lesson)}"
