"""Files: none too many, none missing, and none that gives an answer away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from autograder.coursebook import lessons
from autograder.workshop.making import build
from bnlib.judging import key
from bnlib.paths import NOTEBOOKS, ROOT, SOLUTIONS
from bnlib.syllabus import ASSIGNMENT, LESSONS, NAMES, stem

REGION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n\s*### END SOLUTION", re.DOTALL)


def stray_files() -> Iterator[str]:
    """Find files that no command makes and none misses."""
    wanted = {
        lessons.FOLDER: {f"{lesson}.md" for lesson in LESSONS},
        ROOT / "solutions": {ASSIGNMENT, build.STORY.name},
        SOLUTIONS: {f"{stem(lesson)}.ipynb" for lesson in LESSONS},
        ROOT / "notebooks": {ASSIGNMENT},
        NOTEBOOKS: {f"{stem(lesson)}.ipynb" for lesson in LESSONS},
        key.PRACTICE: {f"{name}.json" for name in NAMES},
    }
    for folder, names in wanted.items():
        there = {path.name for path in folder.iterdir()} - {".ipynb_checkpoints"}
        for name in sorted(there - names):
            entered = "delete it, or enter it in course/course.toml."
            yield f"{_shown(folder / name)} belongs to no lesson: {entered}"
        for name in sorted(names - there):
            yield f"{_shown(folder / name)} is missing: write it (lessons), or run `make build`."


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


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
