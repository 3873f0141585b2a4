import numpy as np

from autograder.coursebook.second_forms import way


def unpack(cache):
    return [cache[name] for name in ("Z", "Z_norm", "mean", "var", "gamma", "eps")]


def steps(dout, cache, **changed):
    """Go the paper's way line by line; `changed` replaces a line by a function of the names so far."""
    Z, Z_norm, mean, var, gamma, eps = unpack(cache)
    m = dout.shape[0]
    s = {"dout": dout, "Z": Z, "Z_norm": Z_norm, "mean": mean, "var": var, "gamma": gamma, "eps": eps, "m": m}
    lines = {
        "dZ_norm": lambda dout, gamma, **_: dout * gamma,
        "dvar": lambda dZ_norm, Z, mean, var, eps, **_: np.sum(
            dZ_norm * (Z - mean) * -0.5 * (var + eps) ** -1.5, axis=0
        ),
        "dmean": lambda dZ_norm, var, eps, **_: np.sum(-dZ_norm / np.sqrt(var + eps), axis=0),
        "straight": lambda dZ_norm, var, eps, **_: dZ_norm / np.sqrt(var + eps),
        "by_var": lambda dvar, Z, mean, m, **_: dvar * 2 * (Z - mean) / m,
        "by_mean": lambda dmean, m, **_: dmean / m,
        "dZ": lambda straight, by_var, by_mean, **_: straight + by_var + by_mean,
        "dgamma": lambda dout, Z_norm, **_: np.sum(dout * Z_norm, axis=0),
        "dbeta": lambda dout, **_: np.sum(dout, axis=0),
    }
    with np.errstate(all="ignore"):
        for name, line in (lines | changed).items():
            s[name] = line(**s)
    return s["dZ"], s["dgamma"], s["dbeta"]


@way("statistics_as_constants")
def one_line(dout, cache):
    _, Z_norm, _, var, gamma, eps = unpack(cache)
    return dout * (gamma / (var + eps) ** 0.5), np.einsum("ij,ij->j", dout, Z_norm), np.ones(len(dout)) @ dout


@way("mean_as_constant")
def without_dmean(dout, cache):
    return steps(dout, cache, by_mean=lambda **_: 0)


@way("mean_as_constant")
def without_dmean_by_projection(dout, cache):
    _, Z_norm, _, var, gamma, eps = unpack(cache)
    g = dout * gamma
    dZ = (g - Z_norm * (g * Z_norm).mean(0)) / np.sqrt(var + eps)
    return dZ, (dout * Z_norm).sum(0), dout.sum(0)


@way("variance_as_constant")
def without_dvar(dout, cache):
    _, Z_norm, _, var, gamma, eps = unpack(cache)
    g = dout * gamma
    return (g - g.mean(0)) / np.sqrt(var + eps), (dout * Z_norm).sum(0), dout.sum(0)


@way("straight_way_forgotten")
def two_shares_only(dout, cache):
    return steps(dout, cache, dZ=lambda by_var, by_mean, **_: by_var + by_mean)


@way("sign_of_dvar")
def minus_lost(dout, cache):
    _, Z_norm, _, var, gamma, eps = unpack(cache)
    g = dout * gamma
    dZ = (g - g.mean(0) + Z_norm * (g * Z_norm).mean(0)) / np.sqrt(var + eps)
    return dZ, (dout * Z_norm).sum(0), dout.sum(0)


@way("sign_of_dmean")
def plus_in_the_projection(dout, cache):
    _, Z_norm, _, var, gamma, eps = unpack(cache)
    g = dout * gamma
    dZ = (g + g.mean(0) - Z_norm * (g * Z_norm).mean(0)) / np.sqrt(var + eps)
    return dZ, (dout * Z_norm).sum(0), dout.sum(0)


@way("half_forgotten")
def dvar_without_half(dout, cache):
    dvar = lambda dZ_norm, Z, mean, var, eps, **_: -np.sum(dZ_norm * (Z - mean), axis=0) * (var + eps) ** -1.5
    return steps(dout, cache, dvar=dvar)


@way("two_forgotten")
def share_without_two(dout, cache):
    return steps(dout, cache, by_var=lambda dvar, Z, mean, m, **_: dvar * (Z - mean) / m)


@way("wrong_power")
def minus_a_half(dout, cache):
    dvar = lambda dZ_norm, Z, mean, var, eps, **_: -0.5 * np.sum(dZ_norm * (Z - mean), axis=0) / np.sqrt(var + eps)
    return steps(dout, cache, dvar=dvar)


