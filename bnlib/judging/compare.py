"""When two arrays of results count as the same: far more than rounding, far less than any mistake.

How far honest work may be off. Let u be the unit roundoff, 1.1e-16 in float64 and 6e-8 in float32, m the
number of rows, and κ² = 1 + (mean / deviation)². A variance by two passes, by Welford or by Chan is off by
a share of about m·u, the textbook's E[z²] − E[z]² by m·κ²·u (Chan, Golub and LeVeque 1983); what is normalised
with a mean that is off by m·u, by m·κ·u. So 2 (m + 3)·κ²·u bounds them all, with a few more operations.

- float64: our cases go up to six rows around 10 000 with a deviation of 1, κ = 12 000: 3e-7. Hence 1e-6.
- float32: they go up to κ = 5: 2e-5. Hence 1e-4. Around 10 000 nothing is left of a variance by E[z²] − E[z]²
  in float32, and the cases there catch it.

How far a mistake is off. An ε of 1e-5 beside a variance of 1 moves what is normalised by a share of 5e-6, beside
the small variances of our cases by hundredths, and of the known mistakes the nearest is 1000 tolerances away in
the case that shows it best. Tests hold all of this, for the inputs of every case.

Shares are of the largest number of the expected array: beside it, rounding in a smaller one means little. Where
exact arithmetic gives zero (the variance of a feature that never changes, the gradient of a lone example) there is
nothing to have a share of. So the tolerance stops shrinking at a size of 1/100: 1e-8 in float64, between rounding
(1e-14) and an ε of 1e-5.
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
