"""The questions that the course was asked: each has one answer, with a number in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from autograder.coursebook.outline import outline
from autograder.workshop.making import answers

MARKUP = re.compile(r"[|*$<`]")


def of_answers() -> Iterator[str]:
    """Check that the lessons answer every question once, each in a sentence with a number."""
    given = list(answers.given())
    count = Counter(answer["number"] for _, answer in given)
    wanted = [number for numbers in outline().on_the_page.values() for number in numbers]
    if wanted and not answers.PAGE.exists():
        yield f"docs/{answers.PAGE.name} is missing: write it, with the two marks between which the answers stand."
    for number in sorted(wanted):
        lessons = ", ".join(lesson for lesson, answer in given if answer["number"] == number)
        if not count[number]:
            yield f"Question {number} has no answer: call lab.answer({number}, …) after the experiment that settles it."
        elif count[number] > 1:
            yield f"Question {number} has {count[number]} answers ({lessons}). Keep one."
    for lesson, answer in given:
        if answer["number"] not in wanted:
            yield f"{lesson}: answer {answer['number']} is on no page: enter it in course/course.toml."
        yield from _of_answer(f"{lesson}: answer {answer['number']}", answer)


def _of_answer(name: str, answer: answers.Answer) -> Iterator[str]:
    if not answer["question"].endswith("?"):
        yield f"{name}: its question should end with a question mark."
    if not re.search(r"\d", answer["sentence"]):
        yield f"{name}: its sentence holds no number. Say what was measured."
    if MARKUP.search(answer["question"] + answer["sentence"] + answer["more"]):
        yield f"{name}: it holds one of | * $ < `, which a table or a notebook reads as markup. Write plain text."