@way("Z_norm_for_the_distance")
def Z_norm_in_dvar(dout, cache):
    dvar = lambda dZ_norm, Z_norm, var, eps, **_: -0.5 * np.sum(dZ_norm * Z_norm, axis=0) * (var + eps) ** -1.5
    return steps(dout, cache, dvar=dvar)


@way("division_by_m_forgotten")
def sums_for_means(dout, cache):
    _, Z_norm, _, var, gamma, eps = unpack(cache)
    g = dout * gamma
    dZ = (g - g.sum(0) - Z_norm * (g * Z_norm).sum(0)) / np.sqrt(var + eps)
    return dZ, (dout * Z_norm).sum(0), dout.sum(0)


@way("division_by_m_forgotten")
def dmean_not_shared(dout, cache):
    return steps(dout, cache, by_mean=lambda dmean, **_: dmean)


@way("features_counted")
def unpacked_in_the_wrong_order(dout, cache):
    _n, m = dout.shape
    share = {
        "by_var": lambda dvar, Z, mean, **_: dvar * 2 * (Z - mean) / m,
        "by_mean": lambda dmean, **_: dmean / m,
    }
    return steps(dout, cache, **share)


@way("divided_by_m_minus_1")
def one_less(dout, cache):
    m = np.float64(len(dout) - 1)
    share = {
        "by_var": lambda dvar, Z, mean, **_: dvar * 2 * (Z - mean) / m,
        "by_mean": lambda dmean, **_: dmean / m,
    }
    return steps(dout, cache, **share)


@way("gamma_forgotten")
def dZ_norm_is_dout(dout, cache):
    return steps(dout, cache, dZ_norm=lambda dout, **_: dout)


@way("dgamma_with_Z")
def other_variable(dout, cache):
    return steps(dout, cache, dgamma=lambda dout, Z, **_: np.einsum("ij,ij->j", dout, Z))


@way("dgamma_with_scaled_values")
def scaled(dout, cache):
    return steps(dout, cache, dgamma=lambda dout, Z_norm, gamma, **_: np.sum(dout * (gamma * Z_norm), axis=0))


@way("dout_overwritten_too_early")
def name_used_twice(dout, cache):
    gamma = cache["gamma"]
    dout = dout * gamma
    return steps(dout, cache, dZ_norm=lambda dout, **_: dout)


@way("parameters_averaged")
def means(dout, cache):
    dgamma = lambda dout, Z_norm, **_: np.mean(dout * Z_norm, axis=0)
    return steps(dout, cache, dgamma=dgamma, dbeta=lambda dout, **_: np.mean(dout, axis=0))


@way("parameters_averaged")
def mean_for_beta(dout, cache):
    return steps(dout, cache, dbeta=lambda dout, **_: np.mean(dout, axis=0))


@way("summed_over_the_features")
def row_sums(dout, cache):
    dgamma = lambda dout, Z_norm, **_: np.einsum("ij,ij->i", dout, Z_norm)
    return steps(dout, cache, dgamma=dgamma, dbeta=lambda dout, **_: np.array([sum(row) for row in dout]))


@way("not_summed")
def entry_by_entry(dout, cache):
    return steps(dout, cache, dgamma=lambda dout, Z_norm, **_: dout * Z_norm, dbeta=lambda dout, **_: dout)


@way("dgamma_dbeta_swapped")
def returned_in_another_order(dout, cache):
    dZ, dgamma, dbeta = steps(dout, cache)
    return dZ, dbeta, dgamma


@way("eps_forgotten")
def bare_variance(dout, cache):
    return steps(dout, {**cache, "eps": 0})


@way("eps_forgotten")
def bare_deviation(dout, cache):
    Z, Z_norm, mean, var, gamma, _ = unpack(cache)
    m, g = len(dout), dout * gamma
    with np.errstate(all="ignore"):
        std = np.sqrt(var)
        dvar = -0.5 * (g * (Z - mean)).sum(0) / std**3
        dZ = g / std + dvar * 2 * (Z - mean) / m - (g / std).sum(0) / m
    return dZ, (dout * Z_norm).sum(0), dout.sum(0)


@way("eps_hard_coded")
def named_constant(dout, cache):
    eps = 1e-5
    return steps(dout, dict(cache, eps=eps))


@way("eps_outside_sqrt")
def std_plus_eps(dout, cache):
    Z, Z_norm, mean, var, gamma, eps = unpack(cache)
    m, g, std = len(dout), dout * gamma, np.sqrt(var) + eps
    dvar = -0.5 * (g * (Z - mean)).sum(0) / std**3
    dZ = g / std + dvar * 2 * (Z - mean) / m - (g / std).sum(0) / m
    return dZ, (dout * Z_norm).sum(0), dout.sum(0)


