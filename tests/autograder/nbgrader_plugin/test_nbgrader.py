"""The whole cycle with nbgrader's own commands, a real exchange and a real gradebook.

Then stock nbgrader grades the same work again: honest submissions get the same marks from both.
"""

import csv
import shutil

import pytest

from autograder.results.page import questions
from bnlib.syllabus import LESSONS as ALL_LESSONS
from bnlib.syllabus import load, stem

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

COURSE, ASSIGNMENT = "batchnorm_course", "batchnorm"
# Stock nbgrader runs the experiments too: with all lessons it would take many minutes.
LESSONS = ("normalise", "scale_and_shift", "test_time")
POINTS = {stem(lesson): sum(load(name).points for name in ALL_LESSONS[lesson]) for lesson in LESSONS}
EXERCISE_POINTS = sum(POINTS.values())
QUESTION_POINTS = sum(question.points for question in questions() if question.lesson in LESSONS)


@pytest.fixture(scope="module")
def sandboxed(tmp_path_factory, make_course):
    """Drive the cycle from the instructor's release to the learners' feedback."""
    course = make_course(tmp_path_factory.mktemp("nbgrader"), lessons=LESSONS)
    course.nbgrader("generate_assignment", ASSIGNMENT, "--create", "--force")
    course.nbgrader("release_assignment", ASSIGNMENT)
    work = {
        "reference": course.fill_in,
        "untouched": lambda folder: None,
        "one_wrong": lambda folder: course.fill_in(folder, course.with_eps_outside, answers=False),
    }
    for name, write in work.items():
        folder = course.learner(name)
        course.nbgrader("fetch_assignment", ASSIGNMENT, "--course", COURSE, cwd=folder)
        write(folder / ASSIGNMENT)
        course.nbgrader("submit", ASSIGNMENT, "--course", COURSE, f"--CourseDirectory.student_id={name}", cwd=folder)
    course.nbgrader("collect", ASSIGNMENT)
    course.nbgrader("autograde", ASSIGNMENT, "--create")
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("why_not_the_batch", "6_test_time", ASSIGNMENT, "reference")
        assert grade.needs_manual_grade
        grade.manual_score, grade.needs_manual_grade = 4, False
        gradebook.db.commit()
    course.nbgrader("generate_feedback", ASSIGNMENT)
    course.nbgrader("release_feedback", ASSIGNMENT)
    course.nbgrader("export")
    return course


@pytest.fixture(scope="module")
def stock(sandboxed, tmp_path_factory, make_course):
    """Let stock nbgrader grade the same work, in a copy of the course."""
    course = make_course(tmp_path_factory.mktemp("stock"), stock=True, lessons=LESSONS)
    shutil.copytree(sandboxed.root, course.root, dirs_exist_ok=True)
    with course.gradebook() as gradebook:
        for submission in gradebook.assignment_submissions(ASSIGNMENT):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score = None
        gradebook.db.commit()
    course.nbgrader("autograde", ASSIGNMENT, "--create", "--force")
    course.nbgrader("generate_feedback", ASSIGNMENT, "--force")
    return course


@pytest.fixture(params=["sandboxed", "stock"])
def course(request):
    return request.getfixturevalue(request.param)


def score(course, learner):
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, learner)
        return submission.score, {notebook.name: notebook.score for notebook in submission.notebooks}


def test_the_reference_gets_full_marks_and_its_manual_grade(course):
    assert score(course, "reference")[0] == EXERCISE_POINTS + 4
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "reference").max_score == EXERCISE_POINTS + QUESTION_POINTS


def test_the_untouched_notebooks_get_nothing(course):
    assert score(course, "untouched") == (0, dict.fromkeys(map(stem, LESSONS), 0))


def test_one_wrong_exercise_costs_exactly_its_points(course):
    total, by_lesson = score(course, "one_wrong")
    assert total == EXERCISE_POINTS - load("normalize").points
    assert by_lesson == POINTS | {"3_normalise": 0}


def test_the_csv_says_the_same(sandboxed):
    with open(sandboxed.root / "grades.csv", newline="") as file:
        rows = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert rows["reference"] == EXERCISE_POINTS + 4
    assert rows["untouched"] == 0
    assert rows["one_wrong"] == EXERCISE_POINTS - load("normalize").points


def test_the_feedback_names_the_mistake(course):
    page = (course.root / "class/feedback/one_wrong/batchnorm/3_normalise.html").read_text()
    assert "ε stands outside the square root" in page


def test_a_learner_can_fetch_the_feedback(sandboxed):
    folder = sandboxed.place / "learners" / "one_wrong"
    sandboxed.nbgrader("fetch_feedback", ASSIGNMENT, "--course", COURSE, "--student", "one_wrong", cwd=folder)
    pages = list(folder.rglob("3_normalise.html"))
    assert pages
    assert "ε stands outside the square root" in pages[0].read_text()


def test_functions_saved_by_one_learner_reach_nobodys_grading(course):
    # BNLIB_HOME held a wrong `normalize` all the time: it was neither used nor changed nor added to.
    assert [file.name for file in course.saved.iterdir()] == ["normalize.py"]
    assert "not mine" in (course.saved / "normalize.py").read_text()
    assert score(course, "reference")[1] == POINTS | {"6_test_time": POINTS["6_test_time"] + 4}


def test_nbgraders_own_validation_understands_a_failed_check(sandboxed):
    folder = sandboxed.place / "learners" / "one_wrong" / ASSIGNMENT
    report = sandboxed.nbgrader("validate", "3_normalise.ipynb", cwd=folder)
    assert "ε stands outside the square root" in report
    folder = sandboxed.place / "learners" / "reference" / ASSIGNMENT
    assert "Success" in sandboxed.nbgrader("validate", "3_normalise.ipynb", cwd=folder)
