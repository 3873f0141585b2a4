"""The reference is right: properties that batch norm has whoever writes it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.coursebook import reference

NUMBERS = st.floats(-100, 100, width=32)
MOMENTA = st.floats(0, 1)


SEVERAL = st.integers(2, 8)
FEW = st.integers(1, 4)


def batches(rows=SEVERAL, columns=FEW):
    shapes = st.tuples(rows, columns)
    return shapes.flatmap(lambda shape: arrays(np.float64, shape, elements=NUMBERS))


def ones_and_zeros(Z):
    return np.ones(Z.shape[1]), np.zeros(Z.shape[1])


@given(batches())
def test_statistics_agree_with_numpy(Z):
    mean, var = reference.batch_statistics(Z)
    assert np.allclose(mean, Z.mean(axis=0))
    assert np.allclose(var, Z.var(axis=0))


@given(batches(), st.floats(-1000, 1000))
def test_a_shift_of_the_mini_batch_changes_nothing_in_training(Z, shift):
    out, _ = reference.batch_norm_forward(Z, *ones_and_zeros(Z), eps=0.1)
    moved, _ = reference.batch_norm_forward(Z + shift, *ones_and_zeros(Z), eps=0.1)
    assert np.allclose(out, moved, atol=1e-7)


@given(batches(), st.floats(0.1, 10))
def test_a_scale_of_the_mini_batch_changes_nothing_but_through_eps(Z, scale):
    out, _ = reference.batch_norm_forward(Z, *ones_and_zeros(Z), eps=0.1)
    scaled, _ = reference.batch_norm_forward(scale * Z, *ones_and_zeros(Z), eps=0.1 * scale**2)
    assert np.allclose(out, scaled, atol=1e-7)


@given(batches())
def test_in_training_every_feature_gets_mean_beta(Z):
    gamma, beta = np.full(Z.shape[1], 2.0), np.arange(Z.shape[1], dtype=float)
    out, _ = reference.batch_norm_forward(Z, gamma, beta)
    assert np.allclose(out.mean(axis=0), beta, atol=1e-7)


@given(batches(rows=st.integers(1, 12)), st.data())
def test_statistics_of_all_rows_do_not_depend_on_how_they_are_cut(Z, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, len(Z) - 1), max_size=4))) if len(Z) > 1 else []
    mean, var = reference.dataset_statistics(part for part in np.split(Z, cuts))
    assert np.allclose(mean, Z.mean(axis=0))
    assert np.allclose(var, Z.var(axis=0))


def test_statistics_of_all_rows_keep_a_small_spread_far_from_0():
    Z = 1e4 + 1e-3 * np.random.default_rng(0).normal(size=(999, 3))
    assert np.allclose(reference.dataset_statistics(np.array_split(Z, 40))[1], Z.var(axis=0), rtol=1e-6)


@given(st.lists(st.floats(-100, 100, width=32), min_size=12, max_size=12), st.sampled_from([2, 3, 4, 6]))
def test_population_statistics_average_the_unbiased_variances(values, m):
    batches = np.reshape(values, (-1, m, 1))
    mean, var = reference.population_statistics(list(batches))
    assert np.allclose(mean, np.mean(values))
    assert np.allclose(var, batches.var(axis=1, ddof=1).mean(axis=0))


@given(batches(rows=st.integers(1, 8)), st.data())
def test_at_test_time_a_row_alone_is_the_row_in_the_batch(Z, data):
    n = Z.shape[1]
    mean, gamma, beta = (data.draw(arrays(np.float64, n, elements=NUMBERS)) for _ in range(3))
    var = data.draw(arrays(np.float64, n, elements=st.floats(0, 100, width=32)))
    whole = reference.batch_norm_inference(Z, mean, var, gamma, beta)
    alone = [reference.batch_norm_inference(row, mean, var, gamma, beta) for row in Z]
    assert np.array_equal(whole, np.array(alone))


@given(arrays(np.float64, st.integers(1, 12), elements=NUMBERS), MOMENTA, NUMBERS)
def test_the_running_average_in_closed_form(values, momentum, start):
    average = start
    for value in values:
        average = reference.ewa_update(average, value, momentum)
    T = len(values)
    weights = (1 - momentum) * momentum ** np.arange(T)[::-1]
    assert np.isclose(average, momentum**T * start + weights @ values, atol=1e-7)


@given(NUMBERS, st.integers(1, 30), st.floats(0, 0.99))
def test_a_constant_series_is_its_own_corrected_average(value, length, momentum):
    corrected = reference.ewa_bias_corrected(np.full(length, value), momentum)
    assert np.allclose(corrected, value)


@given(st.lists(batches(rows=st.just(3), columns=st.just(2)), min_size=1, max_size=5), MOMENTA)
def test_where_the_epochs_end_does_not_matter(Zs, momentum):
    start = np.zeros(2), np.ones(2)
    one = reference.running_statistics([Zs], *start, momentum)
    many = reference.running_statistics([[Z] for Z in Zs], *start, momentum)
    assert np.allclose(one, many)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, int])
def test_dtypes(dtype):
    Z = np.arange(6).reshape(3, 2).astype(dtype)
    expected = np.float32 if dtype is np.float32 else np.float64
    mean, var = reference.batch_statistics(Z)
    assert mean.dtype == var.dtype == expected
    assert reference.normalize(Z, mean, var).dtype == expected
