"""Nothing that was graded is lost or graded twice, whenever a run is killed."""

import ast
import contextlib
import random
import signal
import subprocess
import sys
import time

import pytest

from autograder import __main__ as command_line
from autograder import class_folder
from autograder.coursebook import exam
from autograder.grading import grader as graders
from autograder.grading import handed_in, ledger
from autograder.grading.grader import Grader
from autograder.sandbox import bubblewrap
from autograder.workshop import sample
from bnlib.judging.key import practice_key
from bnlib.paths import ROOT, SOLUTIONS
from bnlib.refusal import Refused

from ..made_up import SEED


@pytest.fixture(scope="module")
def keys():
    return exam.keys(SEED)


@pytest.fixture
def submission():
    return handed_in.read(SOLUTIONS / "3_normalise.ipynb")


@pytest.fixture
def grader(tmp_path, sandbox):
    with Grader(SEED, kept=tmp_path / "verdicts") as made:
        yield made


def test_a_verdict_is_found_again(grader, submission, monkeypatch):
    verdicts = grader.judge(submission)
    monkeypatch.setattr(graders.run, "grade", lambda *_: pytest.fail("graded twice"))
    again = grader.judge(submission)
    assert [(v.exercise, v.status, v.score, v.message) for v in again] == [
        (v.exercise, v.status, v.score, v.message) for v in verdicts
    ]


@pytest.mark.parametrize("what", ["submission", "key", "rung", "code"])
def test_another_submission_key_rung_or_grader_finds_nothing(what, keys, submission, tmp_path, monkeypatch):
    book = ledger.Ledger(tmp_path, keys, "A")
    book.keep(submission, ())
    assert book.find(submission) == ()
    if what == "submission":
        submission = handed_in.of_python("def normalize(): pass")
    elif what == "code":
        monkeypatch.setattr(ledger, "own_code", lambda: "another")
    other_keys = keys | {"normalize": practice_key("normalize")} if what == "key" else keys
    assert ledger.Ledger(tmp_path, other_keys, "B" if what == "rung" else "A").find(submission) is None


def test_a_torn_file_counts_as_none(keys, submission, tmp_path):
    book = ledger.Ledger(tmp_path, keys, "A")
    book.keep(submission, ())
    next(tmp_path.rglob("*.json")).write_text('[{"exer')
    assert book.find(submission) is None


def test_hidden_answers_are_not_kept(grader, tmp_path):
    grader.judge(handed_in.of_python("def normalize(Z, mean, var, eps=1e-5):\n    return Z"))
    assert '"evidence": null' in next((tmp_path / "verdicts").rglob("*.json")).read_text()


def test_a_folder_that_cannot_be_written_is_a_sentence(keys, submission, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="What was graded so far is kept"):
        ledger.Ledger(tmp_path / "file" / "verdicts", keys, "A").keep(submission, ())


@pytest.mark.slow
def test_a_run_killed_at_random_points_ends_like_an_undisturbed_one(sandbox, tmp_path):
    """Kill the real command again and again; the last run has to find what was graded, and give the same JSON."""
    sample.make(tmp_path / "class", learners=3, hostile=False)
    options = ["grade", str(tmp_path / "class"), "--seed", str(SEED), "--json"]

    def course(name):
        (tmp_path / name).mkdir()
        (tmp_path / name / "nbgrader_config.py").touch()
        return tmp_path / name

    def verdicts(folder):
        return len(list((folder / class_folder.CLASS).rglob("*.json")))

    alone, killed = course("alone"), course("killed")
    with contextlib.chdir(alone):
        assert command_line.main([*options, "out.json"]) == 0
    count = verdicts(alone)
    for kept in sorted(random.Random(7).sample(range(count * 2 // 3), 3)):
        command = [sys.executable, "-m", "autograder", *options, "out.json"]
        with subprocess.Popen(command, cwd=killed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while verdicts(killed) < kept:
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL, "the run was over"
        assert kept <= verdicts(killed) < count
        assert not (killed / "out.json").exists()
    with contextlib.chdir(killed):
        assert command_line.main([*options, "out.json"]) == 0
    assert (killed / "out.json").read_text() == (alone / "out.json").read_text()


def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(grader, tmp_path, full_disk):
    right = handed_in.of_python("def batch_size(Z):\n    return len(Z)")
    with full_disk(), pytest.raises(Refused, match="Verdicts cannot be written to .*File too large"):
        grader.judge(right)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert grader.judge(right)


def test_every_file_that_decides_verdicts_is_part_of_what_they_belong_to():
    """Follow the imports from grading, and take what the sandbox shows to a submission."""
    found, to_read = set(), [ROOT / "autograder/grading/run.py"]
    for place in bubblewrap.OWN:
        to_read += ROOT.glob(place if place.endswith(".py") else f"{place}/*.py")
    while to_read:
        file = to_read.pop()
        if file in found or file.suffix != ".py":
            continue
        found.add(file)
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module, *(f"{node.module}.{name}" for name in names)]
            for name in names:
                place = ROOT / name.replace(".", "/")
                to_read += [path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()]
    assert len(found) > 20
    assert found <= set(ledger.deciding_files())


@pytest.mark.parametrize("what", ["file", "reference", "numpy", "lab"])
def test_a_change_of_what_decides_changes_the_hash(what, tmp_path, monkeypatch):
    before = ledger.own_code.__wrapped__()
    if what == "file":
        (tmp_path / "judge.py").write_text("")
        monkeypatch.setattr(ledger, "deciding_files", lambda: [tmp_path / "judge.py"])
    elif what == "reference":
        monkeypatch.setattr(ledger.lessons, "exercise_sources", lambda: {"normalize": "another"})
    elif what == "numpy":
        monkeypatch.setattr(ledger.np, "__version__", "another")
    else:
        monkeypatch.setitem(ledger.LAB, "network", ["Network"])
    assert ledger.own_code.__wrapped__() != before
