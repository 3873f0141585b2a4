import numpy as np

from autograder.coursebook.mistakes import misconception, together


def parts(batches):
    """Give the number of rows, the mean and the variance of every mini-batch."""
    batches = list(batches)
    return (
        np.array([len(Z) for Z in batches]),
        np.array([Z.mean(axis=0) for Z in batches]),
        np.array([Z.var(axis=0) for Z in batches]),
    )


def rows(batches):
    return np.concatenate(list(batches))


def merged(batches, spread):
    """Go through the mini-batches rightly, but for the term that `spread(share, step)` gives."""
    count, mean, var = 0, 0.0, 0.0
    for Z in batches:
        share = len(Z) / (count + len(Z))
        step = Z.mean(axis=0) - mean
        mean = mean + share * step
        var = (1 - share) * var + share * Z.var(axis=0) + spread(share, step)
        count += len(Z)
    return mean, var


@misconception(
    "the mini-batches' means and variances are averaged, each with equal weight",
    "A small mini-batch has less to say than a large one, and the distance between the mini-batches' means "
    "is a part of the variance.",
)
def statistics_averaged(batches):
    _, means, variances = parts(batches)
    return means.mean(axis=0), variances.mean(axis=0)


@misconception(
    "every mini-batch has the same weight, although their sizes differ",
    "Weight each by its number of rows. With mini-batches of one size your result is right.",
)
def sizes_ignored(batches):
    _, means, variances = parts(batches)
    return means.mean(axis=0), variances.mean(axis=0) + means.var(axis=0)


@sizes_ignored.variant
def sizes_ignored_in_the_mean(batches):
    count, means, variances = parts(batches)
    mean = count @ means / count.sum()
    return means.mean(axis=0), count @ (variances + (means - mean) ** 2) / count.sum()


@sizes_ignored.variant
def sizes_ignored_in_the_variance(batches):
    count, means, variances = parts(batches)
    return count @ means / count.sum(), variances.mean(axis=0) + means.var(axis=0)


@misconception(
    "the distance between the mini-batches' means is missing in the variance",
    "Take two mini-batches, one of zeros and one of tens: both variances are 0, that of all rows is 25.",
)
def spread_between_forgotten(batches):
    return merged(batches, lambda share, step: 0.0)


@misconception(
    "the distance is taken after the mean has moved",
    "Keep `batch_mean - mean` before you update the mean: afterwards it is shorter.",
)
def step_after_the_move(batches):
    return merged(batches, lambda share, step: share * (1 - share) * ((1 - share) * step) ** 2)


@misconception(
    "the squared distance has the weight of the mini-batch alone",
    "Its weight is the product of both shares, the old rows' and the new ones': 0 for the first mini-batch.",
)
def one_share_forgotten(batches):
    return merged(batches, lambda share, step: share * step**2)


@one_share_forgotten.variant
def one_share_forgotten_but_at_the_start(batches):
    return merged(batches, lambda share, step: share * step**2 if share < 1 else 0.0)


@one_share_forgotten.variant
def one_share_forgotten_row_by_row(batches):
    return one_share_forgotten.variants[0]([row[np.newaxis] for Z in batches for row in Z])


@misconception(
    "a mini-batch's share is taken after its rows have been counted",
    "`count` then has them in it already, and `count + len(Z)` counts them twice: the first mini-batch gets the share "
    "1/2 and not 1. Count the rows last.",
)
def counted_too_early(batches):
    count, mean, var = 0, 0.0, 0.0
    for Z in batches:
        count += len(Z)
        share, step = len(Z) / (count + len(Z)), Z.mean(axis=0) - mean
        mean = mean + share * step
        var = (1 - share) * var + share * Z.var(axis=0) + share * (1 - share) * step**2
    return mean, var


@misconception(
    "the distance is not squared",
    "Distances below and above the mean would cancel. A variance is made of squares.",
)
def step_not_squared(batches):
    return merged(batches, lambda share, step: share * (1 - share) * step)


@step_not_squared.variant
def step_not_squared_but_positive(batches):
    return merged(batches, lambda share, step: share * (1 - share) * np.abs(step))


@misconception(
    "each mini-batch is measured from the mean so far, and the earlier ones are not measured again",
    "When the mean moves, the old rows' distances change as well: that is what the third term of the variance is for.",
)
def measured_from_the_mean_so_far(batches):
    count, total, squares = 0, 0.0, 0.0
    for Z in batches:
        count, total = count + len(Z), total + Z.sum(axis=0)
        squares = squares + ((Z - total / count) ** 2).sum(axis=0)
    return total / count, squares / count


