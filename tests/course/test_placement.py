"""Question 14, and training with and without batch norm: lesson 11's conclusions on twenty other seeds, paired."""

import copy
from functools import cache

import numpy as np

from autograder.coursebook import reference
from bnlib import lab

SEEDS = range(1000, 1020)


def norm(units):
    return lab.AsLayer(reference.BatchNorm(units), reference.batch_norm_backward)


def dense(seed, order):
    rng, layers = np.random.default_rng(seed), []
    for inputs, units in [(64, 32), (32, 32)]:
        layers.append(lab.Linear.drawn(inputs, units, rng))
        layers += {
            "before": [norm(units), lab.ReLU()],
            "after": [lab.ReLU(), norm(units)],
            "none": [lab.ReLU()],
        }[order]
    return [*layers, lab.Linear.drawn(32, 10, rng)]


def convolution(seed, order):
    rng = np.random.default_rng(seed)
    middle = {
        "before": [norm(8), lab.ReLU(), lab.MaxPool()],
        "pooled": [lab.ReLU(), lab.MaxPool(), norm(8)],
    }[order]
    return [lab.Patches(), lab.Linear.drawn(9, 8, rng), *middle, lab.Flatten(), lab.Linear.drawn(72, 10, rng)]


@cache
def trained(network, order, rate, epochs):
    """Give the layers of every seed after some epochs, five or a multiple of it."""
    if not epochs:
        return [network(seed, order) for seed in SEEDS]
    found = copy.deepcopy(trained(network, order, rate, epochs - 5))
    for seed, layers in zip(SEEDS, found, strict=True):
        for epoch in range(epochs - 5, epochs):
            lab.train(lab.Stack(layers), lab.digits(seed), epochs=1, rate=rate, seed=100 * seed + epoch)
    return found


def right(network, order, rate, epochs=5):
    """Give, for every seed, the share of test digits that are read rightly."""
    shares = []
    for seed, layers in zip(SEEDS, trained(network, order, rate, epochs), strict=True):
        data = lab.digits(seed)
        shares.append(lab.accuracy(reference.predict(layers, data.test_X), data.test_y))
    return np.array(shares)


def gains(order, rate, network=dense, epochs=5):
    """Give, for every seed, what an order is ahead of batch norm before the activation, in points."""
    return right(network, order, rate, epochs) - right(network, "before", rate, epochs)


def interval(points):
    """Give the mean difference less and plus two standard errors."""
    error = points.std(ddof=1) / np.sqrt(len(points))
    return points.mean() - 2 * error, points.mean() + 2 * error


def test_14_after_the_activation_is_equivalent_to_before_it_at_a_usual_learning_rate():
    low, high = interval(gains("after", 0.1))
    assert low > -1.5
    assert high < 1.5


def test_14_and_at_a_small_rate_after_is_ahead_at_a_large_one_before():
    assert interval(gains("after", 0.01))[0] > 5
    assert interval(gains("after", 1.0))[1] < 0


def test_14_after_pooling_is_not_worse_on_a_small_convolution():
    assert interval(gains("pooled", 0.1, convolution))[0] > -0.5


def test_without_batch_norm_fewer_digits_are_read_and_the_gap_shrinks_as_training_goes_on():
    early, late = gains("none", 0.1), gains("none", 0.1, epochs=15)
    assert interval(early)[1] < -2
    assert interval(late)[1] < 0
    assert interval(late - early)[0] > 0.5


def test_without_batch_norm_a_large_learning_rate_fails():
    with_norm, without = (right(dense, order, 1.0).mean() for order in ("before", "none"))
    assert with_norm > 94
    assert without < 50
