import numpy as np

from autograder.coursebook.mistakes import misconception, together


def backward(dout, cache, *, straight=1.0, by_var=1.0, by_mean=1.0):
    """Do it rightly, but count each of the three ways into dZ by a factor of its own."""
    distance, Z_norm, inv = cache["Z"] - cache["mean"], cache["Z_norm"], (cache["var"] + cache["eps"]) ** -0.5
    dZ_norm = dout * cache["gamma"]
    dvar = -0.5 * (dZ_norm * distance).sum(axis=0) * inv**3
    dmean = -dZ_norm.sum(axis=0) * inv
    m = len(dout)
    dZ = straight * dZ_norm * inv + by_var * dvar * 2 * distance / m + by_mean * dmean / m
    return dZ, (dout * Z_norm).sum(axis=0), dout.sum(axis=0)


def short(dout, cache, inv):
    """Do it by the short formula, but with another number in place of 1/√(σ² + ε)."""
    dZ_norm, Z_norm = dout * cache["gamma"], cache["Z_norm"]
    dZ = inv * (dZ_norm - dZ_norm.mean(axis=0) - Z_norm * (dZ_norm * Z_norm).mean(axis=0))
    return dZ, (dout * Z_norm).sum(axis=0), dout.sum(axis=0)


@misconception(
    "μ and σ² are taken as constants",
    "They are made of the same Z: whoever moves one example moves both, and with them every other example. "
    "With `dZ.sum(axis=0)` one sees it: it has to be 0, because a shift of all examples changes nothing.",
)
def statistics_as_constants(dout, cache):
    return backward(dout, cache, by_var=0, by_mean=0)


@misconception(
    "the way through μ is missing",
    "σ² is followed back to Z, μ is not. `dZ.sum(axis=0)` has to be 0: a shift of all examples changes nothing.",
)
def mean_as_constant(dout, cache):
    return backward(dout, cache, by_mean=0)


@misconception(
    "the way through σ² is missing",
    "μ is followed back to Z, σ² is not. If ε is small, `(dZ * Z_norm).sum(axis=0)` has to be nearly 0: "
    "stretching all examples changes nothing.",
)
def variance_as_constant(dout, cache):
    return backward(dout, cache, by_var=0)


@misconception(
    "the straight way, with μ and σ² held, is missing",
    "Z reaches Z_norm in three ways: straight, through σ² and through μ. Their gradients add up.",
)
def straight_way_forgotten(dout, cache):
    return backward(dout, cache, straight=0)


@misconception(
    "the way through σ² has the wrong sign",
    "A larger σ² makes the values smaller: the derivative of (σ² + ε)^(−1/2) has a minus.",
)
def sign_of_dvar(dout, cache):
    return backward(dout, cache, by_var=-1)


@misconception(
    "the way through μ has the wrong sign",
    "A larger μ makes the values smaller: Z − μ has the derivative −1.",
)
def sign_of_dmean(dout, cache):
    return backward(dout, cache, by_mean=-1)


@misconception(
    "the ½ is missing in dσ²",
    "The derivative of (σ² + ε)^(−1/2) is −½ · (σ² + ε)^(−3/2).",
)
def half_forgotten(dout, cache):
    return backward(dout, cache, by_var=2)


@misconception(
    "the 2 is missing in the step from σ² to Z",
    "σ² is a mean of squares, and the derivative of a square is twice the distance.",
)
def two_forgotten(dout, cache):
    return backward(dout, cache, by_var=0.5)


@misconception(
    "the power in dσ² is wrong",
    "Differentiating (σ² + ε)^(−1/2) lowers the power by one, to −3/2.",
)
def wrong_power(dout, cache):
    return backward(dout, cache, by_var=cache["var"] + cache["eps"])


@wrong_power.variant
def power_of_minus_one(dout, cache):
    return backward(dout, cache, by_var=np.sqrt(cache["var"] + cache["eps"]))


@misconception(
    "dσ² is made with Z_norm in place of the distance Z − μ",
    "Step 4 differentiates Z_norm = (Z − μ) · (σ² + ε)^(−1/2) by σ², and there Z − μ stands in front.",
)
def Z_norm_for_the_distance(dout, cache):
    return backward(dout, cache, by_var=(cache["var"] + cache["eps"]) ** -0.5)


