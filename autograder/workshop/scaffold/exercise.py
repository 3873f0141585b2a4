"""A new exercise: a folder of files, a cell and its check, and an entry. All of it passes as it stands."""

from __future__ import annotations

import builtins
import keyword
from importlib.util import find_spec

from nbformat import NotebookNode

import bnlib
from autograder.coursebook import lessons, outline
from autograder.coursebook.outline import TOML
from autograder.workshop.guard.lessons import EXERCISES, defines, reads
from autograder.workshop.scaffold import entries, texts
from autograder.workshop.writing import write_all
from bnlib.refusal import Refused

FILES = ("cases.py", "mistakes.py", "second_forms.py", "right_answers.py")


def lesson_called(text: str) -> str:
    """Name the lesson that is meant by 3, first_steps or 3_first_steps; raises Refused."""
    names = list(outline.outline().lessons)
    for number, name in enumerate(names):
        if text in (name, str(number), f"{number}_{name}"):
            return name
    raise Refused(f"There is no lesson {text!r}. The lessons are: {', '.join(names)}.")


def make(name: str, lesson: str) -> None:
    """Write a skeleton of an exercise, the last one of a lesson; raises Refused, and then nothing was written."""
    _check(name, lesson)
    text = outline.read(f"lessons/{lesson}.md")
    part = texts.template("exercise.md", NAME=name)
    written = {outline.path(f"{name}/{file}"): texts.template(file, NAME=name) for file in FILES}
    written[lessons.path(lesson)] = texts.with_part(text, part)
    written[outline.path("course.toml")] = entries.with_exercise(outline.read("course.toml"), lesson, name)
    write_all(written)


def _check(name: str, lesson: str) -> None:
    """Refuse what could not become an exercise."""
    course = outline.outline()
    there = [path.stem for path in outline.path(".").iterdir()]
    taken = {other.lower() for other in (*course.exercises, *course.beside, *there)}
    if not name.isidentifier() or not name.isascii() or keyword.iskeyword(name) or name.startswith("_"):
        raise Refused(f"{name!r} is no name for a function: letters, digits and _ make one.")
    if name.lower() in taken:
        raise Refused(f"There is a {name} in course/ already. Take another name.")
    if name in dir(bnlib) or find_spec(f"bnlib.{name}") or hasattr(builtins, name):
        raise Refused(f"{name} is a name of Python's or of bnlib's own. Take another one.")
    if len(course.lessons[lesson]) >= EXERCISES:
        raise Refused(f"{lesson} has {len(course.lessons[lesson])} exercises in {TOML}, and {EXERCISES} are enough.")
    for other in course.lessons:
        if name in _names(other):
            raise Refused(f"A cell of course/lessons/{other}.md calls something {name}. Take another name.")


def _names(lesson: str) -> set[str]:
    """Give the names that a lesson's cells use."""
    nodes = [NotebookNode(source=cell.source, id=lesson) for cell in texts.cells(outline.read(f"lessons/{lesson}.md"))]
    try:
        return {name for node in nodes for name in reads(node) | defines(node)}
    except SyntaxError as error:
        raise Refused(f"A cell of course/lessons/{lesson}.md cannot be read: {error.msg}. Correct it first.") from None
