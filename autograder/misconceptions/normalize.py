import numpy as np

from autograder.misconceptions import misconception


@misconception(
    "ε stands outside the square root",
    "Compare √(σ² + ε) with √σ² + ε: for ε = 0.1 and σ² = 0 that is 0.316 against 0.1.",
)
def eps_outside_sqrt(Z, mean, var, eps=1e-5):
    return (Z - mean) / (np.sqrt(var) + eps)


@misconception(
    "ε is left out",
    "A feature that never changes has σ² = 0, and 0/0 is NaN. ε is added to the variance.",
)
def eps_forgotten(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var)


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
    "ε is added always, not only where the variance is zero.",
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
    "`Z - mean / s` divides first. Put `Z - mean` into brackets.",
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
    "Z's own mean and variance are used in place of the arguments",
    "The caller decides which statistics count. At test time they will not be those of Z.",
)
def own_statistics(Z, mean, var, eps=1e-5):
    return (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + eps)


@misconception(
    "the caller's Z is overwritten",
    "`Z -= mean` changes the array outside as well. Write `Z - mean`, which makes a new one.",
)
def updated_in_place(Z, mean, var, eps=1e-5):
    Z -= mean.astype(Z.dtype)
    Z /= np.sqrt(var + eps).astype(Z.dtype)
    return Z


@misconception(
    "the result is written into an array of integers",
    "`np.zeros_like(Z)` takes the dtype of Z. Everything behind the decimal point is lost.",
)
def integer_result(Z, mean, var, eps=1e-5):
    out = np.zeros_like(Z)
    out[...] = (Z - mean) / np.sqrt(var + eps)
    return out
