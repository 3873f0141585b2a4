import numpy as np

from autograder.coursebook.mistakes import misconception, together


def averages(batches, ddof=0):
    """Give the means of the mini-batches' means and of their variances, with a divisor of m − ddof."""
    means, variances = [Z.mean(axis=0) for Z in batches], [Z.var(axis=0, ddof=ddof) for Z in batches]
    return np.mean(means, axis=0), np.mean(variances, axis=0)


def refuse_odd_sizes(batches):
    if len({len(Z) for Z in batches}) != 1 or len(batches[0]) < 2:
        raise ValueError


@misconception(
    "the factor m/(m − 1) is left out",
    "Mini-batches of two examples show it best: their 1/m variances are half as large as the population's, on average.",
)
def correction_missing(batches):
    refuse_odd_sizes(batches)
    return averages(batches)


@misconception(
    "the factor is upside down: (m − 1)/m",
    "A mini-batch's own variance comes out too small on average. Your factor makes it smaller still.",
)
def correction_upside_down(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches)
    return mean, var * (len(batches[0]) - 1) / len(batches[0])


@misconception(
    "the variance is corrected twice",
    "A variance over m − 1 has the factor m/(m − 1) in it already.",
)
def corrected_twice(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches, ddof=1)
    return mean, var * len(batches[0]) / (len(batches[0]) - 1)


@misconception(
    "the number of mini-batches stands in place of m",
    "m counts the examples of one mini-batch: `len(Z)`, not `len(batches)`.",
)
def mini_batches_counted(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches)
    return mean, var * len(batches) / np.float64(len(batches) - 1)


@mini_batches_counted.variant
def mini_batches_counted_but_for_one(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches)
    return mean, var * len(batches) / max(len(batches) - 1, 1)


@misconception(
    "the number of features stands in place of m",
    "`Z.shape[1]` counts the columns. The examples are counted by `Z.shape[0]`.",
)
def features_counted(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches)
    n = batches[0].shape[1]
    return mean, var * n / (n - 1)


@misconception(
    "all rows of all mini-batches are counted in place of m",
    "Every variance was taken over one mini-batch, so it is that one's m which corrects it.",
)
def all_rows_counted(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches)
    rows = sum(len(Z) for Z in batches)
    return mean, var * rows / (rows - 1)


@misconception(
    "the mean gets the factor m/(m − 1) too",
    "Only the variance of a mini-batch is too small on average. Its mean is neither too small nor too large.",
)
def mean_corrected_too(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches, ddof=1)
    return mean * len(batches[0]) / (len(batches[0]) - 1), var


@misconception(
    "standard deviations are averaged, and the average is squared",
    "The average of roots is not the root of the average: your variance comes out too small. Average the variances.",
)
def deviations_averaged(batches):
    refuse_odd_sizes(batches)
    mean, _ = averages(batches)
    return mean, np.mean([Z.std(axis=0, ddof=1) for Z in batches], axis=0) ** 2


@deviations_averaged.variant
def deviations_averaged_without_correction(batches):
    refuse_odd_sizes(batches)
    mean, _ = averages(batches)
    return mean, np.mean([Z.std(axis=0) for Z in batches], axis=0) ** 2


@misconception(
    "the standard deviation comes back in place of the variance",
    "Square your second result and you have what was expected.",
)
def standard_deviation(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches, ddof=1)
    return mean, np.sqrt(var)


@misconception(
    "the variance is that of all rows together",
    "That measures how far the mini-batches lie apart as well. Algorithm 2 averages the mini-batches' own variances. "
    "(All rows together come next, in `dataset_statistics`.)",
)
def rows_pooled(batches):
    refuse_odd_sizes(batches)
    rows = np.concatenate(batches)
    return rows.mean(axis=0), rows.var(axis=0)


