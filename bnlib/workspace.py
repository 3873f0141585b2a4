"""The learner's own copies of the notebooks: made once, never overwritten, reset one by one."""

from __future__ import annotations

from pathlib import Path

from bnlib import checking, notebook, store
from bnlib.files import write_whole
from bnlib.paths import NOTEBOOKS, ROOT, WORK
from bnlib.paths import notebook as notebook_of
from bnlib.refusal import Refused, Unreadable
from bnlib.syllabus import LESSONS, lesson_called, lesson_in_name, stem


def copy_notebooks(target=WORK):
    """Copy every lesson that `target` does not hold yet, under whatever number; give the names of the copied ones."""
    if not NOTEBOOKS.is_dir():
        raise Refused(f"The lessons are not here: {NOTEBOOKS} is missing. Run this from a clone of the course.")
    files = [notebook_of(lesson) for lesson in LESSONS if not own_notebook(lesson, target)]
    missing = [file for file in files if file.exists()]  # a class may get a part of them
    for file in missing:
        _copy(file, target / file.name)
    return [file.name for file in missing]


def own_notebook(lesson, target=WORK):
    """Give the learner's notebook of a lesson, whatever the lesson's number was when it was copied, or None."""
    current = target / notebook_of(lesson).name
    others = [path for path in target.glob("*.ipynb") if lesson_in_name(path.stem) == lesson]
    return current if current.exists() else max(others, key=lambda path: path.stat().st_mtime, default=None)


def reset(lesson, target=WORK):
    """Put a fresh copy of one lesson into `target`, and keep the old one beside it; give both paths."""
    name = lesson_called(str(lesson))
    if name is None:
        raise Refused(f"There is no lesson {lesson!r}. The lessons are: {', '.join(map(stem, LESSONS))}.")
    fresh = notebook_of(name)
    if not fresh.exists():
        raise Refused(f"The lesson is not here: {fresh} is missing. Run this from a clone of the course.")
    old, current = own_notebook(name, target), target / fresh.name
    kept = _free_name(old) if old else None
    if kept:
        _copy(old, kept)
    _copy(fresh, current)
    if old and old != current:
        old.unlink()
    return current, kept


def restore(folder):
    """Rebuild the learner's functions from finished notebooks; give (exercise, what happened) pairs."""
    files = [file for lesson in LESSONS if (file := own_notebook(lesson, Path(folder)))]
    if not files:
        raise Refused(
            f"There is no lesson in {folder}. It should hold notebooks such as {notebook_of(next(iter(LESSONS))).name}."
        )
    report = []
    for file in files:
        try:
            cells = notebook.exercise_cells(file)
        except Unreadable as error:
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
    store.save(name, source)
    return "restored"


def _waits(why):
    return f"left out for now. {why.splitlines()[0]} Write or borrow it, then restore again."


def _copy(file, to):
    try:
        write_whole(to, file.read_bytes())
    except OSError as error:
        why = error.strerror or error
        raise Refused(f"{shown(to)} cannot be written: {why}. Your notebooks are as they were.") from None


def _free_name(path):
    number = 1
    while (kept := path.with_name(f"{path.stem}.old{number}.ipynb")).exists():
        number += 1
    return kept


def shown(path):
    """Give a path as seen from the course's folder, where it lies in it."""
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
