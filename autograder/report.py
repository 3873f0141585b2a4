"""A class's results on one page: HTML without any other file, for the screen, the phone and the printer; and as CSV."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import math
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePath

from autograder.making import lessons
from autograder.printable import printable
from autograder.refused import Refused
from autograder.sandbox import ladder
from bnlib.exercises import LESSONS, NAMES, lesson_of
from bnlib.key import practice_key

TEMPLATE = Path(__file__).with_suffix(".html")
NOT_HANDED_IN = "not handed in"
# status: its sign and what it means; the order is the one in which counts and the legend show them
SIGNS = {
    "correct": ("✓", "right"),
    "wrong": ("✗", "wrong result"),
    "error": ("E", "stops with an error"),
    "timeout": ("T", "does not end in time"),
    "memory": ("M", "asks for more memory than there is"),
    "crashed": ("C", "the process dies"),
    "missing": ("○", "not written"),
    "unreadable": ("?", "the file cannot be read"),
    NOT_HANDED_IN: ("–", NOT_HANDED_IN),
}
FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet takes for the beginning of one
STEPS = 10  # bars of the distribution, and one more for those who have every point


@dataclass(frozen=True)
class Entry:
    """Where a learner stands in an exercise; of several files the best counts."""

    exercise: str
    status: str = NOT_HANDED_IN
    score: float = 0
    message: str = ""
    diagnoses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Learner:
    """A learner, with an entry for every exercise of the summary."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def score(self):
        """The points earned."""
        return sum(entry.score for entry in self.entries)


@dataclass(frozen=True)
class ExerciseCounts:
    """How many learners have which status in an exercise."""

    name: str
    max_score: float
    counts: dict[str, int]


@dataclass(frozen=True)
class MistakeCount:
    """A misconception, and who made it."""

    exercise: str
    id: str
    text: str
    learners: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """A file that could not be graded."""

    learner: str
    submission: str
    why: str


@dataclass(frozen=True)
class Summary:
    """What a class's results say; plain data, rendered elsewhere."""

    files: int
    sandboxes: tuple[str, ...]
    exercises: tuple[ExerciseCounts, ...]
    learners: tuple[Learner, ...]
    bins: tuple[int, ...]
    mistakes: tuple[MistakeCount, ...]
    problems: tuple[Problem, ...]

    @property
    def max_score(self):
        """The points of all exercises that anyone of the class was judged on."""
        return sum(exercise.max_score for exercise in self.exercises)


@dataclass(frozen=True)
class Question:
    """A free-text question, which is graded by hand."""

    id: str
    lesson: str
    points: float


def command(options) -> int:
    """Write the page, and the table, beside the results, or where `--out` says."""
    out = options.out or options.results.with_suffix(".html")
    summary = summarise(read_results(options.results))
    write(out, render(summary, questions(), options.results.name))
    write(out.with_suffix(".csv"), as_csv(summary))
    print(f"{out} is written, and {out.with_suffix('.csv').name} with a row per learner and exercise.")
    return 0


def read_results(path: Path) -> list[dict]:
    """Read what `grade --json` wrote; raises Refused with a sentence."""
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"{path} cannot be opened: {error.strerror}.") from None
    except (ValueError, RecursionError):
        results = None
    if not isinstance(results, list) or not all(map(_is_result, results)):
        raise Refused(
            f"{path} is not a results file of this course: `python -m autograder grade … --json FILE` writes one."
        )
    return results


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all; raises Refused with a sentence."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise Refused(f"{path} cannot be written: {error.strerror}.") from None


def learners_of(paths: list[str]) -> list[str]:
    """Name the learner whom each file belongs to.

    It is the folder in which the file lies directly below the common root of all paths, as in nbgrader's
    submitted/LEARNER/batchnorm/LESSON.ipynb. A file that lies in the root itself, as all do that lie in one folder,
    is named by its stem. When all files lie in one folder and are lessons by name, they are one learner's: the
    folder names the learner, or the one above it where it is nbgrader's `batchnorm`.
    """
    files = [PurePath(path) for path in paths]
    folders = {file.parent for file in files}
    if len(folders) == 1 and all(file.stem in LESSONS for file in files):
        folder = folders.pop()
        name = folder.parent.name if folder.name == "batchnorm" else folder.name
        return [name or "one learner"] * len(files)
    root = _common(folders)
    below = [file.parts[len(root) :] for file in files]
    return [parts[0] if len(parts) > 1 else file.stem for parts, file in zip(below, files, strict=True)]


def summarise(results: list[dict], learner: str | None = None) -> Summary:
    """Sum up a class's results; `learner` says that they are all that one's."""
    names = [learner] * len(results) if learner else learners_of([result["submission"] for result in results])
    points = {name: practice_key(name).points for result in results for name in _unread(result)}
    points |= {e["name"]: e["max_score"] for result in results for e in result["exercises"]}
    exercises = [name for name in NAMES if name in points]
    of_learner = {name: [] for name in sorted(names, key=str.casefold)}
    for name, result in zip(names, results, strict=True):
        of_learner[name].append(result)
    learners = tuple(Learner(name, _entries(files, exercises)) for name, files in of_learner.items())
    counts = [Counter(learner.entries[i].status for learner in learners) for i in range(len(exercises))]
    total = sum(points.values())
    return Summary(
        len(results),
        tuple(sorted({result["sandbox"] for result in results})),
        tuple(ExerciseCounts(name, points[name], dict(c)) for name, c in zip(exercises, counts, strict=True)),
        learners,
        _bins([learner.score / total for learner in learners] if total else []),
        _mistakes(learners),
        tuple(
            Problem(name, result["submission"], result.get("message", ""))
            for name, result in zip(names, results, strict=True)
            if result.get("status") == "unreadable"
        ),
    )


