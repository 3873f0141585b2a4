"""Gradescope: its output format, and the zip that it runs."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from autograder import __main__ as command_line
from autograder.commands import gradescope_zip
from autograder.grading.result import Result
from autograder.results.as_json import as_json
from bnlib.judging.judge import judge
from bnlib.judging.key import practice_key
from bnlib.paths import SOLUTIONS

KEY = practice_key("normalize")
TEST_FIELDS = {"name", "score", "max_score", "status", "output"}


def graded(path, right, sandbox="E"):
    outcomes = [case.expected for case in KEY.cases] if right else list(KEY.mistakes[0].variants[0])
    return as_json(Result(path, sandbox, (judge(KEY, outcomes),)))


def written(tmp_path, results, *options):
    """Run the command on results; give the exit status and what was written, by path."""
    (tmp_path / "results.json").write_text(json.dumps(results))
    out = tmp_path / "out"
    status = command_line.main(["gradescope", str(tmp_path / "results.json"), "--out", str(out), *options])
    return status, {p.relative_to(out).as_posix(): json.loads(p.read_text()) for p in sorted(out.rglob("*.json"))}


def test_each_learner_gets_a_file_in_gradescopes_format(tmp_path):
    status, files = written(
        tmp_path, [graded("c/ada/3_normalise.ipynb", True), graded("c/ben/3_normalise.ipynb", False)]
    )
    assert status == 0
    assert files.keys() == {"ada/results.json", "ben/results.json"}
    ada, ben = files.values()
    for data in (ada, ben):
        assert data.keys() == {"score", "output", "visibility", "stdout_visibility", "tests"}
        assert data["score"] == sum(test["score"] for test in data["tests"])
        assert all(test.keys() == TEST_FIELDS for test in data["tests"])
        assert data["output"].startswith("Sandbox: E (seccomp")
    assert [test["status"] for test in ada["tests"]] == ["passed"]
    assert [test["status"] for test in ben["tests"]] == ["failed"]
    assert KEY.mistakes[0].when in ben["tests"][0]["output"]


def test_no_learner_reads_of_another(tmp_path):
    broken = as_json(Result("c/ben/3_normalise.ipynb", "E", problem="Bens file."))
    _, files = written(tmp_path, [graded("c/ada/3_normalise.ipynb", True), broken])
    assert "ben" not in json.dumps(files["ada/results.json"]).casefold()
    assert "3_normalise.ipynb could not be graded. Bens file." in files["ben/results.json"]["output"]
    assert files["ben/results.json"]["score"] == 0


def test_a_name_leads_nowhere_else(tmp_path):
    odd = ["c/../3_normalise.ipynb", "c/a\0b/x.ipynb", "c/A?/x.ipynb", "c/a*/x.ipynb", "c/ok/x.ipynb"]
    status, files = written(tmp_path, [graded(path, True) for path in odd])
    assert status == 0
    assert len(files) == len(odd)
    assert {path.name for path in tmp_path.iterdir()} - {"bnlib-home"} == {"results.json", "out"}


def test_one_learners_files_go_into_one(tmp_path):
    ewa = practice_key("ewa_update")
    more = as_json(Result("s/mine.py", "E", (judge(ewa, [case.expected for case in ewa.cases]),)))
    status, files = written(tmp_path, [graded("s/3_normalise.ipynb", False), more], "--one")
    assert status == 0
    assert files.keys() == {"results.json"}
    assert [test["name"] for test in files["results.json"]["tests"]] == ["ewa_update", "normalize"]
    assert files["results.json"]["score"] == ewa.points


def test_nothing_handed_in_is_said(tmp_path):
    _, files = written(tmp_path, [], "--one")
    assert files["results.json"]["score"] == 0
    assert "There is no .ipynb or .py file" in files["results.json"]["output"]


def test_bad_input_gets_a_sentence(tmp_path, capsys):
    assert written(tmp_path, {})[0] == 1
    assert written(tmp_path, [])[0] == 1
    said = capsys.readouterr().err
    assert "is not a results file" in said and "holds no result" in said
    assert command_line.main(["gradescope-zip", str(tmp_path / "results.json" / "a.zip"), "--seed", "1"]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    file = tmp_path_factory.mktemp("zip") / "autograder.zip"
    assert command_line.main(["gradescope-zip", str(file), "--seed", "5"]) == 0
    return file


def test_the_zip_holds_what_grading_needs_and_no_more(archive):
    with zipfile.ZipFile(archive) as opened:
        names = set(opened.namelist())
        assert opened.read("exam_seed") == b"5\n"
        assert opened.getinfo("run_autograder").external_attr >> 16 & 0o111
    assert names >= {"setup.sh", "run_autograder", "pyproject.toml", "constraints.txt", "autograder/results/page.html"}
    assert names >= {"bnlib/lab/digits.md", "bnlib/lab/digits.npz"}
    assert {name.split("/")[0] for name in names if "/" in name} == {"autograder", "bnlib", "course"}
    assert not {part for name in names for part in name.split("/")} & {"class", "mine", "__pycache__", "verdicts"}
    assert archive.stat().st_mode & 0o777 == 0o600


def test_nothing_that_was_written_or_graded_in_the_course_is_in_the_zip(in_a_used_course, private_in, tmp_path):
    in_a_used_course("gradescope-zip", str(tmp_path / "autograder.zip"), "--seed", "5")
    with zipfile.ZipFile(tmp_path / "autograder.zip") as opened:
        opened.extractall(tmp_path / "zip")
    assert private_in(tmp_path / "zip") == []


def test_the_zips_bytes_are_always_the_same(archive):
    assert gradescope_zip.zipped(5) == archive.read_bytes()
    assert gradescope_zip.zipped(6) != archive.read_bytes()


@pytest.mark.parametrize("script", [gradescope_zip.SETUP, gradescope_zip.RUN])
def test_the_scripts_are_bash(script):
    assert subprocess.run(["bash", "-n"], input=script, text=True).returncode == 0


@pytest.fixture
def container(archive, tmp_path, sandbox):
    """Lay a folder out as Gradescope does; give a function that runs a submission in it."""
    root = tmp_path / "autograder"
    for folder in ("submission", "results", "env/bin"):
        (root / folder).mkdir(parents=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(root / "source")
    shutil.copy(root / "source/run_autograder", root)
    python = root / "env/bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)

    def run():
        environment = os.environ | {"AUTOGRADER_ROOT": str(root)}
        done = subprocess.run(
            ["bash", root / "run_autograder"], cwd=root, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads((root / "results/results.json").read_text())

    return root, run


@pytest.mark.slow
def test_a_submission_is_graded_as_in_gradescopes_container(container):
    root, run = container
    shutil.copy(SOLUTIONS / "3_normalise.ipynb", root / "submission")
    (root / "submission/link.ipynb").symlink_to(SOLUTIONS / "2_mini_batch_statistics.ipynb")
    found = run()
    assert [(test["name"], test["status"]) for test in found["tests"]] == [("normalize", "passed")]
    assert found["output"].startswith("Sandbox: ")


@pytest.mark.slow
def test_a_submission_cannot_read_the_seed(container, cells):
    root, run = container
    steal = f"for place in ({str(root / 'source/exam_seed')!r}, '/proc/self/../1/cmdline'):\n    try:\n"
    steal += "        open(place).close()\n    except OSError:\n        continue\n    raise SystemExit('read it')\n"
    (root / "submission/given.py").write_text(steal + cells["normalize"])
    found = {test["name"]: test["status"] for test in run()["tests"]}
    assert found["normalize"] == "passed"


@pytest.mark.slow
def test_an_empty_submission_is_told_so(container):
    assert "There is no .ipynb or .py file" in container[1]()["output"]
