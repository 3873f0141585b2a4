"""The layers of lesson 11. Each has two modes, and hands out its arrays by name."""

from __future__ import annotations

import numpy as np


class Layer:
    """What all layers share: `forward(X)`, `training`, `train()`, `eval()` and `parameters()`.

    `parameters()` gives the arrays themselves, not copies. After a step of training `backward(dout)`
    gives the gradient for the layer below and leaves those of the arrays in `gradients`.
    """

    def __init__(self):
        self.training = True
        self.gradients: dict[str, np.ndarray] = {}

    def train(self):
        """Switch to training mode."""
        self.training = True

    def eval(self):
        """Switch to evaluation mode."""
        self.training = False

    def parameters(self) -> dict[str, np.ndarray]:
        """Give the layer's arrays by name."""
        return {}


class Linear(Layer):
    """X @ W + b, for X of shape (d,) or (m, d)."""

    def __init__(self, W, b):
        super().__init__()
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    @classmethod
    def drawn(cls, inputs: int, outputs: int, rng: np.random.Generator) -> Linear:
        """Make a layer with random weights, of a size that suits ReLU, and biases of 0."""
        return cls(rng.normal(0, np.sqrt(2 / inputs), (inputs, outputs)), np.zeros(outputs))

    def forward(self, X):
        """Give the layer's output."""
        if self.training:
            self._X = X
        return X @ self.W + self.b

    def backward(self, dout):
        """Give the gradient for X, and keep those of W and b."""
        self.gradients = {"W": self._X.T @ dout, "b": dout.sum(axis=0)}
        return dout @ self.W.T

    def parameters(self):
        """Give W and b."""
        return {"W": self.W, "b": self.b}


class ReLU(Layer):
    """max(X, 0); it has no arrays."""

    def forward(self, X):
        """Give the layer's output."""
        if self.training:
            self._on = X > 0
        return np.maximum(X, 0)

    def backward(self, dout):
        """Give the gradient for X."""
        return dout * self._on


class AsLayer(Layer):
    """Your `BatchNorm` of lesson 7 as a layer of a network; `backward` is your function of lesson 10."""

    def __init__(self, norm, backward=None):
        self.norm, self._backward = norm, backward
        super().__init__()

    @property
    def training(self):
        """The mode of your layer."""
        return self.norm.training

    @training.setter
    def training(self, training):
        (self.norm.train if training else self.norm.eval)()

    def forward(self, Z):
        """Give your layer's output."""
        return self.norm.forward(Z)

    def backward(self, dout):
        """Give the gradient for Z, and keep those of gamma and beta."""
        dZ, dgamma, dbeta = self._backward(dout, self.norm.cache)
        self.gradients = {"gamma": dgamma, "beta": dbeta}
        return dZ

    def parameters(self):
        """Give all that is saved of a batch norm layer: what is trained, and the running pair."""
        return {name: getattr(self.norm, name) for name in ("gamma", "beta", "running_mean", "running_var")}
