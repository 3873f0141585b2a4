"""Typical mistakes: a course without sample.toml has none, and its hostile learners try the last exercise."""

import pytest

from autograder.coursebook import outline, typical


@pytest.fixture
def without(tmp_path, monkeypatch):
    outline.outline()  # kept, where the course is
    typical._sample.cache_clear()
    monkeypatch.setattr(outline, "COURSE", tmp_path)
    yield
    typical._sample.cache_clear()


def test_a_course_may_do_without(without):
    assert typical.wrong() == {}
    assert typical.hostile_at() == outline.outline().exercises[-1]


def test_this_course_has_them():
    assert len(typical.wrong()) > 10
    assert typical.hostile_at() in outline.outline().exercises
