import itertools
import linecache

import pytest

import bnlib
from autograder.coursebook.right_answers import correct_answers
from bnlib import check, store
from bnlib.checking import CheckFailed, find, judge_source
from bnlib.judging import compare
from bnlib.syllabus import NAMES, load

from ..conftest import computing_at_most

NUMBERS = itertools.count(1)
RIGHT = """
import numpy as np
def normalize(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var + eps)
"""


@pytest.fixture
def notebook():
    """Give a namespace such as a notebook's."""
    return {"__name__": "__main__", "check": check}


def run(source, notebook):
    """Run a cell the way IPython does: its source is in linecache under a name of its own."""
    filename = f"<cell {next(NUMBERS)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), notebook)


def failure(notebook, name="normalize"):
    with pytest.raises(CheckFailed) as failed:
        run(f'check("{name}")', notebook)
    return str(failed.value)


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_passes_its_check_and_is_saved(name, cells, notebook, capsys):
    for need in NAMES[: NAMES.index(name)]:
        store.save(need, cells[need])
    run(cells[name], notebook)
    run(f'check("{name}")', notebook)
    assert f"✓ {name} is right" in capsys.readouterr().out
    assert store.source(name) == cells[name]
    assert getattr(bnlib, name).__name__ == name


def test_a_cell_with_two_functions_is_checked_and_kept_as_one(cells, notebook, capsys):
    for need in NAMES[: NAMES.index("network_state")]:
        store.save(need, cells[need])
    both = cells["network_state"]
    at = both.index("def restore_network")
    run(both[:at], notebook)
    assert "There is no `restore_network`: it belongs in the same cell" in failure(notebook, "network_state")
    run("import numpy as np\n" + both[at:], notebook)
    run('check("network_state")', notebook)
    assert "Not saved" in capsys.readouterr().out  # the second function stands in another cell
    run(both, notebook)
    run('check("network_state")', notebook)
    assert bnlib.restore_network.__name__ == "restore_network"
    assert 'run check("network_state")' in failure(notebook, "restore_network")


def test_a_wrong_function_is_not_saved(notebook):
    run(RIGHT.replace("var + eps", "var"), notebook)
    assert "ε is left out" in failure(notebook)
    assert store.source("normalize") is None


def test_the_line_of_a_helper_in_the_cell_is_shown(notebook):
    run("def root(x):\n    return x.no_such_thing\n\n" + RIGHT.replace("np.sqrt(", "root("), notebook)
    assert "Your line: `return x.no_such_thing`." in failure(notebook)


def test_what_numpy_warned_of_is_said(notebook):
    run(RIGHT.replace("var + eps", "-var"), notebook)
    assert "holds NaN" in (said := failure(notebook))
    assert "(numpy warned: invalid value encountered in sqrt.)" in said


def test_who_stops_a_check_has_stopped_all_of_it(notebook):
    """Ctrl+C in one case must not lead into the endless loop of the next."""
    run("calls = []\ndef normalize(*_):\n    calls.append(1)\n    raise KeyboardInterrupt", notebook)
    assert "You stopped the check while it ran `raise KeyboardInterrupt`." in failure(notebook)
    assert notebook["calls"] == [1]


def test_a_function_that_is_not_there(notebook):
    assert "run the cell that defines it" in failure(notebook)


def test_a_renamed_function(notebook):
    run(RIGHT.replace("normalize", "normalise"), notebook)
    assert "There is a 'normalise': has the function been renamed?" in failure(notebook)


def test_a_name_that_is_no_function(notebook):
    run("normalize = 3", notebook)
    assert "should be a function, and is of type int" in failure(notebook)


def test_an_unknown_exercise(notebook):
    assert "Did you mean 'normalize'?" in failure(notebook, "normalise")


def test_a_function_that_leans_on_another_cell_passes_and_is_not_saved(notebook, capsys):
    run("import numpy as np", notebook)
    run(RIGHT.replace("import numpy as np\n", ""), notebook)
    run('check("normalize")', notebook)
    assert "normalize leans on `np` from another cell" in capsys.readouterr().out
    assert store.source("normalize") is None


def test_a_helper_in_another_cell_is_named(notebook, capsys):
    run("import numpy as np\ndef root(x): return np.sqrt(x)", notebook)
    run(RIGHT.replace("np.sqrt", "root"), notebook)
    run('check("normalize")', notebook)
    assert "leans on `root` from another cell" in capsys.readouterr().out


