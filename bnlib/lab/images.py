"""A small convolution for the digits, laid out in rows: one row per image and place, one column per channel.

So batch norm needs nothing new for it: a channel's m is images × places.
"""

import numpy as np

from bnlib.lab.layers import Layer


class Patches(Layer):
    """From (m, 64), images of 8 × 8, to (m · 36, 9): the 3 × 3 pixels around each inner place. The first layer."""

    def forward(self, X):
        """Give the patches; a Linear layer after this one makes a convolution of it."""
        windows = np.lib.stride_tricks.sliding_window_view(X.reshape(-1, 8, 8), (3, 3), axis=(1, 2))
        return windows.reshape(-1, 9)

    def backward(self, dout):
        """Give nothing: no layer lies below."""


class MaxPool(Layer):
    """From (m · 36, c), places of 6 × 6, to (m · 9, c): the largest of every 2 × 2 places."""

    def forward(self, A):
        """Give the largest values."""
        fours = A.reshape(-1, 3, 2, 3, 2, A.shape[1]).swapaxes(2, 3).reshape(-1, 4, A.shape[1])
        if self.training:
            self._largest = np.argmax(fours, axis=1)[:, np.newaxis]
        return fours.max(axis=1)

    def backward(self, dout):
        """Give each gradient to the place that was the largest."""
        fours = np.zeros((len(dout), 4, dout.shape[1]))
        np.put_along_axis(fours, self._largest, dout[:, np.newaxis], axis=1)
        return fours.reshape(-1, 3, 3, 2, 2, dout.shape[1]).swapaxes(2, 3).reshape(-1, dout.shape[1])


class Flatten(Layer):
    """From (m · 9, c) to (m, 9 · c): all places and channels of an image in one row."""

    def forward(self, A):
        """Give one row per image."""
        return A.reshape(-1, 9 * A.shape[1])

    def backward(self, dout):
        """Give one row per place again."""
        return dout.reshape(-1, dout.shape[1] // 9)
