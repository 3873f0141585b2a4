"""`make grade`: a sample class, graded through nbgrader in a folder of its own."""

import pytest
from nbgrader.api import Gradebook

from autograder import class_folder
from autograder.results.as_json import read_results
from autograder.workshop import sample, sample_class
from bnlib.refusal import Refused
from bnlib.syllabus import LESSONS, load
from tests.doors import of_gradebook, of_report

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

POINTS = {lesson: sum(load(name).points for name in names) for lesson, names in LESSONS.items()}


ENDLESS = "never ends"  # twenty seconds, until it is believed
SHORT = {kind: answer for kind, answer in sample.HOSTILE.items() if kind != ENDLESS}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Let the class be made in a folder of this test's."""
    monkeypatch.setattr(sample_class, "FOLDER", tmp_path / "sample_class")
    return tmp_path / "sample_class"


@pytest.mark.parametrize(
    ("hostile", "learners"),
    [
        pytest.param(SHORT, len(SHORT) + 3, id="without the one that never ends"),
        pytest.param(sample.HOSTILE, sample_class.LEARNERS, id="all", marks=pytest.mark.full),
    ],
)
def test_every_kind_of_learner_gets_the_marks_that_are_due_in_gradebook_and_report(
    hostile, learners, folder, capsys, sandbox, monkeypatch
):
    monkeypatch.setattr(sample, "HOSTILE", hostile)
    monkeypatch.setattr(sample_class, "LEARNERS", learners)
    assert sample_class.main() == 0
    said = capsys.readouterr().out
    rows = {line.split("  ")[-1]: line.split() for line in said.splitlines() if line.startswith("learner_")}
    lessons = list(LESSONS)
    assert rows["everything right"][1 : len(lessons) + 1] == [f"{POINTS[lesson]:g}" for lesson in lessons]
    for kind in (*hostile, sample.BROKEN):
        assert rows[kind][1 + lessons.index("normalise")] == "0"
        assert float(rows[kind][1 + len(lessons)]) > 0  # what is right beside it counts
    kept = class_folder.private(folder)
    with Gradebook(f"sqlite:///{kept}/gradebook.db") as gradebook:
        assert of_gradebook(gradebook) == of_report(read_results(folder / "results.json"))
    for what in (folder / "results.html", kept / "gradebook.db", kept / "feedback"):
        assert what.exists()
        assert str(what) in said


def test_a_folder_that_it_has_not_made_is_not_touched(folder):
    folder.mkdir()
    (folder / "mine").write_text("notes")
    with pytest.raises(Refused, match="was not made by `make grade`"):
        sample_class._make()
    assert (folder / "mine").read_text() == "notes"
