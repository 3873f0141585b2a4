"""The guard is silent on the course as it stands, and speaks when a thing is broken."""

import copy
import shutil

import nbformat
import pytest

from autograder.coursebook import lessons
from autograder.coursebook.mistakes import Misconception
from autograder.coursebook.second_forms import Way
from autograder.workshop.guard import exercises, files, runs, sources, voice
from autograder.workshop.guard import lessons as texts
from autograder.workshop.making import fresh, messages
from bnlib.paths import solution
from bnlib.syllabus import LESSONS, NAMES


def test_no_file_is_stray_or_missing_or_cannot_be_read():
    assert [*sources.of_course(), *files.unreadable(), *sources.of_cells()] == []
    assert [*files.stray_files(), *files.missing_lab()] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_lesson_is_well_formed(lesson):
    assert list(texts.of_lesson(lesson)) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_exercise_is_complete(name):
    assert [*exercises.of_exercise(name), *voice.of_mistakes(name)] == []
    assert exercises.ways(name)  # another course may do without these
    assert exercises.correct_answers(name)


def test_nothing_is_given_away():
    assert list(files.leaks()) == []


def test_everything_generated_is_up_to_date():  # the keys: test_keys.py
    made = (fresh.of_syllabus, fresh.of_messages, fresh.of_notebooks, fresh.of_tables, fresh.of_strengths)
    assert [complaint for of_them in made for complaint in of_them()] == []


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
    monkeypatch.setattr(fresh.depends, "source_hash", lambda lesson: "another")
    found = list(fresh.of_notebooks())
    assert "solutions/batchnorm/3_normalise.ipynb is out of date: run `make build`." in found
    assert "notebooks/batchnorm/3_normalise.ipynb is out of date: run `make build`." in found


def test_a_message_that_is_given_otherwise_than_written_down_is_complained_about(monkeypatch, tmp_path):
    shutil.copytree(messages.FOLDER, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    monkeypatch.setattr(fresh, "ROOT", tmp_path)
    (tmp_path / "normalize.txt").write_text("another")
    assert list(fresh.of_messages()) == [
        "normalize.txt is out of date: run `make build`. Then read what has changed in it."
    ]


@pytest.mark.parametrize(
    ("when", "see", "complaint"),
    [
        ("it is wrong.", "See.", "has a full stop at the end of its first part"),
        ("it is wrong", "See", "ends without a full stop"),
        ("it is  wrong", "See.", "has two spaces in a row"),
        ("it is wrong", "See! `x != y` may stand.", "has an exclamation mark"),
        ("it is just wrong", "See.", "has the word 'just'"),
        ("`it is wrong", "See.", "opens a ` and does not close it"),
        ("it is wrong", "See." * 100, "is 446 letters long. Say it in fewer than 400"),
    ],
)
def test_a_text_in_another_voice_is_complained_about(when, see, complaint, monkeypatch):
    wrong = Misconception("a_mistake", when, see)
    monkeypatch.setattr(voice, "misconceptions_of", lambda name: [wrong])
    (said,) = voice.of_mistakes("normalize")
    assert said.startswith("normalize: in course/normalize/mistakes.py, what a_mistake says")
    assert complaint in said


def test_an_id_in_another_voice_is_complained_about(monkeypatch):
    monkeypatch.setattr(voice, "misconceptions_of", lambda name: [Misconception("AMistake", "it is", "So.")])
    assert next(voice.of_mistakes("normalize")).endswith("the id AMistake should be in small letters.")


def test_a_mistake_that_is_written_once_only_and_few_right_answers_are_complained_about(monkeypatch):
    monkeypatch.setattr(exercises, "another_way", lambda name: {})
    monkeypatch.setattr(exercises, "correct_answers", lambda name: {"one": "", "two": "", "three": ""})
    monkeypatch.setattr(exercises, "ways", lambda name: [Way(("no_such",), print)])
    said = list(exercises._of_mistakes("batch_size"))
    way = "batch_size: typed_in is not written another way. Do it in course/batch_size/second_forms.py."
    assert way in said
    made = "course/batch_size/second_forms.py makes no_such, and course/batch_size/mistakes.py does not."
    assert said[-2:] == [
        f"batch_size: {made}",
        "batch_size: fewer than 4 right answers in course/batch_size/right_answers.py. Add some.",
    ]


def test_what_is_missing_or_in_the_middle_of_a_merge_is_complained_about(monkeypatch, tmp_path):
    monkeypatch.setattr(files.key, "PRACTICE", tmp_path)
    monkeypatch.setattr(files, "ROOT", tmp_path)
    monkeypatch.setattr(files, "_wanted", lambda: {tmp_path: {"a.json", "b.json", "c.txt"}})
    monkeypatch.setattr(files.kept, "FILE", tmp_path / "a.json")
    monkeypatch.setattr(files.kept, "PAGE", tmp_path / "a.json")
    (tmp_path / "a.json").write_text("<<<<<<<")
    assert list(files.unreadable()) == [
        "a.json cannot be read: run `make build`.",
        "b.json is missing: run `make build`.",
        "c.txt is missing: run `make build`.",
    ]


@pytest.mark.parametrize("text", [None, "{}"])
def test_a_syllabus_of_another_course_is_complained_about(text, monkeypatch, tmp_path):
    monkeypatch.setattr(fresh, "FILE", tmp_path / "syllabus.json")
    if text:
        fresh.FILE.write_text(text)
    assert list(fresh.of_syllabus()) == [
        "bnlib/syllabus.json is out of date, and the rest is judged by it: run `make build`."
    ]


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
