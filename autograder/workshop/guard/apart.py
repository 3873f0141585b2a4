"""Do an exercise's cases tell every known mistake from the reference, and from every other?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.coursebook import reference
from autograder.coursebook.keys import outcomes_of
from autograder.coursebook.mistakes import Misconception, Together, misconceptions_of, pairs_of
from bnlib.judging.judge import alike, fitting, problem
from bnlib.judging.key import Key, KeyCase, Variants
from bnlib.judging.outcome import Outcome
from bnlib.judging.plain import Array, Tree
from bnlib.syllabus import names_of

Form = tuple[tuple[str, ...], int]  # the ids of a mistake or pair, and the number of the variant
Change = Callable[[str, Tree], Tree]  # of an input, by its name


def complaints(key: Key) -> Iterator[str]:
    """Say of every mistake, and pair, that is not told apart which case is missing."""
    known: list[tuple[tuple[str, ...], Variants]] = [((mistake.id,), mistake.variants) for mistake in key.mistakes]
    known += [(pair.ids, pair.variants) for pair in key.pairs]
    for ids, variants in known:
        for number, variant in enumerate(variants):
            form = " and ".join(ids) + (f" (form {number + 1})" if number else "")
            if all(problem(key.exercise, case, got) is None for case, got in zip(key.cases, variant, strict=True)):
                yield f"no case of {key.exercise} tells {form} from the reference: {_missing(key, (ids, number), None)}"
            for mistakes in fitting(key, variant):
                other = tuple(mistake.id for mistake in mistakes)
                if other != ids:
                    missing = _missing(key, (ids, number), (other, 0))
                    yield f"no case of {key.exercise} tells {form} from {' and '.join(other)}: {missing}"


def _missing(key: Key, one: Form, other: Form | None) -> str:
    """Say which inputs would tell two of them apart, as far as trying shows."""
    with reference.in_bnlib():
        for case in key.cases:
            for words, change in _changes(case.inputs).items():
                inputs = {name: _changed(value, change, name) for name, value in case.inputs.items()}
                changed = KeyCase(case.name, case.script, case.results, inputs, case.expected)
                if not alike(case, _outcome(key.exercise, changed, one), _outcome(key.exercise, changed, other)):
                    return f'add one as "{case.name}", but with {words}, where they differ.'
    return "add one whose inputs make them differ; if there are none, they are one mistake."


def _outcome(name: str, case: KeyCase, which: Form | None) -> Outcome:
    """Run a form of a mistake or pair, or (None) the reference."""
    if which is None:
        right = reference.load()
        wrong = type(name, (), {n: staticmethod(right[n]) for n in names_of(name)}) if len(names_of(name)) > 1 else None
        return outcomes_of(name, (case,), wrong or right[name])[0]
    ids, number = which
    known: dict[tuple[str, ...], Misconception | Together] = {(m.id,): m for m in misconceptions_of(name)}
    known |= {pair.ids: pair for pair in pairs_of(name)}
    return outcomes_of(name, (case,), known[ids].variants[number])[0]


def _changes(inputs: dict[str, Tree]) -> dict[str, Change]:
    """Give the ways to change a case's inputs that are tried, by how a sentence names them."""
    return {f"another `{name}`": _another(name) for name in sorted(_numbers(inputs))} | CHANGES


def _numbers(value: Tree, name: str = "") -> set[str]:
    """Name the inputs that are plain numbers, those in lists and dicts too."""
    if isinstance(value, dict):
        return {found for key, item in value.items() for found in _numbers(item, key)}
    if isinstance(value, list):
        return {found for item in value for found in _numbers(item, name)}
    return {name} if isinstance(value, int | float) and not isinstance(value, bool) else set()


def _another(wanted: str) -> Change:
    def change(name: str, value: Tree) -> Tree:
        if name != wanted:
            return value
        return value + 1 if isinstance(value, int) else 0.37  # which is possible for a share, too

    return change


def _arrays(change: Callable[[NDArray[Any]], Array]) -> Change:
    return lambda name, value: change(value) if isinstance(value, np.ndarray) and value.ndim else value


def _constant_column(array: NDArray[Any]) -> Array:
    return np.where(np.arange(array.shape[-1]) == 0, array.ravel()[0], array) if array.ndim == 2 else array


CHANGES: dict[str, Change] = {
    "integers": _arrays(lambda array: np.rint(array).astype(int)),
    "float32": _arrays(lambda array: array.astype(np.float32)),
    "the signs turned round": _arrays(lambda array: -array if (array < 0).any() else array),
    "values 100 times as large": _arrays(lambda array: array * 100),
    "values 100 times as small": _arrays(lambda array: array / 100),
    "a column that never changes": _arrays(_constant_column),
    "one row": _arrays(lambda array: array[:1] if array.ndim == 2 else array),
    "two rows": _arrays(lambda array: array[:2] if array.ndim == 2 else array),
    "as many rows as columns": _arrays(lambda a: a[: a.shape[1]] if a.ndim == 2 else a),
    "twice as many rows": _arrays(lambda a: np.concatenate([a, a + 1]) if a.ndim == 2 else a),
}


def _changed(value: Tree, change: Change, name: str) -> Tree:
    if isinstance(value, dict):
        return {key: _changed(item, change, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_changed(item, change, name) for item in value]
    return change(name, value)
