"""One bad notebook never stops the class: nbgrader goes on, and the others get their marks."""

import copy
import json
import shutil
import subprocess
import sys

import pytest

from bnlib.exercises import LESSONS, load

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

POINTS = load("normalize").points
OTHER_POINTS = sum(load(name).points for name in LESSONS["4_scale_and_shift"])


def place(cells, name):
    return next(i for i, cell in enumerate(cells) if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def doubled(cells):
    again = copy.deepcopy(cells[place(cells, "normalize")])
    again["id"] = "again"
    cells.insert(place(cells, "normalize"), again)


def unknown(cells):
    marks = cells[place(cells, "normalize")]["metadata"]["nbgrader"] | {"grade_id": "zz"}
    cell = {"cell_type": "code", "source": "x = 1", "metadata": {"nbgrader": marks}, "id": "zz"}
    cells.append(cell | {"outputs": [], "execution_count": None})


def no_marks(cells):
    cells[place(cells, "normalize")]["metadata"] = {}


def old_schema(cells):
    cells[place(cells, "normalize")]["metadata"]["nbgrader"] = {"grade_id": "normalize", "schema_version": 0}


def check_deleted(cells):
    del cells[place(cells, "check_normalize")]


BAD = {change.__name__: change for change in (doubled, unknown, no_marks, old_schema, check_deleted)}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, make_course):
    """Grade a class of which nearly everybody handed in something odd, round a right answer to `normalize`."""
    course = make_course(tmp_path_factory.mktemp("bad"), lessons=("3_normalise", "4_scale_and_shift"))
    course.nbgrader("generate_assignment", "batchnorm", "--create", "--force")
    for name in ("a_right", *BAD, "not_json", "z_right"):
        folder = course.root / "autograder" / "class" / "submitted" / name / "batchnorm"
        shutil.copytree(course.root / "notebooks" / "batchnorm", folder)
        course.fill_in(folder)
        path = folder / "3_normalise.ipynb"
        notebook = json.loads(path.read_text())
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
        BAD.get(name, lambda cells: None)(notebook["cells"])
        path.write_text("{ no notebook" if name == "not_json" else json.dumps(notebook))
    command = [sys.executable, "-m", "nbgrader", "autograde", "batchnorm", "--create"]
    said = subprocess.run(command, cwd=course.root, env=course.environment(), capture_output=True, text=True)
    with course.gradebook() as gradebook:
        scores = {s.student.id: s.score for s in gradebook.assignment_submissions("batchnorm")}
    return scores, said.stderr


@pytest.mark.parametrize("learner", ["a_right", "z_right", *BAD])
def test_a_right_answer_keeps_its_marks(graded, learner):
    assert graded[0][learner] == POINTS + OTHER_POINTS, graded[1]


def test_what_cannot_be_read_is_named_and_costs_that_lesson_only(graded):
    assert "not_json" in graded[1]
    assert "its JSON is broken" in graded[1]
    assert graded[0]["not_json"] == OTHER_POINTS
