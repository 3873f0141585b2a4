"""What these tests share: an instructor's folder with an exchange and learners, Jupyter servers, a browser."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

from autograder import class_folder
from autograder.coursebook import lessons
from bnlib import store
from bnlib.paths import ROOT, solution
from bnlib.syllabus import LESSONS, lesson_in_name

from .conftest import needs

ASSIGNMENT = "batchnorm"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTINGS = {"@jupyterlab/notebook-extension/tracker.jupyterlab-settings": '{"windowingMode": "none"}'}


class Course:
    """An instructor's folder, an exchange, and learners' folders."""

    def __init__(self, place, stock, lessons):
        self.place, self.stock = place, stock
        self.root = place / "course"
        (self.root / "solutions" / ASSIGNMENT).mkdir(parents=True)
        for lesson in lessons:
            shutil.copy(solution(lesson_in_name(lesson)), self.root / "solutions" / ASSIGNMENT)
        class_folder.make(self.root)
        self.exchange = place / "exchange"
        self.exchange.mkdir()
        self.exchange.chmod(0o777)
        self.saved = place / "saved by somebody"
        self.saved.mkdir()
        (self.saved / "normalize.py").write_text("def normalize(Z, mean, var, eps=1e-5):\n    return 'not mine'\n")

    def environment(self, folder=None):
        """Give the environment in which the instructor, or a learner in a folder of his own, runs commands."""
        return class_folder.environment() | {
            "NBGRADER_EXCHANGE": str(self.exchange),
            "JUPYTER_DATA_DIR": str((folder or self.root) / ".jupyter"),
            "BNLIB_HOME": str(self.saved),
            "STOCK_NBGRADER": "1" if self.stock else "",
        }

    def nbgrader(self, *arguments, cwd=None):
        """Run one of nbgrader's commands as the instructor, or in a learner's folder."""
        command = [sys.executable, "-m", "nbgrader", *arguments]
        where = {"cwd": cwd or self.root, "env": self.environment(cwd)}
        done = subprocess.run(command, **where, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def learner(self, name):
        folder = self.place / "learners" / name
        folder.mkdir(parents=True)
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        return folder

    def gradebook(self):
        return class_folder.gradebook(class_folder.course(self.root))

    @staticmethod
    def fill_in(folder, change=lambda name, source: source, answers=True):
        """Write the reference's solutions, changed by `change`, into a learner's fetched notebooks."""
        solved = {
            cell.id: change(cell.id, cell.source)
            for lesson in LESSONS
            for cell in lessons.read(lesson).cells
            if cell.metadata.get("nbgrader", {}).get("solution") and (answers or cell.cell_type == "code")
        }
        for path in folder.glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                cell.source = solved.get(cell.id, cell.source)
            nbformat.write(notebook, path)

    @staticmethod
    def with_eps_outside(name, source):
        """Change `normalize`, for `fill_in`: its ε stands outside the root."""
        return source.replace("np.sqrt(var + eps)", "(np.sqrt(var) + eps)") if name == "normalize" else source


@pytest.fixture(scope="session")
def make_course(sandbox):
    """Give a function that makes a course's folder."""

    def make(place, stock=False, lessons=LESSONS):
        return Course(place, stock, lessons)

    return make


@pytest.fixture(scope="session")
def postgresql():
    """Start a PostgreSQL server; give a function that makes a database and gives its address. CI has to have one."""
    programs = _postgresql_programs()
    if not programs:
        if os.environ.get("CI"):
            pytest.fail("CI has to run the tests of a gradebook on a server: install postgresql")
        pytest.skip("PostgreSQL is not installed: these tests start a server of it (Debian: apt install postgresql)")
    # PostgreSQL refuses to run as root; Debian's package brings a user of its own.
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory() as place:
        if user:
            shutil.chown(place, "postgres", "postgres")

        def run(program, *options):
            done = subprocess.run([programs / program, *options], cwd=place, capture_output=True, text=True, **user)
            assert done.returncode == 0, done.stdout + done.stderr

        def make(name):
            run("createdb", "--host", place, "--username", "grader", name)
            return f"postgresql+psycopg2://grader@/{name}?host={place}"

        run("initdb", "--pgdata=data", "--username=grader", "--auth=trust", "--encoding=UTF8", "--no-sync")
        # A socket in a folder of its own: no port that somebody else may have, and nobody else gets in.
        options = f"-c listen_addresses='' -c unix_socket_directories={place} -c fsync=off"
        run("pg_ctl", "start", "--wait", "--pgdata=data", "--log=log", f"--options={options}")
        try:
            yield make
        finally:
            run("pg_ctl", "stop", "--wait", "--pgdata=data", "--mode=immediate")


@pytest.fixture(scope="session")
def browser():
    """Give a headless Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    needs(chromium, "Chromium is not installed: the browser tests need it (Debian: apt install chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve():
    """Start a Jupyter server as `python -m …`; give its address. The token is "test"."""

    @contextlib.contextmanager
    def start(module_and_arguments, folder, environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", *module_and_arguments, f"--port={port}"]
        with tempfile.TemporaryFile("w+") as log:
            server = subprocess.Popen(
                command,
                cwd=folder,
                env=environment | {"JUPYTER_TOKEN": "test"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            try:
                _wait_for(f"http://127.0.0.1:{port}/api?token=test", server, log)
                yield f"http://127.0.0.1:{port}"
            finally:
                os.killpg(server.pid, signal.SIGTERM)  # the server's kernels too
                server.wait(30)

    return start


@pytest.fixture(scope="session")
def learn(serve, browser):
    """Start what `make learn` starts, on a copy of the course that `change` may touch first; give its address."""

    @contextlib.contextmanager
    def start(clone, change=lambda clone: None):
        shutil.copytree(ROOT / "bnlib", clone / "bnlib", ignore=shutil.ignore_patterns("mine", "__pycache__"))
        shutil.copytree(ROOT / "notebooks", clone / "notebooks")
        for name, text in SETTINGS.items():
            (clone / "settings" / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / "settings" / name).write_text(text)
        change(clone)
        environment = os.environ | {
            "PYTHONPATH": str(clone),
            "JUPYTERLAB_SETTINGS_DIR": str(clone / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(clone / "workspaces"),
            "HOME": str(clone),
        }
        environment.pop(store.HOME, None)
        with serve(["bnlib", "start", "--no-browser"], clone, environment) as address:
            yield address

    return start


def _postgresql_programs():
    """Give the folder of PostgreSQL's programs, the newest; Debian keeps them out of PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = shutil.which("initdb") or (debian and debian[-1])
    return found and Path(found).resolve().parent


def _wait_for(url, server, log):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    log.seek(0)
    pytest.fail("The Jupyter server did not start:\n" + log.read())
