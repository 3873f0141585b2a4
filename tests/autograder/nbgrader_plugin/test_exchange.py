"""An exchange into which learners have put more than `nbgrader submit` does: links, pipes, forged times.

Real nbgrader, a real exchange, a due date that has passed.
"""

import datetime
import os
import shutil

import pytest

from autograder.printable import escaped
from bnlib.syllabus import load

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

COURSE, ASSIGNMENT, LESSON = "batchnorm_course", "batchnorm", "3_normalise"
POINTS = load("normalize").points
LONG_AGO = "1999-01-01 00:00:00.000000 UTC"
SEED = "8675309" * 3
NO_NAMES = ["mallory\nx", "\x1b[31mred", "[ab]", "star*", "h?nest", "..x", ".", ""]


class Inbound:
    """The folder in which submissions arrive."""

    def __init__(self, course):
        self.course = course
        self.folder = course.exchange / COURSE / "inbound"

    def submit(self, name, before=lambda folder: None):
        """Submit right answers as a learner does; give the folder that arrives."""
        folder = self.course.learner(name)
        self.course.nbgrader("fetch_assignment", ASSIGNMENT, "--course", COURSE, cwd=folder)
        self.course.fill_in(folder / ASSIGNMENT)
        before(folder / ASSIGNMENT)
        submit = ["submit", ASSIGNMENT, "--course", COURSE, f"--CourseDirectory.student_id={name}"]
        self.course.nbgrader(*submit, cwd=folder)
        return next(self.folder.glob(f"{name}+*"))

    def as_submitted(self, name):
        """Give a folder that has arrived as honest's did, in another learner's name and with a secret of its own."""
        honest = next(self.folder.glob("honest+*"))
        made = shutil.copytree(honest, self.folder / honest.name.replace("honest", name))
        (made / "submission_secret.txt").chmod(0o644)
        (made / "submission_secret.txt").write_text(name)
        return made

    def by_hand(self, name, time):
        """Make a folder as `submit` would, and leave out what nbgrader writes there."""
        made = self.folder / f"{name}+{ASSIGNMENT}+{time}"
        made.mkdir()
        model = next(self.folder.glob("honest+*"))
        shutil.copy(model / f"{LESSON}.ipynb", made)
        return made


@pytest.fixture(scope="module")
def course(tmp_path_factory, make_course):
    course = make_course(tmp_path_factory.mktemp("exchange"), lessons=(LESSON,))
    secrets = course.root / "class"
    (secrets / "exam_seed").write_text(SEED)
    course.nbgrader("generate_assignment", ASSIGNMENT, "--create", "--force")
    course.nbgrader("release_assignment", ASSIGNMENT)
    with course.gradebook() as gradebook:
        an_hour_ago = datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - datetime.timedelta(hours=1)
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=an_hour_ago)
    inbound = Inbound(course)
    inbound.submit("honest")
    inbound.submit("forger", lambda folder: (folder / "timestamp.txt").write_text(LONG_AGO))
    edited = inbound.as_submitted("editor")
    (edited / "timestamp.txt").chmod(0o644)
    (edited / "timestamp.txt").write_text(LONG_AGO)
    links = inbound.as_submitted("linker")
    for name, target in (
        ("x.html", "exam_seed"),
        ("y.html", "gradebook.db"),
        ("all", "."),
        (f"{LESSON}.html", "exam_seed"),
    ):
        (links / name).symlink_to(secrets / target)
    shutil.copy(links / f"{LESSON}.ipynb", links / "x.ipynb")
    os.mkfifo(links / "pipe")
    thief = inbound.as_submitted("thief")
    (thief / f"{LESSON}.ipynb").unlink()
    (thief / f"{LESSON}.ipynb").symlink_to(secrets / "submitted" / "honest" / ASSIGNMENT / f"{LESSON}.ipynb")
    inbound.by_hand("by_hand", LONG_AGO)
    inbound.by_hand("nameless", "yesterday")
    with open(inbound.by_hand("too_big", LONG_AGO) / "sparse", "wb") as file:
        file.truncate(10**9)
    for name in NO_NAMES:
        inbound.by_hand(name, LONG_AGO)
    (inbound.folder / f"linked+{ASSIGNMENT}+{LONG_AGO}").symlink_to(secrets)
    (inbound.by_hand("deep", LONG_AGO) / "/".join("d" * 600)).mkdir(parents=True)
    binary = inbound.by_hand("binary", LONG_AGO)
    for name in ("timestamp.txt", "submission_secret.txt"):
        (binary / name).write_bytes(b"\xff\0" * 10)
    course.said = course.nbgrader("collect", ASSIGNMENT)
    course.nbgrader("autograde", ASSIGNMENT, "--create")
    course.nbgrader("generate_feedback", ASSIGNMENT)
    course.nbgrader("release_feedback", ASSIGNMENT)
    return course


