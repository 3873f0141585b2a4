"""Files that lie beside a notebook and are named like modules: nothing runs them but the sandbox, if at all."""

import os
import shutil
import subprocess
import sys

import pytest

from bnlib.paths import ROOT, SOLUTIONS

pytestmark = pytest.mark.slow

NAMES = (
    "IPython bnlib conftest json jupytext landlockpy matplotlib nbformat nbgrader numpy psutil pyseccomp "
    "sitecustomize struct test_submission usercustomize"
).split()


@pytest.fixture
def beside(tmp_path):
    """Give a folder with a right notebook and such files; each of them leaves a trace when it runs."""
    folder = tmp_path / "submitted" / "mallory"
    folder.mkdir(parents=True)
    (tmp_path / "traces").mkdir()
    shutil.copy(SOLUTIONS / "3_normalise.ipynb", folder)
    for name in NAMES:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'traces' / name)!r}, 'w').close()\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p evil\n")
    return folder


def run(command, folder):
    """Run a command; give what it said."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("where", ["in the course's folder", "in the submission's folder"])
def test_grading_runs_no_file_beside_the_notebook(where, beside, tmp_path):
    inside = where == "in the submission's folder"
    said = run(["autograder", "grade", "." if inside else str(beside), "--seed", "1"], beside if inside else ROOT)
    assert "3_normalise.ipynb: 3 of 3. everything right" in said
    assert "numpy.py: unreadable. The file defines none of the exercises." in said
    assert not list((tmp_path / "traces").iterdir())


@pytest.mark.parametrize("between", [" ", "="])
def test_pytest_runs_no_file_beside_the_notebook(between, beside, tmp_path):
    option = f"--submission{between}{beside}/3_normalise.ipynb".split()
    assert "9 passed" in run(["pytest", "autograder/", "-p", "no:cacheprovider", *option], ROOT)
    assert not list((tmp_path / "traces").iterdir())
