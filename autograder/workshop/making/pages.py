"""What README.md takes from the lessons: their table, the chosen answers, and the figure that opens it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat

from autograder.coursebook import lessons
from autograder.coursebook.outline import outline
from autograder.workshop.making import answers
from autograder.workshop.making.between import between
from bnlib import paths
from bnlib.paths import ROOT, SOLUTIONS
from bnlib.syllabus import LESSONS, names_of

README = ROOT / "README.md"
STORY = SOLUTIONS.parent / "story.png"


def build() -> None:
    """Write the figure, and the tables of the pages."""
    if figure := story():
        STORY.write_bytes(figure)
    for path, written in tables():
        path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")


def story() -> bytes | None:
    """Give the figure of the cell tagged `story`; None where a course has no such cell."""
    for lesson in LESSONS:
        for cell in nbformat.read(paths.solution(lesson), as_version=4).cells:
            if "story" in cell.metadata.get("tags", []):
                return base64.b64decode(
                    next(o.data["image/png"] for o in cell.outputs if "image/png" in o.get("data", {}))
                )
    return None


def tables() -> Iterator[tuple[Path, Callable[[str], str]]]:
    """Yield the pages in which tables are written, and what writes them."""
    yield from ((path, written) for path, written in ((README, readme), (answers.PAGE, answers.page)) if path.exists())


def readme(text: str) -> str:
    """Put the table of lessons and the chosen answers into README.md."""
    rows = ["| lesson | the question it answers | you write | minutes |", "|---|---|---|---|"]
    for lesson, names in LESSONS.items():
        said = lessons.summary(lesson)
        link = f"[{said['number']} {said['title']}]({paths.notebook(lesson).relative_to(ROOT).as_posix()})"
        written = ", ".join(f"`{name}`" for exercise in names for name in names_of(exercise))
        rows.append(f"| {link} | {said['question']} | {written} | {said['minutes']} |")
    text = between(text, "lessons", rows)
    return answers.readme(text) if outline().in_readme else text
