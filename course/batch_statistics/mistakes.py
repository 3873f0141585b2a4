import numpy as np

from autograder.coursebook.mistakes import misconception, noise, together


@misconception(
    "the averages run along the features of each example",
    "Count what comes back: a mini-batch of m examples and n features has n means, one per column. "
    "Lectures that write examples as columns average the other way.",
)
def wrong_axis(Z):
    return Z.mean(axis=1), Z.var(axis=1)


@misconception(
    "the standard deviation comes back in place of the variance",
    "Square your second result and you have what was expected. The root is taken in the next lesson.",
)
def standard_deviation(Z):
    return Z.mean(axis=0), Z.std(axis=0)


@misconception(
    "the variance is divided by m − 1",
    "Batch norm normalises the mini-batch with 1/m. Your variance is m/(m − 1) times too large, "
    "and a lone example divides by zero.",
)
def unbiased_variance(Z):
    squares = ((Z - Z.mean(axis=0)) ** 2).sum(axis=0)
    return Z.mean(axis=0), squares / np.float64(len(Z) - 1)


@unbiased_variance.variant
def unbiased_but_for_a_lone_example(Z):
    mean = Z.mean(axis=0)
    return mean, ((Z - mean) ** 2).sum(axis=0) / max(len(Z) - 1, 1)


@misconception(
    "the sums are divided by the number of features",
    "`Z.shape[1]` is n, the number of columns. The examples are counted by `Z.shape[0]`.",
)
def divided_by_features(Z):
    mean = Z.sum(axis=0) / Z.shape[1]
    return mean, ((Z - mean) ** 2).sum(axis=0) / Z.shape[1]


@misconception(
    "the distances are taken from one mean of the whole mini-batch",
    "Each feature has its own mean; a `mean()` without an axis mixes them.",
)
def global_mean(Z):
    return Z.mean(axis=0), ((Z - Z.mean()) ** 2).mean(axis=0)


@misconception(
    "one mean and one variance are taken over all numbers",
    "Every feature would get the same statistics; each needs its own.",
)
def one_for_all(Z):
    return np.full(Z.shape[1], Z.mean()), np.full(Z.shape[1], Z.var())


@one_for_all.variant
def one_number_each(Z):
    return Z.mean(), Z.var()


@misconception(
    "the squares are summed, and not divided by m",
    "Repeat every example twice: a variance stays the same, yours doubles.",
)
def summed_squares(Z):
    return Z.mean(axis=0), ((Z - Z.mean(axis=0)) ** 2).sum(axis=0)


@misconception(
    "the mean absolute distance comes back in place of the variance",
    "The variance averages squared distances.",
)
def mean_absolute_distance(Z):
    return Z.mean(axis=0), np.abs(Z - Z.mean(axis=0)).mean(axis=0)


@misconception(
    "the distances are averaged before they are squared, or never squared",
    "Distances from the mean cancel, so their average is always 0. Each of them has to be squared first.",
)
def squared_mean_distance(Z):
    return Z.mean(axis=0), (Z - Z.mean(axis=0)).mean(axis=0) ** 2


@misconception(
    "the squares of Z itself are averaged",
    "The variance measures distances from the mean: subtract it before squaring.",
)
def mean_not_subtracted(Z):
    return Z.mean(axis=0), (Z.astype(np.float64) ** 2).mean(axis=0)


@misconception(
    "ε is already added to the variance",
    "ε belongs to the normalisation of the next lesson; here it would be counted twice. "
    "A feature that never changes has a variance of exactly 0.",
)
def epsilon_in_variance(Z):
    return Z.mean(axis=0), Z.var(axis=0) + 1e-5


@misconception(
    "the results keep a second axis",
    "`keepdims=True` (or a reshape) makes arrays of shape (1, n); the result has shape (n,).",
)
def kept_dimensions(Z):
    return Z.mean(axis=0, keepdims=True), Z.var(axis=0, keepdims=True)


@misconception("variance and mean come back in the wrong order", "The mean comes first.")
def order_swapped(Z):
    return Z.var(axis=0), Z.mean(axis=0)