@way("root_forgotten")
def straight_by_variance(dout, cache):
    return steps(dout, cache, straight=lambda dZ_norm, var, eps, **_: dZ_norm / (var + eps))


@way("multiplied")
def times_the_root(dout, cache):
    _, Z_norm, _, var, gamma, eps = unpack(cache)
    g = dout * gamma
    dZ = (g - g.mean(0) - Z_norm * (g * Z_norm).mean(0)) * np.sqrt(var + eps)
    return dZ, (dout * Z_norm).sum(0), dout.sum(0)


@way("dZ_averaged")
def divided_at_the_end(dout, cache):
    dZ, dgamma, dbeta = steps(dout, cache)
    return 1 / len(dout) * dZ, dgamma, dbeta


@way("updated_in_place")
def multiplied_with_out(dout, cache):
    dgamma, dbeta = (dout * cache["Z_norm"]).sum(0), dout.sum(0)
    np.multiply(dout, cache["gamma"], out=dout)
    dZ, _, _ = steps(dout, cache, dZ_norm=lambda dout, **_: dout)
    return dZ, dgamma, dbeta


@way("updated_in_place")
def multiplied_first(dout, cache):
    dout *= cache["gamma"]
    return steps(dout, cache, dZ_norm=lambda dout, **_: dout)


@way("integer_result")
def rows_of_integers(dout, cache):
    dZ, dgamma, dbeta = steps(dout, cache)
    out = np.empty_like(cache["Z"])
    for i, row in enumerate(dZ):
        out[i] = row
    return out, dgamma, dbeta


@way("statistics_as_constants", "gamma_forgotten")
def dout_over_std(dout, cache):
    _, Z_norm, _, var, _, eps = unpack(cache)
    return dout / np.sqrt(var + eps), (dout * Z_norm).sum(0), dout.sum(0)


@way("variance_as_constant", "gamma_forgotten")
def centred_only(dout, cache):
    _, Z_norm, _, var, _, eps = unpack(cache)
    return (dout - dout.mean(0)) / np.sqrt(var + eps), (dout * Z_norm).sum(0), dout.sum(0)


@way("dZ_averaged", "parameters_averaged")
def mean_of_the_loss_twice(dout, cache):
    return steps(dout / len(dout), cache)


def short_formula(dout, cache, std, m=None):
    Z_norm, gamma = cache["Z_norm"], cache["gamma"]
    g, m = gamma * dout, m or len(dout)
    with np.errstate(all="ignore"):
        dZ = (m * g - g.sum(0) - Z_norm * (g * Z_norm).sum(0)) / (len(dout) * std)
    return dZ, (dout * Z_norm).sum(0), dout.sum(0)


@way("eps_forgotten")
def short_without_eps(dout, cache):
    return short_formula(dout, cache, np.sqrt(cache["var"]))


@way("eps_outside_sqrt")
def short_with_eps_outside(dout, cache):
    return short_formula(dout, cache, np.sqrt(cache["var"]) + cache["eps"])


@way("straight_way_divided")
def short_without_m(dout, cache):
    return short_formula(dout, cache, np.sqrt(cache["var"] + cache["eps"]), m=1)


@way("gamma_twice")
def gamma_in_front(dout, cache):
    dZ, dgamma, dbeta = short_formula(dout, cache, np.sqrt(cache["var"] + cache["eps"]))
    return cache["gamma"] * dZ, dgamma, dbeta


@way("distance_forgotten")
def mean_lost(dout, cache):
    return steps(dout, cache, by_var=lambda dvar, Z, m, **_: dvar * 2 * Z / m)


@way("dvar_not_summed")
def sum_lost(dout, cache):
    def dvar(dZ_norm, Z, mean, var, eps, **_):
        return dZ_norm * (Z - mean) * -0.5 * (var + eps) ** -1.5

    return steps(dout, cache, dvar=dvar)


@way("dgamma_with_distances")
def not_yet_divided(dout, cache):
    return steps(dout, cache, dgamma=lambda dout, Z, mean, **_: (dout * (Z - mean)).sum(0))


@way("kept_dimensions")
def keepdims(dout, cache):
    return steps(
        dout,
        cache,
        dgamma=lambda dout, Z_norm, **_: np.sum(dout * Z_norm, axis=0, keepdims=True),
        dbeta=lambda dout, **_: np.sum(dout, axis=0, keepdims=True),
    )


@way("returned_in_other_order")
def dZ_last(dout, cache):
    dZ, dgamma, dbeta = steps(dout, cache)
    return dgamma, dbeta, dZ


@way("cache_overwritten")
def centred_in_place(dout, cache):
    cache["Z"] -= cache["mean"]
    return steps(dout, cache | {"mean": 0.0})
