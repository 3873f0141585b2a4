"""Whatever happens to a run of nbgrader (killed, beside another, no room, no rights): a sentence, and nothing lost."""

import fcntl
import random
import shutil
import subprocess
import sys
import time

import pytest

from autograder.workshop import sample
from bnlib.syllabus import LESSONS, lesson_in_name, load

from ...conftest import needs

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

TAUGHT = ("normalise", "scale_and_shift")
COMMAND = [sys.executable, "-m", "nbgrader", "autograde", "batchnorm", "--create"]


@pytest.fixture(scope="module")
def with_assignment(make_course, tmp_path_factory):
    """Make a course with its assignment, once: the others are copies of it."""
    course = make_course(tmp_path_factory.mktemp("model"), lessons=TAUGHT)
    course.nbgrader("generate_assignment", "batchnorm", "--create", "--force")
    return course.root


@pytest.fixture(scope="module")
def make_class(make_course, with_assignment, tmp_path_factory):
    """Give a function that makes a course whose class has handed in."""

    def make(name, learners):
        course = make_course(tmp_path_factory.mktemp(name), lessons=TAUGHT)
        shutil.copytree(with_assignment, course.root, dirs_exist_ok=True)
        submitted = course.root / "class" / "submitted"
        for path in sample.make(submitted, learners, hostile=False):
            if lesson_in_name(path.stem) not in TAUGHT:
                path.unlink()
        (course.root / "class" / "exam_seed").write_text("5\n")
        return course

    return make


def outcome(course):
    """Give all that a class's grading comes to: scores, messages, and the autograded files."""
    with course.gradebook() as gradebook:
        rows = {
            (one.student.id, notebook.name, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for one in gradebook.assignment_submissions("batchnorm")
            for notebook in one.notebooks
            for grade in notebook.grades
        }
        rows |= {
            (one.student.id, notebook.name, comment.name, "comment"): comment.auto_comment
            for one in gradebook.assignment_submissions("batchnorm")
            for notebook in one.notebooks
            for comment in notebook.comments
        }
    folder = course.root / "class" / "autograded"
    return rows, {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.ipynb")}


def run(course, *wrapped, command=COMMAND):
    return subprocess.run(
        [*wrapped, *command], cwd=course.root, env=course.environment(), capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def undisturbed(make_class):
    """Give what the grading of a class of four comes to."""
    course = make_class("undisturbed", 4)
    assert run(course).returncode == 0
    return outcome(course)


def test_a_run_killed_at_random_points_ends_like_an_undisturbed_one(make_class, undisturbed):
    killed = make_class("killed", 4)
    rng, at_work = random.Random(3), killed.root / "class" / ".Autograde"
    in_the_middle = 0
    for _ in range(3):
        with subprocess.Popen(COMMAND, cwd=killed.root, env=killed.environment(), stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and not (at_work.exists() and at_work.read_text()):
                time.sleep(0.002)
            time.sleep(rng.uniform(0, 0.15))
            process.kill()
        in_the_middle += bool(at_work.read_text())
    assert in_the_middle  # or nothing was tried
    last = run(killed)
    assert last.returncode == 0, last.stderr
    assert outcome(killed) == undisturbed


def test_two_runs_at_once_are_refused_with_a_sentence(make_class):
    course = make_class("course", 1)
    with open(course.root / "class" / ".Autograde", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # as the other run does while it grades somebody
        second = run(course)
    assert second.returncode == 1
    assert "Another run is at work on this course" in second.stderr
    assert "Traceback" not in second.stderr


def test_two_runs_that_start_together_grade_everybody_right(make_class, undisturbed):
    together = make_class("together", 4)
    options = {"cwd": together.root, "env": together.environment(), "stderr": subprocess.PIPE, "text": True}
    runs = [subprocess.Popen(COMMAND, **options) for _ in "12"]
    said = [process.communicate()[1] for process in runs]
    assert 0 in [process.returncode for process in runs], said
    assert all("Traceback" not in text for text in said), said
    assert outcome(together) == undisturbed


@pytest.mark.parametrize("which", ["nbgrader", "command line"])
def test_a_full_disk_is_a_sentence_and_room_is_all_that_it_takes(which, make_class):
    needs(shutil.which("bwrap"), "a small disk is made with bubblewrap")
    course = make_class("course", 2)
    kept = course.root / "class"
    grade = [sys.executable, "-m", "autograder", "grade", str(kept / "submitted"), "--json", str(course.place / "out")]
    command = COMMAND if which == "nbgrader" else grade
    small = ["bwrap", "--dev-bind", "/", "/", "--size", "100000", "--tmpfs", str(kept)]
    small += ["--bind", str(kept / "submitted"), str(kept / "submitted")]
    almost_full = ["bash", "-c", f'head -c 91000 /dev/zero > {kept}/full; "$@"', "bash"]
    done = run(course, *small, *almost_full, command=command)
    assert done.returncode == 1
    assert "make room" in done.stderr
    assert "Traceback" not in done.stderr
    again = run(course, command=command)
    assert again.returncode == 0, again.stderr


@pytest.mark.parametrize("which", ["nbgrader", "command line"])
def test_a_read_only_course_is_a_sentence(which, make_class):
    needs(shutil.which("bwrap"), "a read-only folder for root too is made with bubblewrap")
    course = make_class("course", 1)
    read_only = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", str(course.root), str(course.root)]
    grade = [sys.executable, "-m", "autograder", "grade", str(course.root / "class" / "submitted")]
    done = run(course, *read_only, command=COMMAND if which == "nbgrader" else grade)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Read-only file system" in done.stderr


def test_late_work_loses_its_marks_where_the_course_says_so(make_class):
    course = make_class("course", 2)
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    course.nbgrader("db", "assignment", "add", "batchnorm", "--duedate", "2026-10-05 18:00 UTC")
    for learner, handed_in in (("learner_000", "2026-10-05 17:59:00 UTC"), ("learner_001", "2026-10-06 09:00:00 UTC")):
        folder = course.root / "class" / "submitted" / learner / "batchnorm"
        (folder / "timestamp.txt").write_text(handed_in)
    run(course)
    points = sum(load(name).points for lesson in TAUGHT for name in LESSONS[lesson])
    with course.gradebook() as gradebook:
        submissions = gradebook.assignment_submissions("batchnorm")
        found = {one.student.id: (one.score, one.late_submission_penalty) for one in submissions}
    assert found["learner_000"] == (points, 0)
    score, penalty = found["learner_001"]
    assert penalty == score > 0
