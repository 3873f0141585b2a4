import numpy as np

from autograder.misconceptions import misconception


def averages(values, momentum):
    """Give the uncorrected averages."""
    average, found = np.zeros(np.shape(values)[1:]), []
    for value in values:
        average = momentum * average + (1 - momentum) * value
        found.append(average)
    return np.array(found)


def steps(values):
    """Give 1, 2, … as a column that fits the values."""
    return np.arange(1, len(values) + 1).reshape((-1,) + (1,) * (np.ndim(values) - 1))


@misconception(
    "the averages are left as they are, without the correction",
    "The first one is only (1 − momentum) times the first value: it still leans towards the 0 that it started from.",
)
def not_corrected(values, momentum):
    return averages(values, momentum)


@misconception(
    "the exponent counts from 0",
    "The first step then divides by 1 − momentum⁰ = 0. After the first value, t is 1.",
)
def exponent_from_zero(values, momentum):
    return averages(values, momentum) / (1 - momentum ** (steps(values) - 1))


@misconception(
    "the divisor is (1 − momentum)^t",
    "The brackets sit elsewhere: it is 1 − (momentum^t), which grows towards 1 as t does.",
)
def power_of_one_minus_momentum(values, momentum):
    return averages(values, momentum) / (1 - momentum) ** steps(values)


@misconception(
    "the average is multiplied by 1 − momentum^t",
    "That factor is below 1, and the averages are too small already: divide by it.",
)
def multiplied(values, momentum):
    return averages(values, momentum) * (1 - momentum ** steps(values))


@misconception(
    "every average is divided by the last step's 1 − momentum^t",
    "The correction changes from step to step: entry t needs its own t.",
)
def one_divisor_for_all(values, momentum):
    return averages(values, momentum) / (1 - momentum ** len(values))


@misconception(
    "the weights are swapped: momentum on the new value",
    "momentum is the weight of the old average, here and in lesson 1's first exercise.",
)
def momentum_swapped(values, momentum):
    return averages(values, 1 - momentum) / (1 - momentum ** steps(values))


@misconception(
    "the corrected average is fed back into the next step",
    "Keep two numbers: the average goes on uncorrected, and a corrected copy of it is written down.",
)
def correction_fed_back(values, momentum):
    average, found = np.zeros(np.shape(values)[1:]), []
    for t, value in enumerate(values, start=1):
        average = (momentum * average + (1 - momentum) * value) / (1 - momentum**t)
        found.append(average)
    return np.array(found)


@misconception(
    "the average starts at the first value and is corrected as well",
    "Those are two remedies for one ailment. With the correction the average starts at 0.",
)
def started_from_first_value(values, momentum):
    average, found = np.array(values[0], dtype=float), []
    for t, value in enumerate(values, start=1):
        average = momentum * average + (1 - momentum) * value
        found.append(average / (1 - momentum**t))
    return np.array(found)
