import numpy as np

from autograder.coursebook.mistakes import misconception, together


def follow(batches, running_mean, running_var, momentum, ddof=0):
    """Do it rightly on a flat list of mini-batches, but for the variance's divisor."""
    for Z in batches:
        running_mean = momentum * running_mean + (1 - momentum) * Z.mean(axis=0)
        running_var = momentum * running_var + (1 - momentum) * Z.var(axis=0, ddof=ddof)
    return running_mean, running_var


def flat(epochs):
    return [Z for epoch in epochs for Z in epoch]


@misconception(
    "the running pair is set anew at the start of every epoch",
    "Only the last epoch is left in your result. The running pair is set once, before the first epoch.",
)
def reset_every_epoch(epochs, running_mean, running_var, momentum=0.9):
    return follow(epochs[-1], running_mean, running_var, momentum)


@reset_every_epoch.variant
def reset_to_a_new_layer(epochs, running_mean, running_var, momentum=0.9):
    return follow(epochs[-1], np.zeros_like(running_mean), np.ones_like(running_var), momentum)


@reset_every_epoch.variant
def reset_to_zero(epochs, running_mean, running_var, momentum=0.9):
    return follow(epochs[-1], np.zeros_like(running_mean), np.zeros_like(running_var), momentum)


@misconception(
    "only the first epoch is followed",
    "A `return` inside the outer loop ends it after one round.",
)
def first_epoch_only(epochs, running_mean, running_var, momentum=0.9):
    return follow(epochs[0], running_mean, running_var, momentum)


@misconception(
    "the average starts at numbers typed in, such as 0 and 1, and not at the given pair",
    "The arguments are where the running pair stands before the first mini-batch: a new layer's pair, "
    "or one that an earlier training has left.",
)
def initial_values_ignored(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), np.zeros_like(running_mean), np.zeros_like(running_var), momentum)


@initial_values_ignored.variant
def started_as_a_new_layer(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), np.zeros_like(running_mean), np.ones_like(running_var), momentum)


@misconception(
    "the first mini-batch replaces the initial pair",
    "The first mini-batch is averaged in like every other.",
)
def first_batch_replaces(epochs, running_mean, running_var, momentum=0.9):
    first, *rest = flat(epochs)
    return follow(rest, first.mean(axis=0), first.var(axis=0), momentum)


@misconception(
    "the first mini-batch is left out",
    "A loop from 1 skips it: Python counts from 0.",
)
def first_batch_left_out(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs)[1:], running_mean, running_var, momentum)


@misconception(
    "there is one update per epoch, made from all of its mini-batches",
    "Training sees mini-batches, and every one of them makes an update.",
)
def one_update_per_epoch(epochs, running_mean, running_var, momentum=0.9):
    return follow([np.concatenate(epoch) for epoch in epochs], running_mean, running_var, momentum)


@one_update_per_epoch.variant
def one_update_per_epoch_with_averages(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        running_mean = momentum * running_mean + (1 - momentum) * np.mean([Z.mean(axis=0) for Z in epoch], axis=0)
        running_var = momentum * running_var + (1 - momentum) * np.mean([Z.var(axis=0) for Z in epoch], axis=0)
    return running_mean, running_var


@misconception(
    "the weights are swapped: momentum on the mini-batch",
    "With momentum 0.9 your result is nearly the last mini-batch's. `momentum` is the weight of the old running value.",
)
def momentum_swapped(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), running_mean, running_var, 1 - momentum)


@misconception(
    "all mini-batches are averaged with equal weight",
    "That is the plain mean, and the initial pair has no part in it. Use `update_running` at every mini-batch.",
)
def plain_average(epochs, running_mean, running_var, momentum=0.9):
    batches = flat(epochs)
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


@misconception(
    "momentum is not handed on",
    "`update_running` then takes its default of 0.9, whatever the caller asked for.",
)
def momentum_not_handed_on(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), running_mean, running_var, 0.9)


@momentum_not_handed_on.variant
def momentum_typed_in_as_099(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), running_mean, running_var, 0.99)


@misconception(
    "only the first mini-batch is seen",
    "A `return` inside the inner loop ends everything after one mini-batch.",
)
def first_batch_only(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs)[:1], running_mean, running_var, momentum)


