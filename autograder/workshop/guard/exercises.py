"""An exercise: all its parts, a reference that stands alone, and mistakes that are told apart."""

from __future__ import annotations

import contextlib
import doctest
import io
import tempfile
from collections.abc import Iterator

import numpy as np

from autograder.coursebook import lessons, reference
from autograder.coursebook.mistakes import misconceptions_of, pairs_of
from autograder.coursebook.reference import bnlib_home
from autograder.coursebook.right_answers import correct_answers
from autograder.coursebook.second_forms import another_way, ways
from autograder.workshop.guard import apart
from bnlib import checking, store
from bnlib.judging import key
from bnlib.syllabus import NAMES, WARM_UP, load, names_of

MISTAKES = 3
RIGHT_ANSWERS = 4


def of_exercise(name: str) -> Iterator[str]:
    """Check an exercise's parts, its reference by itself, and that the key tells its mistakes apart."""
    exercise = load(name)
    if exercise.name != name or (exercise.points <= 0 and name != WARM_UP):
        yield f"{name}: course/{name}/cases.py has to state its name, and points above 0."
    if len(exercise.hints) != 3 or not all(exercise.hints):
        yield f"{name}: an exercise has three hints; {len(exercise.hints)} are in course/{name}/cases.py."
    for need in exercise.needs:
        if NAMES.index(need) >= NAMES.index(name):
            yield f"{name}: it needs {need}, which is taught later. Change the order, or the need."
    for written in names_of(name):
        yield from _docstring(written)
    yield from _stands_alone(name)
    yield from _of_mistakes(name)
    yield from apart.complaints(key.practice_key(name))


def _of_mistakes(name: str) -> Iterator[str]:
    known = [mistake.id for mistake in misconceptions_of(name)]
    if len(known) < MISTAKES:
        yield f"{name}: fewer than {MISTAKES} misconceptions in course/{name}/mistakes.py. Add some."
    for mistake in known:
        if ways(name) and mistake not in another_way(name):
            yield f"{name}: {mistake} is not written another way. Do it in course/{name}/second_forms.py."
    named = {(mistake,) for mistake in known} | {pair.ids for pair in pairs_of(name)}
    for way in ways(name):
        if way.ids not in named:
            made = " and ".join(way.ids)
            yield f"{name}: course/{name}/second_forms.py makes {made}, and course/{name}/mistakes.py does not."
    if 0 < len(correct_answers(name)) < RIGHT_ANSWERS:
        yield f"{name}: fewer than {RIGHT_ANSWERS} right answers in course/{name}/right_answers.py. Add some."


def _docstring(name: str) -> Iterator[str]:
    function = reference.load()[name]
    text = function.__doc__ or ""
    for part in ("Example\n", "Source:" if name != WARM_UP else ""):
        if part not in text:
            yield f"{name}: its docstring has no {part.strip()!r}. Complete it in the lesson."
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard):
        doctest.run_docstring_examples(function, {"np": np} | reference.load(), name=name)
    if heard.getvalue():
        yield f"{name}: the example in its docstring does not come out:\n{heard.getvalue()}"


def _stands_alone(name: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as home, bnlib_home(home):
        for need in load(name).needs:
            store.save(need, _with_needs(need))
        try:
            verdict = checking.judge_source(name, lessons.exercise_sources()[name])
        except Exception as error:
            yield f"{name}: its cell does not run by itself ({type(error).__name__}: {error}). Put its imports into it."
            return
    if not verdict.right:
        yield f"{name}: the reference fails its own check by itself: {verdict.message}"


def _with_needs(name: str) -> str:
    for need in load(name).needs:
        store.save(need, _with_needs(need))
    return lessons.exercise_sources()[name]