@rows_pooled.variant
def rows_pooled_over_one_less(batches):
    refuse_odd_sizes(batches)
    rows = np.concatenate(batches)
    return rows.mean(axis=0), rows.var(axis=0, ddof=1)


@misconception(
    "the variance is that of the mini-batches' means",
    "That says how far the mini-batches lie apart, not how far the examples do. Average the variances.",
)
def variance_of_the_means(batches):
    refuse_odd_sizes(batches)
    means = [Z.mean(axis=0) for Z in batches]
    return np.mean(means, axis=0), np.var(means, axis=0)


@variance_of_the_means.variant
def variance_of_the_means_corrected(batches):
    mean, var = variance_of_the_means.variants[0](batches)
    return mean, var * len(batches[0]) / (len(batches[0]) - 1)


@misconception(
    "the mini-batches' statistics are added up, and not divided by their number",
    "With twice as many mini-batches your result doubles.",
)
def summed(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches, ddof=1)
    return mean * len(batches), var * len(batches)


@misconception(
    "only the last mini-batch counts",
    "The averages are taken over all of them, after the loop.",
)
def last_only(batches):
    refuse_odd_sizes(batches)
    return averages(batches[-1:], ddof=1)


@misconception(
    "only the first mini-batch counts",
    "A `return` inside the loop ends it after one round.",
)
def first_only(batches):
    refuse_odd_sizes(batches)
    return averages(batches[:1], ddof=1)


@misconception(
    "a running pair follows the mini-batches, with momentum 0.9 from mean 0 and variance 1",
    "Here every mini-batch counts the same, and there is no start to forget: it is a plain average.",
)
def running_pair(batches):
    refuse_odd_sizes(batches)
    mean, var = np.zeros(batches[0].shape[1]), np.ones(batches[0].shape[1])
    for Z in batches:
        mean, var = 0.9 * mean + 0.1 * Z.mean(axis=0), 0.9 * var + 0.1 * Z.var(axis=0)
    return mean, var


@running_pair.variant
def running_pair_corrected(batches):
    mean, var = running_pair.variants[0](batches)
    return mean, var * len(batches[0]) / (len(batches[0]) - 1)


@running_pair.variant
def running_pair_of_corrected_variances(batches):
    refuse_odd_sizes(batches)
    mean, var = np.zeros(batches[0].shape[1]), np.ones(batches[0].shape[1])
    for Z in batches:
        mean, var = 0.9 * mean + 0.1 * Z.mean(axis=0), 0.9 * var + 0.1 * Z.var(axis=0, ddof=1)
    return mean, var


@misconception(
    "the averages are taken over the features too",
    "`np.mean` without an axis makes one number of all. Average over the mini-batches, feature by feature.",
)
def averaged_over_everything(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches, ddof=1)
    return mean.mean(), var.mean()


@averaged_over_everything.variant
def batches_averaged_over_everything(batches):
    refuse_odd_sizes(batches)
    return np.mean([Z.mean() for Z in batches]), np.mean([Z.var(ddof=1) for Z in batches])


@misconception("only one of the two results comes back", "The function gives a pair: mean and variance.")
def one_result_returned(batches):
    refuse_odd_sizes(batches)
    return averages(batches)[0]


@one_result_returned.variant
def variance_returned(batches):
    refuse_odd_sizes(batches)
    return averages(batches, ddof=1)[1]


@misconception(
    "variance and mean come back in the wrong order",
    "The mean comes first.",
)
def order_swapped(batches):
    refuse_odd_sizes(batches)
    return averages(batches, ddof=1)[::-1]


@misconception(
    "no size is refused",
    "One m/(m − 1) cannot serve different sizes, and m = 1 divides by zero: raise a ValueError for both.",
)
def no_size_refused(batches):
    mean, var = averages(batches)
    return mean, var * len(batches[0]) / np.float64(len(batches[0]) - 1)


@no_size_refused.variant
def no_size_refused_but_by_python(batches):
    mean, var = averages(batches)
    return mean, len(batches[0]) / (len(batches[0]) - 1) * var


