"""What people write, as far as it can be read: a complaint here would stop the build, and the rest of the guard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from autograder.coursebook import exercise, lessons, outline, reference
from autograder.coursebook.right_answers import correct_answers
from autograder.coursebook.second_forms import ways
from autograder.coursebook.survivors import survivors
from autograder.coursebook.typical import hostile_at, wrong
from bnlib.refusal import Refused
from bnlib.syllabus import LESSONS

PARTS = ("cases", "mistakes")


def of_course() -> Iterator[str]:
    """Say what cannot be read of course.toml, of a lesson's text, or of an exercise's folder."""
    complaint = _said_of(outline.outline)
    if complaint:
        yield complaint
        return
    course = outline.outline()
    tries: list[tuple[Any, ...]] = [(lessons.text, lesson) for lesson in course.lessons]
    for name in course.exercises:
        tries += [(outline.part, name, part) for part in PARTS]
        tries += [(exercise.load, name), (ways, name), (correct_answers, name), (survivors, name)]
    tries += [(_of_sample, course.exercises)]
    yield from dict.fromkeys(filter(None, (_said_of(*one) for one in tries)))


def of_cells() -> Iterator[str]:
    """Say which lesson's cells cannot be read, and which reference does not load."""
    found = list(filter(None, (_said_of(_compile, lesson) for lesson in LESSONS)))
    yield from found or filter(None, [_said_of(reference.load)])


def _said_of(act: Callable[..., object], *arguments: object) -> str | None:
    try:
        act(*arguments)
    except Refused as refused:
        return str(refused)
    return None


def _compile(lesson: str) -> None:
    for cell in lessons.read(lesson).cells:
        if cell.cell_type == "code":
            try:
                compile(cell.source, cell.id, "exec")
            except SyntaxError as error:
                line = (error.text or "").strip()
                raise Refused(f"{lesson}: {error.msg} at `{line}`. Correct it in course/lessons/{lesson}.md.") from None


def _of_sample(exercises: tuple[str, ...]) -> None:
    for name in (hostile_at(), *wrong()):
        if name not in exercises:
            raise Refused(f"{name} stands in course/sample.toml, and no lesson has an exercise of this name.")
