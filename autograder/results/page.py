"""A class's results on one page: HTML without any other file, for the screen, the phone and the printer; and as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.coursebook import lessons
from autograder.printable import escaped
from autograder.results.summary import SIGNS, STEPS, Summary
from autograder.sandbox import ladder
from bnlib.judging.status import Status
from bnlib.syllabus import LESSONS, TITLE, lesson_of, stem

TEMPLATE = Path(__file__).with_suffix(".html")


@dataclass(frozen=True)
class Question:
    """A free-text question, which is graded by hand."""

    id: str
    lesson: str
    points: float


def questions() -> tuple[Question, ...]:
    """Give the free-text questions of all lessons."""
    return tuple(
        Question(cell.metadata.nbgrader.grade_id, lesson, cell.metadata.nbgrader.points)
        for lesson in LESSONS
        for cell in lessons.questions(lesson)
    )


def render(summary: Summary, by_hand: tuple[Question, ...] = (), source: str = "") -> str:
    """Give the page. Whatever is put into it is escaped."""
    from jinja2 import Environment  # it takes a while to load

    page = Environment(autoescape=True, finalize=_escaped, trim_blocks=True, lstrip_blocks=True)
    template = page.from_string(TEMPLATE.read_text(encoding="utf-8"))
    number = {(mistake.exercise, mistake.id): i for i, mistake in enumerate(summary.mistakes, start=1)}
    return template.render(
        summary=summary,
        stuck_first=sorted(summary.learners, key=lambda learner: learner.score),
        questions=by_hand,
        source=source,
        average=_average([learner.score for learner in summary.learners]),
        complete=sum(learner.score == summary.max_score for learner in summary.learners),
        signs=SIGNS,
        correct=Status.CORRECT,
        used={status for exercise in summary.exercises for status in exercise.counts},
        numbers=lambda entry: [number[entry.exercise, found] for found in entry.diagnoses],
        rungs={rung.name: rung.text for rung in (*ladder.RUNGS, ladder.UNSAFE)},
        title=TITLE,
        lesson_of=lesson_of,
        stem=stem,
        warm_up={exercise.name for exercise in summary.exercises if not exercise.max_score},
        steps=STEPS,
    )


def _escaped(value: object) -> object:
    """Escape what a terminal or a page could take for more than text; the template's own Markup is left as it is."""
    return escaped(value) if type(value) is str else value


def _average(scores: list[float]) -> float:
    return round(sum(scores) / len(scores), 1) if scores else 0
