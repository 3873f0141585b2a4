"""The build, for real: it is deterministic, and nbgrader's own command makes the learner's notebooks."""

import nbformat
import pytest

from autograder.coursebook import lessons
from autograder.workshop.guard import runs
from autograder.workshop.making import build
from bnlib.paths import NOTEBOOKS, SOLUTIONS, notebook, solution
from bnlib.syllabus import LESSONS, NAMES


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build, beside what is stored."""
    return a_build(tmp_path_factory.mktemp("one"))


def a_build(place):
    build.build_keys(place / "key")
    build.build_solutions(place / "solutions")
    build.release(place / "solutions", place / "notebooks")
    return place


@pytest.mark.slow
def test_a_second_build_changes_no_byte(built, tmp_path):
    again = a_build(tmp_path)
    for part in ("key", "solutions", "notebooks"):
        assert contents(again / part) == contents(built / part)


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_solution_says_what_is_stored(lesson, built):
    executed = nbformat.read(built / "solutions" / f"{lesson}.ipynb", as_version=4)
    assert list(runs.complaints_of(lesson, executed)) == []


@pytest.mark.slow
def test_the_learners_notebooks_are_what_nbgrader_makes_of_the_solutions(tmp_path):
    build.release(SOLUTIONS, tmp_path / "notebooks")
    assert contents(tmp_path / "notebooks") == contents(NOTEBOOKS)


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
