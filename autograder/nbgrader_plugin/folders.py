"""Before a run, look at every learner's folder: plain files only, lessons under their names, and at least one of them.

A learner whose folder cannot be graded is named and passed over: nbgrader would show a traceback, or stop for all.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NoReturn

from nbgrader.api import MissingEntry
from nbgrader.converters.base import BaseConverter, NbGraderException

from autograder import class_folder
from autograder.grading import cells
from autograder.nbgrader_plugin.intake import only_plain_files
from bnlib.refusal import Refused, Unreadable
from bnlib.syllabus import lesson_in_name


def prepare(converter: BaseConverter) -> None:
    """Tidy the folders of a run, and take out those that hold nothing to grade; raises NbGraderException if all do."""
    wanted = _wanted(converter)
    for folder, notebooks in sorted(converter.assignments.items()):
        why = _prepare(Path(folder), notebooks, wanted, converter.log)
        if why:
            del converter.assignments[folder]
            converter.log.error("%s is not graded: %s", folder, why)
    if not converter.assignments:
        raise NbGraderException("Nothing that was handed in can be graded.")


def _wanted(converter: BaseConverter) -> list[str]:
    """Name the notebooks that the run is about."""
    course = converter.coursedir
    try:
        with class_folder.gradebook(course) as gradebook:
            found = [notebook.name for notebook in gradebook.find_assignment(course.assignment_id).notebooks]
    except MissingEntry:
        sentence = "The gradebook knows no assignment {0}: `nbgrader generate_assignment {0} --create` comes first."
        _refuse(converter, sentence.format(course.assignment_id))
    except Refused as refused:
        _refuse(converter, str(refused))
    return [name for name in found if fnmatchcase(name, course.notebook_id)]


def _refuse(converter: BaseConverter, sentence: str) -> NoReturn:
    converter.log.error(sentence)
    raise NbGraderException(sentence) from None


def _prepare(folder: Path, notebooks: list[str], wanted: Sequence[str], log: logging.Logger) -> str:
    """Tidy a folder, and say why it cannot be graded, if so."""
    if not folder.parent.name.isprintable():
        return "the folder's name is not plainly text"
    only_plain_files(folder.name, folder.parent.name, notebooks)
    for name in wanted:
        if not (folder / f"{name}.ipynb").exists() and (renamed := _renamed(folder, name, wanted)):
            log.warning("%s has the marks of %s: it is graded as that lesson", renamed[-1], name)
            for other in renamed[:-1]:
                log.warning("%s has them too, is older, and is not graded", other)
            shutil.copy2(renamed[-1], folder / f"{name}.ipynb")
            notebooks.append(str(folder / f"{name}.ipynb"))
    found = [Path(path).name for path in notebooks]
    if not {f"{name}.ipynb" for name in wanted} & set(found):
        return f"it holds none of the notebooks {', '.join(wanted)}; what it holds is {', '.join(found) or 'none'}"
    return ""


def _renamed(folder: Path, name: str, wanted: Sequence[str]) -> list[Path]:
    """Give the notebooks under another name that are a lesson, such as its number of last week's: the newest last.

    Jupyter saves the one that is worked on, and `nbgrader submit` and `collect` keep the times.
    """
    others = [path for path in folder.glob("*.ipynb") if path.stem not in wanted and path.is_file()]
    return sorted(
        (path for path in others if lesson_in_name(name) in _lessons(path)), key=lambda path: path.stat().st_mtime
    )


def _lessons(path: Path) -> tuple[str, ...]:
    """Name the lessons that a notebook is; a damaged one is none."""
    try:
        return cells.read(path).lessons
    except Unreadable:
        return ()
