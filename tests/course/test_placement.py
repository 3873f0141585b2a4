"""Question 14, and training with and without batch norm: lesson 11's conclusions on twenty other seeds, paired."""

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


def right(seed, layers, rate, epochs=(5,)):
    """Train; give the share of test digits read rightly after the given epochs."""
    data, found = lab.digits(seed), []
    for epoch in range(max(epochs)):
        lab.train(lab.Stack(layers), data, epochs=1, rate=rate, seed=100 * seed + epoch)
        if epoch + 1 in epochs:
            found.append(lab.accuracy(reference.predict(layers, data.test_X), data.test_y))
    return np.array(found)


def gains(order, rate, network=dense, **options):
    """Give, for every seed, what an order is ahead of batch norm before the activation, in points."""
    return np.array(
        [
            right(seed, network(seed, order), rate, **options) - right(seed, network(seed, "before"), rate, **options)
            for seed in SEEDS
        ]
    )


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
    assert interval(gains("pooled", 0.1, network=convolution))[0] > -0.5


def test_without_batch_norm_fewer_digits_are_read_and_the_gap_shrinks_as_training_goes_on():
    early, late = gains("none", 0.1, epochs=(5, 15)).T
    assert interval(early)[1] < -2
    assert interval(late)[1] < 0
    assert interval(late - early)[0] > 0.5


def test_without_batch_norm_a_large_learning_rate_fails():
    with_norm, without = (
        np.mean([right(seed, dense(seed, order), 1.0) for seed in SEEDS]) for order in ("before", "none")
    )
    assert with_norm > 94
    assert without < 50
