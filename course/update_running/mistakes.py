import numpy as np

from autograder.coursebook.mistakes import misconception, together


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
    "`*=` and `+=` change the arrays outside as well. Build new ones; the layer of {lesson the_layer} will store them.",
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


def right(old, new, momentum):
    return momentum * old + (1 - momentum) * new


@momentum_hard_coded.variant
def momentum_hard_coded_at_01(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_mean, mean, 0.1), right(running_var, var, 0.1)


@misconception(
    "the running pair stands still once it has a value",
    "Only the first mini-batch gets in, while the pair is still (0, 1). Every mini-batch makes an update.",
)
def frozen_once_set(running_mean, running_var, mean, var, momentum=0.9):
    if not np.any(running_mean):
        return mean * 1.0, var * 1.0
    return running_mean * 1.0, running_var * 1.0


@frozen_once_set.variant
def frozen_after_one_update(running_mean, running_var, mean, var, momentum=0.9):
    if not np.any(running_mean):
        return right(running_mean, mean, momentum), right(running_var, var, momentum)
    return running_mean * 1.0, running_var * 1.0


@misconception(
    "a running mean of 0 is taken for unset, and the mini-batch replaces the pair",
    "0 and 1 are where a new layer starts, and the first mini-batch is averaged in like every other.",
)
def zero_taken_for_unset(running_mean, running_var, mean, var, momentum=0.9):
    if not np.any(running_mean):
        return mean * 1.0, var * 1.0
    return right(running_mean, mean, momentum), right(running_var, var, momentum)


@zero_taken_for_unset.variant
def zero_mean_taken_for_unset(running_mean, running_var, mean, var, momentum=0.9):
    if not np.any(running_mean):
        return mean * 1.0, right(running_var, var, momentum)
    return right(running_mean, mean, momentum), right(running_var, var, momentum)


@misconception(
    "the running variance is fed with a distance of two means, squared",
    "How far the running mean is from the mini-batch's says nothing of how the examples spread. `var` says it.",
)
def variance_from_the_means(running_mean, running_var, mean, var, momentum=0.9):
    new = right(running_mean, mean, momentum)
    return new, right(running_var, (new - mean) ** 2, momentum)


@variance_from_the_means.variant
def variance_from_the_old_mean(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_mean, mean, momentum), right(running_var, (running_mean - mean) ** 2, momentum)


@variance_from_the_means.variant
def variance_from_the_move(running_mean, running_var, mean, var, momentum=0.9):
    new = right(running_mean, mean, momentum)
    return new, right(running_var, (new - running_mean) ** 2, momentum)


@misconception(
    "the distance between the two means is added to the running variance",
    "The variance of two pooled samples needs that. Batch norm averages the variances, as PyTorch and Keras do.",
)
def distance_added(running_mean, running_var, mean, var, momentum=0.9):
    spread = momentum * (1 - momentum) * (running_mean - mean) ** 2
    return right(running_mean, mean, momentum), right(running_var, var, momentum) + spread


@distance_added.variant
def distance_to_the_new_mean_added(running_mean, running_var, mean, var, momentum=0.9):
    new = right(running_mean, mean, momentum)
    return new, right(running_var, var + (mean - new) ** 2, momentum)


@misconception(
    "only the variance is updated",
    "The running mean comes back as it went in. It needs the same update.",
)
def mean_not_updated(running_mean, running_var, mean, var, momentum=0.9):
    return running_mean * 1.0, right(running_var, var, momentum)


@misconception(
    "the mini-batch's statistics are added with their full weight",
    "The two weights have to add up to 1. With momentum 1 nothing of the mini-batch should get in.",
)
def weights_exceed_one(running_mean, running_var, mean, var, momentum=0.9):
    return momentum * running_mean + mean, momentum * running_var + var


@misconception(
    "the old pair keeps its full weight",
    "The two weights have to add up to 1. With momentum 0 nothing of the old pair should be left.",
)
def old_not_faded(running_mean, running_var, mean, var, momentum=0.9):
    return running_mean + (1 - momentum) * mean, running_var + (1 - momentum) * var


