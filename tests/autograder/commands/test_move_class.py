"""A class of an earlier version: nothing is begun beside it, and a command moves it whole, whatever happens."""

import contextlib
import fcntl
import itertools
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder import class_folder
from autograder.__main__ import main
from autograder.commands import move_class
from autograder.coursebook import exam
from autograder.earlier_place import EARLIER
from bnlib.paths import ROOT
from bnlib.refusal import Refused

from ...conftest import needs

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's modules, as they load

SEED = "exam_seed"
FILES = {
    SEED: "7\n",
    "verdicts/00/11.json": "{}",
    "submitted/ada/week1/3_normalise.ipynb": "ada's",
    "submitted/ben/week1/3_normalise.ipynb": "ben's",
    "autograded/ada/week1/3_normalise.ipynb": "ada's, graded",
    "exchange/batchnorm_course/inbound/notes.txt": "arrived",
}
MOVED = "The class has moved from {0}/autograder/class to {0}/class.\n"


def make(root):
    """Make a course's folder whose class lies where an earlier version put it."""
    for name, text in FILES.items():
        (root / EARLIER / name).parent.mkdir(parents=True, exist_ok=True)
        (root / EARLIER / name).write_text(text)
    (root / EARLIER / SEED).chmod(0o600)
    (root / EARLIER).chmod(0o700)
    with sqlite3.connect(root / EARLIER / "gradebook.db") as gradebook:
        gradebook.execute("CREATE TABLE marks (mark)")
    gradebook.close()
    (root / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    return root


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Be in such a folder."""
    monkeypatch.chdir(make(tmp_path / "course"))
    return tmp_path / "course"


def files(folder):
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items()}


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def elsewhere(root):
    """Let the new place be on another file system; give the folder there."""
    other = Path("/dev/shm")
    needs(other.is_dir() and other.stat().st_dev != root.stat().st_dev, "there is one file system only")
    place = tempfile.TemporaryDirectory(dir=other)
    (root / "class").symlink_to(place.name)
    return place


def test_everything_moves_and_keeps_its_rights(root, capsys):
    before = files(root / EARLIER)
    assert main(["move-class"]) == 0
    assert capsys.readouterr().out == MOVED.format(root)
    assert files(root / "class") == before
    assert rights(root / "class") == 0o700
    assert rights(root / "class" / SEED) == 0o600
    assert not (root / EARLIER).exists()
    assert exam.seed(root) == 7
    assert main(["move-class"]) == 0
    assert "there is nothing to move" in capsys.readouterr().out


def test_another_file_system_changes_nothing_of_it(root, capsys):
    before = files(root / EARLIER)
    times = {name: (root / EARLIER / name).stat().st_mtime_ns for name in FILES}
    (root / EARLIER / "exchange").chmod(0o777)
    with elsewhere(root) as place:
        assert main(["move-class"]) == 0
        assert files(Path(place)) == before
        assert {name: (root / "class" / name).stat().st_mtime_ns for name in FILES} == times
        assert [rights(root / "class" / name) for name in ("", SEED, "exchange")] == [0o700, 0o600, 0o777]
    assert not (root / EARLIER).exists()


@pytest.mark.parametrize("far", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_killed_anywhere_it_has_lost_nothing_shows_nothing_and_goes_on(far, tmp_path, monkeypatch):
    for point in range(1, 1000):
        root = make(tmp_path / str(point))
        monkeypatch.chdir(root)
        before, place = files(root / EARLIER), elsewhere(root) if far else contextlib.nullcontext(root / "class")
        with place as new:
            killed = killed_at(point)
            assert files(root / EARLIER) | whole(root / "class") == before
            assert [path for path in Path(new).rglob("*") if SEED in path.name and rights(path) & 0o077] == []
            if (root / EARLIER).is_dir() and any((root / EARLIER).iterdir()):
                with pytest.raises(Refused, match="move-class"):
                    exam.seed(root)
            assert main(["move-class"]) == 0
            assert files(Path(new)) == before
            assert files(root / EARLIER) == {}
        if not killed:
            break
    assert 10 < point < 999


def killed_at(point):
    """Move in a process that is killed before the given one of what it does to files; say whether that came."""
    child = os.fork()
    if child == 0:
        os.umask(0)
        done = itertools.count(1)

        def kill(event, arguments):
            if event.startswith(("open", "os.")) and "class" in str(arguments[:1]) and next(done) == point:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill)
        with contextlib.suppress(BaseException):
            move_class.command(None)
            os._exit(0)
        os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL)
    return status != 0


def whole(folder):
    return {name: content for name, content in files(folder).items() if ".moving" not in name}


def test_what_lies_in_both_places_is_named_and_stays(root, capsys):
    for name, text in ((SEED, "8\n"), ("submitted/ada/week1/3_normalise.ipynb", "ada's, newer")):
        (root / "class" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "class" / name).write_text(text)
    assert main(["move-class"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"{root}/autograder/class/{name} stays: another lies in its new place."
        for name in (SEED, "submitted/ada/week1/3_normalise.ipynb")
    ]
    assert "Decide which of each counts" in said.err
    assert files(root / EARLIER).keys() == {SEED, "submitted/ada/week1/3_normalise.ipynb"}
    assert files(root / "class")[SEED] == b"8\n"
    assert files(root / "class")["submitted/ben/week1/3_normalise.ipynb"] == b"ben's"
    assert main(["grade", str(root)]) == 1
    assert "run `python -m autograder move-class` first" in capsys.readouterr().err


def test_a_new_place_that_was_open_to_others_is_closed_as_the_old_one_was(root):
    (root / "class").mkdir(mode=0o755)
    assert main(["move-class"]) == 0
    assert rights(root / "class") == 0o700


@pytest.mark.parametrize("run", [".Autograde", ".GenerateFeedback"])
def test_a_run_that_is_at_work_is_left_alone(run, root, capsys):
    before = files(root / EARLIER)
    with (root / EARLIER / run).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert main(["move-class"]) == 1
    assert capsys.readouterr().err == "A run is at work on this class. Wait until it has ended, then run this again.\n"
    assert files(root / EARLIER) == before | {run: b""}
    assert main(["move-class"]) == 0


def test_a_gradebook_that_is_written_to_is_left_alone(root, capsys, monkeypatch):
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *place, **options: connect(*place, **options, timeout=0))
    writer = connect(root / EARLIER / "gradebook.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert main(["move-class"]) == 1
    assert "gradebook.db is in use (database is locked): end what uses it" in capsys.readouterr().err
    writer.close()
    assert main(["move-class"]) == 0


def test_what_a_killed_run_left_half_done_is_taken_away_as_its_next_run_would(root):
    (root / EARLIER / ".Autograde").write_text("/another/clone/autograder/class/autograded/ada/week1")
    assert main(["move-class"]) == 0
    assert (root / "class" / "autograded" / "ada").is_dir()
    assert not (root / "class" / "autograded" / "ada" / "week1").exists()
    assert not (root / "class" / ".Autograde").exists()


def test_a_write_to_the_gradebook_that_was_killed_is_rolled_back_before_it_moves(root):
    code = """
import os, sqlite3, sys
gradebook = sqlite3.connect(sys.argv[1], isolation_level=None)
gradebook.execute("PRAGMA cache_size = 1")
gradebook.execute("BEGIN")
gradebook.executemany("INSERT INTO marks VALUES (?)", ((f"{i:5000}",) for i in range(200)))
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", code, str(root / EARLIER / "gradebook.db")])
    assert (root / EARLIER / "gradebook.db-journal").stat().st_size
    assert main(["move-class"]) == 0
    with contextlib.closing(sqlite3.connect(root / "class" / "gradebook.db")) as gradebook:
        assert gradebook.execute("SELECT count(*) FROM marks").fetchone() == (0,)


def test_everything_goes_where_the_settings_put_it(root):
    with (root / "nbgrader_config.py").open("a") as file:
        file.write("c.CourseDirectory.submitted_directory = 'given'\nc.ClassFolder.private = 'kept'\n")
        file.write("c.CourseDirectory.db_url = 'sqlite:///marks/all.db'\n")
    assert main(["move-class"]) == 0
    assert (root / "given" / "ada" / "week1").is_dir()
    assert (root / "marks" / "all.db").is_file()
    assert (root / "kept" / SEED).is_file()
    assert (root / "class" / "autograded" / "ada").is_dir()


def test_a_class_that_the_settings_keep_where_it_lies_stays(root, capsys):
    settings = root / "nbgrader_config.py"
    settings.write_text(settings.read_text().replace('CLASS = "class"', f'CLASS = "{EARLIER}"'))
    assert exam.seed(root) == 7
    assert main(["move-class"]) == 0
    assert "there is nothing to move" in capsys.readouterr().out
    assert (root / EARLIER / SEED).is_file()


def test_a_link_that_would_lead_elsewhere_is_a_sentence(root, capsys):
    (root / EARLIER / "exchange.link").symlink_to("../../exchange")
    assert main(["move-class"]) == 1
    assert "exchange.link is a link that would lead elsewhere" in capsys.readouterr().err
    assert (root / EARLIER / SEED).is_file()


def test_a_place_that_cannot_be_written_is_a_sentence_and_nothing_is_lost(root):
    needs(shutil.which("bwrap"), "a read-only folder for root too is made with bubblewrap")
    before = files(root / EARLIER)
    read_only = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", str(root), str(root)]
    command = [*read_only, sys.executable, "-m", "autograder", "move-class"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 1
    assert "Read-only file system" in done.stderr and "Traceback" not in done.stderr
    assert files(root / EARLIER) == before


@pytest.mark.parametrize(
    "command",
    [["grade", "."], ["regrade", "week1"], ["replay", "x.ipynb"], ["gradescope-zip", "out.zip"]],
    ids=lambda words: words[0],
)
def test_no_command_of_ours_begins_anything_beside_it(command, root, capsys, monkeypatch):
    monkeypatch.setattr("autograder.commands.gradescope_zip.ROOT", root)
    (root / "x.ipynb").write_text((ROOT / "notebooks/batchnorm/3_normalise.ipynb").read_text())
    assert main(command) == 1
    said = f"A class lies in {root}/autograder/class: run `python -m autograder move-class` first.\n"
    assert capsys.readouterr().err == said
    assert not (root / "class").exists() and not (root / "out.zip").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    (
        "generate_assignment week1 --create",
        "collect week1",
        "autograde week1 --create",
        "db student list",
        "export",
    ),
)
def test_no_command_of_nbgraders_begins_anything_beside_it(command, root):
    (root / "solutions" / "week1").mkdir(parents=True)
    shutil.copy(ROOT / "solutions/batchnorm/3_normalise.ipynb", root / "solutions" / "week1")
    before = files(root)
    run = [sys.executable, "-m", "nbgrader", *command.split()]
    environment = class_folder.environment() | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(run, cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == f"A class lies in {root}/autograder/class: run `python -m autograder move-class` first.\n"
    assert files(root) == before


def test_a_course_elsewhere_that_has_no_settings_of_its_own_is_looked_after_too(root, tmp_path, monkeypatch):
    (root / "nbgrader_config.py").rename(tmp_path / "nbgrader_config.py")
    with (tmp_path / "nbgrader_config.py").open("a") as file:
        file.write(f"c.CourseDirectory.root = {str(root)!r}\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused, match="move-class"):
        exam.seed()
    assert main(["move-class"]) == 0
    assert exam.seed() == 7
