"""Files: none too many, none missing, and none that gives an answer away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from autograder.coursebook import lessons
from autograder.sandbox.bubblewrap import LAB_FILES
from autograder.workshop.making import messages, pages
from autograder.workshop.strength import kept
from bnlib.judging import key
from bnlib.paths import NOTEBOOKS, ROOT, SOLUTIONS
from bnlib.syllabus import ASSIGNMENT, LESSONS, NAMES, stem

REGION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n\s*### END SOLUTION", re.DOTALL)


def unreadable() -> Iterator[str]:
    """Find generated files that are not there, or are no JSON: the middle of a merge leaves such."""
    files = {folder / name for folder, names in _wanted().items() for name in names} - {SOLUTIONS, NOTEBOOKS}
    for path in sorted(files | {kept.FILE, kept.PAGE}):
        try:
            if path.suffix in (".json", ".ipynb"):
                json.loads(path.read_text(encoding="utf-8"))
            elif not path.exists():
                raise FileNotFoundError
        except (OSError, ValueError) as error:
            what = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
            yield f"{_shown(path)} {what}: run `make build`."


def stray_files() -> Iterator[str]:
    """Find files that no command makes and none misses."""
    yield from _stray(lessons.files() - {lessons.path(lesson) for lesson in LESSONS})
    for folder, names in _wanted().items():
        yield from _stray(set(folder.iterdir()) - {folder / name for name in names})


def missing_lab() -> Iterator[str]:
    """Look for the files of the lab that graded code is to get."""
    for place in LAB_FILES:
        if not (ROOT / place).is_file():
            yield f"{place} is missing, and [lab] of course/course.toml says that graded code gets it."


def leaks() -> Iterator[str]:
    """Look for solutions and model answers where a learner's notebook or bnlib would give them away."""
    open_text = {path: path.read_text(encoding="utf-8") for path in NOTEBOOKS.glob("*.ipynb")}
    open_text = {path: "\n".join(c.source for c in nbformat.reads(text, 4).cells) for path, text in open_text.items()}
    open_text |= {path: path.read_text(encoding="utf-8") for path in (ROOT / "bnlib").rglob("*.py")}
    secrets = [(name, region) for name, cell in lessons.exercise_sources().items() for region in REGION.findall(cell)]
    secrets += [
        (cell.metadata.nbgrader.grade_id, cell.source) for lesson in LESSONS for cell in lessons.questions(lesson)
    ]
    for path, text in open_text.items():
        squeezed = re.sub(r"\s+", " ", text)
        for name, secret in secrets:
            if re.sub(r"\s+", " ", secret).strip() in squeezed or "BEGIN SOLUTION" in text:
                yield f"{_shown(path)} gives the answer to {name} away: take it out (notebooks: run `make build`)."


def _stray(paths: set[Path]) -> Iterator[str]:
    for path in sorted(paths):
        if path.name != ".ipynb_checkpoints":
            yield f"{_shown(path)} belongs to no lesson: delete it, or enter it in course/course.toml."


def _wanted() -> dict[Path, set[str]]:
    """Give the names that a folder of generated files may hold, by folder."""
    return {
        ROOT / "solutions": {ASSIGNMENT} | ({pages.STORY.name} if _tells_a_story() else set()),
        SOLUTIONS: {f"{stem(lesson)}.ipynb" for lesson in LESSONS},
        ROOT / "notebooks": {ASSIGNMENT},
        NOTEBOOKS: {f"{stem(lesson)}.ipynb" for lesson in LESSONS},
        key.PRACTICE: {f"{name}.json" for name in NAMES},
        messages.FOLDER: {*(f"{name}.txt" for name in NAMES), "forms.html"},
    }


def _tells_a_story() -> bool:
    return any("story" in cell.metadata.get("tags", []) for lesson in LESSONS for cell in lessons.read(lesson).cells)


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