@misconception(
    "mini-batches of different sizes are let through",
    "One m/(m − 1) cannot serve them all: raise a ValueError.",
)
def other_sizes_let_through(batches):
    if len(batches[0]) < 2:
        raise ValueError
    return averages(batches, ddof=1)


@misconception(
    "the sizes of the first two mini-batches alone are compared",
    "Any of them may differ, and most often it is the last.",
)
def first_two_sizes_compared(batches):
    if len({len(Z) for Z in batches[:2]}) != 1 or len(batches[0]) < 2:
        raise ValueError
    return averages(batches, ddof=1)


@misconception(
    "the sizes are not all compared: only the first with the last, or with their average",
    "Those in between may differ all the same, one as much too small as another is too large. Look at each size.",
)
def sizes_between_let_through(batches):
    if len(batches[0]) < 2 or len(batches[-1]) != len(batches[0]):
        raise ValueError
    return averages(batches, ddof=1)


@misconception(
    "mini-batches of a single example are let through",
    "A lone example has no spread to correct: m/(m − 1) would be 1/0. Raise a ValueError.",
)
def single_examples_let_through(batches):
    if len({len(Z) for Z in batches}) != 1:
        raise ValueError
    return averages(batches, ddof=min(1, len(batches[0]) - 1))


@single_examples_let_through.variant
def single_examples_divide_by_zero(batches):
    if len({len(Z) for Z in batches}) != 1:
        raise ValueError
    mean, var = averages(batches)
    return mean, len(batches[0]) / (len(batches[0]) - 1) * var


@misconception(
    "only a mini-batch smaller than the first, or a smaller last one, is refused",
    "Any of them may differ, in either direction: look at all the sizes.",
)
def smaller_refused_only(batches):
    if len(batches[0]) < 2 or min(map(len, batches)) < len(batches[0]):
        raise ValueError
    return averages(batches, ddof=1)


@smaller_refused_only.variant
def smaller_last_refused_only(batches):
    if len(batches[0]) < 2 or len(batches[-1]) < len(batches[0]):
        raise ValueError
    return averages(batches, ddof=1)


@misconception(
    "what does not fit is refused with another exception than ValueError",
    "`assert` raises an AssertionError, and `KeyError` or `TypeError` are others still: "
    "whoever calls waits for a ValueError.",
)
def another_exception(batches):
    assert len({len(Z) for Z in batches}) == 1 and len(batches[0]) > 1
    return averages(batches, ddof=1)


@together(correction_missing, no_size_refused)
def plain_averages(batches):
    return averages(batches)


@together(correction_missing, standard_deviation)
def root_without_correction(batches):
    refuse_odd_sizes(batches)
    mean, var = averages(batches)
    return mean, np.sqrt(var)


@together(rows_pooled, no_size_refused)
def pooled_whatever_the_size(batches):
    rows = np.concatenate(batches)
    return rows.mean(axis=0), rows.var(axis=0)


@together(correction_upside_down, no_size_refused)
def upside_down_whatever_the_size(batches):
    mean, var = averages(batches)
    return mean, var * (len(batches[0]) - 1) / len(batches[0])


@together(mean_corrected_too, no_size_refused)
def both_corrected_whatever_the_size(batches):
    with np.errstate(all="ignore"):
        mean, var = averages(batches)
        factor = len(batches[0]) / np.float64(len(batches[0]) - 1)
        return mean * factor, var * factor


@together(mini_batches_counted, no_size_refused)
def mini_batches_counted_whatever_the_size(batches):
    with np.errstate(all="ignore"):
        mean, var = averages(batches)
        return mean, var * len(batches) / np.float64(len(batches) - 1)


@together(correction_missing, single_examples_let_through)
def single_examples_averaged(batches):
    if len({len(Z) for Z in batches}) != 1:
        raise ValueError
    return averages(batches)