def as_csv(summary: Summary) -> str:
    """Give a row per learner and exercise; a spreadsheet takes none of it for a formula."""
    points = {exercise.name: exercise.max_score for exercise in summary.exercises}
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("learner", "lesson", "exercise", "status", "score", "max_score", "diagnoses"))
    for learner in summary.learners:
        name = printable(learner.name)
        name = f"'{name}" if name.startswith(FORMULA) else name
        for entry in learner.entries:
            place = (name, lesson_of(entry.exercise), entry.exercise)
            rows.writerow((*place, entry.status, entry.score, points[entry.exercise], " ".join(entry.diagnoses)))
    return table.getvalue()


def questions() -> tuple[Question, ...]:
    """Give the free-text questions of all lessons."""
    return tuple(
        Question(cell.metadata.nbgrader.grade_id, lesson, cell.metadata.nbgrader.points)
        for lesson in LESSONS
        for cell in lessons.read(lesson).cells
        if cell.cell_type == "markdown" and "nbgrader" in cell.metadata
    )


def render(summary: Summary, by_hand: tuple[Question, ...] = (), source: str = "") -> str:
    """Give the page. Whatever is put into it is escaped."""
    from jinja2 import Environment  # comes with nbgrader; only this needs it

    page = Environment(autoescape=True, finalize=plain, trim_blocks=True, lstrip_blocks=True)
    template = page.from_string(TEMPLATE.read_text(encoding="utf-8"))
    number = {(mistake.exercise, mistake.id): i for i, mistake in enumerate(summary.mistakes, start=1)}
    return template.render(
        summary=summary,
        stuck_first=sorted(summary.learners, key=lambda learner: learner.score),
        questions=by_hand,
        source=source,
        average=_average([learner.score for learner in summary.learners]),
        complete=sum(learner.score == summary.max_score for learner in summary.learners),
        signs=SIGNS,
        used={status for exercise in summary.exercises for status in exercise.counts},
        numbers=lambda entry: [number[entry.exercise, found] for found in entry.diagnoses],
        rungs={rung.name: rung.text for rung in (*ladder.RUNGS, ladder.UNSAFE)},
        lesson_of=lesson_of,
        warm_up={exercise.name for exercise in summary.exercises if not exercise.max_score},
        steps=STEPS,
    )


def plain(value):
    """Show what a terminal or a page could take for more than text as an escape."""
    if type(value) is not str:  # Markup of the template's own macros is left as it is
        return value
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in value)


def _average(scores):
    return round(sum(scores) / len(scores), 1) if scores else 0


def _common(folders):
    """Give the parts that all folders begin with."""
    common = []
    for parts in zip(*(folder.parts for folder in folders), strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return common


def _entries(files, exercises):
    """Give a learner's entry for every exercise: the best of what the files say."""
    order = list(SIGNS)
    found = {name: Entry(name) for name in exercises}
    for file in files:
        entries = [Entry(name, "unreadable", 0, file.get("message", "")) for name in _unread(file)]
        entries += [
            Entry(e["name"], e["status"], e["score"], e["message"], tuple(e["diagnoses"])) for e in file["exercises"]
        ]
        for entry in entries:
            if order.index(entry.status) < order.index(found[entry.exercise].status):
                found[entry.exercise] = entry
    return tuple(found.values())


def _unread(result):
    """Name the exercises of a lesson that could not be read; the file's name tells which lesson it is."""
    return LESSONS.get(PurePath(result["submission"]).stem, ()) if result.get("status") == "unreadable" else ()


def _bins(shares):
    counts = Counter(min(STEPS, math.floor(share * STEPS + 1e-9)) for share in shares)
    return tuple(counts[step] for step in range(STEPS + 1))


def _mistakes(learners):
    """Give the misconceptions by how many made them, the most frequent first."""
    made = {}
    for learner in learners:
        for entry in learner.entries:
            for found in entry.diagnoses:
                made.setdefault((entry.exercise, found), []).append(learner.name)
    texts = {
        (name, mistake.id): f"when {mistake.when}. {mistake.see}"
        for name in {exercise for exercise, _ in made}
        for mistake in practice_key(name).mistakes
    }
    counted = [MistakeCount(*key, texts.get(key, key[1]), tuple(names)) for key, names in made.items()]
    return tuple(sorted(counted, key=lambda m: (-len(m.learners), NAMES.index(m.exercise), m.id)))


def _is_result(result):
    return (
        isinstance(result, dict)
        and _fits(result, {"submission": str, "sandbox": str, "exercises": list})
        and isinstance(result.get("message", ""), str)
        and all(map(_is_exercise, result["exercises"]))
    )


def _is_exercise(exercise):
    kinds = {"name": str, "status": str, "message": str, "diagnoses": list, "score": int | float}
    return (
        isinstance(exercise, dict)
        and _fits(exercise, kinds | {"max_score": int | float})
        and exercise["name"] in NAMES
        and exercise["status"] in SIGNS
        and all(isinstance(found, str) for found in exercise["diagnoses"])
        and 0 <= exercise["score"] <= exercise["max_score"] < math.inf
    )


def _fits(data, kinds):
    return all(isinstance(data.get(name), kind) for name, kind in kinds.items())