@misconception(
    "old and new count half each",
    "The mean of two means is right for equal numbers of rows only. The earlier rows are more with every mini-batch.",
)
def halves(batches):
    mean, var = None, None
    for Z in batches:
        if mean is None:
            mean, var = Z.mean(axis=0), Z.var(axis=0)
        else:
            step = Z.mean(axis=0) - mean
            mean, var = mean + step / 2, (var + Z.var(axis=0)) / 2 + step**2 / 4
    return mean, var


@halves.variant
def halves_without_the_distance(batches):
    mean, var = None, None
    for Z in batches:
        if mean is None:
            mean, var = Z.mean(axis=0), Z.var(axis=0)
        else:
            mean, var = (mean + Z.mean(axis=0)) / 2, (var + Z.var(axis=0)) / 2
    return mean, var


@misconception(
    "all mini-batches are counted as large as the first",
    "Add up `len(Z)` of each. The last one of an epoch is often smaller.",
)
def first_size_for_all(batches):
    batches = list(batches)
    count = len(batches) * len(batches[0])
    mean = sum(Z.sum(axis=0) for Z in batches) / count
    return mean, sum(((Z - mean) ** 2).sum(axis=0) for Z in batches) / count


@misconception(
    "the variance is divided by N − 1",
    "These are the statistics of all the rows there are, nothing is estimated: 1/N.",
)
def divided_by_one_less(batches):
    values = rows(batches)
    return values.mean(axis=0), values.var(axis=0, ddof=1)


@misconception(
    "the mini-batches' variances are corrected by m/(m − 1) and averaged",
    "That is Algorithm 2 again. Here all the rows are at hand: one mean, and all distances from it.",
)
def algorithm_2(batches):
    batches = list(batches)
    variances = [Z.var(axis=0, ddof=min(1, len(Z) - 1)) for Z in batches]
    return np.mean([Z.mean(axis=0) for Z in batches], axis=0), np.mean(variances, axis=0)


@misconception(
    "the standard deviation comes back in place of the variance",
    "Square your second result and you have what was expected.",
)
def standard_deviation(batches):
    values = rows(batches)
    return values.mean(axis=0), values.std(axis=0)


@misconception(
    "the squared mean is not subtracted from the mean of the squares",
    "Your variance grows when all values move up together.",
)
def mean_of_squares(batches):
    values = rows(batches).astype(float)
    return values.mean(axis=0), (values**2).mean(axis=0)


@misconception(
    "the mean is subtracted from the mean of the squares, and not its square",
    "A variance is made of squares throughout: take the mean of (Z − μ)², or square μ before you subtract it.",
)
def mean_not_squared(batches):
    mean, squares = mean_of_squares.variants[0](batches)
    return mean, squares - mean


@misconception(
    "the statistics are taken over the features too",
    "`mean()` and `var()` without an axis make one number of all. Measure each feature by itself.",
)
def averaged_over_everything(batches):
    values = rows(batches)
    return values.mean(), values.var()


@misconception(
    "the sums are divided by the number of mini-batches",
    "They are sums over rows: count those, by adding up `len(Z)`.",
)
def mini_batches_counted(batches):
    batches = list(batches)
    values = rows(batches).astype(float)
    mean = values.sum(axis=0) / len(batches)
    return mean, (values**2).sum(axis=0) / len(batches) - mean**2


@mini_batches_counted.variant
def distances_divided_by_the_number_of_mini_batches(batches):
    batches = list(batches)
    values = rows(batches)
    return values.mean(axis=0), values.var(axis=0) * len(values) / len(batches)


@misconception(
    "the squares are summed, and not divided by the number of rows",
    "Give every mini-batch twice: a variance stays the same, yours doubles.",
)
def squares_summed(batches):
    values = rows(batches)
    return values.mean(axis=0), ((values - values.mean(axis=0)) ** 2).sum(axis=0)


@misconception(
    "the variance is that of the mini-batches' means",
    "How far the examples of one mini-batch lie apart has to be in it as well.",
)
def only_spread_between(batches):
    count, means, _ = parts(batches)
    mean = count @ means / count.sum()
    return mean, count @ (means - mean) ** 2 / count.sum()


@misconception(
    "only the first mini-batch counts",
    "A `return` inside the loop ends it after one round.",
)
def first_only(batches):
    first = next(iter(batches))
    return first.mean(axis=0), first.var(axis=0)


@misconception(
    "the first mini-batch is used up before the loop",
    "`next` takes it out of the iterator for good. Start from zeros, and look at the number of features in the loop.",
)
def first_used_up(batches):
    first, *others = batches
    values = np.concatenate(others or [np.full_like(first, np.nan)])
    return values.mean(axis=0), values.var(axis=0)


