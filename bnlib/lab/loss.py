"""The loss that training lowers."""

import numpy as np


def cross_entropy(logits, y):
    """Give the mean cross-entropy of softmax(logits) for the labels y, and its gradient for the logits."""
    below_largest = logits - logits.max(axis=1, keepdims=True)
    powers = np.exp(below_largest)
    sums = powers.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = np.mean(np.log(sums[:, 0]) - below_largest[rows, y])  # finite, however small a probability is
    gradient = powers / sums
    gradient[rows, y] -= 1
    return loss, gradient / len(y)
