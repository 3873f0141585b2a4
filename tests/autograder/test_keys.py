import pytest

from autograder import exam
from autograder.guard import apart
from autograder.making import fresh
from autograder.making.keys import make_key
from autograder.misconceptions import misconception
from bnlib import key
from bnlib.exercises import NAMES

from .made_up import SEED


@pytest.mark.parametrize("name", NAMES)
def test_the_stored_practice_key_is_the_one_that_would_be_made_now(name):
    assert fresh.key_is_fresh(name), "run `make build`"


def test_an_out_of_date_key_is_noticed(monkeypatch, tmp_path):
    name = "normalize"
    stored = (key.PRACTICE / f"{name}.json").read_text(encoding="utf-8")
    (tmp_path / f"{name}.json").write_text(stored.replace('"points": ', '"points": 1'), encoding="utf-8")
    monkeypatch.setattr(key, "PRACTICE", tmp_path)
    assert not fresh.key_is_fresh(name)


def test_another_seed_draws_other_inputs_for_every_case():
    practice, other = key.practice_key("normalize"), exam.keys(SEED)["normalize"]
    assert all(
        a.inputs["Z"].tolist() != b.inputs["Z"].tolist() for a, b in zip(practice.cases, other.cases, strict=True)
    )


def test_a_misconception_that_the_cases_cannot_tell_apart_is_complained_about(monkeypatch):
    def found(*mistakes):
        for module in ("autograder.making.keys", "autograder.guard.apart"):
            monkeypatch.setattr(f"{module}.misconceptions_of", lambda name: mistakes)
        return list(apart.complaints(make_key("batch_size")))

    @misconception("nothing is wrong", "")
    def right(Z):
        return Z.shape[0]

    @misconception("ten is the most", "")
    def at_most_ten(Z):
        return min(len(Z), 6)

    @misconception("the columns are counted", "")
    def columns(Z):
        return Z.shape[1]

    @misconception("the last axis is counted", "")
    def last_axis(Z):
        return Z.shape[-1]

    (blind,) = found(right)
    assert blind.startswith("no case of batch_size tells right from the reference: add one whose inputs")
    (small,) = found(at_most_ten)
    assert 'add one as "4 examples of 3 features", but with twice as many examples, where they differ.' in small
    assert found(columns, last_axis)[0].startswith("no case of batch_size tells columns from last_axis: ")


def test_a_reference_that_fails_its_own_case_makes_no_key(monkeypatch):
    monkeypatch.setattr("autograder.reference.load", lambda: {"batch_size": lambda Z: Z.nothing})
    with pytest.raises(ValueError, match="The reference fails its own case"):
        make_key("batch_size")
