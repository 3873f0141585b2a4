import shutil
import subprocess
import sys

import pytest

import bnlib
from bnlib import store
from bnlib.paths import ROOT
from bnlib.refusal import Refused

from ..conftest import needs

RIGHT = "def normalize(Z, mean, var, eps=1e-5):\n    return (Z - mean) / (var + eps) ** 0.5\n"


def test_what_is_not_there_says_which_lesson_has_it():
    with pytest.raises(ImportError, match=r"lesson 3 \(3_normalise\.ipynb\)[\s\S]*borrow\(\"normalize\"\)"):
        from bnlib import normalize  # noqa: F401


def test_what_is_there_is_the_learners_own():
    store.save("normalize", RIGHT)
    assert bnlib.normalize(3.0, 1.0, 4.0, 0.0) == 1.0


def test_a_newer_version_is_found_at_the_next_import():
    store.save("normalize", RIGHT)
    first = bnlib.normalize
    store.save("normalize", RIGHT + "VERSION = 2\n")
    assert bnlib.normalize is not first
    assert store.outdated({"normalize": first}) == ["normalize"]
    assert store.outdated({"normalize": bnlib.normalize}) == []


def test_a_file_that_does_not_load_says_so():
    store.save("normalize", "def normalize(:\n")
    with pytest.raises(ImportError, match="stops with SyntaxError"):
        store.load("normalize")


def test_saving_leaves_no_half_file(home):
    store.save("normalize", RIGHT)
    assert [file.name for file in home.iterdir()] == ["normalize.py"]


def test_other_names_are_attribute_errors():
    assert not hasattr(bnlib, "no_such_name")
    assert {"check", "hint", "normalize", "lab"} <= set(dir(bnlib))


def test_a_second_name_comes_out_of_its_exercises_file():
    store.save(
        "network_state", "def network_state(layers): ...\ndef restore_network(layers, state):\n    return 'mine'\n"
    )
    assert bnlib.restore_network([], {}) == "mine"
    assert "restore_network" in dir(bnlib)


def test_a_second_name_that_is_not_there_says_which_lesson_has_it():
    with pytest.raises(
        ImportError, match=r"lesson \d+ \(\d+_the_whole_network\.ipynb\)[\s\S]*borrow\(\"restore_network\"\)"
    ):
        bnlib.restore_network  # noqa: B018


def test_a_full_disk_is_a_sentence_and_what_was_saved_stays(home, full_disk):
    store.save("normalize", RIGHT)
    with full_disk(), pytest.raises(Refused, match="Not saved: .*File too large.*BNLIB_HOME"):
        store.save("normalize", RIGHT * 10)
    assert [file.name for file in home.iterdir()] == ["normalize.py"]
    assert store.source("normalize") == RIGHT


@pytest.fixture
def before_the_move(tmp_path, monkeypatch):
    """Be a learner whose functions lie where earlier versions kept them; give both places."""
    monkeypatch.delenv(store.HOME)
    monkeypatch.setattr(store, "EARLIER", tmp_path / "clone" / "bnlib" / "mine")
    monkeypatch.setattr(store, "FUNCTIONS", tmp_path / "clone" / "my_functions")
    store.EARLIER.mkdir(parents=True)
    (store.EARLIER / "normalize.py").write_text(RIGHT)
    return store.EARLIER, store.FUNCTIONS


def test_functions_saved_by_an_earlier_version_are_moved(before_the_move):
    earlier, now = before_the_move
    assert bnlib.normalize(3.0, 1.0, 4.0, 0.0) == 1.0
    assert (now / "normalize.py").read_text() == RIGHT
    assert not earlier.exists()


def test_where_both_folders_are_there_what_is_missing_is_moved_and_nothing_is_overwritten(before_the_move):
    earlier, now = before_the_move
    (earlier / "ewa_update.py").write_text("def ewa_update(): 'earlier'\n")
    now.mkdir()
    (now / "normalize.py").write_text(RIGHT + "VERSION = 2\n")
    assert store.source("normalize") == RIGHT + "VERSION = 2\n"
    assert store.source("ewa_update") == "def ewa_update(): 'earlier'\n"
    assert [file.name for file in earlier.iterdir()] == ["normalize.py"]


def test_where_nothing_can_be_moved_they_are_found_where_they_lie(before_the_move):
    code = f"""
from pathlib import Path
import bnlib
from bnlib import store
store.EARLIER, store.FUNCTIONS = map(Path, {list(map(str, before_the_move))})
print(bnlib.normalize(3.0, 1.0, 4.0, 0.0))
"""
    needs(shutil.which("bwrap"), "a read-only folder for root too is made with bubblewrap")
    clone = str(before_the_move[1].parent)
    read_only = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", clone, clone]
    done = subprocess.run([*read_only, sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("1.0\n", "")


def test_a_folder_of_ones_own_is_all_that_counts(before_the_move, home, monkeypatch):
    monkeypatch.setenv(store.HOME, str(home))
    assert store.source("normalize") is None
    assert (before_the_move[0] / "normalize.py").exists()
