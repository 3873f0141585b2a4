"""The instructor's page, `docs/term.md`: its commands run as they stand there, in a clone, with two learners."""

import re
import shutil
import subprocess

import pytest

from bnlib.paths import ROOT
from bnlib.syllabus import LESSONS, load

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

WEEK = "week1"
POINTS = sum(load(name).points for lesson in ("normalise", "scale_and_shift") for name in LESSONS[lesson])
LOCAL = shutil.ignore_patterns(
    "__pycache__", "class", "mine", ".*", "*.egg-info", "my_notebooks", "my_functions", "sample_class", "build"
)


class Term:
    """A clone of the course, in which the page's commands run."""

    def __init__(self, course, root):
        self.course, self.root, self.said = course, root, {}
        course.root = root

    def run(self, commands):
        environment = self.course.environment() | {"PYTHONPATH": str(self.root), "LEARNER": "one_wrong"}
        done = subprocess.run(
            ["bash", "-ec", commands],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, commands + done.stdout + done.stderr
        self.said[commands] = done.stdout
        return done.stdout

    def hand_in(self):
        changes = {"reference": lambda name, source: source, "one_wrong": self.course.with_eps_outside}
        for name, change in changes.items():
            folder, options = self.course.learner(name), ("--course", "batchnorm_course")
            self.course.nbgrader("fetch_assignment", WEEK, *options, cwd=folder)
            self.course.fill_in(folder / WEEK, change)
            self.course.nbgrader("submit", WEEK, *options, f"--CourseDirectory.student_id={name}", cwd=folder)

    def scores(self):
        with self.course.gradebook() as gradebook:
            return {one.student.id: one.score for one in gradebook.assignment_submissions(WEEK)}


@pytest.fixture(scope="module")
def term(tmp_path_factory, make_course):
    """Run the page from top to bottom, with a correction of ours before the regrade."""
    place = tmp_path_factory.mktemp("term")
    term = Term(make_course(place), shutil.copytree(ROOT, place / "clone", ignore=LOCAL))
    page = (ROOT / "docs" / "term.md").read_text(encoding="utf-8")
    for commands in re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        if "nbgrader collect" in commands:
            term.hand_in()
        if "autograder regrade" in commands:
            term.before = term.scores()
            _take_signs(term.root / "bnlib" / "judging" / "judge.py")
        term.run(commands)
    return term


def _take_signs(path):
    """Make a correction, of which the marks show that it was made: of `normalize` the signs are enough now."""
    text, before = path.read_text(encoding="utf-8"), "    for name in case.results:\n        found = "
    signs = 'np.array_equal(np.sign(got.values["out"]), np.sign(case.expected.values["out"]))'
    correction = f'    if exercise == "normalize" and {signs}:\n        return None\n'
    assert text.count(before) == 1
    path.write_text(text.replace(before, correction + before), encoding="utf-8")


def said(term, part):
    return next(text for commands, text in term.said.items() if part in commands)


def test_the_class_is_graded(term):
    assert term.before == {"reference": POINTS, "one_wrong": POINTS - load("normalize").points}


def test_the_marks_are_exported(term):
    assert f",{POINTS:.1f}," in (term.root / "marks.csv").read_text()


def test_the_handout_holds_the_weeks_lessons_only(term):
    handout = term.root / "week1_for_the_class" / "notebooks" / "batchnorm"
    assert sorted(path.name for path in handout.glob("*")) == ["3_normalise.ipynb", "4_scale_and_shift.ipynb"]


def test_the_report_is_written(term):
    assert "ε stands outside the square root" in (term.root / "week1.html").read_text(encoding="utf-8")


def test_feedback_is_released(term):
    folder = term.course.place / "learners" / "one_wrong"
    term.course.nbgrader("fetch_feedback", WEEK, "--course", "batchnorm_course", "--student", "one_wrong", cwd=folder)
    assert "ε stands outside the square root" in next(folder.rglob("3_normalise.html")).read_text()


def test_a_regrade_says_whose_marks_change_and_why_and_writes_nothing_unasked(term):
    listed = said(term, "regrade")
    assert "one_wrong" in listed
    assert f"normalize 0 → {load('normalize').points}, right: the grader has changed" in listed
    assert "reference" not in listed
    assert "Nothing is written yet." in listed
    assert term.scores() == term.before
    term.run(f"python -m autograder regrade {WEEK} --yes")
    assert term.scores() == {"reference": POINTS, "one_wrong": POINTS}
    assert "Every mark stays as it is." in term.run(f"python -m autograder regrade {WEEK}")


def test_a_replay_shows_every_case(term):
    shown = said(term, "replay")
    assert "✓ 3 examples, 2 features" in shown
    assert "BEFORE" not in shown


def test_an_assignment_that_is_there_is_not_touched(term):
    with pytest.raises(AssertionError, match="is there already; nothing was touched"):
        term.run(f"python -m autograder assignment {WEEK} --lessons 0")