@misconception(
    "the mean is turned into a column before it is subtracted",
    "A column of shape (n, 1) runs down the examples: numpy stops, or, where m equals n, subtracts the wrong means "
    "without a word. A mean of shape (n,) lines up with the columns of Z as it is.",
)
def mean_as_column(Z):
    mean = Z.mean(axis=0).reshape(-1, 1)
    return mean, ((Z - mean) ** 2).mean(axis=0)


@mean_as_column.variant
def mean_as_column_and_sums(Z):
    mean = Z.mean(axis=0).reshape(-1, 1)
    return mean, ((Z - mean) ** 2).sum(axis=0) / len(Z)


@mean_as_column.variant
def mean_as_column_flattened(Z):
    mean = Z.mean(axis=0).reshape(-1, 1)
    return mean.ravel(), ((Z - mean) ** 2).mean(axis=0)


@mean_as_column.variant
def both_as_columns(Z):
    mean = Z.mean(axis=0).reshape(-1, 1)
    return mean, ((Z - mean) ** 2).mean(axis=0).reshape(-1, 1)


@mean_as_column.variant
def columns_handed_out(Z):
    return Z.mean(axis=0).reshape(-1, 1), Z.var(axis=0).reshape(-1, 1)


@misconception(
    "the mean is a sum that was not divided by m",
    "Repeat every example twice: a mean stays the same, yours doubles.",
)
def sum_for_the_mean(Z):
    total = Z.sum(axis=0)
    return total, ((Z - total) ** 2).mean(axis=0)


@sum_for_the_mean.variant
def sum_handed_out(Z):
    return Z.sum(axis=0), Z.var(axis=0)


@misconception(
    "mean and variance are both divided by m − 1",
    "The mean of 2 and 4 is 3, and yours is 6. Both divide by m here; m − 1 belongs to estimates of a larger "
    "population's variance, and to no mean.",
)
def mean_divided_by_m_minus_1(Z):
    with np.errstate(all="ignore"):
        mean = Z.sum(axis=0) / np.float64(len(Z) - 1)
        return mean, ((Z - mean) ** 2).sum(axis=0) / np.float64(len(Z) - 1)


@misconception(
    "the first example is left out",
    "A loop from 1 skips it: Python counts from 0. A lone example then leaves nothing to average.",
)
def first_example_left_out(Z):
    mean = Z[1:].sum(axis=0) / len(Z)
    return mean, ((Z[1:] - mean) ** 2).sum(axis=0) / len(Z)


@first_example_left_out.variant
def first_example_not_counted(Z):
    with np.errstate(all="ignore"):
        mean = Z[1:].sum(axis=0) / np.float64(len(Z) - 1)
        return mean, ((Z[1:] - mean) ** 2).sum(axis=0) / np.float64(len(Z) - 1)


@misconception(
    "the mean is subtracted from the caller's Z in place",
    "`Z -= mean` changes the array outside as well, and `normalize` still needs it. Write `Z - mean`.",
)
def updated_in_place(Z):
    mean = Z.mean(axis=0)
    Z -= mean
    return mean, (Z**2).mean(axis=0)


@updated_in_place.variant
def squared_in_place(Z):
    mean = Z.mean(axis=0)
    Z -= mean
    Z *= Z
    return mean, Z.mean(axis=0)


@misconception(
    "the results are written into arrays of integers",
    "`np.zeros(n, dtype=Z.dtype)` and `np.zeros_like(Z[0])` hold integers where Z does, "
    "and what is written into them is cut to fit.",
)
def integer_result(Z):
    mean, var = np.zeros_like(Z[0]), np.zeros_like(Z[0])
    mean[...] = Z.mean(axis=0)
    var[...] = Z.var(axis=0)
    return mean, var


@integer_result.variant
def integer_mean(Z):
    mean, var = np.zeros_like(Z[0]), np.zeros_like(Z[0])
    mean[...] = Z.mean(axis=0)
    var[...] = ((Z - mean) ** 2).mean(axis=0)
    return mean, var


