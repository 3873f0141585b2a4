"""Train the lab's network, and measure how often it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from bnlib.lab.digits import Digits
from bnlib.lab.network import Network
from bnlib.lab.stack import Stack


def mini_batches(count: int, size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Yield the row numbers of one epoch's mini-batches, shuffled; an incomplete last one is dropped."""
    order = rng.permutation(count)
    for start in range(0, count - size + 1, size):
        yield order[start : start + size]


def train(
    network: Network | Stack,
    data: Digits,
    epochs: int = 10,
    batch: int = 32,
    rate: float = 0.1,
    seed: int = 0,
    after_step: Callable[[int, Network], None] | None = None,
) -> np.ndarray:
    """Train in place; give the loss of every mini-batch.

    `after_step(step, network)` is called after each step, counted from 1: the layers' caches
    then hold what the step computed.
    """
    rng = np.random.default_rng(seed)
    losses = []
    for _ in range(epochs):
        for rows in mini_batches(len(data.train_X), batch, rng):
            losses.append(network.step(data.train_X[rows], data.train_y[rows], rate))
            if after_step:
                after_step(len(losses), network)
    return np.array(losses)


def accuracy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Give the share of examples, in percent, whose largest output is that of their label."""
    return 100 * float(np.mean(np.argmax(logits, axis=-1) == labels))
