"""The learner's own copies of the notebooks: made once, never overwritten, reset one by one."""

from __future__ import annotations

from pathlib import Path

from bnlib import checking, notebook, store
from bnlib.syllabus import LESSONS
from bnlib.files import write_whole
from bnlib.paths import NOTEBOOKS, ROOT, WORK


class Refused(Exception):
    """What was asked for cannot be done; the text says why and what to do."""


def copy_notebooks(target=WORK):
    """Copy every lesson that `target` does not hold yet; give the names of the copied ones."""
    if not NOTEBOOKS.is_dir():
        raise Refused(f"The lessons are not here: {NOTEBOOKS} is missing. Run this from a clone of the course.")
    missing = [file for file in sorted(NOTEBOOKS.glob("*.ipynb")) if not (target / file.name).exists()]
    for file in missing:
        _copy(file, target / file.name)
    return [file.name for file in missing]


def reset(lesson, target=WORK):
    """Put a fresh copy of one lesson into `target`, and keep the old one beside it; give both paths."""
    name = _lesson_name(lesson)
    fresh, current = NOTEBOOKS / f"{name}.ipynb", target / f"{name}.ipynb"
    if not fresh.exists():
        raise Refused(f"The lesson is not here: {fresh} is missing. Run this from a clone of the course.")
    kept = _free_name(current) if current.exists() else None
    if kept:
        _copy(current, kept)
    _copy(fresh, current)
    return current, kept


def restore(folder):
    """Rebuild the learner's functions from finished notebooks; give (exercise, what happened) pairs."""
    files = [file for lesson in LESSONS for file in sorted(Path(folder).glob(f"{lesson}.ipynb"))]
    if not files:
        raise Refused(f"There is no lesson in {folder}. It should hold notebooks such as {next(iter(LESSONS))}.ipynb.")
    report = []
    for file in files:
        try:
            cells = notebook.exercise_cells(file)
        except notebook.Unreadable as error:
            report.append((file.name, str(error)))
            continue
        report += [(name, _restore_one(name, source)) for name, source in cells.items()]
    return report


def _restore_one(name, source):
    if "raise NotImplementedError" in source:
        return "left out: it is not written yet"
    try:
        verdict = checking.judge_source(name, source)
    except store.NotThereYet as error:
        return _waits(str(error))
    except Exception as error:
        return f"left out: its cell stops with {type(error).__name__}: {error}"
    failure = verdict.evidence.got.failure if verdict.evidence else None
    if failure and failure.error == store.NotThereYet.__name__:
        return _waits(failure.text)
    if not verdict.right:
        return "left out: " + verdict.message.split("\n")[0]
    try:
        store.save(name, source)
    except store.CannotSave as error:
        raise Refused(str(error)) from None
    return "restored"


def _waits(why):
    return f"left out for now. {why.splitlines()[0]} Write or borrow it, then restore again."


def _copy(file, to):
    try:
        write_whole(to, file.read_bytes())
    except OSError as error:
        why = error.strerror or error
        raise Refused(f"{shown(to)} cannot be written: {why}. Your notebooks are as they were.") from None


def _lesson_name(lesson):
    """Accept 3, "3", "3_normalise" or "3_normalise.ipynb"."""
    wanted = str(lesson).removesuffix(".ipynb")
    for name in LESSONS:
        if wanted in (name, name.split("_")[0]):
            return name
    raise Refused(f"There is no lesson {lesson!r}. The lessons are: {', '.join(LESSONS)}.")


def _free_name(path):
    number = 1
    while (kept := path.with_name(f"{path.stem}.old{number}.ipynb")).exists():
        number += 1
    return kept


def shown(path):
    """Give a path as seen from the course's folder, where it lies in it."""
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
