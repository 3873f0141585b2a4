import numpy as np

from autograder.misconceptions import misconception


def follow(batches, running_mean, running_var, momentum, ddof=0):
    """Do it rightly on a flat list of mini-batches, but for the variance's divisor."""
    for Z in batches:
        running_mean = momentum * running_mean + (1 - momentum) * Z.mean(axis=0)
        running_var = momentum * running_var + (1 - momentum) * Z.var(axis=0, ddof=ddof)
    return running_mean, running_var


def flat(epochs):
    return [Z for epoch in epochs for Z in epoch]


@misconception(
    "every epoch starts again from the initial pair",
    "Only the last epoch is left in your result. The running pair is set once, before the first epoch.",
)
def reset_every_epoch(epochs, running_mean, running_var, momentum=0.9):
    mean, var = running_mean, running_var
    for epoch in epochs:
        mean, var = follow(epoch, running_mean, running_var, momentum)
    return mean, var


@misconception(
    "only the first epoch is followed",
    "A `return` inside the outer loop ends it after one round.",
)
def first_epoch_only(epochs, running_mean, running_var, momentum=0.9):
    return follow(epochs[0] if epochs else [], running_mean, running_var, momentum)


@misconception(
    "the average starts at mean 0 and variance 0, not at the given pair",
    "The arguments are where the running pair stands before the first mini-batch. A new layer has variance 1, not 0.",
)
def initial_values_ignored(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), np.zeros_like(running_mean), np.zeros_like(running_var), momentum)


@misconception(
    "the first mini-batch replaces the initial pair",
    "The first mini-batch is averaged in like every other.",
)
def first_batch_replaces(epochs, running_mean, running_var, momentum=0.9):
    batches = flat(epochs)
    if not batches:
        return running_mean, running_var
    return follow(batches[1:], batches[0].mean(axis=0), batches[0].var(axis=0), momentum)


@misconception(
    "the first mini-batch is left out",
    "A loop from 1 skips it: Python counts from 0.",
)
def first_batch_left_out(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs)[1:], running_mean, running_var, momentum)


@misconception(
    "there is one update per epoch, with the epoch's examples in one heap",
    "Training sees mini-batches, and every one of them makes an update.",
)
def one_update_per_epoch(epochs, running_mean, running_var, momentum=0.9):
    return follow([np.concatenate(epoch) for epoch in epochs], running_mean, running_var, momentum)


@misconception(
    "the weights are swapped: momentum on the mini-batch",
    "Your result is nearly the last mini-batch's. momentum is the weight of the old running value.",
)
def momentum_swapped(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), running_mean, running_var, 1 - momentum)


@misconception(
    "all mini-batches are averaged with equal weight",
    "That is the plain mean, and the initial pair has no part in it. Use `update_running` at every mini-batch.",
)
def plain_average(epochs, running_mean, running_var, momentum=0.9):
    batches = flat(epochs)
    if not batches:
        return running_mean, running_var
    return np.mean([Z.mean(axis=0) for Z in batches], axis=0), np.mean([Z.var(axis=0) for Z in batches], axis=0)


@misconception(
    "the running variance is fed with variances over m − 1",
    "PyTorch does that; here, as in Keras and Flax, it follows the mini-batch's own variance, 1/m.",
)
def unbiased_variance(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), running_mean, running_var, momentum, ddof=1)


@misconception(
    "the caller's initial arrays are overwritten",
    "`*=` and `+=` change the arrays outside as well. Let `update_running` build new ones.",
)
def updated_in_place(epochs, running_mean, running_var, momentum=0.9):
    for Z in flat(epochs):
        running_mean *= momentum
        running_mean += (1 - momentum) * Z.mean(axis=0)
        running_var *= momentum
        running_var += (1 - momentum) * Z.var(axis=0)
    return running_mean, running_var
