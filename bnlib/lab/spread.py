"""How a number that was measured in several networks is written."""

import numpy as np


def with_spread(values, decimals: int = 1, signed: bool = False) -> str:
    """Write the mean of some measurements and their standard deviation, as in "6.3 ± 4.1"."""
    mean = round(float(np.mean(values)), decimals) + 0.0  # no minus before a zero
    return f"{mean:{'+' * signed}.{decimals}f} ± {np.std(values, ddof=1):.{decimals}f}"
