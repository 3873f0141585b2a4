import pytest

import bnlib
from bnlib import store
from bnlib.refusal import Refused

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
