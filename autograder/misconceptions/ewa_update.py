from autograder.misconceptions import misconception


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
    "`*=` and `+=` write into the caller's array, who may still need it. Build a new one.",
)
def updated_in_place(average, value, momentum):
    average *= momentum
    average += (1 - momentum) * value
    return average
