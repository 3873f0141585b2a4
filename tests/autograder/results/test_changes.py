"""Whose marks a new grading changes, and why."""

import dataclasses
import json
import shutil

import pytest

from autograder.__main__ import main
from autograder.class_folder import CLASS
from autograder.commands import replay
from autograder.coursebook import exam
from autograder.results import changes
from bnlib.paths import SOLUTIONS

from .. import made_up
from ..made_up import SEED


@pytest.fixture
def course(tmp_path, monkeypatch, sandbox):
    """Run in a course's folder of its own, with one file handed in."""
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / CLASS).mkdir(parents=True)
    (tmp_path / CLASS / "exam_seed").write_text(f"{SEED}\n")
    shutil.copy(SOLUTIONS / "3_normalise.ipynb", tmp_path / "given.ipynb")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def with_other_points(keys):
    return keys | {"normalize": dataclasses.replace(keys["normalize"], points=7)}


def test_a_corrected_key_is_the_reason(course, monkeypatch, capsys):
    assert main(["grade", "given.ipynb", "--json", "week.json"]) == 0
    made = exam.keys
    monkeypatch.setattr(exam, "keys", lambda seed: with_other_points(made(seed)))
    capsys.readouterr()
    assert main(["grade", "given.ipynb", "--json", "week.json"]) == 0
    assert "given.ipynb: normalize 3 → 7, right: the key of normalize has changed\n" in capsys.readouterr().out
    assert json.loads((course / "week.json").read_text())[0]["score"] == 7


def test_nothing_is_said_where_nothing_changes(course, capsys):
    for _ in range(2):
        main(["grade", "given.ipynb", "--json", "week.json"])
    assert "→" not in capsys.readouterr().out


def test_nothing_is_said_of_a_class_that_only_moved(course, capsys):
    earlier, now = course / "autograder" / "class" / "submitted", course / CLASS / "submitted"
    for place in (earlier, now):
        place.mkdir(parents=True)
        shutil.copy(course / "given.ipynb", place)
    shutil.copy(course / CLASS / "exam_seed", course / "autograder" / "class")
    (course / "nbgrader_config.py").write_text("c.ClassFolder.private = 'autograder/class'")
    main(["grade", "autograder/class/submitted", "--json", "week.json"])
    shutil.rmtree(earlier.parent)
    (course / "nbgrader_config.py").write_text("")
    assert main(["grade", "class/submitted", "--json", "week.json"]) == 0
    assert "→" not in capsys.readouterr().out
    assert "class/submitted/given.ipynb" in (course / "week.json").read_text()


def test_another_file_has_no_earlier_verdict(course, capsys):
    main(["grade", "given.ipynb", "--json", "week.json"])
    text = (course / "given.ipynb").read_text()
    (course / "given.ipynb").write_text(text.replace("np.sqrt(var + eps)", "(np.sqrt(var) + eps)"))
    main(["grade", "given.ipynb", "--json", "week.json"])
    said = capsys.readouterr().out
    assert "normalize 3 → 0, wrong, eps_outside_sqrt: no earlier verdict on what was handed in is kept" in said


def test_a_file_that_is_no_result_is_not_written_over(course, capsys):
    (course / "week.json").write_text("my notes")
    assert main(["grade", "given.ipynb", "--json", "week.json"]) == 1
    assert "not a results file of this course" in capsys.readouterr().err
    assert (course / "week.json").read_text() == "my notes"


def test_a_change_is_a_line():
    change = changes.Change("a/b.ipynb", "normalize", None, 3.0, "right", "the grader has changed")
    assert changes.lines([change]) == ["a/b.ipynb: normalize – → 3, right: the grader has changed"]


def test_a_replay_shows_what_came_back_and_what_was_expected(course, capsys):
    text = (course / "given.ipynb").read_text()
    (course / "given.ipynb").write_text(text.replace("np.sqrt(var + eps)", "(np.sqrt(var) + eps)"))
    main(["grade", "given.ipynb"])
    assert main(["replay", "given.ipynb"]) == 0
    said = capsys.readouterr().out
    assert "As it was graded before." in said
    assert "eps_outside_sqrt: Your result is what you get when ε stands outside the square root." in said
    assert "Came back:" in said
    assert "Expected:" in said


def test_a_replay_says_when_the_verdict_is_another_one_now():
    right, wrong, late = made_up.verdict(), made_up.verdict("mistake"), made_up.verdict("timeout")
    assert replay._compared(right, right) == "As it was graded before."
    assert replay._compared(right, late) == "BEFORE, it was graded timeout, 0 points."
    assert replay._compared(wrong, right) == "BEFORE, it was graded correct, 3 points."
    assert replay._compared(right, None) == "It was not graded with this key before."


def test_a_replay_of_no_submission_is_a_sentence(course, capsys):
    assert main(["replay", "week.ipynb"]) == 1
    assert "no file that can be read" in capsys.readouterr().err