@misconception(
    "the last mini-batch of every epoch is left out",
    "`range(len(epoch) - 1)` and `epoch[:-1]` stop one too early. A smaller mini-batch counts like the others.",
)
def last_batch_left_out(epochs, running_mean, running_var, momentum=0.9):
    return follow([Z for epoch in epochs for Z in epoch[:-1]], running_mean, running_var, momentum)


@misconception(
    "only the last mini-batch of every epoch makes an update",
    "The update stands below the inner loop. Indent it: it belongs to every mini-batch.",
)
def update_below_the_loop(epochs, running_mean, running_var, momentum=0.9):
    return follow([epoch[-1] for epoch in epochs], running_mean, running_var, momentum)


@misconception(
    "the running pair is corrected for its start",
    "Dividing by 1 − momentum^t is for averages that start at 0. This pair starts at the values given, "
    "and no framework corrects it.",
)
def bias_corrected(epochs, running_mean, running_var, momentum=0.9):
    mean, var = follow(flat(epochs), running_mean, running_var, momentum)
    divisor = 1 - momentum ** len(flat(epochs))
    return mean / divisor, var / divisor


@misconception(
    "standard deviations are averaged in place of variances",
    "Feed the running variance with `batch_statistics`' second result as it is.",
)
def standard_deviations_averaged(epochs, running_mean, running_var, momentum=0.9):
    for Z in flat(epochs):
        running_mean = momentum * running_mean + (1 - momentum) * Z.mean(axis=0)
        running_var = momentum * running_var + (1 - momentum) * Z.std(axis=0)
    return running_mean, running_var


@misconception(
    "the running variance is fed with the mini-batch's mean",
    "Compare the two arguments that you hand to `update_running`: one of them should be the variance.",
)
def variance_fed_with_mean(epochs, running_mean, running_var, momentum=0.9):
    for Z in flat(epochs):
        running_mean = momentum * running_mean + (1 - momentum) * Z.mean(axis=0)
        running_var = momentum * running_var + (1 - momentum) * Z.mean(axis=0)
    return running_mean, running_var


@misconception("variance and mean come back in the wrong order", "The mean comes first.")
def order_swapped(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), running_mean, running_var, momentum)[::-1]


@misconception(
    "no update is kept: the initial pair comes back",
    "`update_running` changes nothing; it gives a new pair. Give that pair the names that the next round reads.",
)
def update_not_kept(epochs, running_mean, running_var, momentum=0.9):
    return running_mean, running_var


@misconception(
    "every update starts from the initial pair",
    "Only the last mini-batch is left in your result. The next update has to read what the one before gave.",
)
def always_from_the_start(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs)[-1:], running_mean, running_var, momentum)


@misconception(
    "the mean and the variance of all rows come back, without any update",
    "There the first epoch counts as much as the last, and the initial pair has no part.",
)
def all_rows_measured(epochs, running_mean, running_var, momentum=0.9):
    rows = np.concatenate(flat(epochs))
    return rows.mean(axis=0), rows.var(axis=0)


@misconception(
    "a mini-batch smaller than the others is passed over",
    "It makes an update like every other: only its own mean and variance are needed.",
)
def smaller_batch_left_out(epochs, running_mean, running_var, momentum=0.9):
    full = len(epochs[0][0])
    return follow([Z for Z in flat(epochs) if len(Z) == full], running_mean, running_var, momentum)


@misconception(
    "the distances in the variance are taken from the running mean",
    "A mini-batch's variance is about its own mean: `batch_statistics` gives both.",
)
def spread_about_the_running_mean(epochs, running_mean, running_var, momentum=0.9):
    for Z in flat(epochs):
        running_mean = momentum * running_mean + (1 - momentum) * Z.mean(axis=0)
        running_var = momentum * running_var + (1 - momentum) * ((Z - running_mean) ** 2).mean(axis=0)
    return running_mean, running_var


@spread_about_the_running_mean.variant
def spread_about_the_old_running_mean(epochs, running_mean, running_var, momentum=0.9):
    for Z in flat(epochs):
        running_var = momentum * running_var + (1 - momentum) * ((Z - running_mean) ** 2).mean(axis=0)
        running_mean = momentum * running_mean + (1 - momentum) * Z.mean(axis=0)
    return running_mean, running_var


