import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


def weighted(pairs):
    """Give the mean of means and of variances by the number of rows."""
    m = np.array([[len(Z)] for Z in pairs], dtype=float)
    means = np.array([Z.mean(0) for Z in pairs])
    variances = np.array([Z.var(0) for Z in pairs])
    return m / m.sum(), means, variances


@way("statistics_averaged")
def mean_of_pairs(batches):
    return tuple(np.mean([reference.batch_statistics(Z) for Z in batches], axis=0))


@way("sizes_ignored")
def moments_averaged(batches):
    first, second, count = 0.0, 0.0, 0
    for Z in batches:
        first, second, count = first + Z.mean(0), second + (Z.astype(float) ** 2).mean(0), count + 1
    return first / count, second / count - (first / count) ** 2


@way("spread_between_forgotten")
def weighted_averages(batches):
    share, means, variances = weighted(list(batches))
    return (share * means).sum(0), (share * variances).sum(0)


@way("step_after_the_move")
def moved_first(batches):
    count, mean, var = 0, 0.0, 0.0
    for Z in batches:
        share = len(Z) / (count + len(Z))
        mean = mean + share * (Z.mean(0) - mean)
        step = Z.mean(0) - mean
        var = (1 - share) * var + share * Z.var(0) + share * (1 - share) * step**2
        count += len(Z)
    return mean, var


@way("one_share_forgotten")
def squared_with_one_share(batches):
    count, mean, M2 = 0, 0.0, 0.0
    for Z in batches:
        m = Z.shape[0]
        delta = Z.mean(axis=0) - mean
        mean = mean + delta * m / (count + m)
        M2 = M2 + Z.var(axis=0) * m + delta**2 * m
        count += m
    return mean, M2 / count


@way("step_not_squared")
def square_lost(batches):
    count, mean, M2 = 0, 0.0, 0.0
    for Z in batches:
        m = Z.shape[0]
        delta = Z.mean(axis=0) - mean
        mean = mean + delta * m / (count + m)
        M2 = M2 + Z.var(axis=0) * m + delta * count * m / (count + m)
        count += m
    return mean, M2 / count


@way("measured_from_the_mean_so_far")
def row_by_row(batches):
    count, mean, M2 = 0, 0.0, 0.0
    for Z in batches:
        mean = (count * mean + Z.sum(0)) / (count + len(Z))
        count += len(Z)
        for row in Z:
            M2 = M2 + (row - mean) ** 2
    return mean, M2 / count


@way("halves")
def half_and_half(batches):
    batches = iter(batches)
    mean, var = reference.batch_statistics(next(batches))
    for Z in batches:
        new_mean, new_var = reference.batch_statistics(Z)
        mean, var = 0.5 * (mean + new_mean), 0.5 * (var + new_var)
    return mean, var


@way("first_size_for_all")
def equal_sizes_trusted(batches):
    batches = list(batches)
    N = batches[0].shape[0] * len(batches)
    mean = np.vstack(batches).sum(axis=0) / N
    return mean, np.square(np.vstack(batches) - mean).sum(axis=0) / N


@way("divided_by_one_less")
def ddof(batches):
    return np.mean(Z := np.vstack(list(batches)), axis=0), np.var(Z, axis=0, ddof=1)


@way("algorithm_2")
def corrected_averages(batches):
    means, variances = [], []
    for Z in batches:
        m = len(Z)
        means.append(Z.mean(0))
        variances.append(Z.var(0) * (m / (m - 1) if m > 1 else 1))
    return np.mean(means, 0), np.mean(variances, 0)


@way("standard_deviation")
def root_at_the_end(batches):
    mean, var = reference.dataset_statistics(batches)
    return mean, var**0.5


@way("mean_of_squares")
def second_moment(batches):
    first, second, count = 0.0, 0.0, 0
    for Z in batches:
        first, second, count = first + Z.sum(0), second + np.einsum("ij,ij->j", Z, Z), count + len(Z)
    return first / count, second / count


@way("squares_summed")
def not_divided(batches):
    Z = np.vstack(list(batches))
    return Z.mean(0), Z.var(0) * len(Z)


@way("only_spread_between")
def between(batches):
    share, means, _ = weighted(list(batches))
    mean = (share * means).sum(0)
    return mean, (share * (means - mean) ** 2).sum(0)


@way("first_only")
def return_in_the_loop(batches):
    for Z in batches:
        return reference.batch_statistics(Z)