@misconception(
    "Z stands in place of the distance Z − μ in the step from σ² to Z",
    "σ² is a mean of squared distances, and the derivative of a square is twice the distance.",
)
def distance_forgotten(dout, cache):
    m, distance, inv = len(dout), cache["Z"] - cache["mean"], (cache["var"] + cache["eps"]) ** -0.5
    dvar = -0.5 * inv**3 * (dout * cache["gamma"] * distance).sum(axis=0)
    dZ, dgamma, dbeta = backward(dout, cache, by_var=0)
    return dZ + dvar * 2 * cache["Z"] / m, dgamma, dbeta


@misconception(
    "dσ² is not summed over the examples",
    "σ² is one number for each feature, and every example hangs on it: sum over axis 0.",
)
def dvar_not_summed(dout, cache):
    m, distance, inv = len(dout), cache["Z"] - cache["mean"], (cache["var"] + cache["eps"]) ** -0.5
    dvar = -0.5 * inv**3 * dout * cache["gamma"] * distance
    dZ, dgamma, dbeta = backward(dout, cache, by_var=0)
    return dZ + dvar * 2 * distance / m, dgamma, dbeta


@misconception(
    "the division by m is missing",
    "μ and σ² are means: one example has an m-th part in each. `dZ.sum(axis=0)` is 0 only with it.",
)
def division_by_m_forgotten(dout, cache):
    m = len(dout)
    return backward(dout, cache, by_var=m, by_mean=m)


@division_by_m_forgotten.variant
def division_by_m_forgotten_for_the_mean(dout, cache):
    return backward(dout, cache, by_mean=len(dout))


@division_by_m_forgotten.variant
def division_by_m_forgotten_for_the_variance(dout, cache):
    return backward(dout, cache, by_var=len(dout))


@misconception(
    "the straight way is divided by m too",
    "Only the shares through μ and σ² are. In the short formula all is over m, so m times the gradient comes first.",
)
def straight_way_divided(dout, cache):
    return backward(dout, cache, straight=1 / len(dout))


@misconception(
    "m is the number of features",
    "`len(Z)` or `Z.shape[0]` counts the examples, which lie in rows. `Z.shape[1]` counts the features.",
)
def features_counted(dout, cache):
    share = dout.shape[0] / dout.shape[1]
    return backward(dout, cache, by_var=share, by_mean=share)


@misconception(
    "the shares are divided by m − 1",
    "The forward pass takes means over m, so the way back divides by m.",
)
def divided_by_m_minus_1(dout, cache):
    m = len(dout)
    with np.errstate(all="ignore"):
        share = np.float64(m) / (m - 1)
        return backward(dout, cache, by_var=share, by_mean=share)


@divided_by_m_minus_1.variant
def variance_divided_by_m_minus_1(dout, cache):
    m = len(dout)
    with np.errstate(all="ignore"):
        return backward(dout, cache, by_var=np.float64(m) / (m - 1))


@misconception(
    "γ is left out of dZ",
    "Z_norm was multiplied by γ on the way forward, so its gradient is `dout` times γ.",
)
def gamma_forgotten(dout, cache):
    return backward(dout, cache | {"gamma": np.ones_like(cache["gamma"])})


