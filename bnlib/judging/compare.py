"""When two arrays of results count as the same: far more than rounding, far less than any mistake.

Honest work goes other ways than the reference, and rounds otherwise. How far that may lead depends on the inputs of a
course's cases, and so does how far the nearest mistake is off. So each course argues for the two shares below from its
own cases (course/README.md), and tests hold what it says.

Shares are of the largest number of the expected array: beside it, rounding in a smaller one means little. Where exact
arithmetic gives zero there is nothing to have a share of. So the tolerance stops shrinking at a size of 1/100: at 1e-8
in float64, where rounding is some 1e-14.
"""

import numpy as np

RELATIVE = {np.float64: 1e-6, np.float32: 1e-4}
SMALLEST_SCALE = 1e-2


def same(got, expected, *others):
    """Tell whether `got` has the shape and, within rounding, the values of `expected`, of whatever dtype.

    Where one of `others` is float32, float32 numbers went in, and rounding is theirs.
    """
    return got.shape == expected.shape and not differing(got, expected, *others).any()


def differing(got, expected, *others):
    """Mark the entries in which two arrays of one shape differ by more than the coarsest dtype's rounding."""
    relative = max(RELATIVE.get(array.dtype.type, RELATIVE[np.float64]) for array in (got, expected, *others))
    with np.errstate(all="ignore"):  # huge numbers are merely different
        got, expected = got.astype(float), expected.astype(float)
        scale = max(np.abs(expected[np.isfinite(expected)]).max(initial=0.0), SMALLEST_SCALE)
        close = np.abs(got - expected) <= relative * scale
    return ~(close | (got == expected) | (np.isnan(got) & np.isnan(expected)))


def wrong_dtype(got, expected):
    """Tell whether results of dtype `got` lose what `expected` keeps: float32 only where float32 went in."""
    if expected.kind == "f":
        return got.name != "float64" and got != expected
    return got.kind != expected.kind and {got.kind, expected.kind} != {"i", "u"}
