"""A small network for the experiments: Linear → batch norm → ReLU, and a Linear layer at the end.

Its batch norm layers can be swapped: for the learner's own layer of lesson 7, or, in `logits`, for
any function that normalises; so can the way back through them, for the learner's own of lesson 10.
It computes batch norm in its own way, by projections.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from bnlib.lab.loss import cross_entropy


class Norm:
    """The lab's batch norm layer in training; yours, from lesson 7, fits in its place."""

    def __init__(self, n_features: int):
        self.gamma, self.beta = np.ones(n_features), np.zeros(n_features)
        self.eps = 1e-5

    def forward(self, Z):
        """Normalise a mini-batch with its own statistics and keep what the backward pass needs."""
        weights = np.full(len(Z), 1 / len(Z))
        mean = weights @ Z
        centred = Z - mean
        var = weights @ centred**2
        Z_norm = centred * (var + self.eps) ** -0.5
        self.cache = {"Z": Z, "Z_norm": Z_norm, "mean": mean, "var": var, "gamma": self.gamma, "eps": self.eps}
        return Z_norm * self.gamma + self.beta


class Network:
    """A classifier with ReLU units; every hidden layer has a batch norm of its own.

    `norm` makes the layer for n features: anything with `gamma`, `beta`, `forward(Z)` and, after it,
    a `cache` with the keys `Z_norm`, `var` and `eps`. `backward(dout, cache)` gives dZ, dγ and dβ of such
    a layer; without it the network goes its own way back.
    """

    def __init__(
        self,
        sizes=(64, 32, 32, 10),
        seed: int = 0,
        norm: Callable[[int], object] = Norm,
        backward: Callable | None = None,
    ):
        rng = np.random.default_rng(seed)
        self.weights = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in pairwise(sizes)]
        self.biases = [np.zeros(b) for b in sizes[1:]]
        self.norms = [norm(n) for n in sizes[1:-1]]
        self._through_norm = _going_by(backward) if backward else _through_norm

    def hidden(self, X, k: int, normalise=None):
        """Give Z of hidden layer k (from 0), as it goes into that layer's batch norm."""
        A = X
        for layer in range(k):
            A = self._activation(A, layer, normalise)
        return A @ self.weights[k] + self.biases[k]

    def logits(self, X, normalise=None):
        """Give the network's output, one column per class.

        `normalise(k, Z)` stands in for the batch norm of hidden layer k; without it the layers'
        own `forward` is called.
        """
        A = X
        for layer in range(len(self.norms)):
            A = self._activation(A, layer, normalise)
        return A @ self.weights[-1] + self.biases[-1]

    def step(self, X, y, rate: float) -> float:
        """Make one step of gradient descent on a mini-batch; give the loss before it."""
        inputs, switched_on = [X], []
        for layer, norm in enumerate(self.norms):
            out = norm.forward(inputs[-1] @ self.weights[layer] + self.biases[layer])
            switched_on.append(out > 0)
            inputs.append(np.maximum(out, 0))
        loss, gradient = cross_entropy(inputs[-1] @ self.weights[-1] + self.biases[-1], y)
        self._descend(inputs, switched_on, gradient, rate)
        return loss

    def _activation(self, A, layer, normalise):
        Z = A @ self.weights[layer] + self.biases[layer]
        return np.maximum(normalise(layer, Z) if normalise else self.norms[layer].forward(Z), 0)

    def _descend(self, inputs, switched_on, dout, rate):
        for layer in reversed(range(len(self.weights))):
            below = dout @ self.weights[layer].T
            self.weights[layer] -= rate * inputs[layer].T @ dout
            self.biases[layer] -= rate * dout.sum(axis=0)
            if layer:
                dout = self._through_norm(self.norms[layer - 1], below * switched_on[layer - 1], rate)


def _through_norm(norm, dout, rate):
    """Carry a gradient back through a batch norm layer, and move its γ and β."""
    Z_norm, var, eps = (norm.cache[key] for key in ("Z_norm", "var", "eps"))
    scaled = dout * norm.gamma
    flat = scaled - scaled.mean(axis=0)
    through = flat - Z_norm * (scaled * Z_norm).mean(axis=0)
    norm.gamma = norm.gamma - rate * np.einsum("ij,ij->j", dout, Z_norm)
    norm.beta = norm.beta - rate * dout.sum(axis=0)
    return through * (var + eps) ** -0.5


def _going_by(backward):
    """Make `backward` do what `_through_norm` does."""

    def through_norm(norm, dout, rate):
        dZ, dgamma, dbeta = backward(dout, norm.cache)
        norm.gamma, norm.beta = norm.gamma - rate * dgamma, norm.beta - rate * dbeta
        return dZ

    return through_norm
