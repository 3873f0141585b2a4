"""When two arrays of results count as the same.

The tolerance is relative to the largest number of the expected array, because rounding is: a mean
of values around 10 000 is uncertain in its sixth decimal however small the result beside it. 1e-7 lets
E[z²] − E[z]² in float64 pass at an offset of 10 000 (its error there is about 1e8 · 1e-16) and still
sees an ε of 1e-5 beside a variance of 1. float32 carries seven digits, of which a few operations leave four.
"""

import numpy as np

RELATIVE = {"float64": 1e-7, "float32": 1e-4}
SMALLEST_SCALE = 1e-2


def same(got, expected, *others):
    """Tell whether `got` has the shape and, within rounding, the values of `expected`, of whatever dtype.

    Where one of `others` is float32, float32 numbers went in, and rounding is theirs.
    """
    return got.shape == expected.shape and not differing(got, expected, *others).any()


def differing(got, expected, *others):
    """Mark the entries in which two arrays of one shape differ by more than the coarsest dtype's rounding."""
    relative = max(RELATIVE.get(array.dtype.name, RELATIVE["float64"]) for array in (got, expected, *others))
    with np.errstate(all="ignore"):
        got, expected = got.astype(float), expected.astype(float)
    finite = np.abs(expected[np.isfinite(expected)])
    scale = max(finite.max(initial=0.0), SMALLEST_SCALE)
    with np.errstate(all="ignore"):  # huge numbers are merely different
        return ~np.isclose(got, expected, rtol=0, atol=relative * scale, equal_nan=True)


def wrong_dtype(got, expected):
    """Tell whether results of dtype `got` lose what `expected` keeps: float32 only where float32 went in."""
    if expected.kind == "f":
        return got.name != "float64" and got != expected
    return got.kind != expected.kind and {got.kind, expected.kind} != {"i", "u"}
