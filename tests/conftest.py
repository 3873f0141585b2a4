"""What all tests share: a throw-away folder for saved functions, and real kernels."""

import contextlib
import importlib.util
import os
import resource

# Two tests run at a time: threads of a matrix product would only wait for each other's cores.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import hypothesis
import nbformat
import pytest
from nbclient import NotebookClient

from autograder.coursebook import lessons
from autograder.sandbox import ladder
from bnlib import store

pytest_plugins = ["tests.fixtures"]  # folders of a course, servers and a browser, for tests all over the tree

# The same examples at each run, and no limit on the time of one: a busy machine fails nothing.
hypothesis.settings.register_profile("course", deadline=None, derandomize=True)
hypothesis.settings.load_profile("course")


def needs(there, sentence):
    """Skip where what a test needs is not there, and say so; CI has to have everything."""
    if not there:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(sentence)


@contextlib.contextmanager
def computing_at_most(seconds):
    """Bound the computing time of this process and of those that it waits for: a busy machine makes nobody late."""
    before = sum(os.times()[:4])
    yield
    assert sum(os.times()[:4]) - before < seconds


def package(name):
    """Give a package that the parity tests need."""
    needs(importlib.util.find_spec(name), f"{name} is not installed: `make parity` installs it and runs this")
    return importlib.import_module(name)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Keep what a test saves out of the real bnlib."""
    folder = tmp_path / "bnlib-home"
    monkeypatch.setenv(store.HOME, str(folder))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return folder


@pytest.fixture(scope="session")
def sandbox():
    """Skip where no isolation holds."""
    try:
        ladder.strongest()[0].close()
    except ladder.NotHere as error:
        needs(False, str(error))


@pytest.fixture(scope="session")
def cells():
    """Give the source of every exercise cell, solution included."""
    return lessons.exercise_sources()


@pytest.fixture
def run_cells(tmp_path):
    """Run cells in a real kernel; give their outputs."""

    def run(*sources):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        resources = {"metadata": {"path": str(tmp_path)}}
        NotebookClient(notebook, timeout=60, allow_errors=True, kernel_name="python3", resources=resources).execute()
        return [cell.outputs for cell in notebook.cells]

    return run


@pytest.fixture
def full_disk():
    """Give a context in which writing a file stops after a hundred bytes, as on a full disk."""

    @contextlib.contextmanager
    def full():
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return full
