"""Handwritten digits: 1797 images of 8 × 8 pixels, in digits.npz beside this; digits.md says whose they are."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Digits:
    """A split of the digits: images in rows of 64 pixels from 0 to 1, labels from 0 to 9."""

    train_X: np.ndarray
    train_y: np.ndarray
    test_X: np.ndarray
    test_y: np.ndarray


def digits(seed: int = 0) -> Digits:
    """Split the digits at random into 1437 images for training and 360 for testing."""
    X, y = _all()
    order = np.random.default_rng(seed).permutation(len(X))
    train, test = order[:1437], order[1437:]
    return Digits(X[train], y[train], X[test], y[test])


@cache
def _all():
    with np.load(Path(__file__).with_suffix(".npz")) as data:
        return data["images"] / 16, data["labels"].astype(int)