@way("last_only")
def overwritten(batches):
    for Z in batches:
        mean, var = reference.batch_statistics(Z)
    return mean, var


@way("running_pair")
def by_lesson_5(batches):
    batches = list(batches)
    n = batches[0].shape[1]
    return reference.running_statistics([batches], np.zeros(n), np.ones(n))


@way("normalised_first")
def after_batch_norm(batches):
    done = []
    for Z in batches:
        mean, var = reference.batch_statistics(Z)
        done.append(reference.normalize(Z, mean, var))
    return reference.batch_statistics(np.vstack(done))


@way("walked_twice")
def two_loops(batches):
    N, mean = 0, 0.0
    for Z in batches:
        mean = (N * mean + Z.sum(0)) / (N + len(Z))
        N += len(Z)
    var = np.zeros(len(mean))
    for Z in batches:
        var += ((Z - mean) ** 2).sum(0) / N
    return mean, var


@way("taken_for_a_list")
def indexed(batches):
    mean, var = reference.batch_statistics(batches[0])
    count = len(batches[0])
    for Z in batches[1:]:
        share = len(Z) / (count + len(Z))
        step = Z.mean(0) - mean
        mean = mean + share * step
        var = (1 - share) * var + share * Z.var(0) + share * (1 - share) * step**2
        count += len(Z)
    return mean, var


@way("order_swapped")
def var_first(batches):
    return reference.dataset_statistics(batches)[::-1]


@way("statistics_averaged", "taken_for_a_list")
def summed_over_numbers(batches):
    total = sum(np.array(reference.batch_statistics(batches[i])) for i in range(len(batches)))
    return tuple(total / len(batches))


@way("divided_by_one_less", "standard_deviation")
def std_with_ddof(batches):
    Z = np.vstack(list(batches))
    return Z.mean(0), Z.std(0, ddof=1)


@way("sizes_ignored")
def rows_for_the_mean_only(batches):
    batches = list(batches)
    variances, means = [Z.var(0) for Z in batches], [Z.mean(0) for Z in batches]
    return np.vstack(batches).mean(0), np.mean(variances, 0) + np.var(means, 0)


@way("one_share_forgotten")
def welford_with_the_old_mean(batches):
    count, mean, M2 = 0, 0.0, 0.0
    for Z in batches:
        for row in Z:
            count += 1
            delta = row - mean
            mean = mean + delta / count
            M2 = M2 + delta**2
    return mean, M2 / count


@way("counted_too_early")
def counted_first(batches):
    n, mean, var = 0, 0.0, 0.0
    for Z in batches:
        m = Z.shape[0]
        n = n + m
        d = Z.mean(0) - mean
        mean = (n * mean + m * Z.mean(0)) / (n + m)
        var = (n * var + m * Z.var(0)) / (n + m) + n * m * d**2 / (n + m) ** 2
    return mean, var


@way("mean_not_squared")
def square_forgotten(batches):
    first, second, count = 0.0, 0.0, 0
    for Z in batches:
        first, second, count = first + Z.sum(0), second + np.square(Z).sum(0), count + len(Z)
    return first / count, second / count - first / count


@way("averaged_over_everything")
def no_axis(batches):
    Z = np.vstack(list(batches))
    return np.mean(Z), np.var(Z)


@way("mini_batches_counted")
def rounds_counted(batches):
    rounds, first, second = 0, 0.0, 0.0
    for Z in batches:
        rounds, first, second = rounds + 1, first + Z.sum(0), second + np.einsum("ij,ij->j", Z, Z)
    return first / rounds, second / rounds - (first / rounds) ** 2


@way("first_used_up")
def number_of_features_asked_for(batches):
    batches = iter(batches)
    n = next(batches).shape[1]
    count, first, second = 0, np.zeros(n), np.zeros(n)
    for Z in batches:
        count, first, second = count + len(Z), first + Z.sum(0), second + (Z * 1.0 * Z).sum(0)
    with np.errstate(all="ignore"):
        return first / count, second / count - (first / count) ** 2


@way("updated_in_place")
def centred_in_place(batches):
    batches = list(batches)
    mean, total, count = np.vstack(batches).mean(0), 0.0, 0
    for Z in batches:
        Z -= mean
        total, count = total + np.square(Z).sum(0), count + len(Z)
    return mean, total / count


@way("one_result_returned")
def mean_alone(batches):
    return np.vstack(list(batches)).mean(0)
