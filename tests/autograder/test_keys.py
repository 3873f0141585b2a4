import pytest

from autograder.making import fresh
from autograder.making.keys import PRACTICE_SEED, make_key
from autograder.misconceptions import misconceptions_of
from bnlib import key
from bnlib.exercises import NAMES, load
from bnlib.judge import judge

EXAM_SEEDS = range(5)


@pytest.mark.parametrize("name", NAMES)
def test_the_stored_practice_key_is_the_one_that_would_be_made_now(name):
    assert fresh.key_is_fresh(name), "run `make build`"


@pytest.mark.parametrize("name", NAMES)
def test_an_out_of_date_key_is_noticed(name, monkeypatch, tmp_path):
    stored = (key.PRACTICE / f"{name}.json").read_text(encoding="utf-8")
    (tmp_path / f"{name}.json").write_text(stored.replace('"points": ', '"points": 1'), encoding="utf-8")
    monkeypatch.setattr(key, "PRACTICE", tmp_path)
    assert not fresh.key_is_fresh(name)


@pytest.mark.parametrize("seed", [PRACTICE_SEED, *EXAM_SEEDS])
@pytest.mark.parametrize("name", NAMES)
def test_every_misconception_is_caught_and_named(name, seed):
    made = make_key(name, seed)
    assert [mistake.id for mistake in made.mistakes] == [m.id for m in misconceptions_of(name)]
    for mistake in made.mistakes:
        for variant in mistake.variants:
            assert judge(made, list(variant)).diagnoses == (mistake.id,)


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_gets_full_marks_on_an_exam_key(name):
    made = make_key(name, seed=7)
    assert judge(made, [case.expected for case in made.cases]).score == load(name).points


def test_another_seed_draws_other_inputs_for_every_case():
    practice, exam = make_key("normalize"), make_key("normalize", seed=1)
    assert all(
        a.inputs["Z"].tolist() != b.inputs["Z"].tolist() for a, b in zip(practice.cases, exam.cases, strict=True)
    )


def test_a_misconception_that_the_cases_cannot_tell_apart_is_complained_about(monkeypatch):
    from autograder.guard import exercises
    from autograder.misconceptions import misconception

    right = misconception("nothing is wrong", "")(lambda Z: Z.shape[0])
    monkeypatch.setattr("autograder.making.keys.misconceptions_of", lambda name: [right])
    blind = make_key("batch_size")
    monkeypatch.setattr(key, "practice_key", lambda name: blind)
    assert any("the cases do not catch" in complaint for complaint in exercises.of_exercise("batch_size"))


def test_a_reference_that_fails_its_own_case_makes_no_key(monkeypatch):
    monkeypatch.setattr("autograder.reference.load", lambda: {"batch_size": lambda Z: Z.nothing})
    with pytest.raises(ValueError, match="The reference fails its own case"):
        make_key("batch_size")
