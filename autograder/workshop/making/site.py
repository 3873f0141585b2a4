"""`make site`: the lessons with their figures, the reference solutions folded away, as pages to read anywhere."""

from __future__ import annotations

import copy
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.coursebook import lessons
from autograder.workshop.making import answers
from autograder.workshop.making.pages import STORY
from bnlib.paths import ROOT, notebook, solution
from bnlib.syllabus import ASSIGNMENT, LESSONS, NAMES, stem

DOCS = ROOT / "docs"
SITE = ROOT / "build" / "site"
ANSWER = "````{{dropdown}} A model answer, the rubric, a checklist\n{}\n````"


def main() -> int:
    """Write the pages' sources into a folder, and let Sphinx make the site of it."""
    from sphinx.cmd.build import main as sphinx

    if not (DOCS / "index.md").is_file():
        print("docs/index.md is missing: it is the site's first page, with a line LESSONS where they are listed.")
        return 1
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "source"
        write_sources(source)
        failed = sphinx(["-q", "-W", "--keep-going", "-b", "html", str(source), str(SITE)])
    if not failed:
        print(f"The site is made: {SITE / 'index.html'}")
    return failed


def write_sources(folder: Path) -> None:
    """Write what Sphinx reads: its settings, the first page, the documents, a page for each lesson."""
    shutil.copytree(DOCS, folder)
    if STORY.exists():
        shutil.copy(STORY, folder)
    for lesson in LESSONS:
        page = lesson_page(lesson)
        (folder / f"{stem(lesson)}.ipynb").write_text(nbformat.writes(page), encoding="utf-8")
    for path in folder.glob("*.md"):
        text = path.read_text(encoding="utf-8").replace("\nLESSONS\n", "\n" + "\n".join(map(stem, LESSONS)) + "\n")
        path.write_text(
            re.sub(rf"\(\.\./solutions/{ASSIGNMENT}(?:/\w+\.ipynb(#[\w-]+))?\)", _link, text), encoding="utf-8"
        )


def lesson_page(lesson: str) -> NotebookNode:
    """Give the executed lesson, each exercise as the learner gets it, with its solution to unfold."""
    solved = nbformat.read(solution(lesson), as_version=4)
    released = {cell.id: cell for cell in nbformat.read(notebook(lesson), as_version=4).cells}
    marks = lessons.marks(lesson)
    page: NotebookNode = copy.deepcopy(solved)
    page.cells = [part for cell in solved.cells for part in _parts(cell, released.get(cell.id), marks)]
    return page


def _parts(cell: NotebookNode, released: NotebookNode | None, marks: Mapping[str, NotebookNode]) -> list[NotebookNode]:
    """Give a cell as the page shows it: one cell, or the learner's and the reference's."""
    if found := answers.in_cell(cell):
        targets = "\n".join(f"({answers.anchor(answer)})=" for answer in found)
        cell.metadata.mystnb = {"code_prompt_show": "How these numbers are computed"}
        return [NotebookNode(cell_type="markdown", id=f"{cell.id}-place", source=targets, metadata={}), cell]
    if cell.id not in marks or cell.id.startswith("check_"):
        return [cell]
    if cell.id in NAMES:
        cell.metadata = {"tags": ["hide-input"], "mystnb": {"code_prompt_show": "The reference solution"}}
        return [NotebookNode(released, id=f"{cell.id}-stub", metadata={}), cell]
    return [NotebookNode(cell, source=ANSWER.format(cell.source), metadata={})]


def _link(found: re.Match[str]) -> str:
    """Give what a link to the solutions becomes: one to an answer's place, or to the first page."""
    return f"({found[1] or 'index.md'})"


if __name__ == "__main__":
    sys.exit(main())
