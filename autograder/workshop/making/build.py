"""`make build`: lessons → executed solutions → learner notebooks and the page of answers; and the practice key."""

from __future__ import annotations

import base64
import copy
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder import class_folder
from autograder.coursebook import lessons
from autograder.coursebook.keys import make_key
from autograder.coursebook.reference import bnlib_home
from autograder.workshop.making import answers, messages
from autograder.workshop.making.between import between
from bnlib import paths
from bnlib.judging import key
from bnlib.paths import NOTEBOOKS, ROOT, SOLUTIONS
from bnlib.syllabus import ASSIGNMENT, LESSONS, NAMES, names_of, stem

README = ROOT / "README.md"
STORY = SOLUTIONS.parent / "story.png"
TIME_LIMIT = 120  # seconds for the slowest cell, on a slow machine


def build() -> None:
    """Make everything that is generated."""
    build_keys(key.PRACTICE)
    key.practice_key.cache_clear()
    messages.build()
    build_solutions(SOLUTIONS)
    STORY.write_bytes(story_figure(SOLUTIONS))
    release(SOLUTIONS, NOTEBOOKS)
    for path, written in ((README, readme), (answers.PAGE, answers.page)):
        path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")


def build_keys(folder: Path) -> None:
    """Write the practice key of every exercise."""
    folder.mkdir(exist_ok=True)
    for stray in set(folder.glob("*.json")) - {folder / f"{name}.json" for name in NAMES}:
        stray.unlink()
    for name in NAMES:
        (folder / f"{name}.json").write_text(key.dump(make_key(name)), encoding="utf-8")


def build_solutions(folder: Path) -> None:
    """Write every lesson as a notebook, then execute them in order."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    notebooks = {lesson: with_source(lesson) for lesson in LESSONS}
    for lesson, notebook in notebooks.items():  # the solutions are at hand before the first one runs
        _write(notebook, folder / f"{stem(lesson)}.ipynb")
    with tempfile.TemporaryDirectory() as home, bnlib_home(home):
        for lesson, notebook in notebooks.items():
            print(f"executing {lesson}", flush=True)
            _write(execute(notebook, folder), folder / f"{stem(lesson)}.ipynb")


def execute(notebook: NotebookNode, folder: Path | str, allow_errors: bool = False) -> NotebookNode:
    """Run a notebook top to bottom in a fresh kernel, in `folder`."""
    client = NotebookClient(
        notebook,
        timeout=TIME_LIMIT,
        allow_errors=allow_errors,
        coalesce_streams=True,  # or a slow cell's prints are cut differently at every run
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # or every kernel warns on the terminal that it is not encrypted
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    notebook.metadata.language_info = {"name": "python"}  # without the version of this Python
    return notebook


def story_figure(folder: Path) -> bytes:
    """Give the figure of the cell tagged `story`, which opens the README."""
    for lesson in LESSONS:
        for cell in nbformat.read(folder / f"{stem(lesson)}.ipynb", as_version=4).cells:
            if "story" in cell.metadata.get("tags", []):
                return base64.b64decode(
                    next(o.data["image/png"] for o in cell.outputs if "image/png" in o.get("data", {}))
                )
    raise SystemExit("No lesson has a cell tagged `story`: the README's figure comes from it.")


def readme(text: str) -> str:
    """Put the table of lessons and the chosen answers into README.md."""
    rows = ["| lesson | the question it answers | you write | minutes |", "|---|---|---|---|"]
    for lesson, names in LESSONS.items():
        said = lessons.summary(lesson)
        link = f"[{said['number']} {said['title']}]({paths.notebook(lesson).relative_to(ROOT).as_posix()})"
        written = ", ".join(f"`{name}`" for exercise in names for name in names_of(exercise))
        rows.append(f"| {link} | {said['question']} | {written} | {said['minutes']} |")
    return answers.readme(between(text, "lessons", rows))


def source_hash(lesson: str) -> str:
    """Give the hash of a lesson's text, as it is numbered now."""
    return hashlib.sha256(lessons.text(lesson).encode()).hexdigest()


def release(solutions: Path, target: Path) -> None:
    """Let nbgrader make the learner's notebooks from the solutions."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        shutil.copytree(solutions, root / "solutions" / ASSIGNMENT)
        class_folder.make(root)
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT, "--create", "--force"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=class_folder.environment())
        if done.returncode:
            raise SystemExit(f"nbgrader generate_assignment failed:\n{done.stderr}")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for file in sorted((root / "notebooks" / ASSIGNMENT).glob("*.ipynb")):
            shutil.copyfile(file, target / file.name)


def with_source(lesson: str) -> NotebookNode:
    notebook = copy.deepcopy(lessons.read(lesson))
    notebook.metadata.source_hash = source_hash(lesson)
    return notebook


def _write(notebook: NotebookNode, path: Path) -> None:
    nbformat.validate(notebook)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build()
