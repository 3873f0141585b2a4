"""The guard is silent on the course as it stands, and speaks when a thing is broken."""

import copy
import shutil

import nbformat
import pytest

from autograder.coursebook import lessons
from autograder.workshop.guard import exercises, files, runs
from autograder.workshop.guard import lessons as texts
from autograder.workshop.making import fresh
from bnlib.paths import solution
from bnlib.syllabus import LESSONS, NAMES


def test_no_file_is_too_many_or_missing():
    assert [*files.stray_files(), *files.missing_lab()] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_lesson_is_well_formed(lesson):
    assert list(texts.of_lesson(lesson)) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_exercise_is_complete(name):
    assert list(exercises.of_exercise(name)) == []


def test_nothing_is_given_away():
    assert list(files.leaks()) == []


def test_everything_generated_is_up_to_date():  # the keys: test_keys.py
    assert [*fresh.of_notebooks(), *fresh.of_tables()] == []


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_released_notebook_fails_its_checks(lesson):
    assert list(runs.of_released(lesson)) == []


@pytest.fixture
def broken(monkeypatch):
    """Change lesson 3 in memory; give what the guard says of it."""

    def change(edit):
        notebook = copy.deepcopy(lessons.read("normalise"))
        edit(notebook.cells)
        monkeypatch.setattr(lessons, "read", lambda lesson: notebook)
        return " ".join(texts.of_lesson("normalise"))

    return change


def place_of(cells, wanted):
    return next(i for i, cell in enumerate(cells) if wanted(cell))


def test_a_missing_check_is_complained_about(broken):
    complaint = broken(lambda cells: cells.pop(place_of(cells, lessons.checked_by)))
    assert "normalize is not followed at once by its check" in complaint


def test_a_missing_head_is_complained_about(broken):
    assert "should begin with" in broken(lambda cells: cells.pop(0))


@pytest.mark.parametrize("name", ["batch_norm_inference", "restore_network"])
def test_a_name_from_a_later_lesson_is_complained_about(broken, name):
    later = nbformat.v4.new_code_cell(f"from bnlib import {name}")
    assert f"{name} is used before the lesson introduces it" in broken(lambda cells: cells.insert(1, later))


def test_leaning_on_a_demo_is_complained_about(broken):
    demo = nbformat.v4.new_code_cell("answer = 42", metadata={"tags": ["demo"]})
    leaning = nbformat.v4.new_code_cell("print(answer)")
    assert "leans on `answer` of a demo cell" in broken(lambda cells: cells.extend([demo, leaning]))


def test_a_rubric_that_does_not_add_up_is_complained_about():
    question = next(cell for cell in lessons.read("test_time").cells if cell.id == "why_not_the_batch")
    changed = copy.deepcopy(question)
    changed.source = changed.source.replace("- 2 points:", "- 3 points:")
    assert "gives 6 points, the question 5" in " ".join(texts._of_question("test_time", changed))


def test_a_stray_file_is_complained_about(monkeypatch, tmp_path):
    for name in ("course", "solutions", "notebooks"):
        shutil.copytree(files.ROOT / name, tmp_path / name)
    (tmp_path / "course" / "lessons" / "notes.txt").touch()
    monkeypatch.setattr(files, "ROOT", tmp_path)
    monkeypatch.setattr(files.lessons, "FOLDER", tmp_path / "course" / "lessons")
    assert list(files.stray_files()) == [
        "course/lessons/notes.txt belongs to no lesson: delete it, or enter it in course/course.toml."
    ]


def test_a_part_of_the_lab_that_is_not_there_is_complained_about(monkeypatch):
    monkeypatch.setattr(files, "LAB_FILES", ("bnlib/lab/stack.py", "bnlib/lab/stacks.py"))
    (complaint,) = files.missing_lab()
    assert complaint.startswith("bnlib/lab/stacks.py is missing, and [lab] of course/course.toml says")


def test_a_solution_in_a_learners_notebook_is_complained_about(monkeypatch, tmp_path):
    solution = (files.SOLUTIONS / "3_normalise.ipynb").read_text()
    (tmp_path / "3_normalise.ipynb").write_text(solution)
    monkeypatch.setattr(files, "NOTEBOOKS", tmp_path)
    monkeypatch.setattr(files, "ROOT", tmp_path)
    assert "gives the answer to normalize away" in " ".join(files.leaks())


def test_a_changed_lesson_makes_its_notebooks_out_of_date(monkeypatch):
    monkeypatch.setattr(fresh.build, "source_hash", lambda lesson: "another")
    found = list(fresh.of_notebooks())
    assert "solutions/batchnorm/3_normalise.ipynb is out of date: run `make build`." in found
    assert "notebooks/batchnorm/3_normalise.ipynb is out of date: run `make build`." in found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("right: 97.2 %", "right: 97.5 %", True),
        ("right: 97.2 %", "right: 95.1 %", False),
        ("error 0.013", "error 0.014", True),
        ("error 0.013", "error 0.113", False),
        ("off by 2.2e-16", "off by 4.4e-16", True),
        ("Tried: one", "Tried: two", False),
        ("3 of 4", "4 of 4", False),
    ],
)
def test_printed_numbers_are_compared_with_a_tolerance(one, other, same):
    assert fresh.same_text(one, other) is same


def test_of_a_cell_whose_numbers_hang_on_rounding_only_the_words_are_compared():
    notebook = nbformat.read(solution("robust_and_folded"), as_version=4)
    cell = next(cell for cell in notebook.cells if fresh.ROUNDING in cell.metadata.get("tags", []))
    output = next(output for output in cell.outputs if output.output_type == "stream")
    output.text = output.text.replace("running pair 40 %", "running pair  7 %")
    assert list(fresh.other_outputs("robust_and_folded", notebook)) == []
    output.text = output.text.replace("running pair", "lasting pair")
    assert len(list(fresh.other_outputs("robust_and_folded", notebook))) == 1
