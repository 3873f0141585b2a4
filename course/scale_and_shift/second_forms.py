import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


@way("gamma_beta_swapped")
def arguments_in_another_order(Z_norm, gamma, beta):
    return np.einsum("ij,j->ij", Z_norm, beta) + gamma


@way("beta_forgotten")
def diagonal(Z_norm, gamma, beta):
    return Z_norm @ np.diag(gamma)


@way("gamma_forgotten")
def rows_shifted(Z_norm, gamma, beta):
    return np.array([row + beta for row in Z_norm])


@way("beta_subtracted")
def minus(Z_norm, gamma, beta):
    return np.subtract(Z_norm * gamma, beta)


@way("shifted_first")
def brackets(Z_norm, gamma, beta):
    shifted = Z_norm + beta
    return gamma * shifted


@way("absolute_gamma")
def root_of_the_square(Z_norm, gamma, beta):
    return np.sqrt(gamma**2) * Z_norm + beta


@way("divided_by_gamma")
def inverse(Z_norm, gamma, beta):
    with np.errstate(all="ignore"):
        return np.divide(Z_norm, gamma) + beta


@way("one_pair_per_example")
def newaxis(Z_norm, gamma, beta):
    return gamma[:, np.newaxis] * Z_norm + beta[:, np.newaxis]


@way("one_pair_per_example")
def transposed(Z_norm, gamma, beta):
    return (Z_norm.T * gamma + beta).T


@way("one_pair_per_example")
def loop_over_rows(Z_norm, gamma, beta):
    out = np.empty(Z_norm.shape)
    for i in range(Z_norm.shape[0]):
        out[i] = gamma[i] * Z_norm[i] + beta[i]
    return out


@way("updated_in_place")
def multiply_with_out(Z_norm, gamma, beta):
    np.multiply(Z_norm, gamma, out=Z_norm)
    return Z_norm + beta


@way("one_reshape_left")
def one_newaxis(Z_norm, gamma, beta):
    return np.multiply(Z_norm, gamma) + beta[:, None]


@way("gamma_added")
def both_added(Z_norm, gamma, beta):
    return Z_norm + (gamma + beta)


@way("one_added_to_gamma")
def residual(Z_norm, gamma, beta):
    return Z_norm + gamma * Z_norm + beta


@way("beta_multiplies")
def both_multiplied(Z_norm, gamma, beta):
    return Z_norm * (gamma * beta)


@way("root_of_gamma")
def as_a_power(Z_norm, gamma, beta):
    with np.errstate(all="ignore"):
        return Z_norm * gamma**0.5 + beta


@way("matrix_product")
def np_dot(Z_norm, gamma, beta):
    return np.dot(Z_norm, gamma) + beta


@way("matrix_product")
def np_dot_the_other_way(Z_norm, gamma, beta):
    return np.dot(gamma, Z_norm) + beta


@way("integer_result")
def entry_by_entry(Z_norm, gamma, beta):
    out = np.empty_like(Z_norm)
    for i, j in np.ndindex(*Z_norm.shape):
        out[i, j] = gamma[j] * Z_norm[i, j] + beta[j]
    return out


@way("shifted_back_first")
def minus_in_the_brackets(Z_norm, gamma, beta):
    return np.multiply(Z_norm - beta, gamma)


@way("made_backwards")
def undone(Z_norm, gamma, beta):
    with np.errstate(all="ignore"):
        return np.stack([(row - beta) / gamma for row in Z_norm])


@way("normalised_again")
def with_the_functions_of_before(Z_norm, gamma, beta):
    mean, var = reference.batch_statistics(Z_norm)
    return gamma * reference.normalize(Z_norm, mean, var) + beta


@way("zero_taken_for_unset")
def ones_for_zeros(Z_norm, gamma, beta):
    factors = gamma.copy()
    factors[factors == 0] = 1
    return Z_norm * factors + beta


@way("beta_divided_by_gamma")
def factored_out(Z_norm, gamma, beta):
    with np.errstate(all="ignore"):
        shift = beta / gamma
        return (Z_norm + shift) * gamma


@way("gamma_beta_swapped", "beta_subtracted")
def swapped_minus(Z_norm, gamma, beta):
    return -gamma + Z_norm * beta


@way("gamma_beta_swapped", "updated_in_place")
def swapped_with_out(Z_norm, gamma, beta):
    np.multiply(Z_norm, beta, out=Z_norm)
    np.add(Z_norm, gamma, out=Z_norm)
    return Z_norm
