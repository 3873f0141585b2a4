import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


def one_size(batches):
    m = len(batches[0])
    if m < 2 or any(len(Z) != m for Z in batches):
        raise ValueError("sizes")
    return m


def pairs(batches):
    means, variances = zip(*map(reference.batch_statistics, batches), strict=True)
    return np.array(means), np.array(variances)


@way("correction_missing")
def mean_of_pairs(batches):
    one_size(batches)
    return tuple(np.mean([reference.batch_statistics(Z) for Z in batches], axis=0))


@way("correction_upside_down")
def factor_below_one(batches):
    m = one_size(batches)
    means, variances = pairs(batches)
    return means.mean(0), (1 - 1 / m) * variances.mean(0)


@way("corrected_twice")
def ddof_and_factor(batches):
    m = one_size(batches)
    var = sum(np.var(Z, axis=0, ddof=1) for Z in batches) / len(batches)
    return pairs(batches)[0].mean(0), m / (m - 1) * var


@way("mini_batches_counted")
def length_of_the_list(batches):
    one_size(batches)
    means, variances = pairs(batches)
    m = len(batches)
    with np.errstate(all="ignore"):
        return means.mean(0), np.float64(m) / (m - 1) * variances.mean(0)


@way("mini_batches_counted")
def sum_over_one_less(batches):
    one_size(batches)
    means, variances = pairs(batches)
    B = len(batches)
    return means.sum(0) / B, variances.sum(0) / (B - 1 if B > 1 else 1)


@way("features_counted")
def second_axis(batches):
    one_size(batches)
    _, m = batches[0].shape
    means, variances = pairs(batches)
    return means.mean(0), m / (m - 1) * variances.mean(0)


@way("all_rows_counted")
def rows_in_all(batches):
    one_size(batches)
    N = len(np.vstack(batches))
    means, variances = pairs(batches)
    return means.mean(0), N / (N - 1) * variances.mean(0)


@way("mean_corrected_too")
def factor_in_front_of_both(batches):
    m = one_size(batches)
    return tuple(m / (m - 1) * np.mean([reference.batch_statistics(Z) for Z in batches], axis=0))


@way("deviations_averaged")
def roots_averaged(batches):
    m = one_size(batches)
    means, variances = pairs(batches)
    return means.mean(0), np.mean(np.sqrt(m / (m - 1) * variances), axis=0) ** 2


@way("standard_deviation")
def root_at_the_end(batches):
    mean, var = reference.population_statistics(batches)
    return mean, var**0.5


@way("rows_pooled")
def one_heap(batches):
    one_size(batches)
    return reference.dataset_statistics(batches)


@way("variance_of_the_means")
def spread_of_means(batches):
    one_size(batches)
    means, _ = pairs(batches)
    return means.mean(0), ((means - means.mean(0)) ** 2).mean(0)


@way("summed")
def sums(batches):
    m = one_size(batches)
    means, variances = pairs(batches)
    return means.sum(0), m / (m - 1) * variances.sum(0)


@way("last_only")
def overwritten(batches):
    m = one_size(batches)
    for Z in batches:
        mean, var = reference.batch_statistics(Z)
    return mean, m / (m - 1) * var


@way("first_only")
def return_in_the_loop(batches):
    m = one_size(batches)
    for Z in batches:
        mean, var = reference.batch_statistics(Z)
        return mean, m / (m - 1) * var


@way("running_pair")
def by_the_lesson_before(batches):
    one_size(batches)
    n = batches[0].shape[1]
    return reference.running_statistics([batches], np.zeros(n), np.ones(n))


@way("running_pair")
def follows_corrected(batches):
    m = one_size(batches)
    mean, var = 0, 1
    for Z in batches:
        batch_mean, batch_var = reference.batch_statistics(Z)
        mean = 0.9 * mean + 0.1 * batch_mean
        var = 0.9 * var + 0.1 * m / (m - 1) * batch_var
    return mean, var


@way("averaged_over_everything")
def no_axis(batches):
    m = one_size(batches)
    means, variances = pairs(batches)
    return np.mean(means), m / (m - 1) * np.mean(variances)


@way("one_result_returned")
def mean_alone(batches):
    one_size(batches)
    return pairs(batches)[0].mean(0)


@way("order_swapped")
def var_first(batches):
    mean, var = reference.population_statistics(batches)
    return var, mean


@way("no_size_refused")
def average_of_ddof(batches):
    with np.errstate(all="ignore"):
        m = len(batches[0])
        means, variances = pairs(batches)
        return means.mean(0), variances.mean(0) * m / (m - 1)


@way("other_sizes_let_through")
def smallest_size_looked_at(batches):
    if min(map(len, batches)) < 2:
        raise ValueError("one example")
    return pairs(batches)[0].mean(0), np.mean([np.var(Z, axis=0, ddof=1) for Z in batches], axis=0)


@way("first_two_sizes_compared")
def neighbours(batches):
    m = len(batches[0])
    if m < 2 or (len(batches) > 1 and len(batches[1]) != m):
        raise ValueError("sizes")
    means, variances = pairs(batches)
    return means.mean(0), m / (m - 1) * variances.mean(0)


@way("sizes_between_let_through")
def average_size(batches):
    m = len(np.vstack(batches)) / len(batches)
    if m < 2 or m != len(batches[0]):
        raise ValueError("sizes")
    return pairs(batches)[0].mean(0), np.mean([np.var(Z, axis=0, ddof=1) for Z in batches], axis=0)


@way("sizes_between_let_through")
def both_ends(batches):
    m = len(batches[-1])
    if len(batches[0]) != m or m == 1:
        raise ValueError("sizes")
    means, variances = pairs(batches)
    return means.mean(0), m / (m - 1) * variances.mean(0)


@way("single_examples_let_through")
def sizes_compared_only(batches):
    sizes = [Z.shape[0] for Z in batches]
    if max(sizes) != min(sizes):
        raise ValueError("sizes")
    m = sizes[0]
    means, variances = pairs(batches)
    with np.errstate(all="ignore"):
        return means.mean(0), variances.mean(0) * m / (m - 1)


@way("smaller_refused_only")
def none_below_the_first(batches):
    m = batches[0].shape[0]
    if m == 1 or any(Z.shape[0] < m for Z in batches[1:]):
        raise ValueError("sizes")
    return pairs(batches)[0].mean(0), np.mean([np.var(Z, axis=0, ddof=1) for Z in batches], axis=0)


@way("smaller_refused_only")
def last_compared(batches):
    m = batches[0].shape[0]
    if m == 1 or batches[-1].shape[0] < m:
        raise ValueError("sizes")
    means, variances = pairs(batches)
    return means.mean(0), m / (m - 1) * variances.mean(0)


@way("another_exception")
def type_errors(batches):
    try:
        m = one_size(batches)
    except ValueError:
        raise TypeError("sizes") from None
    means, variances = pairs(batches)
    return means.mean(0), m / (m - 1) * variances.mean(0)


@way("correction_missing", "no_size_refused")
def averages_alone(batches):
    means, variances = pairs(batches)
    return means.mean(0), variances.mean(0)


@way("rows_pooled", "no_size_refused")
def stacked(batches):
    return reference.batch_statistics(np.vstack(batches))


@way("mean_corrected_too", "no_size_refused")
def factor_in_front(batches):
    m = len(batches[0])
    with np.errstate(all="ignore"):
        return tuple(np.float64(m) / (m - 1) * np.mean([reference.batch_statistics(Z) for Z in batches], axis=0))
