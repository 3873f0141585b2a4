"""Temperatures that tell mistakes apart, drawn from a generator; rounded where a learner reads them."""


def readings(rng, n, lowest, highest):
    """Draw n readings between two temperatures, to a tenth of a degree."""
    return rng.uniform(lowest, highest, n).round(1)
