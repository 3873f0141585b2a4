"""Lesson 9's conclusions (questions 10 and 12) on seeds that the lesson does not use, paired by seed."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.coursebook import reference
from bnlib import lab

SEEDS = range(2000, 2020)
EPOCH = 44  # 1437 digits in whole mini-batches of 32


def inference(network, pairs):
    return lambda k, Z: reference.batch_norm_inference(Z, *pairs[k], network.norms[k].gamma, network.norms[k].beta)


def right(data, network, pairs):
    return lab.accuracy(network.logits(data.test_X, inference(network, pairs)), data.test_y)


def exact_pairs(network, X):
    """Measure every hidden layer on all rows of X, the layers below with their exact statistics too."""
    pairs = []
    for k in range(len(network.norms)):
        pairs.append(reference.batch_statistics(network.hidden(X, k, inference(network, pairs))))
    return pairs


def spoiled(exact, means=0.0, doublings=0.0):
    """Move the means by a random distance in units of σ, and multiply the variances."""
    rng = np.random.default_rng(0)
    return [(mean + means * np.sqrt(var) * rng.normal(size=32), var * 2.0**doublings) for mean, var in exact]


def error_of_means(pairs, exact):
    off = [(mean - right_mean) / np.sqrt(var) for (mean, _), (right_mean, var) in zip(pairs, exact, strict=True)]
    return np.sqrt(np.mean(np.square(off)))


class Run(NamedTuple):
    """A trained network, its exact pairs, its running pairs of momentum 0.9, and what running pairs lost on the way."""

    data: lab.Digits
    network: lab.Network
    exact: list
    running: list
    lost: dict  # by (momentum, step); the error of the means of momentum 0.9 by ("error", step)


@pytest.fixture(scope="module")
def runs():
    """Train once per seed."""
    found = []
    for seed in SEEDS:
        data, network = lab.digits(seed), lab.Network(seed=seed)
        pairs = {momentum: [(np.zeros(32), np.ones(32))] * 2 for momentum in (0.9, 0.99, 0.999)}
        lost = {}

        def follow(step, network, data=data, pairs=pairs, lost=lost):
            caches = [norm.cache for norm in network.norms]
            for p in pairs:
                pairs[p] = [
                    reference.update_running(*pairs[p][k], c["mean"], c["var"], p) for k, c in enumerate(caches)
                ]
            if step in (EPOCH, 5 * EPOCH):
                exact = exact_pairs(network, data.train_X)
                best = right(data, network, exact)
                lost.update({(p, step): best - right(data, network, pairs[p]) for p in pairs})
                lost["error", step] = error_of_means(pairs[0.9], exact)

        lab.train(network, data, epochs=5, seed=seed, after_step=follow)
        found.append(Run(data, network, exact_pairs(network, data.train_X), pairs[0.9], lost))
    return found


def mean_loss(runs, pairs_of):
    """Give the points of accuracy that other pairs cost against the exact ones, on average."""
    return np.mean([right(r.data, r.network, r.exact) - right(r.data, r.network, pairs_of(r)) for r in runs])


def test_10_small_errors_of_the_means_cost_nothing_and_large_ones_much(runs):
    assert abs(mean_loss(runs, lambda r: spoiled(r.exact, means=0.1))) < 1
    assert mean_loss(runs, lambda r: spoiled(r.exact, means=1.0)) > 15


def test_10_variances_may_be_too_small_but_not_too_large(runs):
    assert abs(mean_loss(runs, lambda r: spoiled(r.exact, doublings=-1))) < 2
    assert abs(mean_loss(runs, lambda r: spoiled(r.exact, doublings=1))) < 2.5
    assert mean_loss(runs, lambda r: spoiled(r.exact, doublings=-3)) < 6
    assert mean_loss(runs, lambda r: spoiled(r.exact, doublings=3)) > 20


def test_10_the_running_pair_lies_where_nothing_is_lost(runs):
    assert max(r.lost["error", 5 * EPOCH] for r in runs) < 0.1
    assert abs(np.mean([r.lost[0.9, 5 * EPOCH] for r in runs])) < 0.5


def test_10_it_breaks_where_momentum_is_too_close_to_1_for_the_number_of_steps(runs):
    lost = {key: np.mean([r.lost[key] for r in runs]) for key in runs[0].lost}
    assert abs(lost[0.9, EPOCH]) < 1.5
    assert lost[0.99, EPOCH] > 5
    assert lost[0.999, EPOCH] > 15
    assert abs(lost[0.99, 5 * EPOCH]) < 2
    assert lost[0.999, 5 * EPOCH] > 5


def test_10_it_breaks_where_few_examples_stand_behind_the_estimate(runs):
    assert mean_loss(runs, lambda r: exact_pairs(r.network, r.data.train_X[:4])) > 10
    assert abs(mean_loss(runs, lambda r: exact_pairs(r.network, r.data.train_X[:128]))) < 1.5


def test_10_it_breaks_where_the_test_digits_have_moved(runs):
    by_training, by_its_own = [], []
    for r in runs:
        scanned = lab.Digits(r.data.train_X, r.data.train_y, 0.5 * r.data.test_X + 0.3, r.data.test_y)
        best = right(r.data, r.network, r.exact)
        by_training.append(best - right(scanned, r.network, r.exact))
        by_its_own.append(best - right(scanned, r.network, exact_pairs(r.network, scanned.test_X)))
    assert np.mean(by_training) > 15
    assert abs(np.mean(by_its_own)) < 1


def test_10_tiny_mini_batches_spoil_what_is_learned_and_exact_statistics_do_not_mend_it():
    by_exact, gained, share = [], [], []
    for seed in SEEDS:
        data, network = lab.digits(seed), lab.Network(seed=seed, norm=reference.BatchNorm)
        lab.train(network, data, epochs=1, batch=2, seed=seed)
        running = [(norm.running_mean, norm.running_var) for norm in network.norms]
        exact = exact_pairs(network, data.train_X)
        by_exact.append(right(data, network, exact))
        gained.append(by_exact[-1] - right(data, network, running))
        share.append(np.mean(np.log2(running[0][1] / exact[0][1])))
    assert np.mean(by_exact) < 60
    assert abs(np.mean(gained)) < 4
    assert abs(np.mean(share) + 1) < 0.2  # half of the variance: (m − 1)/m


@pytest.mark.parametrize("kept", [False, True])
def test_12_left_out_batch_norm_costs_much_with_and_without_gamma_and_beta(runs, kept):
    lost = []
    for r in runs:
        norms = r.network.norms
        without = (lambda k, Z, n=norms: n[k].gamma * Z + n[k].beta) if kept else (lambda k, Z: Z)
        left = lab.accuracy(r.network.logits(r.data.test_X, without), r.data.test_y)
        lost.append(right(r.data, r.network, r.running) - left)
    assert np.mean(lost) > 15
    assert min(lost) > 3


def folded_logits(run, dtype):
    """Answer the test digits without any batch norm, in numbers of one dtype."""
    A, network = run.data.test_X.astype(dtype), run.network
    for W, b, norm, pair in zip(network.weights, network.biases, network.norms, run.running, strict=False):
        new_W, new_b = reference.fold_into_linear(W, b, *pair, norm.gamma, norm.beta, norm.eps)
        A = np.maximum(A @ new_W.astype(dtype) + new_b.astype(dtype), 0)
    return A @ network.weights[-1].astype(dtype) + network.biases[-1].astype(dtype)


@pytest.mark.parametrize(("dtype", "share"), [(np.float64, 1e-13), (np.float32, 1e-5)])
def test_12_folded_it_answers_the_same_up_to_rounding(runs, dtype, share):
    for r in runs:
        before = r.network.logits(r.data.test_X, inference(r.network, r.running))
        after = folded_logits(r, dtype)
        assert after.dtype == dtype
        assert np.abs(after - before).max() < share * np.abs(before).max()
        assert np.mean(after.argmax(axis=1) == before.argmax(axis=1)) > 0.995  # a tie may fall to either side


NUMBERS = st.floats(-100, 100, width=32)


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.booleans(), st.data())
def test_a_folded_layer_is_the_layer_and_its_batch_norm(m, d, n, biased, data):
    X, W = (data.draw(arrays(np.float64, shape, elements=NUMBERS)) for shape in ((m, d), (d, n)))
    b, mean, gamma, beta = (data.draw(arrays(np.float64, n, elements=NUMBERS)) for _ in range(4))
    var = data.draw(arrays(np.float64, n, elements=st.floats(0, 100, width=32)))
    b = b if biased else np.zeros(n)
    kept = [array.copy() for array in (W, b, mean, var, gamma, beta)]
    new_W, new_b = reference.fold_into_linear(W, b, mean, var, gamma, beta, eps=0.1)
    expected = reference.batch_norm_inference(X @ W + b, mean, var, gamma, beta, eps=0.1)
    assert np.allclose(X @ new_W + new_b, expected, rtol=1e-9, atol=1e-5)
    assert all(map(np.array_equal, kept, (W, b, mean, var, gamma, beta)))


def test_the_fold_stays_in_float32():
    arrays32 = [np.ones((3, 2), np.float32), *(np.full(2, value, np.float32) for value in (1, 2, 3, 4, 5))]
    assert all(array.dtype == np.float32 for array in reference.fold_into_linear(*arrays32))


def test_in_the_labs_networks_the_old_bias_is_zero_so_that_forgetting_it_goes_unnoticed(runs):
    assert max(np.abs(b).max() for r in runs for b in r.network.biases[:-1]) < 1e-12
