"""`check`: judge a function where it stands in the notebook, and keep it when it is right."""

from __future__ import annotations

import difflib
import functools
import linecache
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from bnlib import solutions, store
from bnlib.judging import render
from bnlib.judging.judge import Verdict, judge
from bnlib.judging.key import practice_key
from bnlib.judging.outcome import Kind, Outcome
from bnlib.judging.runner import PREFIX, Own, run_case, source_file
from bnlib.paths import file_of, graded
from bnlib.refusal import Refused
from bnlib.show import in_notebook, show
from bnlib.syllabus import BESIDE, NAMES, lesson_of, load, names_of

Function = Callable[..., object]  # or a class


class CheckFailed(AssertionError):
    """A check that found something; its text says what, in place of a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self).split("\n")[0] if in_notebook() and self.shown else str(self)]

    shown = False


def check(name: str) -> None:
    """Check your function `name`, say what it does wrong, and keep it in `bnlib` when it is right.

    Raises `CheckFailed`, an `AssertionError`, while it is not right.
    """
    namespace = sys._getframe(1).f_globals
    own = find(name, namespace)
    verdict = judge_functions(name, own)
    if not verdict.right:
        why = [] if graded() else _why_elsewhere(name, namespace)
        failed = CheckFailed(render.text(verdict, why))
        if in_notebook():
            failed.shown = True
            show(str(failed), render.as_html(verdict, why))
        raise failed
    notes = [] if graded() else [*_keep(name, own[name]), *_older(namespace)]
    show(render.text(verdict, notes), render.as_html(verdict, notes))


def find(name: str, namespace: Mapping[str, Any]) -> dict[str, Function]:
    """Give what `namespace` holds of an exercise's names; raises CheckFailed where there is nothing to check."""
    if name in BESIDE:
        raise CheckFailed(f'{name} is checked together with {BESIDE[name]}: run check("{BESIDE[name]}").')
    if name not in NAMES:
        near = difflib.get_close_matches(name, NAMES, 1, 0.4)
        raise CheckFailed(f"There is no exercise called {name!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
    if name not in namespace:
        defined = [
            key
            for key, value in namespace.items()
            if callable(value) and getattr(value, "__module__", "") == "__main__"
        ]
        near = difflib.get_close_matches(name, defined, 1)
        renamed = f" There is a {near[0]!r}: has the function been renamed?" if near else ""
        raise CheckFailed(f"There is no {name} here yet: run the cell that defines it, then this one.{renamed}")
    function = namespace[name]
    if not callable(function):
        raise CheckFailed(f"{name} should be a function, and is of type {type(function).__name__}: run its cell again.")
    own = _own(name, namespace)
    for written, value in own.items():
        if graded() and store.from_store(value):
            raise CheckFailed(f"{written} is imported from bnlib here, not written in this notebook.")
    return own


def judge_functions(name: str, own: Own) -> Verdict:
    """Judge an exercise's functions, given by their names, by the practice key."""
    key = practice_key(name)
    outcomes: list[Outcome] = []
    for case in key.cases:
        if outcomes and outcomes[-1].failure and outcomes[-1].failure.kind == Kind.STOPPED:
            outcomes.append(outcomes[-1])
        else:
            outcomes.append(run_case(case.script, case.results, case.inputs, own))
    return judge(key, outcomes)


def judge_source(name: str, source: str) -> Verdict:
    """Judge a cell's source by itself, as later lessons will load it; raises what the cell raises."""
    return judge_functions(name, _by_itself(name, source))


def _by_itself(name: str, source: str) -> dict[str, Function]:
    """Run a cell's source as later lessons will; give what it defines of an exercise."""
    module = store.execute(PREFIX + name, source, f"<{name}, by itself>")
    return {name: getattr(module, name)} | _own(name, vars(module))


def _own(name: str, namespace: Mapping[str, Any]) -> dict[str, Function]:
    return {written: namespace[written] for written in names_of(name) if written in namespace}


def _keep(name: str, function: Function) -> list[str]:
    """Save the cell that defines a right function; give what there is to say about it."""
    if store.from_store(function):
        return [f"This is the {name} that bnlib holds already."]
    source = "".join(linecache.getlines(source_file(function) or ""))
    if not source:
        found = "Define it with `def` or `class`, in a cell that begins with no magic such as %%time."
        return [f"Not saved: the source of {name} is not to be found. {found}"]
    try:
        own = _by_itself(name, source)
        own[name], returned = _overheard(own[name])
        alone = judge_functions(name, own)
    except Exception as error:
        return [_cannot_stand_alone(name, type(error).__name__, str(error))]
    if not alone.right:
        failure = alone.evidence.got.failure if alone.evidence else None
        return [_cannot_stand_alone(name, failure.error, failure.text) if failure else _leans(name)]
    if any(_is_list(result) for results in returned for result in _results(results)):
        return ["Not saved: it gives lists, and later lessons calculate with arrays. Let `np.array(…)` make them."]
    try:
        store.save(name, source)
    except Refused as error:
        return [str(error)]
    notes = [f"Saved: `from bnlib import {name}` gives later lessons your function."]
    if solutions.at_hand():
        notes.append(f"To compare with the reference: {solutions.notebook_of(name)}")
    return notes


def _overheard(function: Function) -> tuple[Function, list[object]]:
    """Give a function that does the same, and a list to which it adds whatever it returns; a class stays as it is."""
    returned: list[object] = []

    @functools.wraps(function)
    def heard(*arguments: object, **options: object) -> object:
        returned.append(function(*arguments, **options))
        return returned[-1]

    return function if isinstance(function, type) else heard, returned


def _results(returned: object) -> Sequence[object]:
    """Give a function's results, in whatever they are packed."""
    if isinstance(returned, list) and any(isinstance(result, np.ndarray) for result in returned):
        return returned
    return returned if isinstance(returned, tuple) else (returned,)


def _is_list(result: object) -> bool:
    if isinstance(result, dict):
        return any(map(_is_list, result.values()))
    return isinstance(result, list | tuple)


def _cannot_stand_alone(name: str, error: str, text: str) -> str:
    missing = text.split("'")[1] if error == "NameError" and "'" in text else None
    if missing:
        return (
            f"Not saved: {name} leans on `{missing}` from another cell. "
            f"Put what it needs (an import, a helper) into its own cell, and check again."
        )
    return f"Not saved: run by itself, the cell of {name} stops with {error}: {text}"


def _leans(name: str) -> str:
    return f"Not saved: run by itself, the cell of {name} gives other results. Does it lean on another cell?"


def _why_elsewhere(name: str, namespace: Mapping[str, object]) -> list[str]:
    """Give what may be wrong outside the function: an older import, or an earlier function edited since."""
    notes = _older(namespace)
    for need in load(name).needs:
        if store.source(need) is not None and not saved_is_right(need):
            where = file_of(lesson_of(need))
            notes.append(f"Your saved {need} does not pass its own check any more: correct it in {where} first.")
    if store.source(name) is not None:
        notes.append(f"bnlib keeps the {name} that passed; later lessons go on with that one.")
    notes.append(f'For a hint, run hint("{name}").')
    return notes


def saved_is_right(name: str) -> bool:
    """Tell whether the saved function passes its check."""
    try:
        return judge_functions(name, {written: store.load(written) for written in names_of(name)}).right
    except ImportError:
        return False


def _older(namespace: Mapping[str, object]) -> list[str]:
    return [
        f"This notebook still holds an older {name}: run the cell that imports it again."
        for name in store.outdated(namespace)
    ]
