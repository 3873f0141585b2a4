import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


def walk(batches, mean, var, **more):
    for Z in batches:
        mean, var = reference.update_running(mean, var, *reference.batch_statistics(Z), **more)
    return mean, var


@way("reset_every_epoch")
def set_inside_the_loop(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        mean, var = running_mean.copy(), running_var.copy()
        for Z in epoch:
            mean, var = reference.update_running(mean, var, Z.mean(axis=0), Z.var(axis=0), momentum)
    return mean, var


@way("reset_every_epoch")
def zeros_and_ones_inside_the_loop(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        running_mean, running_var = np.zeros_like(running_mean), np.ones_like(running_var)
        for Z in epoch:
            mean, var = reference.batch_statistics(Z)
            running_mean, running_var = reference.update_running(running_mean, running_var, mean, var, momentum)
    return running_mean, running_var


@way("reset_every_epoch")
def zeros_inside_the_loop(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        running_mean = running_var = np.zeros(epoch[0].shape[1])
        running_mean, running_var = walk(epoch, running_mean, running_var, momentum=momentum)
    return running_mean, running_var


@way("reset_every_epoch")
def last_epoch(epochs, running_mean, running_var, momentum=0.9):
    return walk(epochs[-1], running_mean, running_var, momentum=momentum)


@way("first_epoch_only")
def return_in_the_loop(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        return walk(epoch, running_mean, running_var, momentum=momentum)


@way("initial_values_ignored")
def zeros(epochs, running_mean, running_var, momentum=0.9):
    n = len(running_mean)
    mean, var = np.zeros(n), np.zeros(n)
    for epoch in epochs:
        mean, var = walk(epoch, mean, var, momentum=momentum)
    return mean, var


@way("initial_values_ignored")
def zeros_and_ones(epochs, running_mean, running_var, momentum=0.9):
    mean, var = np.zeros(running_mean.shape), np.ones(running_var.shape)
    for epoch in epochs:
        for Z in epoch:
            mean, var = walk([Z], mean, var, momentum=momentum)
    return mean, var


@way("first_batch_replaces")
def if_first(epochs, running_mean, running_var, momentum=0.9):
    first = True
    for epoch in epochs:
        for Z in epoch:
            mean, var = reference.batch_statistics(Z)
            if first:
                running_mean, running_var, first = mean, var, False
            else:
                running_mean, running_var = reference.update_running(running_mean, running_var, mean, var, momentum)
    return running_mean, running_var


@way("first_batch_left_out")
def skipped(epochs, running_mean, running_var, momentum=0.9):
    batches = [Z for epoch in epochs for Z in epoch]
    for t in range(1, len(batches)):
        running_mean, running_var = walk([batches[t]], running_mean, running_var, momentum=momentum)
    return running_mean, running_var


@way("one_update_per_epoch")
def stacked(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        running_mean, running_var = walk([np.vstack(epoch)], running_mean, running_var, momentum=momentum)
    return running_mean, running_var


@way("momentum_swapped")
def torch_convention(epochs, running_mean, running_var, momentum=0.9):
    mean, var = running_mean, running_var
    for epoch in epochs:
        for Z in epoch:
            mean = mean + momentum * (Z.mean(axis=0) - mean)
            var = var + momentum * (np.mean((Z - Z.mean(axis=0)) ** 2, axis=0) - var)
    return mean, var


@way("plain_average")
def collected(epochs, running_mean, running_var, momentum=0.9):
    pairs = [reference.batch_statistics(Z) for epoch in epochs for Z in epoch]
    return np.mean(pairs, axis=0)


@way("plain_average")
def two_lists(epochs, running_mean, running_var, momentum=0.9):
    means, variances = [], []
    for epoch in epochs:
        for Z in epoch:
            mean, var = reference.batch_statistics(Z)
            means.append(mean)
            variances.append(var)
    return sum(means) / len(means), sum(variances) / len(variances)


@way("unbiased_variance")
def ddof(epochs, running_mean, running_var, momentum=0.9):
    for Z in sum(epochs, []):
        running_mean = reference.ewa_update(running_mean, np.mean(Z, axis=0), momentum)
        running_var = reference.ewa_update(running_var, np.var(Z, axis=0, ddof=1), momentum)
    return running_mean, running_var


@way("unbiased_variance")
def factor(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        for Z in epoch:
            m = Z.shape[0]
            mean, var = reference.batch_statistics(Z)
            running_mean, running_var = reference.update_running(
                running_mean, running_var, mean, var * m / (m - 1), momentum
            )
    return running_mean, running_var


@way("updated_in_place")
def slices_assigned(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        for Z in epoch:
            running_mean[:], running_var[:] = walk([Z], running_mean, running_var, momentum=momentum)
    return running_mean, running_var


@way("momentum_not_handed_on")
def default_of_update_running(epochs, running_mean, running_var, momentum=0.9):
    return walk(sum(epochs, []), running_mean, running_var)


@way("first_batch_only")
def return_in_the_inner_loop(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        for Z in epoch:
            return walk([Z], running_mean, running_var, momentum=momentum)


@way("last_batch_left_out")
def range_too_short(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        for b in range(len(epoch) - 1):
            running_mean, running_var = walk([epoch[b]], running_mean, running_var, momentum=momentum)
    return running_mean, running_var


@way("update_below_the_loop")
def not_indented(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        for Z in epoch:
            mean, var = reference.batch_statistics(Z)
        running_mean, running_var = reference.update_running(running_mean, running_var, mean, var, momentum)
    return running_mean, running_var


@way("bias_corrected")
def divided_at_the_end(epochs, running_mean, running_var, momentum=0.9):
    t = 0
    for Z in sum(epochs, []):
        running_mean, running_var = walk([Z], running_mean, running_var, momentum=momentum)
        t += 1
    return running_mean / (1 - momentum**t), running_var / (1 - momentum**t)


@way("bias_corrected")
def divided_unless_there_was_no_step(epochs, running_mean, running_var, momentum=0.9):
    steps = sum(len(epoch) for epoch in epochs)
    running_mean, running_var = walk(sum(epochs, []), running_mean, running_var, momentum=momentum)
    if steps == 0:
        return running_mean, running_var
    rest = 1 - momentum**steps
    return running_mean / rest, running_var / rest


@way("standard_deviations_averaged")
def np_std(epochs, running_mean, running_var, momentum=0.9):
    for Z in sum(epochs, []):
        running_mean, running_var = reference.update_running(
            running_mean, running_var, np.mean(Z, 0), np.std(Z, 0), momentum
        )
    return running_mean, running_var


@way("variance_fed_with_mean")
def mean_twice(epochs, running_mean, running_var, momentum=0.9):
    for Z in sum(epochs, []):
        mean, _var = reference.batch_statistics(Z)
        running_mean, running_var = reference.update_running(running_mean, running_var, mean, mean, momentum)
    return running_mean, running_var


@way("order_swapped")
def var_first(epochs, running_mean, running_var, momentum=0.9):
    mean, var = reference.running_statistics(epochs, running_mean, running_var, momentum)
    return var, mean


@way("update_not_kept")
def result_not_assigned(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        for Z in epoch:
            mean, var = reference.batch_statistics(Z)
            reference.update_running(running_mean, running_var, mean, var, momentum)
    return running_mean, running_var


@way("always_from_the_start")
def assigned_to_other_names(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        for Z in epoch:
            mean, var = reference.batch_statistics(Z)
            new_mean, new_var = reference.update_running(running_mean, running_var, mean, var, momentum)
    return new_mean, new_var


@way("all_rows_measured")
def stacked_and_measured(epochs, running_mean, running_var, momentum=0.9):
    return reference.batch_statistics(np.vstack([np.vstack(epoch) for epoch in epochs]))


@way("smaller_batch_left_out")
def drop_last(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        for Z in epoch:
            if Z.shape[0] < epoch[0].shape[0]:
                continue
            running_mean, running_var = walk([Z], running_mean, running_var, momentum=momentum)
    return running_mean, running_var


@way("spread_about_the_running_mean")
def mean_first(epochs, running_mean, running_var, momentum=0.9):
    for Z in sum(epochs, []):
        running_mean = reference.ewa_update(running_mean, np.mean(Z, axis=0), momentum)
        squares = np.square(Z - running_mean)
        running_var = reference.ewa_update(running_var, np.mean(squares, axis=0), momentum)
    return running_mean, running_var


@way("default_changed")
def of_torch(epochs, running_mean, running_var, momentum=0.1):
    return walk(sum(epochs, []), running_mean, running_var, momentum=momentum)


@way("momentum_swapped", "unbiased_variance")
def torch(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        for Z in epoch:
            running_mean = (1 - momentum) * running_mean + momentum * Z.mean(axis=0)
            running_var = (1 - momentum) * running_var + momentum * Z.var(axis=0, ddof=1)
    return running_mean, running_var


@way("momentum_swapped", "reset_every_epoch")
def torch_and_reset(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        mean, var = running_mean, running_var
        for Z in epoch:
            mean = reference.ewa_update(Z.mean(0), mean, momentum)
            var = reference.ewa_update(Z.var(0), var, momentum)
    return mean, var


@way("momentum_not_handed_on", "unbiased_variance")
def default_and_ddof(epochs, running_mean, running_var, momentum=0.9):
    for Z in sum(epochs, []):
        running_mean, running_var = reference.update_running(running_mean, running_var, Z.mean(0), Z.var(0, ddof=1))
    return running_mean, running_var


@way("momentum_swapped", "reset_every_epoch")
def torch_and_a_new_layer(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        mean, var = np.zeros(running_mean.shape), np.ones(running_var.shape)
        for Z in epoch:
            mean, var = reference.update_running(mean, var, *reference.batch_statistics(Z), 1 - momentum)
    return mean, var


@way("reset_every_epoch", "first_batch_replaces")
def first_of_every_epoch(epochs, running_mean, running_var, momentum=0.9):
    for epoch in epochs:
        running_mean, running_var = reference.batch_statistics(epoch[0])
        running_mean, running_var = walk(epoch[1:], running_mean, running_var, momentum=momentum)
    return running_mean, running_var


@way("momentum_swapped", "default_changed")
def torch_with_its_default(epochs, running_mean, running_var, momentum=0.1):
    for Z in sum(epochs, []):
        running_mean = (1 - momentum) * running_mean + momentum * Z.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * Z.var(axis=0)
    return running_mean, running_var
