import numpy as np

from autograder.coursebook.mistakes import misconception, together


@misconception(
    "ε stands outside the square root",
    "Compare √(σ² + ε) with √σ² + ε: for ε = 0.1 and σ² = 0 that is 0.316 against 0.1.",
)
def eps_outside_sqrt(Z, mean, var, eps=1e-5):
    return (Z - mean) / (np.sqrt(var) + eps)


@misconception(
    "ε is left out",
    "A feature that never changes has σ² = 0, and 0/0 is NaN. ε is there for it, and is added to every variance.",
)
def eps_forgotten(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var)


@eps_forgotten.variant
def zero_deviation_taken_for_one(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(np.where(var == 0, 1, var))


@misconception("ε is squared under the root", "It is σ² + ε, not σ² + ε².")
def eps_squared(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var + eps**2)


@misconception(
    "ε is typed in as 1e-5",
    "The caller may pass another ε; use the argument.",
)
def eps_hard_coded(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var + 1e-5)


@misconception(
    "the larger of σ² and ε is taken",
    "ε is always added, not only where the variance is zero.",
)
def eps_as_floor(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(np.maximum(var, eps))


@misconception(
    "ε is subtracted from the variance",
    "A small variance then turns negative under the root.",
)
def eps_subtracted(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var - eps)


@misconception(
    "only the mean is divided: brackets are missing",
    "`Z - mean / s` divides first. Put `Z - mean` in brackets.",
)
def brackets_missing(Z, mean, var, eps=1e-5):
    return Z - mean / np.sqrt(var + eps)


@misconception(
    "the distance is multiplied by the standard deviation",
    "A feature that spreads widely should shrink; yours spreads more.",
)
def multiplied(Z, mean, var, eps=1e-5):
    return (Z - mean) * np.sqrt(var + eps)


@misconception(
    "the mean is not subtracted",
    "The result should lie around 0 when Z lies around `mean`.",
)
def mean_not_subtracted(Z, mean, var, eps=1e-5):
    return Z / np.sqrt(var + eps)


@misconception(
    "the distance is divided by the variance",
    "The root is missing: Z measured in metres would come out in 1/metres.",
)
def divided_by_variance(Z, mean, var, eps=1e-5):
    return (Z - mean) / (var + eps)


@misconception(
    "the root is taken twice",
    "`var` is the variance: one root makes it the standard deviation.",
)
def root_taken_twice(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(np.sqrt(var + eps))


@misconception(
    "Z's own statistics are used in place of the arguments",
    "The caller decides which statistics count. At test time they will not be those of Z.",
)
def own_statistics(Z, mean, var, eps=1e-5):
    return (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + eps)


@own_statistics.variant
def own_mean(Z, mean, var, eps=1e-5):
    return (Z - Z.mean(axis=0)) / np.sqrt(var + eps)


@own_statistics.variant
def own_variance(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(Z.var(axis=0) + eps)


@misconception(
    "the caller's Z is overwritten",
    "`Z -= mean` changes the array outside as well. Write `Z - mean`, which makes a new one.",
)
def updated_in_place(Z, mean, var, eps=1e-5):
    Z -= mean
    Z /= np.sqrt(var + eps)
    return Z


@updated_in_place.variant
def filled_in_place(Z, mean, var, eps=1e-5):
    Z[...] = (Z - mean) / np.sqrt(var + eps)
    return Z


@misconception(
    "the result is written into an array of integers",
    "`np.zeros_like(Z)` takes over the dtype of Z, and what is written into it is cut to fit.",
)
def integer_result(Z, mean, var, eps=1e-5):
    out = np.zeros_like(Z)
    out[...] = (Z - mean) / np.sqrt(var + eps)
    return out


@misconception(
    "the mean is added",
    "The result should lie around 0 when Z lies around `mean`; yours lies twice as far out.",
)
def mean_added(Z, mean, var, eps=1e-5):
    return (Z + mean) / np.sqrt(var + eps)


@misconception(
    "Z is subtracted from the mean",
    "An example above the mean should come out positive; yours comes out negative.",
)
def sign_reversed(Z, mean, var, eps=1e-5):
    return (mean - Z) / np.sqrt(var + eps)


@misconception(
    "Z is divided first, and the mean subtracted afterwards",
    "The mean is measured as Z is, so it has to go before both are divided. Put `Z - mean` in brackets.",
)
def divided_first(Z, mean, var, eps=1e-5):
    return Z / np.sqrt(var + eps) - mean


@misconception(
    "ε is added twice, under the root and to it",
    "It is √(σ² + ε) and nothing more.",
)
def eps_twice(Z, mean, var, eps=1e-5):
    return (Z - mean) / (np.sqrt(var + eps) + eps)


@misconception(
    "ε is added after the division",
    "A feature that never changes would divide by 0 all the same. ε joins the variance, under the root.",
)
def eps_added_to_the_result(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var) + eps


@misconception(
    "mean and variance are turned into columns",
    "They then run down the examples: numpy stops, or, where m equals n, each example gets another one's statistics. "
    "An array of shape (n,) lines up with the columns of Z as it is.",
)
def one_pair_per_example(Z, mean, var, eps=1e-5):
    return (Z - mean.reshape(-1, 1)) / np.sqrt(var.reshape(-1, 1) + eps)


@one_pair_per_example.variant
def one_mean_per_example(Z, mean, var, eps=1e-5):
    return (Z - mean.reshape(-1, 1)) / np.sqrt(var + eps)


@one_pair_per_example.variant
def one_variance_per_example(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var.reshape(-1, 1) + eps)


@misconception(
    "ε is added to the caller's variance itself",
    "`var += eps` changes the array outside: with every call it grows. Write `var + eps`.",
)
def eps_added_in_place(Z, mean, var, eps=1e-5):
    var += eps
    return (Z - mean) / np.sqrt(var)


@misconception(
    "the mean is subtracted, and nothing is divided",
    "The second half is missing: the spread. A feature with a standard deviation of 5 should come out with 1.",
)
def not_divided(Z, mean, var, eps=1e-5):
    return Z - mean


@misconception(
    "two roots are taken, one of the variance and one of ε",
    "√(a + b) is not √a + √b: for 9 and 16 the one is 5, the other 7. Add first.",
)
def two_roots(Z, mean, var, eps=1e-5):
    return (Z - mean) / (np.sqrt(var) + np.sqrt(eps))


@misconception(
    "the power 1/2 stands without brackets",
    "`a ** 1 / 2` is `(a ** 1) / 2`: no root is taken, and the half is a factor. Use `np.sqrt`, or brackets.",
)
def half_without_brackets(Z, mean, var, eps=1e-5):
    return (Z - mean) / (var + eps) ** 1 / 2


@half_without_brackets.variant
def half_of_the_variance(Z, mean, var, eps=1e-5):
    return (Z - mean) / ((var + eps) / 2)


@misconception(
    "the variance is squared under the root",
    "`var` is σ² already: its root, with ε, is the standard deviation.",
)
def variance_squared(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var**2 + eps)


@misconception(
    "each example is normalised across its own features",
    "That is layer norm. Here the statistics are given: one mean and one variance per feature.",
)
def across_features(Z, mean, var, eps=1e-5):
    return (Z - Z.mean(axis=1, keepdims=True)) / np.sqrt(Z.var(axis=1, keepdims=True) + eps)


@misconception(
    "the default of ε is changed",
    "A call without an ε then takes another than 1e-5, with which the signature was given.",
)
def default_changed(Z, mean, var, eps=1e-3):
    return (Z - mean) / np.sqrt(var + eps)


@default_changed.variant
def default_of_1e_8(Z, mean, var, eps=1e-8):
    return (Z - mean) / np.sqrt(var + eps)


@together(eps_outside_sqrt, eps_hard_coded)
def small_number_outside(Z, mean, var, eps=1e-5):
    return (Z - mean) / (np.sqrt(var) + 1e-5)


@together(eps_forgotten, divided_by_variance)
def by_the_bare_variance(Z, mean, var, eps=1e-5):
    return (Z - mean) / var


@together(eps_forgotten, mean_not_subtracted)
def by_the_bare_deviation(Z, mean, var, eps=1e-5):
    return Z / np.sqrt(var)


@together(eps_outside_sqrt, mean_not_subtracted)
def outside_and_not_subtracted(Z, mean, var, eps=1e-5):
    return Z / (np.sqrt(var) + eps)


@together(eps_outside_sqrt, brackets_missing)
def outside_without_brackets(Z, mean, var, eps=1e-5):
    return Z - mean / (np.sqrt(var) + eps)


@together(eps_forgotten, brackets_missing)
def forgotten_without_brackets(Z, mean, var, eps=1e-5):
    return Z - mean / np.sqrt(var)


@together(eps_hard_coded, divided_by_variance)
def hard_coded_without_the_root(Z, mean, var, eps=1e-5):
    return (Z - mean) / (var + 1e-5)


@together(eps_outside_sqrt, own_statistics)
def outside_with_own(Z, mean, var, eps=1e-5):
    return (Z - Z.mean(axis=0)) / (Z.std(axis=0) + eps)


@together(eps_forgotten, own_statistics)
def forgotten_with_own(Z, mean, var, eps=1e-5):
    return (Z - Z.mean(axis=0)) / Z.std(axis=0)


@together(eps_outside_sqrt, updated_in_place)
def outside_in_place(Z, mean, var, eps=1e-5):
    Z -= mean
    Z /= np.sqrt(var) + eps
    return Z


@together(eps_forgotten, updated_in_place)
def forgotten_in_place(Z, mean, var, eps=1e-5):
    Z -= mean
    Z /= np.sqrt(var)
    return Z


@together(eps_outside_sqrt, integer_result)
def outside_into_integers(Z, mean, var, eps=1e-5):
    out = np.zeros_like(Z)
    out[...] = (Z - mean) / (np.sqrt(var) + eps)
    return out