@misconception(
    "the last example is left out",
    "`range(m - 1)` stops one too early: it ends before the number that it is given. "
    "A lone example then leaves nothing to average.",
)
def last_example_left_out(Z):
    mean = Z[:-1].sum(axis=0) / len(Z)
    return mean, ((Z[:-1] - mean) ** 2).sum(axis=0) / len(Z)


@last_example_left_out.variant
def last_example_not_counted(Z):
    with np.errstate(all="ignore"):
        mean = Z[:-1].sum(axis=0) / np.float64(len(Z) - 1)
        return mean, ((Z[:-1] - mean) ** 2).sum(axis=0) / np.float64(len(Z) - 1)


@misconception(
    "mean and variance are both sums, divided by nothing",
    "Repeat every example twice: a mean stays the same, yours doubles.",
)
def nothing_divided(Z):
    mean = Z.sum(axis=0)
    return mean, ((Z - mean) ** 2).sum(axis=0)


@nothing_divided.variant
def two_sums(Z):
    return Z.sum(axis=0), ((Z - Z.mean(axis=0)) ** 2).sum(axis=0)


@misconception(
    "a matrix product takes the place of the squares",
    "`@` multiplies every feature with every other: a table of covariances. "
    "A variance squares each distance by itself, entry by entry.",
)
def matrix_product(Z):
    mean = Z.mean(axis=0)
    return mean, (Z - mean).T @ (Z - mean) / len(Z)


@matrix_product.variant
def matrix_product_and_mean(Z):
    mean = Z.mean(axis=0)
    return mean, ((Z - mean).T @ (Z - mean)).mean(axis=0)


@misconception("only one of the two results comes back", "The function gives a pair: mean and variance.")
def one_result_returned(Z):
    return Z.mean(axis=0)


@one_result_returned.variant
def variance_alone_returned(Z):
    return Z.var(axis=0)


@misconception(
    "`//` divides, and cuts the result to a whole number",
    "The mean of 1 and 2 is 1.5, and `(1 + 2) // 2` is 1. `/` keeps what stands behind the decimal point.",
)
def whole_number_mean(Z):
    mean = Z.sum(axis=0) // len(Z)
    return mean, ((Z - mean) ** 2).mean(axis=0)


@whole_number_mean.variant
def whole_numbers_both(Z):
    mean = Z.sum(axis=0) // len(Z)
    return mean, ((Z - mean) ** 2).sum(axis=0) // len(Z)


@together(unbiased_variance, wrong_axis)
def unbiased_per_example(Z):
    with np.errstate(all="ignore"):
        return Z.mean(axis=1), Z.var(axis=1) * Z.shape[1] / np.float64(Z.shape[1] - 1)


@together(standard_deviation, wrong_axis)
def deviation_per_example(Z):
    return Z.mean(axis=1), Z.std(axis=1)


@together(wrong_axis, kept_dimensions)
def column_per_example(Z):
    return Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)


@together(unbiased_variance, standard_deviation)
def unbiased_deviation(Z):
    with np.errstate(all="ignore"):
        return Z.mean(axis=0), np.sqrt(Z.var(axis=0) * len(Z) / np.float64(len(Z) - 1))


@together(unbiased_variance, kept_dimensions)
def unbiased_row(Z):
    with np.errstate(all="ignore"):
        return Z.mean(axis=0, keepdims=True), Z.var(axis=0, keepdims=True) * len(Z) / np.float64(len(Z) - 1)


@together(epsilon_in_variance, standard_deviation)
def root_with_epsilon(Z):
    return Z.mean(axis=0), np.sqrt(Z.var(axis=0) + 1e-5)


@together(unbiased_variance, epsilon_in_variance)
def unbiased_with_epsilon(Z):
    with np.errstate(all="ignore"):
        return Z.mean(axis=0), Z.var(axis=0) * len(Z) / np.float64(len(Z) - 1) + 1e-5


@noise("E[z²] − E[z]² of float32 numbers around 10 000 is what rounding leaves: it depends on the order of the sum.")
def one_pass_in_float32(Z):
    Z = Z.astype(np.float32)
    return Z.mean(axis=0), (Z**2).mean(axis=0) - Z.mean(axis=0) ** 2