@misconception(
    "the results are written into arrays of integers",
    "`np.zeros_like(running_mean)` takes over its dtype, and what is written into it is cut to fit.",
)
def integer_result(running_mean, running_var, mean, var, momentum=0.9):
    new_mean, new_var = np.zeros_like(running_mean), np.zeros_like(running_var)
    new_mean[...] = right(running_mean, mean, momentum)
    new_var[...] = right(running_var, var, momentum)
    return new_mean, new_var


@misconception("only one of the two results comes back", "The function gives a pair: mean and variance.")
def one_result_returned(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_mean, mean, momentum)


@one_result_returned.variant
def variance_alone_returned(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_var, var, momentum)


@updated_in_place.variant
def filled_in_place(running_mean, running_var, mean, var, momentum=0.9):
    running_mean[...] = right(running_mean, mean, momentum)
    running_var[...] = right(running_var, var, momentum)
    return running_mean, running_var


@misconception(
    "the mini-batch's variance replaces the running one",
    "The mean is averaged rightly. The variance needs the same update.",
)
def variance_replaced(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_mean, mean, momentum), var * 1.0


@misconception(
    "the two weights of the variance are squared",
    "The variance of a weighted sum has such weights. Here two variances are averaged, with the weights of the mean.",
)
def weights_squared(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_mean, mean, momentum), momentum**2 * running_var + (1 - momentum) ** 2 * var


@misconception(
    "the result is divided by 1 − momentum",
    "Such a correction is for averages that start at 0, and for their first step. "
    "A running pair starts at 0 and 1, and is not corrected.",
)
def bias_corrected(running_mean, running_var, mean, var, momentum=0.9):
    with np.errstate(all="ignore"):
        rest = np.float64(1 - momentum)
        return right(running_mean, mean, momentum) / rest, right(running_var, var, momentum) / rest


@misconception(
    "a momentum of 0 is taken for none",
    "`momentum or 0.9` reads 0 as missing. 0 is a number like any other: nothing of the old pair is kept.",
)
def zero_momentum_ignored(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_mean, mean, momentum or 0.9), right(running_var, var, momentum or 0.9)


@misconception(
    "the default of momentum is changed",
    "A call without a momentum then takes another than 0.9, with which the signature was given.",
)
def default_changed(running_mean, running_var, mean, var, momentum=0.1):
    return right(running_mean, mean, momentum), right(running_var, var, momentum)


@default_changed.variant
def default_of_099(running_mean, running_var, mean, var, momentum=0.99):
    return right(running_mean, mean, momentum), right(running_var, var, momentum)


@together(momentum_swapped, variance_fed_with_mean)
def swapped_and_fed_with_mean(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_mean, mean, 1 - momentum), right(running_var, mean, 1 - momentum)


@together(momentum_hard_coded, variance_fed_with_mean)
def hard_coded_and_fed_with_mean(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_mean, mean, 0.9), right(running_var, mean, 0.9)


@together(momentum_swapped, updated_in_place)
def swapped_in_place(running_mean, running_var, mean, var, momentum=0.9):
    running_mean *= 1 - momentum
    running_mean += momentum * mean
    running_var *= 1 - momentum
    running_var += momentum * var
    return running_mean, running_var


@together(momentum_swapped, order_swapped)
def swapped_in_every_way(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_var, var, 1 - momentum), right(running_mean, mean, 1 - momentum)


@together(momentum_swapped, standard_deviations_averaged)
def swapped_deviations(running_mean, running_var, mean, var, momentum=0.9):
    return right(running_mean, mean, 1 - momentum), right(running_var**0.5, var**0.5, 1 - momentum) ** 2


@together(momentum_swapped, zero_taken_for_unset)
def swapped_but_at_the_start(running_mean, running_var, mean, var, momentum=0.9):
    return zero_taken_for_unset.variants[0](running_mean, running_var, mean, var, 1 - momentum)


@together(momentum_swapped, default_changed)
def all_as_in_torch(running_mean, running_var, mean, var, momentum=0.1):
    return right(running_mean, mean, 1 - momentum), right(running_var, var, 1 - momentum)
