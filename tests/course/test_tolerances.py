"""The argument for the tolerances (course/README.md), held against the inputs of every case and against mistakes.

That right answers need a tenth of them only: tests/bnlib/test_checking.py.
"""

import numpy as np
import pytest

from autograder.coursebook.exercise import load
from bnlib.judging import compare
from bnlib.judging.judge import judge
from bnlib.judging.key import practice_key
from bnlib.syllabus import NAMES

UNIT = {np.dtype("float64"): 2.0**-53, np.dtype("float32"): 2.0**-24}
SEEDS = range(20)


def bound(Z):
    """Bound the error of the worst honest way to a mean, a variance, or a normalised value, as a share of it."""
    spread = np.var(Z.astype(float), axis=0)
    squared = 1 + np.mean(Z.astype(float), axis=0)[spread > 0] ** 2 / spread[spread > 0]
    return 2 * (len(Z) + 3) * squared.max(initial=1) * UNIT[Z.dtype]


def mini_batches(inputs):
    """Give the mini-batches of which a case makes statistics; in one pass over all, their rows together."""
    drawn = inputs.get("cache", inputs)
    found = [drawn[name] for name in ("Z", "Z2", "Z3", "X") if name in drawn]
    found += [Z for epoch in inputs.get("epochs", []) for Z in epoch]
    if "batches" in inputs:
        found += inputs["batches"] + [np.concatenate(inputs["batches"])]
    floats = (Z if Z.dtype in UNIT else Z.astype(float) for Z in found)
    return [Z for Z in floats if Z.ndim == 2]


def columns(seed, m, offset, dtype=np.float64):
    return (offset + np.random.default_rng(seed).normal(0, 2, (m, 3))).astype(dtype)


def textbook(Z):
    return (Z**2).mean(axis=0) - Z.mean(axis=0) ** 2


def row_by_row(Z):
    total = squares = np.zeros(Z.shape[1], Z.dtype)
    for row in Z:
        total = total + row
    mean = total / Z.dtype.type(len(Z))
    for row in Z:
        squares = squares + (row - mean) ** 2
    return squares / Z.dtype.type(len(Z))


def welford(Z):
    mean = squares = np.zeros(Z.shape[1], Z.dtype)
    for count, row in enumerate(Z, start=1):
        delta = row - mean
        mean = mean + delta / Z.dtype.type(count)
        squares = squares + delta * (row - mean)
    return squares / Z.dtype.type(len(Z))


def normalised(Z, var):
    return (Z - Z.mean(axis=0)) / np.sqrt(var + Z.dtype.type(1e-5))


@pytest.mark.parametrize("name", NAMES)
def test_the_bound_of_honest_work_is_below_the_tolerance_for_every_case(name):
    for case in load(name).cases:
        for seed in SEEDS:
            for Z in mini_batches(case.inputs(np.random.default_rng(seed))):
                assert bound(Z) < compare.RELATIVE[Z.dtype.type], (case.name, bound(Z))


@pytest.mark.parametrize("m", [4, 13, 64])
def test_the_textbook_formula_in_float64_passes_around_10_000(m):
    for seed in SEEDS:
        Z = columns(seed, m, 1e4)
        assert compare.same(textbook(Z), Z.var(axis=0))
        assert compare.same(normalised(Z, textbook(Z)), normalised(Z, Z.var(axis=0)))


@pytest.mark.parametrize(
    ("variance", "m", "offset"),
    [(row_by_row, 64, 30), (row_by_row, 256, 5), (welford, 64, 30), (welford, 256, 5), (textbook, 8, 10)],
)
def test_float32_work_passes_at_the_offsets_and_sizes_of_mini_batches(variance, m, offset):
    for seed in SEEDS:
        Z = columns(seed, m, offset, np.float32)
        assert variance(Z).dtype == np.float32
        assert compare.same(variance(Z), Z.var(axis=0))
        assert compare.same(normalised(Z, variance(Z)), normalised(Z, Z.var(axis=0)))
        assert compare.same(variance(Z), Z.astype(float).var(axis=0).astype(np.float32))


def test_an_eps_of_1e_5_in_a_variance_does_not_pass():
    for var in (1e-5, 1e-4, 1e-3, 1e-2, 1.0):
        assert not compare.same(np.array([var + 1e-5]), np.array([var]))
        assert not compare.same(1 / np.sqrt(np.array([var + 1e-5])), 1 / np.sqrt(np.array([var])))
    assert not compare.same(np.float32([1e-3 + 1e-5]), np.float32([1e-3]))


@pytest.mark.parametrize("offset", [1e3, 1e4])
def test_the_textbook_formula_in_float32_has_lost_its_digits_and_does_not_pass(offset):
    for seed in SEEDS:
        Z = columns(seed, 6, offset, np.float32)
        assert not compare.same(textbook(Z), Z.var(axis=0))
        assert not compare.same(textbook(Z).astype(float), Z.astype(float).var(axis=0))


@pytest.mark.parametrize("name", NAMES)
def test_known_mistakes_are_more_than_a_hundred_tolerances_away(name, monkeypatch):
    monkeypatch.setattr(compare, "RELATIVE", {kind: 100 * share for kind, share in compare.RELATIVE.items()})
    key = practice_key(name)
    assert not any(judge(key, list(variant)).right for mistake in key.mistakes for variant in mistake.variants)
