"""Setting the course up: packages stated once, and one clear sentence for whatever is in the way."""

import os
import re
import shutil
import subprocess
import tomllib

import pytest
from setuptools import find_packages

from bnlib.paths import ROOT

from .conftest import needs

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_environment_yml_holds_the_learners_packages_of_pyproject():
    lines = re.findall(r"^  - ([a-z].*)$", (ROOT / "environment.yml").read_text(), re.MULTILINE)
    packages = [line for line in lines if line not in ("conda-forge", "pip", "pip:")]
    assert sorted(packages) == sorted([*PYPROJECT["dependencies"], f"python{PYPROJECT['requires-python']}"])


def test_a_learner_needs_no_grader_and_no_framework():
    names = {re.match(r"[\w-]+", dependency)[0] for dependency in PYPROJECT["dependencies"]}
    assert names == {"ipywidgets", "jupyterlab", "matplotlib", "numpy"}


def test_constraints_pin_what_pyproject_names_and_hold_no_addresses():
    text = (ROOT / "constraints.txt").read_text()
    pins = dict(line.split("==") for line in text.lower().splitlines())
    extras = PYPROJECT["optional-dependencies"]
    named = [*PYPROJECT["dependencies"], *extras["grader"], *extras["scale"], *extras["dev"]]
    names = {re.match(r"[\w-]+", dependency)[0] for dependency in named} - {PYPROJECT["name"]}
    assert names <= pins.keys()
    assert "//" not in text
    assert pins["nbgrader"] == "0.9.6"
    # jsonschema 4.25 brings it, and every nbgrader command and every server would start a second later.
    assert "rfc3987-syntax" not in pins


def test_every_package_is_installed_with_the_project():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]
    listed = set(find_packages(str(ROOT), **wanted))
    folders = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in ROOT.glob("*/**/__init__.py")}
    assert listed == {f for f in folders if f.startswith(("bnlib", "autograder"))}
    with_code = {path.parent for name in ("bnlib", "autograder") for path in (ROOT / name).rglob("*.py")}
    assert {path.relative_to(ROOT).as_posix().replace("/", ".") for path in with_code if path.name != "mine"} == listed


def test_every_file_of_bnlib_that_is_no_code_is_installed_with_it():
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["bnlib"]
    installed = {path for pattern in patterns for path in (ROOT / "bnlib").glob(pattern)}
    there = {path for path in (ROOT / "bnlib").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert installed == {path for path in there if "mine" not in path.parts}


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("class/exam_seed", True),
        ("class/gradebook.db", True),
        ("class/submitted/ada/batchnorm/3_normalise.ipynb", True),
        ("bnlib/mine/normalize.py", True),
        ("my_notebooks/3_normalise.ipynb", True),
        ("notebooks/week1/3_normalise.ipynb", True),
        ("sample_class/class/exam_seed", True),
        ("autograder/exam.py", False),
        ("bnlib/practice_key/normalize.json", False),
        ("notebooks/batchnorm/3_normalise.ipynb", False),
    ],
)
def test_git_ignores_what_is_the_classs_or_a_learners_own(path, ignored, tmp_path):
    shutil.copy(ROOT / ".gitignore", tmp_path)
    git = ["git", "-c", f"core.excludesFile={os.devnull}"]
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    asked = subprocess.run([*git, "check-ignore", "-q", path], cwd=tmp_path)
    assert (asked.returncode == 0) is ignored


@pytest.fixture
def make(tmp_path):
    """Run make in a copy of the course that has no environment yet."""
    needs(shutil.which("make"), "make is not installed")
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "bnlib", tmp_path / "bnlib", ignore=shutil.ignore_patterns("mine", "__pycache__"))
    shutil.copytree(ROOT / "autograder", tmp_path / "autograder", ignore=shutil.ignore_patterns("class", "__pycache__"))

    def run(*arguments, **environment):
        done = subprocess.run(
            ["make", *arguments], cwd=tmp_path, env=os.environ | environment, capture_output=True, text=True
        )
        return done.returncode, [
            line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("make")
        ]

    return run


class TestMake:
    def test_without_a_python_that_is_new_enough(self, make):
        status, said = make("learn", "PYTHON=")
        assert status
        assert len(said) == 1
        assert said[0].startswith("Python 3.11 or newer is needed")

    def test_with_a_python_that_is_too_old(self, make):
        status, said = make("learn", "PYTHON=false")
        assert status
        assert said == ["false is too old: Python 3.11 or newer is needed."]

    def test_without_venv(self, make, tmp_path):
        python = tmp_path / "python-without-venv"
        python.write_text('#!/bin/sh\n[ "$1" = -c ]\n')
        python.chmod(0o755)
        status, said = make("learn", f"PYTHON={python}")
        assert status
        assert said == ["Python's venv module does not work here. On Debian and Ubuntu: sudo apt install python3-venv"]

    @pytest.mark.slow
    def test_without_a_network(self, make):
        # An index that does not answer stands in for a network that is not there.
        offline = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
        status, said = make("learn", **offline, PIP_FIND_LINKS="", PIP_EXTRA_INDEX_URL="")
        assert status
        assert said[-1].startswith("The packages could not be installed. Is there a network?")
        assert len(said) == 2
