import numpy as np
import pytest

from bnlib.compare import same, wrong_dtype


def test_rounding_at_a_large_offset_passes():
    Z = 1e4 + np.random.default_rng(0).normal(0, 2, (50, 3))
    assert same((Z**2).mean(axis=0) - Z.mean(axis=0) ** 2, Z.var(axis=0))


def test_an_epsilon_beside_a_small_variance_does_not_pass():
    assert not same(np.array([1e-3 + 1e-5]), np.array([1e-3]))
    assert not same(1 / np.sqrt(np.array([1.0 + 1e-5])), np.array([1.0]))


def test_float32_work_passes_where_float32_is_expected():
    Z = np.random.default_rng(1).normal(3, 2, (40, 2))
    assert same(Z.astype(np.float32).var(axis=0), Z.var(axis=0).astype(np.float32))


def test_nan_and_infinity_are_equal_to_themselves_only():
    odd = np.array([np.nan, np.inf, 1.0])
    assert same(odd, odd)
    assert not same(np.array([0.0, np.inf, 1.0]), odd)
    assert not same(np.array([np.nan, 1.0, 1.0]), odd)


def test_shapes_are_not_broadcast():
    assert not same(np.ones((1, 3)), np.ones(3))


@pytest.mark.parametrize(
    ("got", "expected", "wrong"),
    [
        ("float64", "float64", False),
        ("float32", "float64", True),
        ("int64", "float64", True),
        ("float16", "float32", True),
        ("float32", "float32", False),
        ("float64", "float32", False),
        ("int32", "int64", False),
        ("float64", "int64", True),
        ("float64", "bool", True),
    ],
)
def test_wrong_dtype(got, expected, wrong):
    assert wrong_dtype(np.dtype(got), np.dtype(expected)) is wrong
