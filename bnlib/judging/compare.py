"""When two arrays of results count as the same: far more than rounding, far less than any mistake.

Honest work goes other ways than the reference, and rounds otherwise. How far that may lead depends on the inputs of a
course's cases, and so does how far the nearest mistake is off. So each course argues for the two shares below from its
own cases (course/README.md), and tests hold what it says.

Shares are of the largest number of the expected array: beside it, rounding in a smaller one means little. Where exact
arithmetic gives zero there is nothing to have a share of. So the tolerance stops shrinking at a size of 1/100: at 1e-8
in float64, where rounding is some 1e-14.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bnlib.judging.plain import Array

RELATIVE: dict[type[np.generic], float] = {np.float64: 1e-6, np.float32: 1e-4}
SMALLEST_SCALE = 1e-2


def same(got: Array, expected: Array, *others: Array) -> bool:
    """Tell whether `got` has the shape and, within rounding, the values of `expected`, of whatever dtype.

    Where one of `others` is float32, float32 numbers went in, and rounding is theirs.
    """
    return got.shape == expected.shape and not differing(got, expected, *others).any()


def differing(got: Array, expected: Array, *others: Array) -> NDArray[np.bool_]:
    """Mark the entries in which two arrays of one shape differ by more than the coarsest dtype's rounding."""
    relative = max(RELATIVE.get(array.dtype.type, RELATIVE[np.float64]) for array in (got, expected, *others))
    with np.errstate(all="ignore"):  # huge numbers are merely different
        one, other = got.astype(float), expected.astype(float)
        scale = max(np.abs(other[np.isfinite(other)]).max(initial=0.0), SMALLEST_SCALE)
        close = np.abs(one - other) <= relative * scale
    alike: NDArray[np.bool_] = close | (one == other) | (np.isnan(one) & np.isnan(other))
    return ~alike


def wrong_dtype(got: np.dtype[np.generic], expected: np.dtype[np.generic]) -> bool:
    """Tell whether results of dtype `got` lose what `expected` keeps: float32 only where float32 went in."""
    if expected.kind == "f":
        return got.name != "float64" and got != expected
    return got.kind != expected.kind and {got.kind, expected.kind} != {"i", "u"}
