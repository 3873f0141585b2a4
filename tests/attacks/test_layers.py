"""Each layer of the sandbox by itself, the rungs that they make, and the probe that says whether a rung holds."""

import os
import time

import pytest

from autograder.grading import handed_in, run
from autograder.grading.cells import of_json
from autograder.sandbox import bubblewrap, ladder, process, seccomp, talk
from autograder.sandbox.launch import Rung, Zygote
from autograder.sandbox.process import Ended
from autograder.sandbox.talk import NotHere

from ..conftest import needs
from .attack import EXERCISES, PRELUDE, clean_cells

pytestmark = pytest.mark.slow

FILES = {"read a file of this machine", "list processes", "write a file"}
# What each layer stops where nothing else is in force, for root too; more of it may be stopped elsewhere.
ALONE = {
    ("bubblewrap",): FILES,
    ("landlock",): FILES,
    ("seccomp",): {
        "write a file",
        "open a network socket",
        "open a local socket",
        "fork",
        "run a program",
        "signal its parent",
        "make namespaces",
        "trace a process",
    },
    ("seccomp", "no open"): set(ladder.PROBES),
}


def submission(cells):
    return handed_in.of_notebook(of_json({"cells": list(cells.values())}))


def start(rung):
    try:
        return Zygote(rung)
    except (NotHere, OSError, ImportError) as error:
        needs(False, f"not to be had on this machine: {error}")


@pytest.mark.parametrize("rung", ladder.RUNGS, ids=lambda rung: rung.name)
def test_a_rung_has_no_leak(rung):
    with start(rung) as zygote:
        assert ladder.probe(zygote) == []


def test_the_probe_finds_leaks_where_there_is_no_isolation():
    with Zygote(ladder.UNSAFE) as zygote:
        assert {*FILES, "open a network socket", "open a local socket", "fork", "run a program"} <= {
            *ladder.probe(zygote)
        }


@pytest.mark.parametrize("layers", ALONE, ids="+".join)
def test_a_layer_by_itself(layers):
    with start(Rung("alone", layers, "")) as zygote:
        assert not ALONE[layers] & set(ladder.probe(zygote))


@pytest.mark.parametrize("missing", ["bubblewrap", "landlock"])
def test_the_probe_finds_what_two_layers_leave_open(missing):
    left = tuple(layer for layer in ("bubblewrap", "landlock") if layer != missing)
    with start(Rung("without seccomp", left, "")) as zygote:
        assert "open a local socket" in ladder.probe(zygote)


@pytest.mark.parametrize("rung", ladder.RUNGS, ids=lambda rung: rung.name)
def test_a_rung_grades(rung, keys, references):
    cells = clean_cells()
    cells["normalize"]["source"] = "import os\ndef normalize(*_):\n    os._exit(0)"
    with start(rung) as zygote:
        verdicts = run.grade(submission(cells), keys, references, zygote)
    assert [verdict.exercise for verdict in verdicts if not verdict.right] == ["normalize"]


def test_a_worker_is_alone_in_its_group_and_session():
    """Or `kill(0)` would reach the others of its group, out of a pid namespace too, where the filter does not hold."""
    with start(ladder.UNSAFE) as zygote, zygote.worker() as worker:
        answer, _ = worker.ask("cell", "import os\n1 / (os.getsid(0) == os.getpgid(0) == os.getpid())", "", seconds=10)
        assert answer == {}


def test_a_worker_without_the_filter_is_refused():
    with start(Rung("none", (), "")) as zygote:
        zygote.rung = Rung("asked for", ("seccomp",), "")
        with pytest.raises(NotHere, match="system call filter is not in force"):
            zygote.worker()


def test_a_worker_with_a_filter_that_was_not_asked_for_is_refused():
    with start(Rung("filtered", ("seccomp",), "")) as zygote:
        zygote.rung = ladder.UNSAFE
        with pytest.raises(NotHere, match="system call filter"):
            zygote.worker()


def test_a_worker_without_its_own_namespaces_is_refused():
    with start(Rung("none", (), "")) as zygote:
        zygote.rung = Rung("asked for", ("namespaces",), "")
        with pytest.raises(NotHere, match="no namespaces of its own"):
            zygote.worker()


def test_a_filter_that_the_kernel_does_not_take_is_refused(monkeypatch):
    def garbage(may_open):
        program = os.memfd_create("garbage")
        os.write(program, b"\xff" * 64)
        return program

    monkeypatch.setattr(seccomp, "build", garbage)
    with Zygote(Rung("garbage", ("seccomp",), "")) as zygote, pytest.raises(NotHere, match="seccomp"):
        zygote.worker()


def test_a_zygote_that_does_not_start_says_why(monkeypatch):
    monkeypatch.setattr(bubblewrap, "PLACE", "/nowhere/at/all")
    monkeypatch.setattr(bubblewrap, "OWN", ())
    with pytest.raises(NotHere, match=r"zygote\.py"):
        start_bubblewrap()


def start_bubblewrap():
    try:
        return Zygote(Rung("broken", ("bubblewrap",), ""))
    except FileNotFoundError as error:
        needs(False, str(error))


def test_without_bubblewrap_a_lower_rung_is_found(monkeypatch):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    try:
        zygote, reasons = ladder.strongest()
    except NotHere as error:
        needs(False, str(error))
    with zygote:
        assert zygote.rung.name in "DE"
        assert [reason[0] for reason in reasons][:3] == ["A", "B", "C"]
        assert "bubblewrap is not installed" in reasons[0]


def test_a_worker_that_reads_its_own_answers(keys, references):
    cells = clean_cells()
    cells["normalize"]["source"] = PRELUDE + (
        "def normalize(*_):\n"
        "    for descriptor, path in ((1, '/proc/self/fd/1'), (4, '/proc/self/fd/4')):\n"
        "        other, until = os.open(path, os.O_RDONLY | os.O_NONBLOCK), time.monotonic() + 2\n"
        "        while time.monotonic() < until:\n"
        "            os.write(descriptor, b'x')\n"
        "            try:\n"
        "                os.read(other, 100)\n"
        "            except BlockingIOError:\n"
        "                pass\n"
    )
    with start(ladder.RUNGS[3]) as zygote:
        verdicts = run.grade(submission(cells), keys, references, zygote)
    assert [verdict.exercise for verdict in verdicts if verdict.right] == [n for n in EXERCISES if n != "normalize"]


@pytest.mark.parametrize("source", ["import time\ntime.sleep(60)", "while True:\n    pass"])
def test_a_worker_that_sleeps_or_has_computed_its_share_is_stopped(source, zygote):
    with zygote.worker() as worker, pytest.raises(Ended, match="the time limit"):
        worker.ask("cell", source, "<cell>", seconds=0.5)


def test_a_worker_that_a_busy_machine_keeps_waiting_gets_more_time_but_not_for_ever(zygote, monkeypatch):
    monkeypatch.setattr(process.Process, "computing_time", lambda _: (0.0, True))
    began = time.monotonic()
    with zygote.worker() as worker, pytest.raises(Ended, match="the time limit"):
        worker.ask("cell", "while True:\n    pass", "<cell>", seconds=0.3)
    assert time.monotonic() - began >= talk.PATIENCE * 0.3


def test_computing_time_is_measured(zygote):
    with zygote.worker() as worker:
        before, _ = worker._process.computing_time()
        worker.ask(
            "cell",
            "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass",
            "<cell>",
            seconds=9,
        )
        after, _ = worker._process.computing_time()
    assert 0.2 < after - before < 1
