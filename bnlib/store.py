"""The learner's own functions: one file each, which `from bnlib import …` gives to later lessons."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import sys
import tempfile
import types
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bnlib import solutions
from bnlib.files import write_whole
from bnlib.judging.runner import PREFIX, methods, quietly
from bnlib.paths import FUNCTIONS, file_of, graded
from bnlib.refusal import Refused
from bnlib.syllabus import NAMES, exercise_of, lesson_of, number

HOME = "BNLIB_HOME"
EARLIER = Path(__file__).parent / "mine"  # where they lay before they had a folder beside the notebooks
BORROWED = "# borrowed: the reference solution, until you write your own\n"


class NotThereYet(ImportError):
    """A function that the learner has not written yet, or that does not load; Python wants it to be an ImportError."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def folder() -> Path:
    """Give the folder of the learner's functions; under nbgrader a throw-away one."""
    if graded():
        return _throw_away()
    return _own()


def _own() -> Path:
    if os.environ.get(HOME):
        return Path(os.environ[HOME]).expanduser()
    _bring_over()
    return FUNCTIONS if FUNCTIONS.exists() or not EARLIER.is_dir() else EARLIER


def _bring_over() -> None:
    """Move functions from where they lay before, if that can be; nothing in the place where they lie now changes."""
    for file in EARLIER.glob("*.py"):
        with contextlib.suppress(OSError):
            if not (FUNCTIONS / file.name).exists():
                write_whole(FUNCTIONS / file.name, file.read_bytes())
                file.unlink()
    with contextlib.suppress(OSError):  # it is not there, or not empty
        EARLIER.rmdir()


def path(name: str) -> Path:
    """Give the file that holds, or would hold, the learner's function."""
    return folder() / f"{name}.py"


def source(name: str) -> str | None:
    """Give the saved source, or None."""
    try:
        return path(name).read_text(encoding="utf-8")
    except OSError:
        return None


def save(name: str, text: str) -> None:
    """Write a function's file; raises Refused with a sentence."""
    try:
        write_whole(path(name), text)
    except OSError as error:
        raise Refused(
            f"Not saved: {path(name)} cannot be written ({error.strerror}). Make room there, or set the environment "
            f"variable {HOME} to a folder of yours and start Jupyter again."
        ) from None


def load(name: str) -> Callable[..., Any]:
    """Give the learner's function or class from its file; raises NotThereYet."""
    exercise = exercise_of(name)
    text = source(exercise)
    if text is None:
        raise NotThereYet(_how_to_get(name), name=f"bnlib.{name}")
    known = sys.modules.get(PREFIX + exercise)
    if known is None or known.__source__ != text:
        try:
            known = execute(PREFIX + exercise, text, str(path(exercise)))
        except Exception as error:
            raise NotThereYet(
                f"Your saved {exercise} ({path(exercise)}) stops with {type(error).__name__}: {error}\n"
                f'Run its cell and check("{exercise}") in {file_of(lesson_of(exercise))} again.'
            ) from error
        sys.modules[PREFIX + exercise] = known
    found: Callable[..., Any] = getattr(known, name)
    return found


def execute(module_name: str, text: str, filename: str) -> types.ModuleType:
    """Run a cell's source as a module of its own, without its prints and warnings; raises what the source raises."""
    module = types.ModuleType(module_name)
    vars(module)["__source__"] = text
    with quietly():
        exec(compile(text, filename, "exec", dont_inherit=True), module.__dict__)
    return module


def outdated(namespace: Mapping[str, object]) -> list[str]:
    """Name the learner's functions that `namespace` holds in an older version than the saved one."""
    held = {value.__module__.removeprefix(PREFIX) for value in namespace.values() if from_store(value)}
    return sorted(
        name
        for name in held
        if name in namespace and from_store(namespace[name]) and _version(namespace[name]) != source(name)
    )


def from_store(value: object) -> bool:
    """Tell whether a function or class came out of the store rather than from the notebook."""
    module = getattr(value, "__module__", None)
    return isinstance(value, types.FunctionType | type) and isinstance(module, str) and module.startswith(PREFIX)


def _version(value: object) -> str | None:
    parts = methods(value) if isinstance(value, type) else [value]
    return next((part.__globals__.get("__source__") for part in parts if hasattr(part, "__globals__")), None)


def _how_to_get(name: str) -> str:
    lesson = lesson_of(name)
    text = f"You have not written {name} yet: it is an exercise of lesson {number(lesson)} ({file_of(lesson)})."
    if solutions.at_hand():
        text += (
            f'\nTo go on without it, take the reference for now:  from bnlib import borrow; {name} = borrow("{name}")'
        )
    return text


@cache
def _throw_away() -> Path:
    """Fill a folder that lives as long as this process with the reference, or with the learner's own."""
    place = Path(tempfile.mkdtemp(prefix="bnlib-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    if solutions.at_hand():
        for name in NAMES:
            (place / f"{name}.py").write_text(solutions.reference_cell(name), encoding="utf-8")
    else:
        for file in _own().glob("*.py"):
            shutil.copy(file, place)
    return place
