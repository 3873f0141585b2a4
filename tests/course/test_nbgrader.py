"""The whole cycle with nbgrader's own commands, a real exchange and a real gradebook.

It runs twice, with the sandbox and with stock nbgrader: honest submissions get the same marks from both.
"""

import csv
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from autograder.making import build, lessons
from bnlib.exercises import LESSONS, NAMES, load
from bnlib.paths import ROOT, SOLUTIONS

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

COURSE, ASSIGNMENT = "batchnorm_course", "batchnorm"
EXERCISE_POINTS = sum(load(name).points for name in NAMES)
QUESTIONS = {"why_an_exponential_average": 4, "why_not_the_batch": 5, "what_is_saved": 4}
EPS_OUTSIDE = ("np.sqrt(var + eps)", "(np.sqrt(var) + eps)")


class Course:
    """An instructor's folder, an exchange, and learners' folders."""

    def __init__(self, place, stock):
        self.place, self.stock = place, stock
        self.root = place / "course"
        shutil.copytree(SOLUTIONS, self.root / "solutions" / ASSIGNMENT)
        shutil.copy(ROOT / "nbgrader_config.py", self.root)
        (self.root / "autograder" / "class").mkdir(parents=True)
        self.exchange = place / "exchange"
        self.exchange.mkdir()
        self.exchange.chmod(0o777)
        self.saved = place / "saved by somebody"
        self.saved.mkdir()
        (self.saved / "normalize.py").write_text("def normalize(Z, mean, var, eps=1e-5):\n    return 'not mine'\n")

    def nbgrader(self, *arguments, cwd=None):
        """Run one of nbgrader's commands as the instructor, or in a learner's folder."""
        environment = build.environment() | {
            "NBGRADER_EXCHANGE": str(self.exchange),
            "JUPYTER_DATA_DIR": str((cwd or self.root) / ".jupyter"),
            "BNLIB_HOME": str(self.saved),
            "STOCK_NBGRADER": "1" if self.stock else "",
        }
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(command, cwd=cwd or self.root, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def learner(self, name):
        folder = self.place / "learners" / name
        folder.mkdir(parents=True)
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        return folder

    def gradebook(self):
        from nbgrader.api import Gradebook

        return Gradebook(f"sqlite:///{self.root}/autograder/class/gradebook.db")


def fill_in(folder, change=lambda name, source: source, answers=True):
    """Write the reference's solutions, changed by `change`, into a learner's fetched notebooks."""
    solved = {
        cell.id: change(cell.id, cell.source)
        for lesson in LESSONS
        for cell in lessons.read(lesson).cells
        if cell.metadata.get("nbgrader", {}).get("solution") and (answers or cell.cell_type == "code")
    }
    for path in folder.glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source = solved.get(cell.id, cell.source)
        nbformat.write(notebook, path)


def require_sandbox():
    """Skip where no isolation holds; CI has to have it."""
    from autograder.sandbox import ladder

    try:
        ladder.strongest()[0].close()
    except ladder.NotHere as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def one_wrong(name, source):
    return source.replace(*EPS_OUTSIDE) if name == "normalize" else source


@pytest.fixture(scope="module", params=["sandbox", "stock"])
def course(request, tmp_path_factory):
    """Drive the cycle from the instructor's release to the learners' feedback."""
    if request.param == "sandbox":
        require_sandbox()
    course = Course(tmp_path_factory.mktemp("nbgrader"), stock=request.param == "stock")
    course.nbgrader("generate_assignment", ASSIGNMENT, "--create", "--force")
    course.nbgrader("release_assignment", ASSIGNMENT)
    work = {
        "reference": lambda folder: fill_in(folder),
        "untouched": lambda folder: None,
        "one_wrong": lambda folder: fill_in(folder, one_wrong, answers=False),
    }
    for name, write in work.items():
        folder = course.learner(name)
        course.nbgrader("fetch_assignment", ASSIGNMENT, "--course", COURSE, cwd=folder)
        write(folder / ASSIGNMENT)
        course.nbgrader("submit", ASSIGNMENT, "--course", COURSE, f"--CourseDirectory.student_id={name}", cwd=folder)
    course.nbgrader("collect", ASSIGNMENT)
    course.nbgrader("autograde", ASSIGNMENT, "--create")
    with course.gradebook() as gradebook:
        for lesson, question in [("6_test_time", "why_not_the_batch")]:
            grade = gradebook.find_grade(question, lesson, ASSIGNMENT, "reference")
            assert grade.needs_manual_grade
            grade.manual_score, grade.needs_manual_grade = 4, False
        gradebook.db.commit()
    course.nbgrader("generate_feedback", ASSIGNMENT)
    course.nbgrader("release_feedback", ASSIGNMENT)
    course.nbgrader("export")
    return course


def score(course, learner):
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, learner)
        return submission.score, {notebook.name: notebook.score for notebook in submission.notebooks}


def test_the_reference_gets_full_marks_and_its_manual_grade(course):
    assert score(course, "reference")[0] == EXERCISE_POINTS + 4
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "reference").max_score == EXERCISE_POINTS + sum(QUESTIONS.values())


def test_the_untouched_notebooks_get_nothing(course):
    assert score(course, "untouched") == (0, dict.fromkeys(LESSONS, 0))


def test_one_wrong_exercise_costs_exactly_its_points(course):
    total, by_lesson = score(course, "one_wrong")
    assert total == EXERCISE_POINTS - load("normalize").points
    full = {lesson: sum(load(name).points for name in names) for lesson, names in LESSONS.items()}
    assert by_lesson == full | {"3_normalise": 0}


def test_the_csv_says_the_same(course):
    with open(course.root / "grades.csv", newline="") as file:
        rows = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert rows["reference"] == EXERCISE_POINTS + 4
    assert rows["untouched"] == 0
    assert rows["one_wrong"] == EXERCISE_POINTS - load("normalize").points


def test_the_feedback_names_the_mistake(course):
    page = (course.root / "autograder/class/feedback/one_wrong/batchnorm/3_normalise.html").read_text()
    assert "ε stands outside the square root" in page


def test_a_learner_can_fetch_the_feedback(course):
    folder = course.place / "learners" / "one_wrong"
    course.nbgrader("fetch_feedback", ASSIGNMENT, "--course", COURSE, "--student", "one_wrong", cwd=folder)
    pages = list(folder.rglob("3_normalise.html"))
    assert pages
    assert "ε stands outside the square root" in pages[0].read_text()


def test_functions_saved_by_one_learner_reach_nobodys_grading(course):
    # BNLIB_HOME held a wrong `normalize` all the time: it was neither used nor changed nor added to.
    assert [file.name for file in course.saved.iterdir()] == ["normalize.py"]
    assert "not mine" in (course.saved / "normalize.py").read_text()
    assert (
        score(course, "reference")[1]["4_scale_and_shift"]
        == load("scale_and_shift").points + load("batch_norm_forward").points
    )


def test_nbgraders_own_validation_understands_a_failed_check(course):
    folder = course.place / "learners" / "one_wrong" / ASSIGNMENT
    report = course.nbgrader("validate", "3_normalise.ipynb", cwd=folder)
    assert "ε stands outside the square root" in report
    folder = course.place / "learners" / "reference" / ASSIGNMENT
    assert "Success" in course.nbgrader("validate", "3_normalise.ipynb", cwd=folder)
