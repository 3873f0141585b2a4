import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


def cache_of(Z, Z_norm, mean, var, gamma, eps):
    return dict(zip(("Z", "Z_norm", "mean", "var", "gamma", "eps"), (Z, Z_norm, mean, var, gamma, eps), strict=True))


def with_earlier(Z, gamma, beta, eps, **changes):
    mean, var = reference.batch_statistics(Z)
    Z_norm = reference.normalize(Z, mean, var, eps)
    out = reference.scale_and_shift(Z_norm, gamma, beta)
    return out, cache_of(Z, Z_norm, mean, var, gamma, eps) | changes


@way("scale_and_shift_forgotten")
def two_steps(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    Z_norm = reference.normalize(Z, mean, var, eps)
    return Z_norm, cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("eps_not_handed_on")
def default_of_normalize(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    Z_norm = reference.normalize(Z, mean, var)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("gamma_beta_swapped")
def swapped_in_the_call(Z, gamma, beta, eps=1e-5):
    _, cache = with_earlier(Z, gamma, beta, eps)
    return reference.scale_and_shift(cache["Z_norm"], beta, gamma), cache


@way("raw_values_scaled")
def Z_handed_on(Z, gamma, beta, eps=1e-5):
    _, cache = with_earlier(Z, gamma, beta, eps)
    return reference.scale_and_shift(Z, gamma, beta), cache


@way("standard_deviation_handed_on")
def root_first(Z, gamma, beta, eps=1e-5):
    std = Z.std(axis=0)
    Z_norm = (Z - Z.mean(axis=0)) / np.sqrt(std + eps)
    return Z_norm * gamma + beta, cache_of(Z, Z_norm, Z.mean(axis=0), std, gamma, eps)


@way("unbiased_variance")
def ddof(Z, gamma, beta, eps=1e-5):
    mean, var = np.mean(Z, axis=0), np.var(Z, axis=0, ddof=1)
    Z_norm = reference.normalize(Z, mean, var, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("unbiased_variance")
def divided_by_m_minus_1(Z, gamma, beta, eps=1e-5):
    m = len(Z)
    mean = Z.sum(axis=0) / m
    var = ((Z - mean) ** 2).sum(axis=0) / (m - 1)
    Z_norm = (Z - mean) / (var + eps) ** 0.5
    return gamma * Z_norm + beta, cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("normalised_kept_as_Z")
def name_used_twice(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    Z = reference.normalize(Z, mean, var, eps)
    return gamma * Z + beta, cache_of(Z, Z, mean, var, gamma, eps)


@way("output_kept_as_Z_norm")
def normalised_name_used_twice(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    Z_norm = reference.normalize(Z, mean, var, eps)
    Z_norm = reference.scale_and_shift(Z_norm, gamma, beta)
    return Z_norm, cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("standard_deviation_kept")
def deviation_in_the_cache(Z, gamma, beta, eps=1e-5):
    return with_earlier(Z, gamma, beta, eps, var=Z.std(axis=0))


@way("lone_example_spared")
def skipped_for_one(Z, gamma, beta, eps=1e-5):
    if Z.shape[0] < 2:
        return reference.scale_and_shift(Z, gamma, beta), {"Z": Z}
    return with_earlier(Z, gamma, beta, eps)


@way("lone_example_spared")
def statistics_of_a_new_layer_for_one(Z, gamma, beta, eps=1e-5):
    mean, var = (np.zeros(Z.shape[1]), np.ones(Z.shape[1])) if len(Z) == 1 else reference.batch_statistics(Z)
    Z_norm = reference.normalize(Z, mean, var, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("lone_example_refused")
def asserted(Z, gamma, beta, eps=1e-5):
    assert Z.shape[0] > 1
    return with_earlier(Z, gamma, beta, eps)


@way("eps_outside_sqrt")
def all_by_hand(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    std = np.sqrt(var)
    Z_norm = (Z - mean) / (std + eps)
    return gamma * Z_norm + beta, cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("eps_forgotten")
def bare_root(Z, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        Z_norm = (Z - Z.mean(axis=0)) / Z.std(axis=0)
    return gamma * Z_norm + beta, cache_of(Z, Z_norm, Z.mean(axis=0), Z.var(axis=0), gamma, eps)


@way("across_features")
def layer_norm(Z, gamma, beta, eps=1e-5):
    mean = Z.mean(axis=1)[:, None]
    var = np.mean((Z - mean) ** 2, axis=1)[:, None]
    Z_norm = (Z - mean) / np.sqrt(var + eps)
    return gamma * Z_norm + beta, cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("beta_forgotten")
def scaled_only(Z, gamma, beta, eps=1e-5):
    _, cache = with_earlier(Z, gamma, beta, eps)
    return cache["Z_norm"] * gamma, cache


@way("gamma_forgotten")
def shifted_only(Z, gamma, beta, eps=1e-5):
    _, cache = with_earlier(Z, gamma, beta, eps)
    return np.add(cache["Z_norm"], beta), cache


@way("updated_in_place")
def subtract_with_out(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    np.subtract(Z, mean, out=Z)
    Z_norm = reference.normalize(Z, 0, var, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("cache_forgotten")
def one_return_value(Z, gamma, beta, eps=1e-5):
    return reference.scale_and_shift(reference.normalize(Z, *reference.batch_statistics(Z), eps), gamma, beta)


@way("returned_in_other_order")
def cache_and_out(Z, gamma, beta, eps=1e-5):
    out, cache = with_earlier(Z, gamma, beta, eps)
    return cache, out


@way("cache_incomplete")
def no_eps(Z, gamma, beta, eps=1e-5):
    out, cache = with_earlier(Z, gamma, beta, eps)
    del cache["eps"]
    return out, cache


@way("cache_incomplete")
def a_tuple(Z, gamma, beta, eps=1e-5):
    out, cache = with_earlier(Z, gamma, beta, eps)
    return out, tuple(cache.values())


@way("cache_incomplete")
def names_of_the_lecture(Z, gamma, beta, eps=1e-5):
    mu, sigma2 = reference.batch_statistics(Z)
    Z_norm = reference.normalize(Z, mu, sigma2, eps)
    out = reference.scale_and_shift(Z_norm, gamma, beta)
    return out, {"Z": Z, "Z_norm": Z_norm, "mu": mu, "sigma2": sigma2, "gamma": gamma, "eps": eps}


@way("kept_dimensions")
def keepdims(Z, gamma, beta, eps=1e-5):
    mean, var = Z.mean(axis=0, keepdims=True), Z.var(axis=0, keepdims=True)
    Z_norm = reference.normalize(Z, mean, var, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("eps_kept_in_var")
def added_early(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    var = var + eps
    Z_norm = (Z - mean) / np.sqrt(var)
    return gamma * Z_norm + beta, cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("default_eps_kept")
def typed_into_the_cache(Z, gamma, beta, eps=1e-5):
    out, cache = with_earlier(Z, gamma, beta, eps)
    cache["eps"] = 0.00001
    return out, cache


@way("root_forgotten")
def by_the_variance(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    Z_norm = (Z - mean) * (1 / (var + eps))
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("eps_twice")
def added_before_normalize(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    Z_norm = reference.normalize(Z, mean, var + eps, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("eps_twice")
def variance_renamed(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    var = var + eps
    Z_norm = reference.normalize(Z, mean, var, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("one_for_all")
def without_an_axis(Z, gamma, beta, eps=1e-5):
    mean, var = np.mean(Z), np.mean((Z - np.mean(Z)) ** 2)
    Z_norm = reference.normalize(Z, mean, var, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("mean_and_variance_swapped")
def unpacked_in_the_wrong_order(Z, gamma, beta, eps=1e-5):
    var, mean = reference.batch_statistics(Z)
    with np.errstate(all="ignore"):
        Z_norm = reference.normalize(Z, mean, var, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("mean_and_variance_swapped")
def swapped_in_the_call_of_normalize(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    with np.errstate(all="ignore"):
        Z_norm = reference.normalize(Z, var, mean, eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("mean_and_variance_swapped")
def swapped_in_the_cache(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    return with_earlier(Z, gamma, beta, eps, mean=var, var=mean)


@way("distance_kept_as_Z_norm")
def two_names(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    centred = Z - mean
    out = gamma * centred / np.sqrt(var + eps) + beta
    return out, cache_of(Z, centred, mean, var, gamma, eps)


@way("integer_result")
def row_by_row(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    Z_norm = np.zeros_like(Z)
    for i, row in enumerate(Z):
        Z_norm[i] = (row - mean) / np.sqrt(var + eps)
    return reference.scale_and_shift(Z_norm, gamma, beta), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("cache_shared")
def default_argument(Z, gamma, beta, eps=1e-5, cache={}):  # noqa: B006 - the mistake itself
    out, cache["Z"] = with_earlier(Z, gamma, beta, eps)[0], Z
    cache["gamma"], cache["eps"] = gamma, eps
    cache["mean"], cache["var"] = reference.batch_statistics(Z)
    cache["Z_norm"] = reference.normalize(Z, cache["mean"], cache["var"], eps)
    return out, cache


NORMALISED = np.empty((100, 10))


@way("cache_shared")
def one_buffer(Z, gamma, beta, eps=1e-5):
    out, cache = with_earlier(Z, gamma, beta, eps)
    m, n = Z.shape
    NORMALISED[:m, :n] = cache["Z_norm"]
    cache["Z_norm"] = NORMALISED[:m, :n]
    return out, cache


@way("default_changed")
def of_keras(Z, gamma, beta, eps=0.001):
    return with_earlier(Z, gamma, beta, eps)


@way("eps_outside_sqrt", "gamma_beta_swapped")
def two_slips(Z, gamma, beta, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    Z_norm = (Z - mean) / (np.sqrt(var) + eps)
    return reference.scale_and_shift(Z_norm, beta, gamma), cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("unbiased_variance", "gamma_beta_swapped")
def ddof_and_swapped(Z, gamma, beta, eps=1e-5):
    mean, var = Z.mean(axis=0), Z.var(axis=0, ddof=1)
    Z_norm = reference.normalize(Z, mean, var, eps)
    return Z_norm * beta + gamma, cache_of(Z, Z_norm, mean, var, gamma, eps)


@way("unbiased_variance", "eps_outside_sqrt")
def std_with_ddof(Z, gamma, beta, eps=1e-5):
    mean, std = Z.mean(axis=0), Z.std(axis=0, ddof=1)
    Z_norm = (Z - mean) / (std + eps)
    return Z_norm * gamma + beta, cache_of(Z, Z_norm, mean, std**2, gamma, eps)
