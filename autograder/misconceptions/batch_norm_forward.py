import numpy as np

from autograder import reference
from autograder.misconceptions import misconception


def parts(Z, mean, var, Z_norm, gamma, eps):
    return {"Z": Z, "Z_norm": Z_norm, "mean": mean, "var": var, "gamma": gamma, "eps": eps}


def forward(Z, gamma, beta, eps, axis=0, ddof=0):
    """Do it rightly but for the axis and the variance's divisor."""
    mean, var = Z.mean(axis=axis), Z.var(axis=axis, ddof=ddof)
    Z_norm = (Z - mean) / np.sqrt(var + eps)
    return gamma * Z_norm + beta, parts(Z, mean, var, Z_norm, gamma, eps)


@misconception(
    "γ and β are left out",
    "The third step is missing: `scale_and_shift` comes after `normalize`.",
)
def scale_and_shift_forgotten(Z, gamma, beta, eps=1e-5):
    _, cache = forward(Z, gamma, beta, eps)
    return cache["Z_norm"], cache


@misconception(
    "ε is not handed on to `normalize`",
    "`normalize` then takes its default of 1e-5, whatever the caller asked for.",
)
def eps_not_handed_on(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, 1e-5)
    return out, cache | {"eps": eps}


@misconception(
    "γ and β have changed places",
    "The order of the arguments is `scale_and_shift(Z_norm, gamma, beta)`.",
)
def gamma_beta_swapped(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, beta, gamma, eps)
    return out, cache | {"gamma": gamma}


@misconception(
    "Z is scaled and shifted without being normalised",
    "The normalised values have to go into `scale_and_shift`.",
)
def raw_values_scaled(Z, gamma, beta, eps=1e-5):
    _, cache = forward(Z, gamma, beta, eps)
    return gamma * Z + beta, cache


@misconception(
    "the standard deviation is handed on as the variance",
    "`normalize` takes the variance and draws the root itself.",
)
def standard_deviation_handed_on(Z, gamma, beta, eps=1e-5):
    mean, std = Z.mean(axis=0), Z.std(axis=0)
    Z_norm = reference.normalize(Z, mean, std, eps)
    return gamma * Z_norm + beta, parts(Z, mean, std, Z_norm, gamma, eps)


@misconception(
    "the variance is divided by m − 1",
    "A training batch is normalised with 1/m: lesson 2's `batch_statistics` does it.",
)
def unbiased_variance(Z, gamma, beta, eps=1e-5):
    return forward(Z, gamma, beta, eps, ddof=1)


@misconception(
    "the cache keeps the normalised values under `Z`",
    "A variable was used twice. What came in belongs under `Z`, and what was normalised under `Z_norm`.",
)
def normalised_kept_as_Z(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, cache | {"Z": cache["Z_norm"]}


@misconception(
    "the cache keeps the output under `Z_norm`",
    "`Z_norm` is what stood there before γ and β.",
)
def output_kept_as_Z_norm(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, cache | {"Z_norm": out}


@misconception(
    "the cache keeps the standard deviation under `var`",
    "Keep the variance as `batch_statistics` gave it.",
)
def standard_deviation_kept(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, cache | {"var": np.sqrt(cache["var"] + eps)}


@standard_deviation_kept.variant
def standard_deviation_kept_without_eps(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, cache | {"var": np.sqrt(cache["var"])}


@misconception(
    "a lone example is passed through as if its mean were 0 and its variance 1",
    "The formula needs no special case: Z − μ is 0 for one row, and β is what remains. "
    "That this is useless is the point of lesson 6.",
)
def lone_example_spared(Z, gamma, beta, eps=1e-5):
    if len(Z) == 1:
        return gamma * Z + beta, parts(Z, np.zeros(Z.shape[1]), np.ones(Z.shape[1]), Z, gamma, eps)
    return forward(Z, gamma, beta, eps)
