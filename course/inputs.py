"""Inputs that tell mistakes apart, drawn from a generator; rounded where a learner reads them."""

import numpy as np


def batch(rng, m, n, offset=0.0, spread=2.0):
    """Draw m examples of n features, each feature with a level and a spread of its own."""
    levels = offset + rng.uniform(1, 4, n) * np.where(np.arange(n) % 2, -1, 1)
    spreads = spread * np.linspace(0.6, 1.7, n)
    return (levels + spreads * _spread_out(rng, m, n)).round(1)


def _spread_out(rng, m, n):
    """Draw standard normal columns, shaken loose from ties and from a zero variance."""
    columns = np.stack([rng.permutation(np.linspace(-1.3, 1.3, m)) for _ in range(n)], axis=1)
    return columns + rng.normal(0, 0.25, (m, n))


def means(rng, n):
    """Draw n means, none of them near zero."""
    return (rng.uniform(0.6, 3, n) * np.where(np.arange(n) % 2, -1, 1)).round(1)


def variances(rng, n):
    """Draw n variances, below and above one, none of them near it."""
    return np.where(np.arange(n) % 2, rng.uniform(0.2, 0.6, n), rng.uniform(2, 6, n)).round(2)


def gammas(rng, n):
    """Draw n scales, alternating in sign, none of them near one."""
    return (rng.uniform(1.4, 3, n) * np.where(np.arange(n) % 2, -1, 1)).round(1)


def betas(rng, n):
    """Draw n shifts, none of them near zero."""
    return (rng.uniform(0.4, 2, n) * np.where(np.arange(n) % 3, 1, -1)).round(1)


def in_float32(inputs):
    """Give the same inputs, every array in single precision."""
    return {k: v.astype(np.float32) if isinstance(v, np.ndarray) else v for k, v in inputs.items()}


def as_type(dtype, make):
    """Give a maker of the same mini-batches in another dtype."""
    return lambda rng: {"batches": [Z.astype(dtype) for Z in make(rng)["batches"]]}
