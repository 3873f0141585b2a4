"""A class is graded again after a correction: what is listed is what nbgrader sees, and one learner stops nobody."""

import json
import shutil
import subprocess
import sys

import pytest

from bnlib.syllabus import load

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

ASSIGNMENT, LESSON = "batchnorm", "3_normalise"
POINTS = load("normalize").points
BY_HAND = 0.5
OTHER = f"{LESSON}-Copy1.ipynb"


def strip_marks(notebook):
    """Leave the answer where only its name tells what it is, and bring a check of another lesson."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    marks = {"grade_id": "check_predict", "locked": True}
    notebook["cells"].append({"cell_type": "code", "source": "", "metadata": {"nbgrader": marks}})


def submitted(course, name):
    return course.root / "class" / "submitted" / name / ASSIGNMENT


@pytest.fixture(scope="module")
def course(tmp_path_factory, make_course):
    """Grade a class, then take all marks away, and make one learner's folder one that nbgrader cannot write."""
    course = make_course(tmp_path_factory.mktemp("regrade"), lessons=(LESSON,))
    course.nbgrader("generate_assignment", ASSIGNMENT, "--create", "--force")
    for name in ("a_copy", "b_fails", "c_renamed", "d_no_marks", "e_nothing", "z_right"):
        shutil.copytree(course.root / "notebooks" / ASSIGNMENT, submitted(course, name))
        course.fill_in(submitted(course, name))
    shutil.copy(course.root / "notebooks" / ASSIGNMENT / f"{LESSON}.ipynb", submitted(course, "a_copy") / OTHER)
    (submitted(course, "c_renamed") / f"{LESSON}.ipynb").rename(submitted(course, "c_renamed") / OTHER)
    (submitted(course, "e_nothing") / f"{LESSON}.ipynb").write_text("{}")
    (submitted(course, "e_nothing") / f"{LESSON}.ipynb").rename(submitted(course, "e_nothing") / "mine.ipynb")
    path = submitted(course, "d_no_marks") / f"{LESSON}.ipynb"
    notebook = json.loads(path.read_text())
    strip_marks(notebook)
    path.write_text(json.dumps(notebook))
    course.nbgrader("autograde", ASSIGNMENT, "--create")
    course.settled = regrade(course)
    with course.gradebook() as gradebook:
        for submission in gradebook.find_assignment(ASSIGNMENT).submissions:
            submission.notebooks[0].grades[0].auto_score = 0
        by_hand = gradebook.find_submission_notebook(LESSON, ASSIGNMENT, "d_no_marks")
        by_hand.grades[0].manual_score, by_hand.comments[0].manual_comment = BY_HAND, "Come and see me."
        gradebook.db.commit()
    written = course.root / "class" / "autograded" / "b_fails" / ASSIGNMENT
    shutil.rmtree(written)
    written.write_text("a file")
    return course


def regrade(course, *options):
    command = [sys.executable, "-m", "autograder", "regrade", ASSIGNMENT, *options]
    return subprocess.run(command, cwd=course.root, env=course.environment(), capture_output=True, text=True)


def test_what_was_just_graded_stays(course):
    assert (course.settled.stdout, course.settled.returncode) == ("Every mark stays as it is.\n", 0)


def test_a_learner_who_cannot_be_graded_is_named_and_stops_nobody(course):
    done = regrade(course, "--yes")
    graded = ("a_copy", "c_renamed", "d_no_marks", "z_right")
    for name in (*graded, "b_fails"):
        assert f"{name}/{ASSIGNMENT}/{LESSON}.ipynb: normalize 0 → {POINTS}, right" in done.stdout
    assert OTHER not in done.stdout
    assert [f"{name} is graded again." in done.stdout for name in graded] == [True] * len(graded)
    assert "b_fails is not graded again: " in done.stdout
    assert "1 of 5 learners keep the marks they had: b_fails." in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 1
    with course.gradebook() as gradebook:
        scores = {one.student.id: one.score for one in gradebook.assignment_submissions(ASSIGNMENT)}
        by_hand = gradebook.find_submission_notebook(LESSON, ASSIGNMENT, "d_no_marks")
        assert by_hand.grades[0].auto_score == POINTS
        assert by_hand.grades[0].needs_manual_grade
        assert by_hand.comments[0].comment == "Come and see me."
    assert scores == dict.fromkeys(graded, POINTS) | {"b_fails": 0, "d_no_marks": BY_HAND}
