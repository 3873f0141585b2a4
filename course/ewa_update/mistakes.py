import numpy as np

from autograder.coursebook.mistakes import misconception, together


@misconception(
    "the two weights are swapped: momentum on the new value",
    "That is PyTorch's meaning of the word. Here, as in the lecture and in Keras, momentum is the weight of the old "
    "average: with 0.9 the new average stays near the old one.",
)
def momentum_swapped(average, value, momentum):
    return (1 - momentum) * average + momentum * value


@misconception(
    "old and new count the same, whatever the momentum",
    "A plain half-and-half mean forgets half of its past at every step. Momentum decides how much it keeps.",
)
def momentum_ignored(average, value, momentum):
    return (average + value) / 2


@misconception(
    "momentum is typed in as a number instead of taken from the argument",
    "Call the function with momentum 0 and with momentum 1: the answers should be the new value and the old average.",
)
def momentum_hard_coded(average, value, momentum):
    return 0.9 * average + (1 - 0.9) * value


@momentum_hard_coded.variant
def momentum_hard_coded_at_099(average, value, momentum):
    return 0.99 * average + (1 - 0.99) * value


@momentum_hard_coded.variant
def momentum_hard_coded_at_01(average, value, momentum):
    return 0.1 * average + 0.9 * value


@misconception(
    "the average steps away from the value",
    "An average lies between what it averages; yours lies outside. Look at the sign of the difference.",
)
def moves_away(average, value, momentum):
    return average - (1 - momentum) * (value - average)


@misconception(
    "the value is added with its full weight",
    "The two weights have to add up to 1, or the average of a constant grows without end.",
)
def weights_exceed_one(average, value, momentum):
    return momentum * average + value


@misconception(
    "the old average keeps its full weight",
    "The two weights have to add up to 1, or the average of a constant grows without end.",
)
def old_not_faded(average, value, momentum):
    return average + (1 - momentum) * value


@misconception(
    "the array of the old average is overwritten",
    "`*=` and `+=` write into the caller's array, and the caller may still need it. Build a new one.",
)
def updated_in_place(average, value, momentum):
    average *= momentum
    average += (1 - momentum) * value
    return average


@updated_in_place.variant
def filled_in_place(average, value, momentum):
    if np.ndim(average):
        average[...] = momentum * average + (1 - momentum) * value
        return average
    return momentum * average + (1 - momentum) * value


@misconception(
    "both terms get the weight `momentum`",
    "There are two weights, and they add up to 1: what the old average does not get is the value's.",
)
def same_weight_twice(average, value, momentum):
    return momentum * average + momentum * value


@same_weight_twice.variant
def rest_twice(average, value, momentum):
    return (1 - momentum) * average + (1 - momentum) * value


@misconception(
    "brackets are missing around `1 - momentum`",
    "A product is taken before a difference: without brackets, 1 is added to the whole and the value is subtracted.",
)
def brackets_missing(average, value, momentum):
    return momentum * average + 1 - momentum * value


@misconception(
    "the value comes back in place of an average",
    "With momentum 0.9 the new average should have moved a tenth of the way; yours has gone all of it.",
)
def value_returned(average, value, momentum):
    return value


@misconception(
    "the old average comes back unchanged",
    "With momentum 0 the answer should be the value; yours never moves.",
)
def never_moves(average, value, momentum):
    return average


@misconception(
    "the first average is taken for unset and replaced by the value",
    "0 is an average like any other: it keeps its weight. The remedy for the start comes in the next exercise.",
)
def zero_taken_for_unset(average, value, momentum):
    return np.where(np.asarray(average) == 0, value, momentum * average + (1 - momentum) * value)


@zero_taken_for_unset.variant
def zero_taken_for_unset_of_numbers_only(average, value, momentum):
    if average == 0:
        return value
    return momentum * average + (1 - momentum) * value


@misconception(
    "the sum is divided by 1 − momentum",
    "The two weights add up to 1 already, so there is nothing to divide by. With momentum 1 yours is 0/0 or an error.",
)
def divided_by_the_rest(average, value, momentum):
    return (momentum * average + (1 - momentum) * value) / (1 - momentum)


@misconception(
    "the result is written into an array of integers",
    "`np.zeros_like(average)` takes over the dtype of `average`, and what is written into it is cut to fit.",
)
def integer_result(average, value, momentum):
    out = np.array(average)
    out[...] = momentum * average + (1 - momentum) * value
    return out


@misconception(
    "the step comes back, and not the average that it leads to",
    "With momentum 1 the answer should be the old average; yours is 0.",
)
def step_alone(average, value, momentum):
    return (1 - momentum) * (value - average)


@misconception(
    "the code stops at arrays",
    "`average` and `value` may hold one number per feature. `float(...)` and an `if` on them want a single number; "
    "the formula needs neither.",
)
def arrays_refused(average, value, momentum):
    return float(momentum * average + (1 - momentum) * value)


@together(momentum_swapped, updated_in_place)
def swapped_in_place(average, value, momentum):
    average *= 1 - momentum
    average += momentum * value
    return average


@together(momentum_hard_coded, updated_in_place)
def hard_coded_in_place(average, value, momentum):
    average *= 0.9
    average += 0.1 * value
    return average
