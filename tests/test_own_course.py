"""Another course on this machine: docs/own_course.md runs as it stands there; what came of it goes through each door.

The clone has no docs/, and the course of tests/toy_course neither a warm-up, answers, a story's figure, a lab of its
own nor a sample.toml: a course may do without them.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder import class_folder
from bnlib import store
from bnlib.paths import ROOT

from .conftest import needs
from .test_subject import found

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

BLOCK = re.compile(r"^(`{3,})sh\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"`((?:make|python|nbgrader|pip|sudo|git) [^`]*)`")
LOCAL = ("__pycache__", ".*", "*.egg-info", "class", "docs", "mine", "my_functions", "my_notebooks", "sample_class")
RIGHT = "def to_celsius(fahrenheit):\n    return (fahrenheit - 32) / 1.8"
WRONG = "def to_celsius(fahrenheit):\n    return fahrenheit - 32 * 5 / 9"
CHECK = 'from bnlib import check\ncheck("to_celsius")'
NAMED = "brackets are missing around `fahrenheit - 32`"
POINTS = {"0_two_scales": 3, "1_how_cold_was_it": 3}


class Clone:
    """A clone of this repository, in which commands run."""

    def __init__(self, root):
        self.root = shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*LOCAL))
        shutil.copy(ROOT / ".gitignore", root)
        self.environment = class_folder.environment() | {"PYTHONPATH": str(root), "BROWSER": "true"}
        self.environment.pop(store.HOME, None)
        self._install()

    def run(self, commands):
        """Run commands; give what they say."""
        where = {"cwd": self.root, "env": self.environment, "stdin": subprocess.DEVNULL}
        done = subprocess.run(["bash", "-ec", commands], **where, capture_output=True, text=True)
        assert done.returncode == 0, commands + done.stdout + done.stderr
        return done.stdout + done.stderr

    def open(self, commands):
        """Run commands that open JupyterLab, until it says where it is; give what they say."""
        log, deadline = self.root / "log.txt", time.monotonic() + 120
        with log.open("w") as file:
            lab = subprocess.Popen(
                ["bash", "-ec", commands],
                cwd=self.root,
                env=self.environment,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
            while "?token=" not in log.read_text() and lab.poll() is None and time.monotonic() < deadline:
                time.sleep(0.2)
            os.killpg(lab.pid, signal.SIGTERM)
            lab.wait(30)
        return log.read_text()

    def _install(self):
        """Let make find an environment that has everything and is newer than all: this one."""
        programs = self.root / ".venv" / "bin"
        programs.mkdir(parents=True)
        (programs / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        (programs / "python").chmod(0o755)
        (programs / "activate").touch()
        for name in ("dev.ok", "learn.ok"):
            (self.root / ".venv" / name).touch()
            os.utime(self.root / ".venv" / name, (2**31, 2**31))


@pytest.fixture(scope="module")
def toy(tmp_path_factory, sandbox):
    """Run the page from top to bottom; `said` has what each block of it says."""
    needs(shutil.which("make"), "make is not installed")
    clone = Clone(tmp_path_factory.mktemp("own") / "temperatures")
    blocks = [commands for _, commands in BLOCK.findall(page())]
    clone.said = {one: (clone.open if one == "make learn\n" else clone.run)(one) for one in blocks}
    return clone


def page():
    return (ROOT / "docs" / "own_course.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graded(toy):
    """Let a class of two hand in, one with a wrong function, and grade it through nbgrader and by the command."""
    for learner, change in (("ada", {}), ("ben", {"to_celsius": WRONG})):
        folder = toy.root / "class" / "submitted" / learner / "temperatures"
        folder.mkdir(parents=True)
        for path in (toy.root / "solutions" / "temperatures").glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                cell.source = change.get(cell.id, cell.source)
            nbformat.write(notebook, folder / path.name)
    toy.run("nbgrader generate_assignment temperatures --create --force")
    toy.run("nbgrader autograde temperatures --create")
    toy.run("nbgrader generate_feedback temperatures")
    toy.run("python -m autograder grade class/submitted --json week.json")
    return toy


def said(toy, part):
    return next(text for commands, text in toy.said.items() if part in commands)


def test_no_command_of_the_page_is_left_out():
    run = "".join(commands for _, commands in BLOCK.findall(page()))
    told = BLOCK.sub("", page())
    assert "```" not in told
    assert [command for command in COMMAND.findall(told) if command not in run] == []


def test_the_course_is_built_and_its_readme_lists_the_lessons(toy):
    for folder in ("solutions", "notebooks"):
        made = [path.relative_to(toy.root / folder).as_posix() for path in sorted((toy.root / folder).rglob("*.*"))]
        assert made == ["temperatures/0_two_scales.ipynb", "temperatures/1_how_cold_was_it.ipynb"]
    readme = (toy.root / "README.md").read_text(encoding="utf-8")
    assert "`to_fahrenheit`, `to_celsius`, `to_kelvin` | 10 |" in readme
    assert "[1 How cold was it](notebooks/temperatures/1_how_cold_was_it.ipynb)" in readme


def test_make_learn_copies_the_notebooks_and_opens_the_first(toy):
    assert "/lab/tree/0_two_scales.ipynb?token=" in said(toy, "make learn")
    assert len(list((toy.root / "my_notebooks").glob("*.ipynb"))) == 2


def test_the_first_answer_is_graded_and_its_mistake_named(toy):
    assert "to_kelvin wrong (rounded)" in said(toy, "grade answer.py")


def test_the_guard_has_nothing_to_complain_about_and_the_cases_are_strong(toy):
    assert "The guard has nothing to complain about." in said(toy, "make guard")
    strength = (toy.root / "docs" / "strength.md").read_text(encoding="utf-8")
    assert "| all             |            12 |            0 |" in strength


def test_git_keeps_what_is_generated_and_not_what_is_the_classs(toy):
    toy.run("git init -q")
    assert "solutions/temperatures/0_two_scales.ipynb" in toy.run("git status --porcelain -uall")
    assert toy.run("git check-ignore solutions/week1/x class/exam_seed").count("\n") == 2


def test_a_right_answer_passes_in_a_notebook_and_later_lessons_have_it(toy, run_cells, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(toy.root))
    _, (card,) = run_cells(RIGHT, CHECK)
    assert "✓ to_celsius is right in all 4 cases." in card.data["text/plain"]
    ((shown,),) = run_cells("from bnlib import to_celsius\nto_celsius(212.0)")
    assert shown.data["text/plain"] == "100.0"


def test_a_wrong_answer_is_named_in_a_notebook(toy, run_cells, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(toy.root))
    _, (card, error) = run_cells(WRONG, CHECK)
    assert f"Your result is what you get when {NAMED}." in card.data["text/plain"]
    assert error.ename == "CheckFailed"


def test_the_gradebook_has_the_marks(graded):
    with Gradebook(f"sqlite:///{graded.root}/class/gradebook.db", "temperatures_course") as gradebook:
        assert gradebook.find_assignment("temperatures").course_id == "temperatures_course"
        marks = {
            one.student.id: {notebook.name: notebook.score for notebook in one.notebooks}
            for one in gradebook.assignment_submissions("temperatures")
        }
        by_hand = gradebook.find_grade("why_not_the_mean", "1_how_cold_was_it", "temperatures", "ada")
        assert by_hand.needs_manual_grade
        assert by_hand.max_score == 2
    assert marks == {"ada": POINTS, "ben": POINTS | {"0_two_scales": 2}}


def test_the_feedback_names_the_mistake(graded):
    page = (graded.root / "class/feedback/ben/temperatures/0_two_scales.html").read_text(encoding="utf-8")
    assert "brackets are missing around" in page


def test_the_command_gives_the_same_marks_and_names_the_mistake(graded):
    results = {one["submission"]: one for one in json.loads((graded.root / "week.json").read_text(encoding="utf-8"))}
    assert len(results) == 4
    assert sum(one["score"] for one in results.values()) == 2 * sum(POINTS.values()) - 1
    wrong = results["class/submitted/ben/temperatures/0_two_scales.ipynb"]["exercises"][1]
    assert (wrong["name"], wrong["status"], wrong["diagnosis"]) == ("to_celsius", "wrong", "brackets_missing")


def test_the_report_shows_the_class(graded):
    graded.run("python -m autograder report week.json")
    page = (graded.root / "week.html").read_text(encoding="utf-8")
    assert "<h1>Temperatures: results of the class</h1>" in page
    assert "brackets are missing around <code>fahrenheit - 32</code>" in page
    assert found(page) == []


def test_the_handout_starts_the_course_and_gives_nothing_away(graded):
    graded.run("python -m autograder handout for_the_class")
    start = (graded.root / "for_the_class" / "START.md").read_text(encoding="utf-8")
    assert start.startswith("# Temperatures\n")
    assert "conda activate temperatures" in start
    assert "\nname: temperatures\n" in (graded.root / "for_the_class" / "environment.yml").read_text()
    texts = [path.read_text(encoding="utf-8") for path in (graded.root / "for_the_class").rglob("*.ipynb")]
    assert len(texts) == 2
    assert not any("celsius * 9 / 5" in text or "Model answer" in text for text in texts)


def test_gradescopes_zip_holds_the_course(graded):
    graded.run("python -m autograder gradescope-zip temperatures.zip")
    with zipfile.ZipFile(graded.root / "temperatures.zip") as archive:
        held = archive.namelist()
    assert {"course/course.toml", "course/lessons/two_scales.md", "course/to_kelvin/cases.py", "exam_seed"} <= {*held}


def test_what_is_made_of_the_course_has_no_word_of_batch_norm(graded):
    made = [graded.root / "README.md", graded.root / "docs" / "strength.md"]
    made += [path for folder in ("notebooks", "tests/golden") for path in (graded.root / folder).rglob("*.*")]
    assert len(made) == 9
    assert {path.name: words for path in made if (words := found(path.read_text(encoding="utf-8")))} == {}


def test_a_site_without_a_first_page_is_a_sentence(toy):
    with pytest.raises(AssertionError, match="docs/index.md is missing: it is the site's first page"):
        toy.run("python -m autograder.workshop.making.site")
