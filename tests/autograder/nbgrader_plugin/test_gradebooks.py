"""The marks are those of the gradebook that nbgrader writes, and the class is where its configuration puts it."""

import shutil
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from autograder import class_folder
from bnlib.syllabus import load

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

ASSIGNMENT, LESSON = "batchnorm", "3_normalise"
POINTS = load("normalize").points
ELSEWHERE = """
c.CourseDirectory.db_url = {address!r}
c.CourseDirectory.submitted_directory = "handed_in"
c.ClassFolder.private = "kept_apart"
"""


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def course(request, tmp_path_factory, make_course):
    """Grade a class of two, after the gradebook and the folders have moved: the old ones know the assignment too."""
    server = request.param == "PostgreSQL"
    address = request.getfixturevalue("postgresql")("gradebook") if server else "sqlite:///marks/of_the_class.db"
    course = make_course(tmp_path_factory.mktemp("gradebooks"), lessons=(LESSON,))
    course.nbgrader("generate_assignment", ASSIGNMENT, "--create")
    (course.root / "marks").mkdir()
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(ELSEWHERE.format(address=address))
    course.address = address if server else f"sqlite:///{course.root}/marks/of_the_class.db"
    course.nbgrader("generate_assignment", ASSIGNMENT, "--create", "--force")
    for name in ("one_wrong", "right"):
        shutil.copytree(course.root / "notebooks" / ASSIGNMENT, course.root / "handed_in" / name / ASSIGNMENT)
    course.fill_in(course.root / "handed_in" / "right" / ASSIGNMENT)
    course.fill_in(course.root / "handed_in" / "one_wrong" / ASSIGNMENT, course.with_eps_outside)
    course.nbgrader("autograde", ASSIGNMENT, "--create")
    return course


def scores(course):
    with Gradebook(course.address) as gradebook:
        return {one.student.id: one.score for one in gradebook.assignment_submissions(ASSIGNMENT)}


def set_mark(course, learner, mark):
    with Gradebook(course.address) as gradebook:
        gradebook.find_submission_notebook(LESSON, ASSIGNMENT, learner).grades[0].auto_score = mark
        gradebook.db.commit()


def regrade(course, *options):
    command = [sys.executable, "-m", "autograder", "regrade", ASSIGNMENT, *options]
    done = subprocess.run(command, cwd=course.root, env=course.environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_regrade_lists_what_differs_from_the_gradebook_and_nothing_else(course):
    assert scores(course) == {"one_wrong": 0, "right": POINTS}
    set_mark(course, "one_wrong", 2)
    listed = regrade(course, "--yes").splitlines()
    handed_in = course.root / "handed_in" / "one_wrong" / ASSIGNMENT / f"{LESSON}.ipynb"
    assert [line for line in listed if "→" in line] == listed[:1]
    assert listed[0].startswith(f"{handed_in}: normalize 2 → 0, wrong, eps_outside_sqrt: ")
    assert listed[1:3] == ["1 marks of 1 learners change. Nothing is written yet.", "one_wrong is graded again."]
    assert scores(course) == {"one_wrong": 0, "right": POINTS}
    assert regrade(course) == "Every mark stays as it is.\n"


def test_the_seed_and_the_verdicts_are_where_the_configuration_puts_them(course):
    assert {path.name for path in (course.root / "kept_apart").iterdir()} == {".Autograde", "exam_seed", "verdicts"}
    assert {path.name for path in (course.root / class_folder.CLASS).iterdir()} >= {"gradebook.db"}
    assert not list((course.root / class_folder.CLASS).rglob("exam_seed"))


def test_the_feedback_is_of_the_same_gradebook(course):
    course.nbgrader("generate_feedback", ASSIGNMENT)
    page = course.root / class_folder.CLASS / "feedback" / "one_wrong" / ASSIGNMENT / f"{LESSON}.html"
    assert "ε stands outside the square root" in page.read_text()
