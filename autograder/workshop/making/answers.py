"""The answers at the ends of the experiments, collected from the executed solutions: all on a page, five in README.md.

Which number is which question: each lesson's `lab.answer(number, question, …)` says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

import nbformat
from nbformat import NotebookNode

from autograder.coursebook import lessons
from autograder.coursebook.outline import outline
from autograder.workshop.making.between import between
from bnlib.paths import ROOT, solution
from bnlib.syllabus import LESSONS

PAGE = ROOT / "docs" / "answers.md"
HEAD = ["| asked | the experiment's answer | lesson |", "|---|---|---|"]


class Answer(TypedDict):
    """What `lab.answer` has written below a cell."""

    number: int
    question: str
    sentence: str
    more: str
    contested: bool


def given() -> Iterator[tuple[str, Answer]]:
    """Yield every answer with its lesson, in the order of the executed solutions."""
    for lesson in LESSONS:
        for cell in nbformat.read(solution(lesson), as_version=4).cells:
            for answer in in_cell(cell):
                yield lesson, answer


def in_cell(cell: NotebookNode) -> list[Answer]:
    """Give the answers that stand below an executed cell."""
    return [o.metadata["answer"] for o in cell.get("outputs", []) if "answer" in o.get("metadata", {})]


def anchor(answer: Answer) -> str:
    """Name the place of an answer on its lesson's page."""
    return f"answer-{answer['number']}"


def page(text: str) -> str:
    """Put all answers, whole, into the page of them."""
    found, lines = _by_number(), []
    for heading, numbers in outline().on_the_page.items():
        rows = [_row(*found[n], f"**{found[n][1]['sentence']}** {found[n][1]['more']}") for n in numbers if n in found]
        lines += [f"## {heading}", "", *HEAD, *rows, ""]
    return between(text, "answers", lines[:-1])


def readme(text: str) -> str:
    """Put the chosen answers, a sentence each, into README.md."""
    found = _by_number()
    rows = [_row(*found[n], found[n][1]["sentence"]) for n in outline().in_readme if n in found]
    return between(text, "answers", HEAD + [row.replace("(../", "(") for row in rows])


def _by_number() -> dict[int, tuple[str, Answer]]:
    return {answer["number"]: (lesson, answer) for lesson, answer in given()}


def _row(lesson: str, answer: Answer, text: str) -> str:
    said = lessons.summary(lesson)
    link = f"[{said['number']} {said['title']}](../{solution(lesson).relative_to(ROOT).as_posix()}#{anchor(answer)})"
    contested = "*Contested.* " if answer["contested"] else ""
    return f"| {answer['question']} | {contested}{text} | {link} |"