@misconception(
    "only the last mini-batch counts",
    "The loop overwrites its results in every round. Merge the new with the old.",
)
def last_only(batches):
    last = list(batches)[-1]
    return last.mean(axis=0), last.var(axis=0)


@misconception(
    "a running pair follows the mini-batches, with momentum 0.9 from mean 0 and variance 1",
    "A running pair forgets, and keeps some of its start. Here every row counts the same.",
)
def running_pair(batches):
    mean, var = 0.0, 1.0
    for Z in batches:
        mean, var = 0.9 * mean + 0.1 * Z.mean(axis=0), 0.9 * var + 0.1 * Z.var(axis=0)
    return mean, var


@misconception(
    "the mini-batches are normalised before they are measured",
    "Then 0 and 1 come back, whatever the data. Measure Z itself.",
)
def normalised_first(batches):
    values = np.concatenate([(Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + 1e-5) for Z in batches])
    return values.mean(axis=0), values.var(axis=0)


@misconception(
    "`batches` is walked through twice",
    "A generator is empty after the first time. One loop has to be enough: it sees each mini-batch once.",
)
def walked_twice(batches):
    count, total, squares = 0, 0.0, 0.0
    for Z in batches:
        count, total = count + len(Z), total + Z.sum(axis=0)
    mean = total / count
    for Z in batches:
        squares = squares + ((Z - mean) ** 2).sum(axis=0)
    return mean, np.zeros_like(mean) + squares / count


@walked_twice.variant
def walked_twice_rows_counted_first(batches):
    count, total, squares = sum(len(Z) for Z in batches), np.float64(0), np.float64(0)
    for Z in batches:
        total, squares = total + Z.sum(axis=0), squares + (Z.astype(float) ** 2).sum(axis=0)
    return total / count, squares / count - (total / count) ** 2


@misconception(
    "`batches` is taken for a list",
    "A generator has no length and no `[0]`; it can only be looped over.",
)
def taken_for_a_list(batches):
    values = np.concatenate([batches[number] for number in range(len(batches))])
    return values.mean(axis=0), values.var(axis=0)


@misconception(
    "the caller's mini-batches are overwritten",
    "`Z -= …` changes the arrays outside as well. Give the distances a name of their own.",
)
def updated_in_place(batches):
    batches = list(batches)
    mean, var = rows(batches).mean(axis=0), rows(batches).var(axis=0)
    for Z in batches:
        Z -= mean
    return mean, var


@updated_in_place.variant
def filled_in_place(batches):
    batches = list(batches)
    mean, var = rows(batches).mean(axis=0), rows(batches).var(axis=0)
    for Z in batches:
        Z[...] = Z - mean
    return mean, var


@misconception("only one of the two results comes back", "The function gives a pair: mean and variance.")
def one_result_returned(batches):
    return rows(batches).mean(axis=0)


@one_result_returned.variant
def variance_returned(batches):
    return rows(batches).var(axis=0)


@misconception(
    "variance and mean come back in the wrong order",
    "The mean comes first.",
)
def order_swapped(batches):
    values = rows(batches)
    return values.var(axis=0), values.mean(axis=0)


@together(statistics_averaged, taken_for_a_list)
def averaged_by_number(batches):
    _, means, variances = parts([batches[number] for number in range(len(batches))])
    return means.mean(axis=0), variances.mean(axis=0)


@together(statistics_averaged, standard_deviation)
def averaged_and_rooted(batches):
    _, means, variances = parts(batches)
    return means.mean(axis=0), np.sqrt(variances.mean(axis=0))


@together(divided_by_one_less, standard_deviation)
def one_less_and_rooted(batches):
    values = rows(batches)
    return values.mean(axis=0), values.std(axis=0, ddof=1)


@together(divided_by_one_less, taken_for_a_list)
def one_less_by_number(batches):
    values = np.concatenate([batches[number] for number in range(len(batches))])
    return values.mean(axis=0), values.var(axis=0, ddof=1)


@together(standard_deviation, taken_for_a_list)
def rooted_by_number(batches):
    values = np.concatenate([batches[number] for number in range(len(batches))])
    return values.mean(axis=0), values.std(axis=0)


@together(spread_between_forgotten, standard_deviation)
def forgotten_and_rooted(batches):
    mean, var = spread_between_forgotten.variants[0](batches)
    return mean, np.sqrt(var)


@together(halves, taken_for_a_list)
def halves_by_number(batches):
    return halves.variants[1]([batches[number] for number in range(len(batches))])
