"""`make grade`: a sample class, graded through nbgrader in a folder of its own."""

import pytest

from autograder import course, sample, sample_class
from autograder.refusal import Refused
from bnlib.exercises import LESSONS, load

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
    "hostile", [SHORT, pytest.param({ENDLESS: sample.HOSTILE[ENDLESS]}, marks=pytest.mark.full)], ids=" ".join
)
def test_every_kind_of_learner_gets_the_marks_that_are_due(hostile, folder, capsys, sandbox, monkeypatch):
    monkeypatch.setattr(sample, "HOSTILE", hostile)
    monkeypatch.setattr(sample_class, "LEARNERS", len(hostile) + 3)
    assert sample_class.main() == 0
    said = capsys.readouterr().out
    rows = {line.split("  ")[-1]: line.split() for line in said.splitlines() if line.startswith("learner_")}
    lessons = list(LESSONS)
    assert rows["everything right"][1 : len(lessons) + 1] == [f"{POINTS[lesson]:g}" for lesson in lessons]
    for kind in (*hostile, sample.BROKEN):
        assert rows[kind][1 + lessons.index("3_normalise")] == "0"
        assert float(rows[kind][1 + len(lessons)]) > 0  # what is right beside it counts
    for what in (folder / "results.html", course.gradebook(folder), folder / course.CLASS / "feedback"):
        assert what.exists()
        assert str(what) in said


def test_a_folder_that_it_has_not_made_is_not_touched(folder):
    folder.mkdir()
    (folder / "mine").write_text("notes")
    with pytest.raises(Refused, match="was not made by `make grade`"):
        sample_class._make()
    assert (folder / "mine").read_text() == "notes"
