import numpy as np

from autograder.misconceptions import misconception


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
    "one mean and one variance are taken over all numbers and repeated",
    "Every feature would get the same statistics; each needs its own.",
)
def one_for_all(Z):
    return np.full(Z.shape[1], Z.mean()), np.full(Z.shape[1], Z.var())


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
    "the distances are averaged first and squared then",
    "Distances from the mean cancel, so their average is always 0. Square first.",
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
