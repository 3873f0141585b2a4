import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


@way("batch_statistics_at_test")
def training_formula(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    out, _cache = reference.batch_norm_forward(Z, gamma, beta, eps)
    return out


@way("batch_statistics_at_test")
def training_formula_for_rows(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    rows = Z.reshape(1, -1) if Z.ndim == 1 else Z
    return reference.batch_norm_forward(rows, gamma, beta, eps)[0].reshape(Z.shape)


@way("batch_statistics_at_test")
def by_hand_with_m(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    m, _n = Z.shape
    mean = Z.sum(axis=0) / m
    var = ((Z - mean) ** 2).sum(axis=0) / m
    return reference.scale_and_shift(reference.normalize(Z, mean, var, eps), gamma, beta)


@way("batch_statistics_unless_alone")
def by_length(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    if Z.ndim == 1 or Z.shape[0] == 1:
        mean, var = running_mean, running_var
    else:
        mean, var = reference.batch_statistics(Z)
    return gamma * reference.normalize(Z, mean, var, eps) + beta


@way("batch_statistics_unless_alone")
def by_axes(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    mean, var = (running_mean, running_var) if Z.ndim == 1 else reference.batch_statistics(Z)
    return gamma * reference.normalize(Z, mean, var, eps) + beta


@way("batch_variance_at_test")
def half_changed(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    _, var = reference.batch_statistics(np.atleast_2d(Z))
    return gamma * reference.normalize(Z, running_mean, var, eps) + beta


@way("batch_variance_at_test")
def half_changed_axis_0(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * reference.normalize(Z, running_mean, np.std(Z, axis=0) ** 2, eps) + beta


@way("batch_mean_at_test")
def other_half(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * reference.normalize(Z, np.mean(Z, axis=0), running_var, eps) + beta


@way("across_features")
def row_by_row(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    rows = [gamma * (row - row.mean()) / np.sqrt(row.var() + eps) + beta for row in np.atleast_2d(Z)]
    return np.array(rows).reshape(Z.shape)


@way("test_batch_blended_in")
def training_step_first(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(np.atleast_2d(Z))
    running_mean, running_var = reference.update_running(running_mean, running_var, mean, var)
    return gamma * reference.normalize(Z, running_mean, running_var, eps) + beta


@way("eps_forgotten")
def bare_root(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma / running_var**0.5
    return scale * Z + (beta - scale * running_mean)


@way("eps_not_handed_on")
def default_of_normalize(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return reference.scale_and_shift(reference.normalize(Z, running_mean, running_var), gamma, beta)


@way("eps_outside_sqrt")
def folded(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma / (running_var**0.5 + eps)
    return Z * scale + (beta - running_mean * scale)


@way("root_forgotten")
def running_std(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma / (running_var + eps)
    return Z * scale - running_mean * scale + beta


@way("gamma_beta_forgotten")
def first_step_only(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return reference.normalize(Z, running_mean, running_var, eps)


@way("normalisation_left_out")
def second_step_only(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return reference.scale_and_shift(Z, gamma, beta)


@way("lone_example_reshaped")
def reshaped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    if len(Z.shape) == 1:
        Z = Z[np.newaxis, :]
    return reference.scale_and_shift(reference.normalize(Z, running_mean, running_var, eps), gamma, beta)


@way("batch_wanted")
def loop_over_rows(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    out = np.zeros((Z.shape[0], Z.shape[1]))
    for i in range(Z.shape[0]):
        out[i] = gamma * (Z[i] - running_mean) / np.sqrt(running_var + eps) + beta
    return out


@way("integer_result")
def rows_of_integers(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    out = np.empty_like(Z)
    if Z.ndim == 1:
        out[:] = gamma * (Z - running_mean) / np.sqrt(running_var + eps) + beta
        return out
    for i, row in enumerate(Z):
        out[i] = gamma * (row - running_mean) / np.sqrt(running_var + eps) + beta
    return out


@way("updated_at_test_time")
def step_in_place(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    out = reference.batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps)
    rows = np.atleast_2d(Z)
    running_mean[:] = 0.9 * running_mean + 0.1 * rows.mean(axis=0)
    running_var[:] = 0.9 * running_var + 0.1 * rows.var(axis=0)
    return out


@way("corrected_by_the_test_batch")
def bessel(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    m = 1 if Z.ndim == 1 else Z.shape[0]
    var = m / (m - 1) * running_var
    return reference.scale_and_shift(reference.normalize(Z, running_mean, var, eps), gamma, beta)


@way("corrected_by_the_test_batch")
def bessel_afterwards(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    m = np.atleast_2d(Z).shape[0]
    with np.errstate(all="ignore"):
        var = running_var * m / (m - 1)
    return reference.scale_and_shift(reference.normalize(Z, running_mean, var, eps), gamma, beta)


@way("corrected_by_the_test_batch")
def bessel_if_there_are_two(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    m = 1 if Z.ndim == 1 else len(Z)
    if m > 1:
        running_var = running_var * m / (m - 1)
    return reference.scale_and_shift(reference.normalize(Z, running_mean, running_var, eps), gamma, beta)


@way("lone_example_across_features")
def features_of_a_vector(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    mean, var = (np.mean(Z), np.var(Z)) if Z.ndim == 1 else (running_mean, running_var)
    return reference.scale_and_shift(reference.normalize(Z, mean, var, eps), gamma, beta)


@way("lone_example_gives_beta")
def own_mean_if_alone(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    rows = np.atleast_2d(Z)
    if rows.shape[0] == 1:
        return reference.batch_norm_forward(rows, gamma, beta, eps)[0].reshape(Z.shape)
    return reference.batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps)


@way("gamma_beta_swapped")
def swapped_in_the_call(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return reference.scale_and_shift(reference.normalize(Z, running_mean, running_var, eps), beta, gamma)


@way("beta_forgotten")
def scaled_only(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return reference.normalize(Z, running_mean, running_var, eps) * gamma


@way("gamma_forgotten")
def shifted_only(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return beta + reference.normalize(Z, running_mean, running_var, eps)


@way("mean_not_subtracted")
def scaled_and_shifted(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return Z * (gamma / np.sqrt(running_var + eps)) + beta


@way("one_pair_per_example")
def newaxis(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    Z_norm = reference.normalize(Z, running_mean[:, None], running_var[:, None], eps)
    return reference.scale_and_shift(Z_norm, gamma, beta)


@way("updated_in_place")
def with_out(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    np.subtract(Z, running_mean, out=Z)
    np.divide(Z, np.sqrt(running_var + eps), out=Z)
    return gamma * Z + beta


@way("eps_added_in_place")
def add_with_out(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    np.add(running_var, eps, out=running_var)
    return gamma * (Z - running_mean) * running_var**-0.5 + beta


@way("row_axis_lost")
def first_of_one(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    out = reference.batch_norm_inference(np.atleast_2d(Z), running_mean, running_var, gamma, beta, eps)
    return out[0] if len(out) == 1 else out


@way("switched_off")
def as_dropout_does(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return Z


@way("shift_without_gamma")
def two_products(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    inv = 1 / np.sqrt(running_var + eps)
    return Z * inv * gamma - running_mean * inv + beta


@way("mean_and_variance_swapped")
def swapped_in_the_call_of_normalize(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        Z_norm = reference.normalize(Z, running_var, running_mean, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta)


@way("default_changed")
def of_keras(Z, running_mean, running_var, gamma, beta, eps=0.001):
    return reference.batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps)


@way("batch_statistics_at_test", "eps_forgotten")
def own_std(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        return gamma * (Z - np.mean(Z, axis=0)) / np.std(Z, axis=0) + beta


@way("batch_statistics_at_test", "eps_outside_sqrt")
def own_std_and_eps(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return (Z - np.mean(Z, axis=0)) / (np.std(Z, axis=0) + eps) * gamma + beta


@way("batch_statistics_at_test", "eps_not_handed_on")
def forward_without_eps(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return reference.batch_norm_forward(Z, gamma, beta)[0]


@way("batch_statistics_at_test", "gamma_beta_swapped")
def forward_swapped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return reference.batch_norm_forward(Z, beta, gamma, eps)[0]


@way("eps_outside_sqrt", "gamma_beta_swapped")
def two_slips(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    Z_norm = (Z - running_mean) / (np.sqrt(running_var) + eps)
    return reference.scale_and_shift(Z_norm, beta, gamma)
