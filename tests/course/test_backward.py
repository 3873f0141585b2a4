"""Lesson 10: the reference's gradients are right, and what wrong ones do, on seeds that the lesson does not use."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.coursebook import reference
from bnlib import lab

SEEDS = range(3000, 3020)
KEYS = {"Z", "Z_norm", "mean", "var", "gamma", "eps"}


def drawn(m, n, eps, seed):
    """Draw Z, γ, β and an incoming gradient; give them with the cache of exactly the contract's keys."""
    rng = np.random.default_rng(seed)
    Z, gamma, beta = rng.normal(2, 3, (m, n)), rng.normal(size=n), rng.normal(size=n)
    _, cache = reference.batch_norm_forward(Z, gamma, beta, eps)
    return Z, gamma, beta, rng.normal(size=(m, n)), {key: cache[key] for key in KEYS}


def numerical(loss, array, h=1e-5):
    gradient = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        step = np.zeros(array.shape)
        step[place] = h
        gradient[place] = (loss(array + step) - loss(array - step)) / (2 * h)
    return gradient


MANY, FEW = st.integers(1, 7), st.integers(1, 4)


@given(MANY, FEW, st.sampled_from([1e-3, 0.1, 1.0]), st.integers(0, 1000))
def test_gradients_agree_with_numerical_ones(m, n, eps, seed):
    Z, gamma, beta, dout, cache = drawn(m, n, eps, seed)

    def loss(Z, gamma, beta):
        return np.sum(dout * reference.batch_norm_forward(Z, gamma, beta, eps)[0])

    expected = (
        numerical(lambda moved: loss(moved, gamma, beta), Z),
        numerical(lambda moved: loss(Z, moved, beta), gamma),
        numerical(lambda moved: loss(Z, gamma, moved), beta),
    )
    for got, slope in zip(reference.batch_norm_backward(dout, cache), expected, strict=True):
        assert np.allclose(got, slope, rtol=1e-5, atol=1e-4 * max(1, np.abs(slope).max()))


@given(st.integers(4, 9), FEW, st.integers(0, 1000))
def test_a_shift_and_a_stretch_of_all_examples_get_no_gradient(m, n, seed):
    _, _, _, dout, cache = drawn(m, n, 1e-12, seed)
    dZ, _, _ = reference.batch_norm_backward(dout, cache)
    size = np.abs(dout * cache["gamma"] / np.sqrt(cache["var"])).max(axis=0)
    assert np.all(np.abs(dZ.sum(axis=0)) < 1e-9 * (size + 1))
    assert np.all(np.abs((dZ * cache["Z_norm"]).sum(axis=0)) < 1e-6 * (size + 1))


def test_in_evaluation_mode_mean_and_variance_are_constants():
    Z, gamma, beta, dout, cache = drawn(6, 3, 1e-5, 0)
    mean, var = np.array([1.0, -1.0, 2.0]), np.array([2.0, 0.5, 4.0])
    slope = numerical(lambda moved: np.sum(dout * reference.batch_norm_inference(moved, mean, var, gamma, beta)), Z)
    assert np.allclose(slope, dout * gamma / np.sqrt(var + 1e-5), atol=1e-7)
    assert not np.allclose(slope, reference.batch_norm_backward(dout, cache)[0], atol=1e-2)


def test_nothing_is_changed_and_float32_stays():
    _, _, _, dout, cache = drawn(5, 3, 0.1, 1)
    cache = {k: v.astype(np.float32) if isinstance(v, np.ndarray) else v for k, v in cache.items()}
    dout = dout.astype(np.float32)
    before = dout.copy(), {k: np.copy(v) for k, v in cache.items()}
    assert all(array.dtype == np.float32 for array in reference.batch_norm_backward(dout, cache))
    assert np.array_equal(dout, before[0])
    assert all(np.array_equal(cache[key], before[1][key]) for key in KEYS)


