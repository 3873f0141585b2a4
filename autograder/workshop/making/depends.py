"""What an executed lesson depends on. Where nothing of that has changed, the lesson need not run again.

A solution's metadata say what it was made of, each part as a hash. Left out is what cannot change what is shown: the
inputs of a case and the known mistakes, because the reference is right on its own key, whatever they are.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import nbformat

import bnlib
from autograder.coursebook import exercise, lessons
from bnlib.paths import ROOT
from bnlib.syllabus import ASSIGNMENT, BESIDE, LESSONS, NAMES, exercise_of, load, stem

HELPERS = {*dir(bnlib)} - {*NAMES, *BESIDE, "lab"}
LAB = re.compile(r"\blab\.(\w+)")
RELEASE = re.compile(r"^c\.(?:ClearSolutions|IncludeHeaderFooter)\..*$", re.MULTILINE)
CODE = (".py", ".npz")


def source_hash(lesson: str) -> str:
    """Give the hash of a lesson as nbgrader gets it, and of how nbgrader is to release it."""
    settings = RELEASE.findall((ROOT / "nbgrader_config.py").read_text(encoding="utf-8"))
    return _hash(nbformat.writes(lessons.read(lesson)), *settings)


def ran_with(lesson: str) -> dict[str, str]:
    """Give everything else that an executed lesson depends on, by what it is."""
    code = "\n".join(cell.source for cell in lessons.read(lesson).cells if cell.cell_type == "code")
    sources = lessons.exercise_sources()
    checked = [name for name in LESSONS[lesson] if name in sources]
    return {
        "references": _hash(*(sources[name] for name in _used(code))),
        "cases": _hash(*(case.name for name in checked for case in exercise.load(name).cases)),
        "outline": _hash(ASSIGNMENT, stem(lesson), *(_outline() if _says(code, "progress") else ())),
        "bnlib": _hash(*(_content(file) for file in _files(code))),
        "numpy": metadata.version("numpy"),
        "matplotlib": metadata.version("matplotlib"),
    }


def _used(code: str) -> list[str]:
    """Name the exercises whose references code leans on, those that these need included."""
    found, to_see = set[str](), [exercise_of(name) for name in (*NAMES, *BESIDE) if _says(code, name)]
    while to_see:
        name = to_see.pop()
        if name not in found:
            found.add(name)
            to_see += load(name).needs
    return [name for name in NAMES if name in found]


def _says(code: str, name: str) -> bool:
    """Tell whether code has a name anywhere, in a string for another process too."""
    return bool(re.search(rf"\b{name}\b", code))


def _outline() -> list[str]:
    return [json.dumps([stem(lesson), *names]) for lesson, names in LESSONS.items()]


def _files(code: str) -> list[Path]:
    """Give the files of bnlib that code uses, those that these import included."""
    modules = [getattr(bnlib, name).__module__ for name in HELPERS if _says(code, name)]
    modules += [getattr(getattr(bnlib.lab, name), "__module__", "bnlib.lab") for name in LAB.findall(code)]
    modules += [bnlib.__name__, "bnlib.store"]
    return sorted(frozenset[Path]().union(*map(_closure, modules)))


@cache
def _closure(module: str) -> frozenset[Path]:
    """Give the files of a module of bnlib, and of all that it imports of bnlib."""
    found, to_see = dict[str, list[Path]](), [module]
    while to_see:
        name = to_see.pop()
        if name not in found and (path := _path(name)):
            found[name] = [file for file in path.parent.glob(f"{path.stem}.*") if file.suffix in CODE]
            to_see += _imports(path)
    return frozenset(file for files in found.values() for file in files)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == bnlib.__name__:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _path(module: str) -> Path | None:
    """Give the file of a module of bnlib, or None for anything else."""
    place = ROOT.joinpath(*module.split("."))
    files = (place.with_suffix(".py"), place / "__init__.py") if module.split(".")[0] == bnlib.__name__ else ()
    return next((file for file in files if file.is_file()), None)


@cache
def _content(file: Path) -> bytes:
    return file.read_bytes()


def _hash(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update((part if isinstance(part, bytes) else part.encode()) + b"\0")
    return whole.hexdigest()
