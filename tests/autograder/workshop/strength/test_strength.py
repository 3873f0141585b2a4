"""The checks are as strong as docs/strength.md says: on two keys, and in `make full` on all twenty-one."""

import dataclasses
import re

import pytest

from autograder.workshop.strength import kept, running, table
from autograder.workshop.strength.kept import PAGE
from autograder.workshop.strength.measure import EXAM_SEEDS, MUTANT_SEEDS, Naming, Strength, measure
from autograder.workshop.strength.mutants import mutants
from autograder.workshop.strength.survivors import explained
from bnlib.judging.key import practice_key
from bnlib.syllabus import NAMES

COUNTS = ("known mistakes", "forms", "second forms", "right answers", "mutants", "survivors", "explained")
REFERENCE = 'def f(a, b=2):\n    """Subtract."""\n    return a - b\n'


@pytest.fixture(scope="module")
def quick():
    """Measure on the practice key and an exam key; mutants on the practice key alone."""
    return [measure(name, EXAM_SEEDS[:1], mutant_seeds=()) for name in NAMES]


def test_two_keys_are_strong(quick):
    assert table.complaints(quick) == []


def test_the_page_counts_what_there_is(quick):
    page = PAGE.read_text(encoding="utf-8")
    now = table.markdown(quick, len(EXAM_SEEDS), len(MUTANT_SEEDS))
    assert counts(page) == counts(now), "run `make strength`"
    assert len(counts(page)) == 2 * (len(NAMES) + 1)
    assert re.sub(r"^\|.*\n", "", page, flags=re.M) == re.sub(r"^\|.*\n", "", now, flags=re.M), "run `make strength`"


@pytest.mark.full
def test_all_keys_are_strong_and_the_page_is_fresh():
    """Every form and every second form is caught on all keys, and named, unless it is what rounding leaves."""
    strengths = [measure(name) for name in NAMES]
    assert table.complaints(strengths) == []
    assert list(kept.read().values()) == strengths, "run `make strength`"
    assert PAGE.read_text(encoding="utf-8") == kept.page(strengths), "run `make strength`"


def test_an_exercise_of_which_something_else_is_counted_is_measured_by_the_build(quick, monkeypatch, tmp_path):
    monkeypatch.setattr(kept, "FILE", tmp_path / "strength.json")
    monkeypatch.setattr(kept, "PAGE", tmp_path / "strength.md")
    measured = []
    monkeypatch.setattr(kept, "measure", lambda name: measured.append(name) or quick[NAMES.index(name)])
    kept.write([dataclasses.replace(quick[0], correct=3), *quick[2:]])
    assert kept.outdated() == [*NAMES[:2]]
    kept.build()
    assert measured == [*NAMES[:2]]
    assert list(kept.read().values()) == quick
    assert kept.PAGE.read_text(encoding="utf-8") == kept.page(quick)


def counts(page):
    """Give the rows of the page's tables, as far as they hold counts."""
    rows, head = [], None
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else None
        if cells is None:
            head = None
        elif head is None:
            head = cells
        elif not cells[0].startswith("-"):
            rows.append((cells[0], [cell for name, cell in zip(head, cells, strict=True) if name in COUNTS]))
    return rows


def test_mutants_change_one_thing_each():
    assert sorted(m.source.replace("def f", "").replace("\n   ", "") for m in mutants(REFERENCE)) == [
        "(a, b): return a - b",
        "(a, b=-2): return a - b",
        "(a, b=1): return a - b",
        "(a, b=2): pass",
        "(a, b=2): return a",
        "(a, b=2): return a * b",
        "(a, b=2): return a + b",
        "(a, b=2): return a - a",
        "(a, b=2): return b",
        "(a, b=2): return b - a",
        "(a, b=2): return b - b",
        "(a, b=3): return a - b",
        "(a, b=4): return a - b",
    ]


def test_a_course_says_what_else_is_called():
    source = "def f(a):\n    return g(a)\n"
    called = {m.change for m in mutants(source, {"g": ("h",)})} - {m.change for m in mutants(source)}
    assert called == {"return g(a) → return h(a)"}


def test_a_mutant_says_what_it_changes_and_no_two_say_the_same(cells):
    assert "return a - b → return b - a" in [m.change for m in mutants(REFERENCE)]
    for source in cells.values():
        changes = [m.change for m in mutants(source)]
        assert len(changes) == len(set(changes))


def test_a_mutant_that_never_ends_or_does_not_load_is_caught(monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 0.1)
    key = practice_key("batch_size")
    assert running.caught(key, "def batch_size(Z):\n    while True:\n        pass\n")
    assert running.caught(key, "batch_size = no_such_name\n")
    assert not running.caught(key, "def batch_size(Z):\n    return len(Z)\n")


def test_every_explanation_is_of_an_exercise_and_says_why():
    assert all(one.exercise in NAMES and one.because and one.changes for one in explained())


def test_what_is_not_as_it_should_be_is_listed():
    wrong = Naming(
        mistakes=2, forms=2, judged=3, caught=3, named=1, misnamed=("a is called b",), missed=("c gets no name",)
    )
    assert wrong.unnamed == 1
    none = Naming(0, 0, 0, 0, 0, (), ())
    weak = Strength("f", wrong, none, 1, ("loops: wrong",), 9, ("x → y", "v → w"), ("x → y",), ("old → new",))
    assert len(table.complaints([weak])) == 5
    assert "33.3 %" in table.mistakes([weak])[-1]
    assert table.others([weak])[-1].split("|")[2:7] == table.others([weak])[-2].split("|")[2:7]