def wrong_way(by_mean, by_var):
    """Make a backward pass that leaves out the way through μ, or σ², or both."""

    def backward(dout, cache):
        Z_norm, inv = cache["Z_norm"], (cache["var"] + cache["eps"]) ** -0.5
        dZ_norm = dout * cache["gamma"]
        _, dgamma, dbeta = reference.batch_norm_backward(dout, cache)
        missing_mean = -dZ_norm.mean(axis=0) * inv
        missing_var = -Z_norm * (dZ_norm * Z_norm).mean(axis=0) * inv
        return dZ_norm * inv + by_mean * missing_mean + by_var * missing_var, dgamma, dbeta

    return backward


WAYS = {
    "right": reference.batch_norm_backward,
    "variance as a constant": wrong_way(by_mean=1, by_var=0),
    "mean as a constant": wrong_way(by_mean=0, by_var=1),
    "both as constants": wrong_way(by_mean=0, by_var=0),
}


@pytest.fixture(scope="module")
def trained():
    """Train with every way back; give loss, accuracy, and layer 1's largest bias and length of weights by seed."""
    found = {name: [] for name in WAYS}
    for seed in SEEDS:
        data = lab.digits(seed)
        for name, backward in WAYS.items():
            network = lab.Network(seed=seed, norm=reference.BatchNorm, backward=backward)
            losses = lab.train(network, data, epochs=3, seed=seed)
            for norm in network.norms:
                norm.eval()
            right = lab.accuracy(network.logits(data.test_X), data.test_y)
            bias, length = np.abs(network.biases[0]).max(), np.linalg.norm(network.weights[0])
            found[name].append((losses[-44:].mean(), right, bias, length))
    return {name: np.array(rows) for name, rows in found.items()}


def test_with_constants_the_network_learns_but_worse(trained):
    for name in ("mean as a constant", "both as constants"):
        loss, behind = trained[name][:, 0] / trained["right"][:, 0], trained["right"][:, 1] - trained[name][:, 1]
        assert trained[name][:, 1].min() > 70  # it learns all the same: that is why nobody notices
        assert loss.min() > 1.1
        assert loss.mean() > 1.4
        assert behind.mean() > 1.5


def test_the_way_through_the_variance_alone_is_hardly_missed(trained):
    rows = trained["variance as a constant"]
    assert abs(np.mean(trained["right"][:, 1] - rows[:, 1])) < 1.5
    assert 1 < np.mean(rows[:, 0] / trained["right"][:, 0]) < 1.5


def test_with_the_mean_as_a_constant_biases_wander_and_weights_grow(trained):
    assert trained["right"][:, 2].max() < 1e-12
    assert trained["variance as a constant"][:, 2].max() < 1e-12
    assert trained["both as constants"][:, 2].min() > 0.1
    assert np.all(trained["both as constants"][:, 3] > 1.2 * trained["right"][:, 3])


def angle(one, other):
    return np.degrees(np.arccos(np.sum(one * other) / np.linalg.norm(one) / np.linalg.norm(other)))


def test_the_missing_mean_is_a_small_slip_in_dZ_and_a_large_one_in_the_weights():
    angles = []
    for seed in SEEDS:
        seen, data = [], lab.digits(seed)

        def look(dout, cache, seen=seen):
            seen.append((dout, cache))
            return reference.batch_norm_backward(dout, cache)

        X, y = data.train_X[:32], data.train_y[:32]
        lab.Network(seed=seed, backward=look).step(X, y, rate=0.1)
        right, no_mean, no_var = (WAYS[name](*seen[-1])[0] for name in list(WAYS)[:1] + list(WAYS)[2:0:-1])
        angles.append([angle(a, b) for w in (no_mean, no_var) for a, b in ((w, right), (X.T @ w, X.T @ right))])
    mean_in_dZ, mean_in_weights, var_in_dZ, var_in_weights = np.mean(angles, axis=0)
    assert mean_in_dZ < 20
    assert var_in_dZ < 20
    assert mean_in_weights > 30
    assert var_in_weights < 25
