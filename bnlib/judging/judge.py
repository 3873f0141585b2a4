"""Judge outcomes by an answer key: right or wrong, and which known mistake it is.

The same judge serves the notebook (practice key) and grading (exam key). It sees data only.
"""

from __future__ import annotations

from collections.abc import KeysView, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bnlib.judging import compare
from bnlib.judging.key import Key, KeyCase, Mistake, Variants
from bnlib.judging.outcome import Failure, Kind, Outcome
from bnlib.judging.plain import Array, Tree
from bnlib.judging.status import OF_KIND, Status


@dataclass(frozen=True)
class Evidence:
    """The first case that tells a wrong answer from the right one."""

    case: KeyCase
    got: Outcome


@dataclass(frozen=True)
class Verdict:
    """What the judge says of one exercise. Plain data, rendered elsewhere."""

    exercise: str
    status: Status
    score: float
    max_score: float
    cases_passed: int
    cases: int
    diagnoses: tuple[str, ...]
    message: str
    evidence: Evidence | None = None

    @property
    def right(self) -> bool:
        """Whether every case is right."""
        return self.status == Status.CORRECT


def judge(key: Key, outcomes: Sequence[Outcome]) -> Verdict:
    """Compare a submission's outcomes, one per case, with the key."""
    problems = [problem(key.exercise, case, got) for case, got in zip(key.cases, outcomes, strict=True)]
    passed, total = problems.count(None), len(problems)
    if passed == total:
        tried = "; ".join(case.name for case in key.cases)
        return Verdict(key.exercise, Status.CORRECT, key.points, key.points, passed, total, (), f"Tried: {tried}.")
    first, said = next((i, found) for i, found in enumerate(problems) if found)
    failure = outcomes[first].failure
    status = OF_KIND[failure.kind] if failure else Status.WRONG
    named = diagnose(key, outcomes)
    message = "\n".join([said, *_said_of(named, outcomes[first])])
    diagnoses = tuple(mistake.id for mistake in named)
    evidence = Evidence(key.cases[first], outcomes[first])
    return Verdict(key.exercise, status, 0, key.points, passed, total, diagnoses, message, evidence)


def passes(key: Key, outcomes: Sequence[Outcome]) -> bool:
    """Tell whether a submission is right on every case."""
    return all(problem(key.exercise, case, got) is None for case, got in zip(key.cases, outcomes, strict=True))


def diagnose(key: Key, outcomes: Sequence[Outcome]) -> tuple[Mistake, ...]:
    """Give the known mistake, or the two at once, that the answer shows; nothing where more than one fits."""
    found = fitting(key, outcomes)
    return found[0] if len(found) == 1 else ()


def fitting(key: Key, outcomes: Sequence[Outcome]) -> list[tuple[Mistake, ...]]:
    """Give all that answers just as the submission does on every case: mistakes alone, and pairs of them."""
    by_id = {mistake.id: mistake for mistake in key.mistakes}
    known: list[tuple[tuple[Mistake, ...], Variants]] = [((mistake,), mistake.variants) for mistake in key.mistakes]
    known += [(tuple(by_id[name] for name in pair.ids), pair.variants) for pair in key.pairs]
    # The wrong cases first: there most of the known answer otherwise, and need no other look.
    order = sorted(range(len(outcomes)), key=lambda i: problem(key.exercise, key.cases[i], outcomes[i]) is None)

    def fits(one: tuple[Outcome, ...]) -> bool:
        return all(alike(key.cases[i], outcomes[i], one[i]) for i in order)

    return [mistakes for mistakes, variants in known if any(map(fits, variants))]


def problem(exercise: str, case: KeyCase, got: Outcome) -> str | None:
    """Say in a sentence what is wrong with the outcome of one case; None when it is right."""
    if got.failure:
        return _failed(exercise, got.failure)
    for name in case.results:
        found = _differs(name, got.values[name], case.expected.values[name])
        if found:
            return found + (f" (numpy warned: {got.warned}.)" if got.warned else "")
    if got.changed:
        name = next(iter(got.changed))
        mend = "Build new arrays instead of using `-=`, `*=` or `[...] =` on an argument."
        if _keys(got.changed)[name] != _keys(case.inputs)[name]:
            mend = "Leave its keys as they are."
        return f"The results are right, but the call changed its argument `{name}`, which belongs to the caller. {mend}"
    return None