def test_a_class_that_inherits_all_is_saved_and_goes_on_working(notebook, cells, capsys):
    inherited = cells["BatchNorm"].replace("class BatchNorm", "class Layer") + "\n\nclass BatchNorm(Layer):\n    pass\n"
    for need in NAMES[: NAMES.index("BatchNorm")]:
        store.save(need, cells[need])
    run(inherited, notebook)
    run('check("BatchNorm")', notebook)
    assert "Saved" in capsys.readouterr().out
    run(RIGHT + "from bnlib import BatchNorm", notebook)
    run('check("normalize")', notebook)


def test_what_a_cell_says_when_it_is_run_by_itself_is_kept_off(notebook, capsys):
    loud = "import sys, warnings\n" + RIGHT + "\nprint('said', file=sys.stderr)\nprint('said')\nwarnings.warn('mine')\n"
    with pytest.warns(UserWarning, match="mine"):
        run(loud, notebook)
    capsys.readouterr()
    run('check("normalize")', notebook)
    heard = capsys.readouterr()
    assert heard.err == ""
    assert "said" not in heard.out


def test_an_older_import_is_noticed(notebook, capsys):
    store.save("normalize", RIGHT)
    run("from bnlib import normalize as mine\nfrom bnlib import normalize", notebook)
    store.save("normalize", RIGHT + "# newer\n")
    run("def batch_size(Z): return Z.shape[0]", notebook)
    run('check("batch_size")', notebook)
    assert "still holds an older normalize" in capsys.readouterr().out


def test_an_earlier_function_broken_since_is_named(notebook, cells):
    store.save("scale_and_shift", cells["scale_and_shift"])
    store.save("normalize", RIGHT.replace("var + eps", "var"))
    run(cells["batch_norm_inference"], notebook)
    assert "Your saved normalize does not pass its own check any more" in failure(notebook, "batch_norm_inference")


def test_lists_are_right_and_are_not_saved(notebook, capsys):
    run(RIGHT.replace("(Z - mean) / np.sqrt(var + eps)", "((Z - mean) / np.sqrt(var + eps)).tolist()"), notebook)
    run('check("normalize")', notebook)
    said = capsys.readouterr().out
    assert "normalize is right" in said
    assert "Not saved: it gives lists" in said
    assert store.source("normalize") is None


@pytest.mark.parametrize(("name", "title"), [(name, title) for name in NAMES for title in correct_answers(name)])
def test_a_right_answer_needs_a_tenth_of_the_tolerance_and_does_for_later_lessons(
    name, title, cells, notebook, monkeypatch
):
    for need in NAMES:
        store.save(need, cells[need])
    run(correct_answers(name)[title], notebook)
    with monkeypatch.context() as patch:
        patch.setattr(compare, "RELATIVE", {kind: share / 10 for kind, share in compare.RELATIVE.items()})
        run(f'check("{name}")', notebook)
    for later in (later for later in NAMES if name in load(later).needs):
        verdict = judge_source(later, cells[later])
        # As their lessons say, some take mini-batches only; lesson 6, which also has a lone (n,), says what to do.
        assert verdict.right or verdict.evidence.case.inputs["Z"].ndim == 1, verdict.message


def test_a_saved_version_is_kept_when_the_new_one_is_wrong(notebook):
    store.save("normalize", RIGHT)
    run(RIGHT.replace("var + eps", "var"), notebook)
    assert "bnlib keeps the normalize that passed" in failure(notebook)
    assert store.source("normalize") == RIGHT


def test_a_folder_that_cannot_be_written_gets_a_sentence(notebook, capsys, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(store.HOME, str(tmp_path / "file" / "folder"))
    run(RIGHT, notebook)
    run('check("normalize")', notebook)
    assert "set the environment variable BNLIB_HOME" in capsys.readouterr().out


def test_under_nbgrader_nothing_is_saved_and_the_reference_is_no_answer(notebook, monkeypatch, home):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    run(RIGHT, notebook)
    run('check("normalize")', notebook)
    assert not home.exists()
    run("from bnlib import normalize", notebook)
    with pytest.raises(CheckFailed, match="imported from bnlib"):
        find("normalize", notebook)


def test_a_check_answers_in_well_under_a_second(notebook):
    run(RIGHT, notebook)
    run('check("normalize")', notebook)
    with computing_at_most(1):
        run('check("normalize")', notebook)