@misconception(
    "the default of momentum is changed",
    "A call without a momentum then takes another than 0.9, with which the signature was given.",
)
def default_changed(epochs, running_mean, running_var, momentum=0.99):
    return follow(flat(epochs), running_mean, running_var, momentum)


@default_changed.variant
def default_of_01(epochs, running_mean, running_var, momentum=0.1):
    return follow(flat(epochs), running_mean, running_var, momentum)


@together(momentum_swapped, unbiased_variance)
def as_torch_does(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), running_mean, running_var, 1 - momentum, ddof=1)


@together(momentum_swapped, initial_values_ignored)
def swapped_from_zero(epochs, running_mean, running_var, momentum=0.9):
    return initial_values_ignored.variants[0](epochs, running_mean, running_var, 1 - momentum)


@swapped_from_zero.variant
def swapped_from_a_new_layer(epochs, running_mean, running_var, momentum=0.9):
    return started_as_a_new_layer(epochs, running_mean, running_var, 1 - momentum)


@together(momentum_swapped, first_batch_replaces)
def swapped_and_replaced(epochs, running_mean, running_var, momentum=0.9):
    return first_batch_replaces.variants[0](epochs, running_mean, running_var, 1 - momentum)


@together(momentum_swapped, reset_every_epoch)
def swapped_and_reset(epochs, running_mean, running_var, momentum=0.9):
    return reset_every_epoch.variants[0](epochs, running_mean, running_var, 1 - momentum)


@swapped_and_reset.variant
def swapped_and_reset_to_a_new_layer(epochs, running_mean, running_var, momentum=0.9):
    return reset_to_a_new_layer(epochs, running_mean, running_var, 1 - momentum)


@together(momentum_not_handed_on, unbiased_variance)
def default_and_unbiased(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), running_mean, running_var, 0.9, ddof=1)


@together(momentum_not_handed_on, reset_every_epoch)
def default_and_reset(epochs, running_mean, running_var, momentum=0.9):
    return reset_every_epoch.variants[0](epochs, running_mean, running_var, 0.9)


@default_and_reset.variant
def default_and_reset_to_a_new_layer(epochs, running_mean, running_var, momentum=0.9):
    return reset_to_a_new_layer(epochs, running_mean, running_var, 0.9)


@together(reset_every_epoch, unbiased_variance)
def reset_and_unbiased(epochs, running_mean, running_var, momentum=0.9):
    return follow(epochs[-1], running_mean, running_var, momentum, ddof=1)


@reset_and_unbiased.variant
def reset_to_a_new_layer_and_unbiased(epochs, running_mean, running_var, momentum=0.9):
    return follow(epochs[-1], np.zeros_like(running_mean), np.ones_like(running_var), momentum, ddof=1)


@together(reset_every_epoch, first_batch_replaces)
def first_batch_of_every_epoch_replaces(epochs, running_mean, running_var, momentum=0.9):
    return first_batch_replaces.variants[0](epochs[-1:], running_mean, running_var, momentum)


@together(initial_values_ignored, unbiased_variance)
def from_zero_and_unbiased(epochs, running_mean, running_var, momentum=0.9):
    return follow(flat(epochs), 0.0 * running_mean, 0.0 * running_var, momentum, ddof=1)


@together(first_batch_replaces, unbiased_variance)
def replaced_and_unbiased(epochs, running_mean, running_var, momentum=0.9):
    first, *rest = flat(epochs)
    return follow(rest, first.mean(axis=0), first.var(axis=0, ddof=1), momentum, ddof=1)


@together(momentum_swapped, updated_in_place)
def swapped_in_place(epochs, running_mean, running_var, momentum=0.9):
    return updated_in_place.variants[0](epochs, running_mean, running_var, 1 - momentum)


@together(initial_values_ignored, bias_corrected)
def from_zero_and_corrected(epochs, running_mean, running_var, momentum=0.9):
    return bias_corrected.variants[0](epochs, 0.0 * running_mean, 0.0 * running_var, momentum)


@together(momentum_swapped, default_changed)
def all_as_in_torch(epochs, running_mean, running_var, momentum=0.1):
    return follow(flat(epochs), running_mean, running_var, 1 - momentum)
