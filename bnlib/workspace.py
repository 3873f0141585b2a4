"""The learner's own copies of the notebooks: made once, never overwritten, reset one by one."""

from __future__ import annotations

import re
from pathlib import Path

from bnlib import checking, notebook, store
from bnlib.files import write_whole
from bnlib.paths import NOTEBOOKS, ROOT, WORK, own_notebook
from bnlib.paths import notebook as notebook_of
from bnlib.refusal import Refused, Unreadable
from bnlib.syllabus import LESSONS, lesson_called, lesson_in_name, stem

LINK = re.compile(r"(?<=\]\()(\d+_\w+)(?=\.ipynb)")


def copy_notebooks(target=WORK):
    """Copy every lesson that `target` does not hold yet, under whatever number; give the names of the copied ones."""
    if not NOTEBOOKS.is_dir():
        raise Refused(f"The lessons are not here: {NOTEBOOKS} is missing. Run this from a clone of the course.")
    files = [notebook_of(lesson) for lesson in LESSONS if not own_notebook(lesson, target)]
    missing = [file for file in files if file.exists()]  # a class may get a part of them
    for file in missing:
        _write(target / file.name, _fresh(file, target))
    return [file.name for file in missing]


def reset(lesson, target=WORK):
    """Put a fresh copy of one lesson into `target`, and keep the old one beside it; give both paths."""
    name = _meant(str(lesson), target)
    if name is None:
        raise Refused(f"There is no lesson {lesson!r}. The lessons are: {', '.join(map(stem, LESSONS))}.")
    fresh = notebook_of(name)
    if not fresh.exists():
        raise Refused(f"The lesson is not here: {fresh} is missing. Run this from a clone of the course.")
    old = own_notebook(name, target)
    kept = _free_name(old) if old else None
    if kept:
        _write(kept, old.read_bytes())
    current = old or target / fresh.name  # the name stays, for the links to it
    _write(current, _fresh(fresh, target))
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


def _meant(text, target):
    """Name the lesson that is meant: a number is the one that a learner's notebook has, or else the course's."""
    own = {lesson_in_name(path.stem) for path in target.glob(f"{text}_*.ipynb")} - {None} if text.isdecimal() else set()
    if len(own) > 1:
        raise Refused(f"{text} may be {' or '.join(sorted(own))}: say which, by its name.")
    return own.pop() if own else lesson_called(text)


def _fresh(file, target):
    """Give a lesson's text, its links leading to the learner's own notebooks, which may have other numbers."""

    def own(link):
        lesson = lesson_in_name(link[0])
        found = own_notebook(lesson, target) if lesson else None
        return found.stem if found else link[0]

    return LINK.sub(own, file.read_text(encoding="utf-8")).encode()


def _write(to, content):
    try:
        write_whole(to, content)
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
