"""The build, for real: it is deterministic, and nbgrader's own command makes the learner's notebooks."""

import nbformat
import pytest

from autograder.coursebook import lessons
from autograder.workshop.guard import runs
from autograder.workshop.making import build, release, solutions
from bnlib.paths import NOTEBOOKS, notebook, solution
from bnlib.syllabus import LESSONS, NAMES


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_solution_says_what_is_stored(lesson):
    assert list(runs.of_solution(lesson)) == []


@pytest.mark.slow
def test_a_lesson_executed_again_changes_no_byte():  # a whole build: test_making.py
    one, two = (nbformat.writes(solutions.executed("running_statistics")) for _ in range(2))
    assert one == two


@pytest.mark.slow
def test_keys_made_again_change_no_byte(tmp_path):
    for folder in (tmp_path / "one", tmp_path / "two"):
        build.build_keys(folder)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.slow
def test_the_learners_notebooks_are_what_nbgrader_makes_of_the_solutions(tmp_path):
    release.release(LESSONS, tmp_path)
    assert contents(tmp_path) == contents(NOTEBOOKS)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_solution_has_the_lessons_cells(lesson):
    wanted = [(cell.cell_type, cell.source, cell.id, cell.metadata) for cell in lessons.read(lesson).cells]
    stored = nbformat.read(solution(lesson), as_version=4)
    assert [(cell.cell_type, cell.source, cell.id, cell.metadata) for cell in stored.cells] == wanted


def test_points_come_from_the_exercises_and_the_questions():
    from bnlib.syllabus import load

    found = {}
    for lesson in LESSONS:
        for cell in nbformat.read(notebook(lesson), as_version=4).cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                found[cell.metadata.nbgrader.grade_id] = cell.metadata.nbgrader.points
    checks = {f"check_{name}": load(name).points for name in NAMES}
    questions = {
        "why_an_exponential_average": 4,
        "why_not_the_batch": 5,
        "what_is_saved": 4,
        "reasonable_and_deleted": 4,
    }
    assert found == checks | questions


def test_learner_notebooks_hold_no_outputs():
    for lesson in LESSONS:
        for cell in nbformat.read(notebook(lesson), as_version=4).cells:
            assert not cell.get("outputs")
