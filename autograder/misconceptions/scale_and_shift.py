import numpy as np

from autograder.misconceptions import misconception


@misconception(
    "γ and β have changed places",
    "γ multiplies and β is added.",
)
def gamma_beta_swapped(Z_norm, gamma, beta):
    return beta * Z_norm + gamma


@misconception("β is left out", "Where Z_norm is 0 the result should be β; yours is 0.")
def beta_forgotten(Z_norm, gamma, beta):
    return gamma * Z_norm


@misconception("γ is left out", "With γ = 2 the result should spread twice as wide as Z_norm; yours does not.")
def gamma_forgotten(Z_norm, gamma, beta):
    return Z_norm + beta


@misconception("β is subtracted", "Where Z_norm is 0 the result should be β; yours is −β.")
def beta_subtracted(Z_norm, gamma, beta):
    return gamma * Z_norm - beta


@misconception(
    "β is added before γ multiplies",
    "Where Z_norm is 0 the result should be β; yours is γ·β. Scale first, then shift.",
)
def shifted_first(Z_norm, gamma, beta):
    return gamma * (Z_norm + beta)


@misconception(
    "γ loses its sign",
    "γ is learned and may become negative, which mirrors the feature.",
)
def absolute_gamma(Z_norm, gamma, beta):
    return np.abs(gamma) * Z_norm + beta


@misconception(
    "Z_norm is divided by γ",
    "γ is a factor: γ = 2 makes the feature twice as wide.",
)
def divided_by_gamma(Z_norm, gamma, beta):
    return Z_norm / gamma + beta


@misconception(
    "each example gets its own γ and β",
    "Reshaped to columns, γ and β run down the examples. They hold one number per feature, "
    "and line up with the columns of Z_norm as they are.",
)
def one_pair_per_example(Z_norm, gamma, beta):
    return gamma.reshape(-1, 1) * Z_norm + beta.reshape(-1, 1)


@misconception(
    "the caller's Z_norm is overwritten",
    "`*=` and `+=` change the array outside as well. The backward pass still needs Z_norm.",
)
def updated_in_place(Z_norm, gamma, beta):
    Z_norm *= gamma.astype(Z_norm.dtype)
    Z_norm += beta.astype(Z_norm.dtype)
    return Z_norm
