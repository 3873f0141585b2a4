"""Typical mistakes: a course without sample.toml has none, and its hostile learners try the last exercise."""

import pytest

from autograder.coursebook import typical
from autograder.coursebook.outline import outline


@pytest.fixture
def without(tmp_path, monkeypatch):
    typical._sample.cache_clear()
    monkeypatch.setattr(typical, "COURSE", tmp_path)
    yield
    typical._sample.cache_clear()


def test_a_course_may_do_without(without):
    assert typical.wrong() == {}
    assert typical.hostile_at() == outline().exercises[-1]


def test_this_course_has_them():
    assert len(typical.wrong()) > 10
    assert typical.hostile_at() in outline().exercises
