from autograder.misconceptions import misconception


@misconception(
    "the two weights are swapped: momentum on the mini-batch",
    "That is PyTorch's meaning of the word. Here momentum is the weight of the old running value.",
)
def momentum_swapped(running_mean, running_var, mean, var, momentum=0.9):
    return (
        (1 - momentum) * running_mean + momentum * mean,
        (1 - momentum) * running_var + momentum * var,
    )


@misconception(
    "the weights are swapped for the variance only",
    "The mean is right. Compare your two lines with each other.",
)
def momentum_swapped_for_variance(running_mean, running_var, mean, var, momentum=0.9):
    return momentum * running_mean + (1 - momentum) * mean, (1 - momentum) * running_var + momentum * var


@misconception(
    "the running variance is fed with the mini-batch's mean",
    "The second line was copied from the first: one `mean` in it should be `var`.",
)
def variance_fed_with_mean(running_mean, running_var, mean, var, momentum=0.9):
    return momentum * running_mean + (1 - momentum) * mean, momentum * running_var + (1 - momentum) * mean


@misconception(
    "old and new count the same, whatever the momentum",
    "A running average is not (old + new) / 2: momentum says how much of the old one stays.",
)
def momentum_ignored(running_mean, running_var, mean, var, momentum=0.9):
    return (running_mean + mean) / 2, (running_var + var) / 2


@misconception(
    "momentum is typed in as 0.9",
    "The caller may pass another momentum; use the argument.",
)
def momentum_hard_coded(running_mean, running_var, mean, var, momentum=0.9):
    return 0.9 * running_mean + (1 - 0.9) * mean, 0.9 * running_var + (1 - 0.9) * var


@momentum_hard_coded.variant
def momentum_hard_coded_at_099(running_mean, running_var, mean, var, momentum=0.9):
    return 0.99 * running_mean + (1 - 0.99) * mean, 0.99 * running_var + (1 - 0.99) * var


@misconception(
    "the running values step away from the mini-batch's",
    "An average lies between what it averages; yours lies outside. Look at the sign of the difference.",
)
def moves_away(running_mean, running_var, mean, var, momentum=0.9):
    return (
        running_mean - (1 - momentum) * (mean - running_mean),
        running_var - (1 - momentum) * (var - running_var),
    )


@misconception(
    "the mini-batch's statistics replace the running ones",
    "Nothing of the old pair is kept; it would be the last mini-batch's and no average.",
)
def replaced(running_mean, running_var, mean, var, momentum=0.9):
    return mean * 1.0, var * 1.0


@misconception(
    "only the mean is updated",
    "The running variance comes back as it went in. It needs the same update.",
)
def variance_not_updated(running_mean, running_var, mean, var, momentum=0.9):
    return momentum * running_mean + (1 - momentum) * mean, running_var * 1.0


@misconception(
    "standard deviations are averaged",
    "Average the variances themselves: the root of an average is not the average of the roots.",
)
def standard_deviations_averaged(running_mean, running_var, mean, var, momentum=0.9):
    std = momentum * running_var**0.5 + (1 - momentum) * var**0.5
    return momentum * running_mean + (1 - momentum) * mean, std**2


@misconception(
    "the caller's running arrays are overwritten",
    "`*=` and `+=` change the arrays outside as well. Build new ones; the layer of lesson 7 will store them.",
)
def updated_in_place(running_mean, running_var, mean, var, momentum=0.9):
    running_mean *= momentum
    running_mean += (1 - momentum) * mean
    running_var *= momentum
    running_var += (1 - momentum) * var
    return running_mean, running_var


@misconception("variance and mean come back in the wrong order", "The mean comes first.")
def order_swapped(running_mean, running_var, mean, var, momentum=0.9):
    return momentum * running_var + (1 - momentum) * var, momentum * running_mean + (1 - momentum) * mean
