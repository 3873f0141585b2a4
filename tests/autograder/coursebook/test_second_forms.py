"""Every known mistake is written in code that is not the catalogue's, too; `test_strength.py` runs it on all keys."""

import pytest

from autograder.coursebook.mistakes import misconceptions_of, pairs_of
from autograder.coursebook.second_forms import another_way, ways
from bnlib.syllabus import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_misconception_is_written_another_way(name):
    assert another_way(name).keys() == {mistake.id for mistake in misconceptions_of(name)}


@pytest.mark.parametrize("name", NAMES)
def test_two_at_once_are_pairs_of_the_catalogue(name):
    assert {way.ids for way in ways(name) if len(way.ids) == 2} <= {pair.ids for pair in pairs_of(name)}
