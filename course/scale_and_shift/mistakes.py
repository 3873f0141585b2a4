import numpy as np

from autograder.coursebook.mistakes import misconception, together


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
    with np.errstate(all="ignore"):
        return Z_norm / gamma + beta


@misconception(
    "each example gets its own γ and β",
    "As columns, or taken by the number of a row, γ and β run down the examples. "
    "They hold one number per feature, and line up with the columns of Z_norm as they are.",
)
def one_pair_per_example(Z_norm, gamma, beta):
    return gamma.reshape(-1, 1) * Z_norm + beta.reshape(-1, 1)


@one_pair_per_example.variant
def numbered_by_rows(Z_norm, gamma, beta):
    return np.array([gamma[i] * row + beta[i] for i, row in enumerate(Z_norm)])


@misconception(
    "the caller's Z_norm is overwritten",
    "`*=` and `+=` change the array outside as well. The backward pass still needs Z_norm.",
)
def updated_in_place(Z_norm, gamma, beta):
    Z_norm *= gamma
    Z_norm += beta
    return Z_norm


@updated_in_place.variant
def filled_in_place(Z_norm, gamma, beta):
    Z_norm[...] = gamma * Z_norm + beta
    return Z_norm


@misconception(
    "one of γ and β runs along the features, the other along the examples",
    "One reshape is left over. Both hold one number per feature, and line up with the columns of Z_norm as they are.",
)
def one_reshape_left(Z_norm, gamma, beta):
    return gamma * Z_norm + beta.reshape(-1, 1)


@one_reshape_left.variant
def gamma_reshape_left(Z_norm, gamma, beta):
    return gamma.reshape(-1, 1) * Z_norm + beta


@misconception("γ is added as well as β", "γ is a factor: γ = 1 changes nothing, and yours adds 1.")
def gamma_added(Z_norm, gamma, beta):
    return Z_norm + gamma + beta


@misconception(
    "Z_norm is added once more, as if γ were 1 + γ",
    "γ = 1 and β = 0 should change nothing; yours doubles everything.",
)
def one_added_to_gamma(Z_norm, gamma, beta):
    return (1 + gamma) * Z_norm + beta


@misconception("β multiplies as well as γ", "β is added: β = 0 changes nothing, and yours makes everything 0.")
def beta_multiplies(Z_norm, gamma, beta):
    return gamma * Z_norm * beta


@misconception(
    "γ is treated as a variance: its root is taken",
    "γ is learned, and stretches as it stands. The root of a negative γ is NaN.",
)
def root_of_gamma(Z_norm, gamma, beta):
    with np.errstate(all="ignore"):
        return np.sqrt(gamma) * Z_norm + beta


@misconception(
    "`@` or `np.dot` takes the place of `*`",
    "A matrix product multiplies and adds up. γ multiplies entry by entry, and nothing is added up.",
)
def matrix_product(Z_norm, gamma, beta):
    return Z_norm @ gamma + beta


@matrix_product.variant
def matrix_product_as_a_column(Z_norm, gamma, beta):
    return (Z_norm @ gamma)[:, np.newaxis] + beta


@matrix_product.variant
def gamma_on_the_left(Z_norm, gamma, beta):
    return gamma @ Z_norm + beta


@matrix_product.variant
def diagonal_on_the_left(Z_norm, gamma, beta):
    return np.diag(gamma) @ Z_norm + beta


@misconception(
    "the result is written into an array of integers",
    "`np.zeros_like(Z_norm)` takes over the dtype of Z_norm, and what is written into it is cut to fit.",
)
def integer_result(Z_norm, gamma, beta):
    out = np.zeros_like(Z_norm)
    out[...] = gamma * Z_norm + beta
    return out


@misconception(
    "β is subtracted before γ multiplies",
    "Where Z_norm is 0 the result should be β; yours is −γ·β.",
)
def shifted_back_first(Z_norm, gamma, beta):
    return gamma * (Z_norm - beta)


@misconception(
    "the step is made backwards: β is subtracted, and γ divides",
    "That leads from the output back to Z_norm. With γ = 2 and β = 5 the value 1 becomes 7.",
)
def made_backwards(Z_norm, gamma, beta):
    with np.errstate(all="ignore"):
        return (Z_norm - beta) / gamma


@misconception(
    "Z_norm is normalised again",
    "That is done already. This step only stretches and moves what it is given.",
)
def normalised_again(Z_norm, gamma, beta):
    return gamma * (Z_norm - Z_norm.mean(axis=0)) / np.sqrt(Z_norm.var(axis=0) + 1e-5) + beta


@normalised_again.variant
def normalised_by_the_deviation(Z_norm, gamma, beta):
    return gamma * (Z_norm - Z_norm.mean(axis=0)) / (Z_norm.std(axis=0) + 1e-5) + beta


@misconception(
    "a γ of 0 is taken for unset",
    "0 is a factor like any other: such a unit gives β for every example.",
)
def zero_taken_for_unset(Z_norm, gamma, beta):
    return np.where(gamma == 0, 1, gamma) * Z_norm + beta


@misconception(
    "β is divided by γ inside the brackets, so that γ can multiply both",
    "That works until a γ is 0: β/0 is infinite, and 0 times it is NaN. β needs no γ.",
)
def beta_divided_by_gamma(Z_norm, gamma, beta):
    with np.errstate(all="ignore"):
        return gamma * (Z_norm + beta / gamma)


@together(gamma_beta_swapped, beta_subtracted)
def swapped_and_subtracted(Z_norm, gamma, beta):
    return beta * Z_norm - gamma


@together(absolute_gamma, beta_forgotten)
def absolute_without_beta(Z_norm, gamma, beta):
    return np.abs(gamma) * Z_norm


@together(gamma_beta_swapped, one_pair_per_example)
def swapped_columns(Z_norm, gamma, beta):
    return beta.reshape(-1, 1) * Z_norm + gamma.reshape(-1, 1)


@together(gamma_beta_swapped, updated_in_place)
def swapped_in_place(Z_norm, gamma, beta):
    Z_norm *= beta
    Z_norm += gamma
    return Z_norm


@together(gamma_beta_swapped, shifted_first)
def swapped_and_shifted_first(Z_norm, gamma, beta):
    return beta * (Z_norm + gamma)


@together(divided_by_gamma, beta_subtracted)
def divided_and_subtracted(Z_norm, gamma, beta):
    with np.errstate(all="ignore"):
        return Z_norm / gamma - beta