@pytest.fixture(scope="module")
def submissions(course):
    """Give each learner's score and seconds of lateness."""
    with course.gradebook() as gradebook:
        found = gradebook.assignment_submissions(ASSIGNMENT)
        return {submission.student.id: (submission.score, submission.total_seconds_late) for submission in found}


@pytest.mark.parametrize("learner", ["honest", "forger", "editor", "linker", "by_hand", "binary"])
def test_a_right_answer_keeps_its_marks(submissions, learner):
    assert submissions[learner][0] == POINTS


@pytest.mark.parametrize("learner", ["honest", "forger", "editor", "linker"])
def test_a_timestamp_of_ones_own_makes_nobody_punctual(submissions, learner):
    assert submissions[learner][1] >= 3600


@pytest.mark.parametrize("learner", ["by_hand", "binary"])
def test_a_folder_made_by_hand_names_its_own_time(submissions, learner):
    """Nothing is promised here: whoever writes into the exchange past `nbgrader submit` can name any time."""
    assert submissions[learner][1] == 0


def test_another_learners_notebook_is_no_answer(course, submissions):
    assert "thief" not in submissions
    assert not list((course.root / "class/submitted/thief").rglob("*.ipynb"))


def test_a_link_copies_nothing(course):
    class_folder = course.root / "class"
    places = [class_folder / step for step in ("submitted", "autograded", "feedback")]
    places.append(course.exchange / COURSE / "feedback")
    copied = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert len(copied) > 20
    gradebook = (class_folder / "gradebook.db").read_bytes()[:16]
    for path in copied:
        assert not path.is_symlink()
        assert SEED.encode() not in path.read_bytes(), path
        assert not path.read_bytes().startswith(gradebook), path


def test_what_is_not_collected_is_named(course, submissions):
    assert "nameless+batchnorm+yesterday is not collected: its name holds no date" in course.said
    assert "is not collected: it has more than" in course.said
    assert f"linked+batchnorm+{LONG_AGO} is not collected: it is a link" in course.said
    assert f"deep+batchnorm+{LONG_AGO} is not collected: maximum recursion" in course.said
    assert submissions.keys() == {"honest", "forger", "editor", "linker", "by_hand", "binary"}


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_is_not_collected_and_named_printably(course, name):
    shown = escaped(name).replace("\n", "\n    ")
    assert f"inbound/{shown}+{ASSIGNMENT}+{LONG_AGO} is not collected: its learner's name " in course.said
    assert not set(course.said) & set("\x1b\x07")


def test_feedback_is_released_to_all(course, submissions):
    released = list((course.exchange / COURSE / "feedback").glob("*.html"))
    assert len(released) == len(submissions)


def test_what_the_exchange_holds_is_untouched(course):
    arrived = next((course.exchange / COURSE / "inbound").glob("linker+*"))
    assert (arrived / "x.html").is_symlink()
    assert (arrived / "pipe").is_fifo()
    assert (course.root / "class" / "exam_seed").read_text() == SEED
