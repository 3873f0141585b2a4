"""`hint`, `borrow` and `reveal`: help, as much as one asks for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bnlib import notebook, solutions, store
from bnlib.judging import render
from bnlib.paths import graded, own_notebook
from bnlib.refusal import Refused, Unreadable
from bnlib.show import show
from bnlib.syllabus import NAMES, exercise_of, load

UNANSWERED = "Write your answer here"
_given = Counter()


def hint(name: str) -> None:
    """Show the next of the three hints of an exercise, from a nudge to nearly the line."""
    name = exercise_of(name)
    if name not in NAMES:
        print(f"There is no exercise called {name!r}. The exercises are: {', '.join(NAMES)}.")
        return
    hints = load(name).hints
    number = min(_given[name], len(hints) - 1)
    _given[name] += 1
    head = f"Hint {number + 1} of {len(hints)} for {name}"
    body = f"<b>{head}</b><br>{render.with_code(hints[number])}"
    show(f"{head}: {hints[number]}", f'<div style="{render.BOX.format("#9a6700")}">{body}</div>')


def borrow(name: str):
    """Give the reference's function, where the solutions are at hand, and let `bnlib` hold it for now."""
    exercise = exercise_of(name)
    try:
        source = solutions.reference_cell(exercise)
    except Refused as error:
        raise store.NotThereYet(f"{error} Write {name} in its lesson: hint({name!r}) helps.") from None
    except StopIteration:
        raise store.NotThereYet(f"There is no exercise called {name!r}.") from None
    for need in load(exercise).needs:
        if store.source(need) is None:
            borrow(need)
    if store.source(exercise) is None:
        store.save(exercise, store.BORROWED + source)
        return store.load(name)
    return getattr(store.execute(store.PREFIX + exercise, source, f"<the reference's {exercise}>"), name)


def reveal(question: str) -> None:
    """Show the model answer and the checklist of a free-text question, once you have written an answer."""
    if graded():
        return
    try:
        lesson, answer = solutions.question_cell(question)
    except Refused as error:
        print(f"{error} Your instructor has the model answer.")
        return
    except KeyError:
        print(f"There is no question called {question!r}.")
        return
    own = _own_answer(own_notebook(lesson, Path.cwd()), question)
    if own is not None and (UNANSWERED in own or not own.strip()):
        print("Write your answer into the cell above first and save the notebook (Ctrl+S); then run this cell again.")
        return
    show(answer, answer, "text/markdown")


def _own_answer(path, question):
    """Give the learner's answer as saved on disk, or None where the notebook is not to be found."""
    try:
        return next(source for grade_id, _, source in notebook.cells(path) if grade_id == question) if path else None
    except (Unreadable, StopIteration):
        return None
