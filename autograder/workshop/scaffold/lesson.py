"""A new lesson: a text that passes as it stands, its place in the course, and a link from the lesson before."""

from __future__ import annotations

import re

from autograder.coursebook import lessons, outline
from autograder.workshop.scaffold import entries, texts
from autograder.workshop.writing import write_all
from bnlib.refusal import Refused

LEADS_HERE = "**Next question:** write here what this lesson leaves open and the next one answers? {{link {}}}\n"


def make(name: str, after: str) -> None:
    """Write a skeleton of a lesson behind another one; raises Refused, and then nothing was written."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise Refused(f"{name!r} is no name for a lesson: small letters, digits and _ make one.")
    if name in outline.outline().lessons or lessons.path(name).exists():
        raise Refused(f"There is a lesson {name} already. Take another name.")
    before = outline.read(f"lessons/{after}.md")
    leads_on = texts.leading_on(before)
    written = {
        lessons.path(name): _text(name, before) + leads_on,
        lessons.path(after): before.removesuffix(leads_on).rstrip("\n") + "\n\n" + LEADS_HERE.format(name),
        outline.path("course.toml"): entries.with_lesson(outline.read("course.toml"), name, after),
    }
    write_all(written)


def _text(name: str, before: str) -> str:
    """Give the text, which begins with the imports that the lesson before begins with."""
    opening = texts.opening(before)
    return texts.template("lesson.md", NAME=name, TITLE=name.replace("_", " ").capitalize(), OPENING=opening)
