import json

import pytest

from bnlib import borrow, helping, hint, reveal, solutions, store


@pytest.fixture(autouse=True)
def no_hints_given():
    helping._given.clear()


def test_hints_come_one_by_one_and_the_last_stays(capsys):
    for number in (1, 2, 3, 3):
        hint("normalize")
        assert f"Hint {number} of 3 for normalize" in capsys.readouterr().out


def test_a_hint_for_an_unknown_exercise_lists_the_known(capsys):
    hint("normalise")
    assert "The exercises are: batch_size, " in capsys.readouterr().out


def test_borrow_gives_the_reference_and_what_it_needs():
    forward = borrow("batch_norm_forward")
    assert forward.__name__ == "batch_norm_forward"
    assert store.source("normalize").startswith(store.BORROWED)


def test_the_second_name_of_an_exercise_can_be_borrowed_and_has_its_hints(capsys):
    assert borrow("restore_network").__name__ == "restore_network"
    assert store.source("network_state").startswith(store.BORROWED)
    hint("restore_network")
    assert "Hint 1 of 3 for network_state" in capsys.readouterr().out


def test_borrow_leaves_the_learners_own_alone():
    own = "def normalize(Z, mean, var, eps=1e-5):\n    return 'mine'\n"
    store.save("normalize", own)
    assert borrow("normalize")(1.0, 1.0, 1.0) != "mine"
    assert store.source("normalize") == own


def test_borrow_without_the_solutions_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(solutions, "SOLUTIONS", tmp_path / "none")
    solutions._lesson_cells.cache_clear()
    with pytest.raises(ImportError, match="not on this machine"):
        borrow("normalize")


def save_answer(folder, text):
    cell = {"cell_type": "markdown", "metadata": {"nbgrader": {"grade_id": "why_not_the_batch"}}, "source": text}
    (folder / "6_test_time.ipynb").write_text(json.dumps({"cells": [cell]}))


def test_reveal_wants_an_answer_first(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    save_answer(tmp_path, "Write your answer here.")
    reveal("why_not_the_batch")
    assert "Write your answer" in capsys.readouterr().out
    save_answer(tmp_path, "Because an example's answer would depend on its neighbours.")
    reveal("why_not_the_batch")
    shown = capsys.readouterr().out
    assert "Model answer" in shown
    assert "Checklist" in shown


def test_reveal_is_silent_while_grading(capsys, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    reveal("why_not_the_batch")
    assert capsys.readouterr().out == ""


def test_reveal_of_an_unknown_question(capsys):
    reveal("why")
    assert "no question called 'why'" in capsys.readouterr().out
