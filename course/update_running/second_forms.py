import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


def step(old, new, rate):
    return old + rate * (new - old)


@way("momentum_swapped")
def torch_convention(running_mean, running_var, mean, var, momentum=0.9):
    return step(running_mean, mean, momentum), step(running_var, var, momentum)


@way("momentum_swapped_for_variance")
def lines_typed_apart(running_mean, running_var, mean, var, momentum=0.9):
    new_var = np.average([running_var, var], axis=0, weights=[1 - momentum, momentum])
    return reference.ewa_update(running_mean, mean, momentum), new_var


@way("variance_fed_with_mean")
def copied_line(running_mean, running_var, mean, var, momentum=0.9):
    return reference.ewa_update(running_mean, mean, momentum), reference.ewa_update(running_var, mean, momentum)


@way("momentum_ignored")
def halves(running_mean, running_var, mean, var, momentum=0.9):
    return np.mean([running_mean, mean], axis=0), np.mean([running_var, var], axis=0)


@way("momentum_hard_coded")
def step_of_a_tenth(running_mean, running_var, mean, var, momentum=0.9):
    return step(running_mean, mean, 0.1), step(running_var, var, 0.1)


@way("moves_away")
def difference_reversed(running_mean, running_var, mean, var, momentum=0.9):
    rate = 1 - momentum
    return running_mean + rate * (running_mean - mean), running_var + rate * (running_var - var)


@way("replaced")
def copies(running_mean, running_var, mean, var, momentum=0.9):
    return mean.copy(), var.copy()


@way("variance_not_updated")
def copy_of_the_old(running_mean, running_var, mean, var, momentum=0.9):
    return reference.ewa_update(running_mean, mean, momentum), running_var.copy()


@way("standard_deviations_averaged")
def roots(running_mean, running_var, mean, var, momentum=0.9):
    std = reference.ewa_update(np.sqrt(running_var), np.sqrt(var), momentum)
    return reference.ewa_update(running_mean, mean, momentum), np.square(std)


@way("updated_in_place")
def step_in_place(running_mean, running_var, mean, var, momentum=0.9):
    running_mean += (1 - momentum) * (mean - running_mean)
    running_var += (1 - momentum) * (var - running_var)
    return running_mean, running_var


@way("updated_in_place")
def slices_assigned(running_mean, running_var, mean, var, momentum=0.9):
    running_mean[:] = reference.ewa_update(running_mean, mean, momentum)
    running_var[:] = reference.ewa_update(running_var, var, momentum)
    return running_mean, running_var


@way("order_swapped")
def var_first(running_mean, running_var, mean, var, momentum=0.9):
    return tuple(reference.update_running(running_mean, running_var, mean, var, momentum))[::-1]


@way("frozen_once_set")
def initialised_once(running_mean, running_var, mean, var, momentum=0.9):
    if (running_mean == 0).all():
        running_mean, running_var = mean, var
    return running_mean, running_var


@way("zero_taken_for_unset")
def initialised(running_mean, running_var, mean, var, momentum=0.9):
    if (running_mean == 0).all():
        running_mean, running_var = mean, var
    return reference.update_running(running_mean, running_var, mean, var, momentum)


@way("variance_from_the_means")
def distance_squared(running_mean, running_var, mean, var, momentum=0.9):
    new_mean = step(running_mean, mean, 1 - momentum)
    return new_mean, step(running_var, np.square(mean - new_mean), 1 - momentum)


@way("distance_added")
def pooled(running_mean, running_var, mean, var, momentum=0.9):
    new = reference.ewa_update(running_mean, mean, momentum)
    old_square, new_square = running_var + running_mean**2, var + mean**2
    return new, reference.ewa_update(old_square, new_square, momentum) - new**2


@way("distance_added")
def about_the_new_mean(running_mean, running_var, mean, var, momentum=0.9):
    new_mean = reference.ewa_update(running_mean, mean, momentum)
    spread = var + np.square(mean - new_mean)
    return new_mean, step(running_var, spread, 1 - momentum)


@way("mean_not_updated")
def first_line_lost(running_mean, running_var, mean, var, momentum=0.9):
    return running_mean, step(running_var, var, 1 - momentum)


@way("weights_exceed_one")
def summed(running_mean, running_var, mean, var, momentum=0.9):
    return tuple(np.array([running_mean, running_var]) * momentum + np.array([mean, var]))


@way("old_not_faded")
def added(running_mean, running_var, mean, var, momentum=0.9):
    return tuple(np.array([running_mean, running_var]) + np.array([mean, var]) * (1 - momentum))


@way("integer_result")
def feature_by_feature(running_mean, running_var, mean, var, momentum=0.9):
    new_mean, new_var = running_mean.copy(), running_var.copy()
    for j in range(len(mean)):
        new_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean[j]
        new_var[j] = momentum * running_var[j] + (1 - momentum) * var[j]
    return new_mean, new_var


@way("one_result_returned")
def return_too_early(running_mean, running_var, mean, var, momentum=0.9):
    new_mean = reference.ewa_update(running_mean, mean, momentum)
    return new_mean
    return new_mean, reference.ewa_update(running_var, var, momentum)


@way("variance_replaced")
def variance_copied(running_mean, running_var, mean, var, momentum=0.9):
    return step(running_mean, mean, 1 - momentum), var.copy()


@way("weights_squared")
def of_a_weighted_sum(running_mean, running_var, mean, var, momentum=0.9):
    weights = np.array([momentum, 1 - momentum])
    return weights @ np.array([running_mean, mean]), weights**2 @ np.array([running_var, var])


@way("bias_corrected")
def divided_after_the_update(running_mean, running_var, mean, var, momentum=0.9):
    pair = np.array(reference.update_running(running_mean, running_var, mean, var, momentum))
    with np.errstate(all="ignore"):
        return tuple(pair / (1 - momentum))


@way("zero_momentum_ignored")
def if_not_momentum(running_mean, running_var, mean, var, momentum=None):
    if not momentum:
        momentum = 0.9
    return reference.update_running(running_mean, running_var, mean, var, momentum)


@way("default_changed")
def of_torch(running_mean, running_var, mean, var, momentum=0.1):
    return reference.update_running(running_mean, running_var, mean, var, momentum)


@way("momentum_swapped", "variance_fed_with_mean")
def torch_and_copied_line(running_mean, running_var, mean, var, momentum=0.9):
    return step(running_mean, mean, momentum), step(running_var, mean, momentum)


@way("momentum_swapped", "updated_in_place")
def torch_in_place(running_mean, running_var, mean, var, momentum=0.9):
    running_mean += momentum * (mean - running_mean)
    running_var += momentum * (var - running_var)
    return running_mean, running_var


@way("momentum_swapped", "default_changed")
def torch_with_its_default(running_mean, running_var, mean, var, momentum=0.1):
    return step(running_mean, mean, momentum), step(running_var, var, momentum)
