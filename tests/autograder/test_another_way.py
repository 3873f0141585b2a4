"""Known mistakes in code that is not the catalogue's, run as a learner's function is run."""

import pytest

from autograder import reference
from autograder.making.keys import PRACTICE_SEED, make_key, outcomes_of
from autograder.misconceptions import misconceptions_of, pairs_of
from autograder.strength.another_way import another_way, ways
from bnlib.exercises import NAMES
from bnlib.judge import judge

SEEDS = [PRACTICE_SEED, *range(100, 105)]  # the catalogue's own test uses others


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_is_named_on_the_practice_key_and_on_exam_keys(name):
    not_named = []
    for made in (make_key(name, seed) for seed in SEEDS):
        with reference.in_bnlib():
            for way in ways(name):
                diagnoses = judge(made, list(outcomes_of(name, made.cases, way.function))).diagnoses
                if diagnoses != way.ids:
                    not_named.append((way.function.__name__, way.ids, diagnoses))
    assert not_named == []


@pytest.mark.parametrize("name", NAMES)
def test_every_misconception_is_written_another_way(name):
    assert another_way(name).keys() == {mistake.id for mistake in misconceptions_of(name)}


@pytest.mark.parametrize("name", NAMES)
def test_two_at_once_are_pairs_of_the_catalogue(name):
    assert {way.ids for way in ways(name) if len(way.ids) == 2} <= {pair.ids for pair in pairs_of(name)}