@misconception(
    "dZ is multiplied by γ twice",
    "The gradient of Z_norm, `dout` times γ, has γ in it already, and all three ways are made of it.",
)
def gamma_twice(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dZ * cache["gamma"], dgamma, dbeta


@misconception(
    "dγ is made with the distances Z − μ in place of Z_norm",
    "They are not yet divided by the root. On the way forward γ multiplied Z_norm.",
)
def dgamma_with_distances(dout, cache):
    dZ, _, dbeta = backward(dout, cache)
    return dZ, (dout * (cache["Z"] - cache["mean"])).sum(axis=0), dbeta


@misconception(
    "dγ is made with Z in place of Z_norm",
    "On the way forward γ multiplied the normalised values.",
)
def dgamma_with_Z(dout, cache):
    dZ, _, dbeta = backward(dout, cache)
    return dZ, (dout * cache["Z"]).sum(axis=0), dbeta


@misconception(
    "dγ is made with the scaled values in place of Z_norm",
    "γ multiplied Z_norm, not γ·Z_norm: γ itself has no place in dγ.",
)
def dgamma_with_scaled_values(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dZ, dgamma * cache["gamma"], dbeta


@misconception(
    "γ has got into dγ and dβ",
    "`dout = dout * gamma` stands before the lines that still need the old `dout`. Give the product a name of its own.",
)
def dout_overwritten_too_early(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dZ, dgamma * cache["gamma"], dbeta * cache["gamma"]


@misconception(
    "dγ and dβ are averaged over the examples",
    "They are sums: all examples push at the same γ. If the loss is a mean, its 1/m is in `dout` already.",
)
def parameters_averaged(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dZ, dgamma / len(dout), dbeta / len(dout)


@parameters_averaged.variant
def dbeta_averaged(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dZ, dgamma, dbeta / len(dout)


@parameters_averaged.variant
def dgamma_averaged(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dZ, dgamma / len(dout), dbeta


@misconception(
    "dγ and dβ are summed over the features",
    "Every feature has a γ and a β of its own: sum over the examples, axis 0.",
)
def summed_over_the_features(dout, cache):
    dZ, _, _ = backward(dout, cache)
    return dZ, (dout * cache["Z_norm"]).sum(axis=1), dout.sum(axis=1)


@summed_over_the_features.variant
def summed_over_everything(dout, cache):
    dZ, _, _ = backward(dout, cache)
    return dZ, (dout * cache["Z_norm"]).sum(), dout.sum()


@misconception(
    "dγ and dβ are not summed over the examples",
    "γ and β have the shape (n,), and so have their gradients: sum over axis 0.",
)
def not_summed(dout, cache):
    dZ, _, _ = backward(dout, cache)
    return dZ, dout * cache["Z_norm"], dout.copy()


@misconception(
    "dγ and dβ keep a second axis",
    "`keepdims=True` makes arrays of shape (1, n). γ and β have the shape (n,), and so have their gradients.",
)
def kept_dimensions(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dZ, dgamma[np.newaxis], dbeta[np.newaxis]


@misconception("dZ does not come first", "The docstring gives the order: dZ, dγ, dβ.")
def returned_in_other_order(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dgamma, dbeta, dZ


@returned_in_other_order.variant
def returned_backwards(dout, cache):
    return backward(dout, cache)[::-1]


@misconception("dγ and dβ have changed places", "The docstring gives the order: dZ, dγ, dβ.")
def dgamma_dbeta_swapped(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dZ, dbeta, dgamma


@misconception(
    "ε is left out on the way back",
    "The forward pass divided by √(σ² + ε), so that is what is differentiated. The cache has `eps`.",
)
def eps_forgotten(dout, cache):
    with np.errstate(all="ignore"):
        return backward(dout, cache | {"eps": 0.0})


@eps_forgotten.variant
def eps_forgotten_in_the_short_formula(dout, cache):
    with np.errstate(all="ignore"):
        return short(dout, cache, cache["var"] ** -0.5)


@misconception("ε is typed in as 1e-5", "The cache has the `eps` of the forward pass: use that one.")
def eps_hard_coded(dout, cache):
    return backward(dout, cache | {"eps": 1e-5})


@misconception(
    "ε stands outside the square root",
    "The forward pass divided by √(σ² + ε). Its derivative has the same root.",
)
def eps_outside_sqrt(dout, cache):
    std = np.sqrt(cache["var"]) + cache["eps"]
    return backward(dout, cache | {"var": std**2, "eps": 0.0})


@eps_outside_sqrt.variant
def eps_outside_sqrt_in_the_short_formula(dout, cache):
    return short(dout, cache, 1 / (np.sqrt(cache["var"]) + cache["eps"]))


@misconception(
    "the straight way divides by the variance",
    "The root is missing: Z_norm is the distance over √(σ² + ε).",
)
def root_forgotten(dout, cache):
    return backward(dout, cache, straight=(cache["var"] + cache["eps"]) ** -0.5)


@root_forgotten.variant
def root_forgotten_everywhere(dout, cache):
    inv = (cache["var"] + cache["eps"]) ** -0.5
    return backward(dout, cache, straight=inv, by_var=inv, by_mean=inv)


@misconception(
    "the gradient is multiplied by the root",
    "Z was divided by √(σ² + ε) on the way forward, and its gradient is too.",
)
def multiplied(dout, cache):
    factor = cache["var"] + cache["eps"]
    return backward(dout, cache, straight=factor, by_var=factor, by_mean=factor)


@misconception(
    "dZ is divided by m once more",
    "Each share through μ and σ² has its 1/m. If the loss is a mean, its own 1/m is in `dout` already.",
)
def dZ_averaged(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    return dZ / len(dout), dgamma, dbeta


@misconception(
    "the incoming gradient is overwritten",
    "`dout *= gamma` changes the array outside as well, and other layers still need it. "
    "Make a new array of the product.",
)
def updated_in_place(dout, cache):
    results = backward(dout, cache)
    dout *= cache["gamma"]
    return results


@updated_in_place.variant
def updated_in_place_too_early(dout, cache):
    dZ, dgamma, dbeta = dout_overwritten_too_early.variants[0](dout, cache)
    dout *= cache["gamma"]
    return dZ, dgamma, dbeta


@misconception(
    "the cache is overwritten",
    "`Z -= …` changes the array that the layer keeps: a second backward pass finds another Z. "
    "Give the distance a name of its own.",
)
def cache_overwritten(dout, cache):
    results = backward(dout, cache)
    Z = cache["Z"]
    Z -= cache["mean"]
    return results


@misconception(
    "dZ is written into an array of integers",
    "`np.zeros_like(Z)` takes over the dtype of Z, and what is written into it is cut to fit.",
)
def integer_result(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache)
    out = np.zeros_like(cache["Z"])
    out[...] = dZ
    return out, dgamma, dbeta


@together(statistics_as_constants, gamma_forgotten)
def constants_without_gamma(dout, cache):
    return backward(dout, cache | {"gamma": np.ones_like(cache["gamma"])}, by_var=0, by_mean=0)


@together(statistics_as_constants, eps_forgotten)
def constants_without_eps(dout, cache):
    with np.errstate(all="ignore"):
        dZ = dout * cache["gamma"] / np.sqrt(cache["var"])
    return dZ, (dout * cache["Z_norm"]).sum(axis=0), dout.sum(axis=0)


@together(statistics_as_constants, dgamma_dbeta_swapped)
def constants_and_swapped(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache, by_var=0, by_mean=0)
    return dZ, dbeta, dgamma


@together(statistics_as_constants, parameters_averaged)
def constants_and_averaged(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache, by_var=0, by_mean=0)
    return dZ, dgamma / len(dout), dbeta / len(dout)


@together(statistics_as_constants, dgamma_with_Z)
def constants_and_Z(dout, cache):
    dZ, _, dbeta = backward(dout, cache, by_var=0, by_mean=0)
    return dZ, (dout * cache["Z"]).sum(axis=0), dbeta


@together(variance_as_constant, gamma_forgotten)
def variance_constant_without_gamma(dout, cache):
    return backward(dout, cache | {"gamma": np.ones_like(cache["gamma"])}, by_var=0)


@together(mean_as_constant, gamma_forgotten)
def mean_constant_without_gamma(dout, cache):
    return backward(dout, cache | {"gamma": np.ones_like(cache["gamma"])}, by_mean=0)


@together(gamma_forgotten, parameters_averaged)
def averaged_without_gamma(dout, cache):
    dZ, dgamma, dbeta = backward(dout, cache | {"gamma": np.ones_like(cache["gamma"])})
    return dZ, dgamma / len(dout), dbeta / len(dout)


@together(dZ_averaged, parameters_averaged)
def everything_averaged(dout, cache):
    return tuple(gradient / len(dout) for gradient in backward(dout, cache))


@together(sign_of_dvar, sign_of_dmean)
def both_signs(dout, cache):
    return backward(dout, cache, by_var=-1, by_mean=-1)


@together(half_forgotten, sign_of_dvar)
def half_and_sign(dout, cache):
    return backward(dout, cache, by_var=-2)


@together(wrong_power, sign_of_dvar)
def power_and_sign(dout, cache):
    return backward(dout, cache, by_var=-(cache["var"] + cache["eps"]))


@together(mean_as_constant, wrong_power)
def power_without_the_mean(dout, cache):
    return backward(dout, cache, by_mean=0, by_var=cache["var"] + cache["eps"])


@together(gamma_forgotten, division_by_m_forgotten)
def neither_gamma_nor_m(dout, cache):
    m = len(dout)
    return backward(dout, cache | {"gamma": np.ones_like(cache["gamma"])}, by_var=m, by_mean=m)
