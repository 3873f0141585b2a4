import numpy as np
import pytest

from bnlib.judging.compare import same, wrong_dtype


def test_the_tolerance_is_a_share_of_the_largest_number():
    assert same(np.array([1e4, 1e-3]), np.array([1e4, 0.0]))
    assert not same(np.array([1.0, 1e-3]), np.array([1.0, 0.0]))


def test_where_zero_is_right_rounding_passes_and_an_epsilon_does_not():
    assert same(np.array([1e-13]), np.zeros(1))
    assert not same(np.array([1e-5]), np.zeros(1))
    assert not same(np.float32([1e-5]), np.float32([0]))


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
