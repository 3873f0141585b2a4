"""Run a case's script on a function, quietly, and collect what came of it."""

from __future__ import annotations

import contextlib
import copy
import functools
import io
import linecache
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType, TracebackType
from typing import cast

import numpy as np

from bnlib.judging import plain
from bnlib.judging.outcome import Failure, Kind, Outcome
from bnlib.judging.plain import Array, Tree

SCRIPT = "<the check's calls>"
PREFIX = "bnlib.mine."  # of the modules that saved functions live in
Own = Mapping[str, Callable[..., object]]  # a learner's functions and classes by name


def run_case(script: str, results: Sequence[str], inputs: Mapping[str, Tree], own: Own) -> Outcome:
    """Run `script` on a copy of `inputs`, the learner's `own` functions under their names; give the `Outcome`."""
    given = copy.deepcopy(inputs)
    namespace = {"np": np, "raises": raises, "through_a_file": through_a_file, **own, **given}
    values, changed, failure = {}, {}, None
    with quietly() as heard:
        try:
            exec(_compiled(script), namespace)
            values = {result: _result(result, namespace[result]) for result in results}
            changed = {key: given[key] for key in inputs if not plain.equal(inputs[key], given[key])}
        except BaseException as error:  # a learner's SystemExit must not end the kernel
            values, failure = {}, _failure(error, script, next(iter(own.values())))
    printed, warned = heard()
    return Outcome(values, changed, failure, printed, warned)


@functools.cache
def _compiled(script: str) -> CodeType:
    return compile(script, SCRIPT, "exec")


def raises(expected: type[BaseException], function: Callable[..., object], *arguments: object) -> bool:
    """Tell whether the call raises the expected exception; any other passes through."""
    try:
        function(*arguments)
    except expected:
        return True
    return False


def through_a_file(state: object) -> dict[str, Array]:
    """Save a dict of arrays as `np.savez` does, and give what `np.load` reads."""
    if not isinstance(state, dict):
        raise Unusable(f"The state is {_a(state)}; a file takes a dict with strings as keys")
    if not all(isinstance(key, str) for key in state):
        raise Unusable("The state has keys that are no strings; a file takes a dict with strings as keys")
    file = io.BytesIO()  # where learners' code is graded nothing can be written
    arrays = {key: as_array(f"state[{key!r}]", value) for key, value in state.items()}
    np.savez(file, **arrays)  # type: ignore[arg-type]  # one of them could have the name of savez's own option
    file.seek(0)
    with np.load(file) as stored:
        return dict(stored)


class Unusable(Exception):
    """What the learner's code gave is not what the script needs, such as an array of numbers."""


def _result(name: str, value: object) -> Array:
    if isinstance(value, str):  # what `mean, var = …` makes of a dict
        raise Unusable(f"`{name}` is a string, not an array of numbers: did a dict come back in place of its arrays?")
    return as_array(name, value)


def as_array(name: str, value: object) -> Array:
    """Give a plain copy of a result as an array of numbers."""
    if value is None:
        raise Unusable(f"`{name}` is None: is a `return` missing?")
    try:
        array = np.array(value)
    except ValueError:
        if isinstance(value, tuple):
            raise Unusable(f"`{name}` is a tuple of {len(value)} results; it should be one array") from None
        raise Unusable(
            f"`{name}` is {_a(value)} that numpy cannot read as an array: its rows differ in length"
        ) from None
    if array.dtype.kind not in "biuf":
        raise Unusable(f"`{name}` is {_a(value)}, not an array of numbers")
    return array.astype(float) if array.dtype.kind == "f" and array.itemsize > 8 else array  # np.longdouble


def source_file(function: object) -> str | None:
    """Give the file name that a function's or class's code was compiled under, or None."""
    try:
        parts = methods(function) if isinstance(function, type) else [function]
        codes = [getattr(getattr(part, "__wrapped__", part), "__code__", None) for part in parts]
        return next((code.co_filename for code in codes if code), None)
    except Exception:  # an object of the learner's may fail at every look
        return None


def methods(own: type) -> list[object]:
    """Give what a class holds, then what it inherits."""
    return [part for one in own.__mro__ for part in vars(one).values()]


@contextlib.contextmanager
def quietly() -> Iterator[Callable[[], tuple[str, str]]]:
    """Keep prints and warnings off the notebook: nbgrader gives 0 to a cell that writes to stderr."""
    out = io.StringIO()
    with (
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
    ):
        warnings.simplefilter("always")
        yield lambda: (out.getvalue(), str(caught[0].message) if caught else "")


def _failure(error: BaseException, script: str, function: Callable[..., object]) -> Failure:
    frames = _frames(error.__traceback__)
    kind, text = type(error).__name__, _text(error)
    # Not `isinstance`: it asks the exception for its class, and a learner's own may fail at that.
    in_script = [number for file, number, _ in frames if file == SCRIPT]
    call = script.splitlines()[in_script[-1] - 1].strip() if in_script else ""
    own = [linecache.getline(file, number).strip() for file, number, _ in frames if file == source_file(function)]
    if issubclass(type(error), Unusable):
        return Failure(Kind.UNUSABLE, kind, text, call)
    if issubclass(type(error), KeyboardInterrupt):
        return Failure(Kind.STOPPED, kind, "", own[-1] if own else call)
    if issubclass(type(error), NotImplementedError):
        return Failure(Kind.NOT_WRITTEN, kind, text)
    if frames and frames[-1][0] == SCRIPT and issubclass(type(error), NameError):
        name = cast(NameError, error).name
        return Failure(Kind.UNUSABLE, "Unusable", f"There is no `{name}`: it belongs in the same cell", call)
    if frames and frames[-1][0] == SCRIPT:
        refused = issubclass(type(error), TypeError) and "argument" in text
        return Failure(Kind.REFUSED if refused else Kind.UNUSABLE, kind, text, call)
    saved = [module for _, _, module in frames if module.startswith(PREFIX)]
    if saved and saved[-1] != function.__module__:
        text += f" (in the `{saved[-1].removeprefix(PREFIX)}` that it calls)"
    return Failure(Kind.RAISED, kind, text, own[-1] if own else "")


def _text(error: BaseException) -> str:
    """Give an exception's text; a learner's own exception may fail even at that."""
    try:
        return str(error)
    except BaseException:
        return "its text cannot be read"


def _frames(traceback: TracebackType | None) -> list[tuple[str, int, str]]:
    frames = []
    while traceback is not None:
        frame = traceback.tb_frame
        frames.append((frame.f_code.co_filename, traceback.tb_lineno, str(frame.f_globals.get("__name__"))))
        traceback = traceback.tb_next
    return frames


def _a(value: object) -> str:
    return f"a {type(value).__name__}"
