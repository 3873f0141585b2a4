"""Layers on top of one another, trained by gradient descent."""

from __future__ import annotations

from bnlib.lab.loss import cross_entropy


class Stack:
    """A network made of a list of layers; `lab.train` trains it."""

    def __init__(self, layers):
        self.layers = layers

    def forward(self, X):
        """Give the last layer's output, each layer in the mode that it is in."""
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def step(self, X, y, rate: float) -> float:
        """Make one step of gradient descent on a mini-batch; give the loss before it."""
        loss, gradient = cross_entropy(self.forward(X), y)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        for layer in self.layers:
            for name, slope in layer.gradients.items():
                layer.parameters()[name] -= rate * slope
        return loss