def _said_of(named: tuple[Mistake, ...], got: Outcome) -> list[str]:
    if not named:
        return []
    head = "This happens when" if got.failure or got.changed else "Your result is what you get when"
    said = [f"{mistake.when}. {mistake.see}" for mistake in named]
    if len(said) == 1:
        return [f"{head} {said[0]}"]
    return [f"{head} two mistakes are made at once.", f"First, {said[0]}", f"Second, {said[1]}"]


def alike(case: KeyCase, got: Outcome, wrong: Outcome) -> bool:
    """Tell whether the outcome of a case is the one that a known mistake gives."""
    if got.failure or wrong.failure:
        return bool(got.failure and wrong.failure and _seen(got.failure) == _seen(wrong.failure))
    return (
        _keys(got.changed) == _keys(wrong.changed)
        and got.values.keys() == wrong.values.keys()
        and all(compare.same(got.values[name], wrong.values[name], case.expected.values[name]) for name in wrong.values)
    )


def _seen(failure: Failure) -> tuple[str, ...]:
    """Give what tells failures apart: where a script stopped and at what; of what learners' code raises, nothing."""
    if failure.kind == Kind.UNUSABLE:
        return failure.kind, failure.error, failure.line or failure.text
    return (failure.kind,)


def _keys(arguments: Mapping[str, Tree]) -> dict[str, KeysView[str] | None]:
    """Give arguments by name: of a dict its keys, of all others nothing."""
    return {name: value.keys() if isinstance(value, dict) else None for name, value in arguments.items()}


def _failed(exercise: str, failure: Failure) -> str:
    text = failure.text.strip()
    error = f"{failure.error}: {text}" if text else failure.error
    if failure.kind == Kind.NOT_WRITTEN:
        return f"`{exercise}` is not written yet: its cell still raises NotImplementedError."
    if failure.kind == Kind.MISSING:
        return f"There is no `{exercise}` in the submission." + (f" {failure.text}" if failure.text else "")
    if failure.kind == Kind.TIMEOUT:
        return f"`{exercise}` did not end in time: {failure.text}. Is there a loop that never ends?"
    if failure.kind == Kind.MEMORY:
        return f"`{exercise}` asked for more memory than there is."
    if failure.kind == Kind.CRASHED:
        return f"The process died while `{exercise}` ran: {failure.text}."
    if failure.kind == Kind.STOPPED:
        return f"You stopped the check while it ran `{failure.line}`. Is there a loop that never ends?"
    if failure.kind == Kind.REFUSED:
        return (
            f"The call `{failure.line}` does not fit your function: {failure.text}. "
            "Its name and its arguments have to stay as they were given."
        )
    if failure.kind == Kind.UNUSABLE and failure.error == "Unusable":
        return failure.text if failure.text.endswith("?") else f"{failure.text}."
    if failure.kind == Kind.UNUSABLE and "NoneType" in failure.text:
        return f"`{failure.line}` got None from your code: is a `return` missing?"
    if failure.kind == Kind.UNUSABLE:
        return f"What your code gave does not fit `{failure.line}`, which stopped with {error}."
    where = f" Your line: `{failure.line}`." if failure.line else ""
    return f"Your code stopped with {error}.{where}"


def _differs(name: str, got: Array, expected: Array) -> str | None:
    if got.shape != expected.shape:
        if expected.shape == ():
            return f"`{name}` has the shape {got.shape}; it should be a single number."
        has = f"has the shape {got.shape}" if got.shape else "is a single number"
        return f"`{name}` {has}; it should have {'the shape ' * (not got.shape)}{expected.shape}."
    if compare.wrong_dtype(got.dtype, expected.dtype):
        lost = " Everything behind the decimal point is lost." if got.dtype.kind in "iu" else ""
        return f"`{name}` holds {got.dtype} numbers; they should be {expected.dtype}.{lost}"
    if np.isnan(got).any() and not np.isnan(expected).any():
        return f"`{name}` holds NaN (not a number), as 0/0 or the root of a negative number gives."
    wrong = compare.differing(got, expected)
    if not wrong.any():
        return None
    if expected.shape == () and expected.dtype.kind == "b":
        return f"`{name}` is {bool(got)}; it should be {bool(expected)}."
    if got.size == 1:
        return f"`{name}` is not the number it should be."
    bad = (
        f"none of its {got.size} numbers is" if wrong.all() else f"{np.count_nonzero(wrong)} of its {got.size} are not"
    )
    return f"`{name}` has the right shape, but {bad} right."
