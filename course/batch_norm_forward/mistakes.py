import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.mistakes import misconception, together


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
    "`normalize` is given the variance, and takes the root itself.",
)
def standard_deviation_handed_on(Z, gamma, beta, eps=1e-5):
    mean, std = Z.mean(axis=0), Z.std(axis=0)
    Z_norm = reference.normalize(Z, mean, std, eps)
    return gamma * Z_norm + beta, parts(Z, mean, std, Z_norm, gamma, eps)


@misconception(
    "the variance is divided by m − 1",
    "A training batch is normalised with 1/m: {lesson mini_batch_statistics}'s `batch_statistics` does it.",
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
    "That this is useless is the point of {lesson test_time}.",
)
def lone_example_spared(Z, gamma, beta, eps=1e-5):
    if len(Z) == 1:
        return gamma * Z + beta, parts(Z, np.zeros(Z.shape[1]), np.ones(Z.shape[1]), Z, gamma, eps)
    return forward(Z, gamma, beta, eps)


@lone_example_spared.variant
def lone_example_with_mean_0_and_variance_1(Z, gamma, beta, eps=1e-5):
    if len(Z) > 1:
        return forward(Z, gamma, beta, eps)
    mean, var = np.zeros(Z.shape[1]), np.ones(Z.shape[1])
    Z_norm = Z / np.sqrt(var + eps)
    return gamma * Z_norm + beta, parts(Z, mean, var, Z_norm, gamma, eps)


@misconception(
    "the code stops at a lone example",
    "It is refused in {lesson the_layer}, where the layer trains. "
    "Here one row is allowed: Z − μ is 0, and β is what remains.",
)
def lone_example_refused(Z, gamma, beta, eps=1e-5):
    if len(Z) < 2:
        raise ValueError("at least two examples")
    return forward(Z, gamma, beta, eps)


@misconception(
    "ε stands outside the square root",
    "It is √(σ² + ε): `normalize` of {lesson normalise} does it. For σ² = 0 and ε = 0.1 the two are 0.316 and 0.1.",
)
def eps_outside_sqrt(Z, gamma, beta, eps=1e-5):
    _, cache = forward(Z, gamma, beta, eps)
    return with_deviation(cache, np.sqrt(cache["var"]) + eps, beta)


def with_deviation(cache, deviation, beta):
    """Normalise with another deviation, and do the rest rightly."""
    with np.errstate(all="ignore"):
        Z_norm = (cache["Z"] - cache["mean"]) / deviation
    return cache["gamma"] * Z_norm + beta, cache | {"Z_norm": Z_norm}


@misconception(
    "ε is left out",
    "A feature that never changes, and every lone example, has σ² = 0: 0/0 is NaN. Hand `eps` on to `normalize`.",
)
def eps_forgotten(Z, gamma, beta, eps=1e-5):
    _, cache = forward(Z, gamma, beta, eps)
    return with_deviation(cache, np.sqrt(cache["var"]), beta)


@misconception(
    "each example is normalised across its own features",
    "That is layer norm. Batch norm's mean and variance belong to a feature, and run over the examples: axis 0.",
)
def across_features(Z, gamma, beta, eps=1e-5):
    mean, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    Z_norm = (Z - mean) / np.sqrt(var + eps)
    return gamma * Z_norm + beta, parts(Z, mean, var, Z_norm, gamma, eps)


@across_features.variant
def across_features_without_keepdims(Z, gamma, beta, eps=1e-5):
    mean, var = Z.mean(axis=1), Z.var(axis=1)
    Z_norm = (Z - mean) / np.sqrt(var + eps)
    return gamma * Z_norm + beta, parts(Z, mean, var, Z_norm, gamma, eps)


@across_features.variant
def across_features_with_flat_statistics(Z, gamma, beta, eps=1e-5):
    out, cache = across_features.variants[0](Z, gamma, beta, eps)
    return out, cache | {"mean": cache["mean"].ravel(), "var": cache["var"].ravel()}


@misconception("β is left out", "A lone example should come out as β; yours comes out as 0.")
def beta_forgotten(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out - beta, cache


@misconception("γ is left out", "With γ = 2 the output should spread twice as wide; yours does not.")
def gamma_forgotten(Z, gamma, beta, eps=1e-5):
    _, cache = forward(Z, gamma, beta, eps)
    return cache["Z_norm"] + beta, cache


@misconception(
    "the caller's Z is overwritten",
    "`Z -= mean` changes the array outside as well, and the backward pass needs the Z that came in.",
)
def updated_in_place(Z, gamma, beta, eps=1e-5):
    mean, var = Z.mean(axis=0), Z.var(axis=0)
    Z -= mean
    Z_norm = Z / np.sqrt(var + eps)
    return gamma * Z_norm + beta, parts(Z, mean, var, Z_norm, gamma, eps)


@updated_in_place.variant
def normalised_in_place(Z, gamma, beta, eps=1e-5):
    mean, var = Z.mean(axis=0), Z.var(axis=0)
    Z -= mean
    Z /= np.sqrt(var + eps)
    return gamma * Z + beta, parts(Z, mean, var, Z, gamma, eps)


@misconception(
    "the cache is not handed out",
    "The function gives a pair: the output, and the cache.",
)
def cache_forgotten(Z, gamma, beta, eps=1e-5):
    return forward(Z, gamma, beta, eps)[0]


@misconception("the cache comes first", "The output comes first: the docstring gives the order.")
def returned_in_other_order(Z, gamma, beta, eps=1e-5):
    return forward(Z, gamma, beta, eps)[::-1]


@misconception(
    "a key is missing in the cache, or the cache is no dict",
    "{Lesson backward} asks it for `Z`, `Z_norm`, `mean`, `var`, `gamma` and `eps`, by name.",
)
def cache_incomplete(Z, gamma, beta, eps=1e-5):
    return forward(Z, gamma, beta, eps)[0], {}


@cache_incomplete.variant
def cache_without_the_statistics(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, {"Z": cache["Z"], "Z_norm": cache["Z_norm"]}


@cache_incomplete.variant
def cache_without_eps(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, {key: value for key, value in cache.items() if key != "eps"}


@cache_incomplete.variant
def cache_as_a_tuple(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, tuple(cache.values())


@misconception(
    "the cache keeps the mean and the variance with a second axis",
    "`keepdims=True` makes arrays of shape (1, n). The contract of the cache says (n,).",
)
def kept_dimensions(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, cache | {"mean": cache["mean"][np.newaxis], "var": cache["var"][np.newaxis]}


@misconception(
    "the cache keeps σ² + ε under `var`",
    "ε has a place of its own in the cache, and the backward pass adds it again.",
)
def eps_kept_in_var(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, cache | {"var": cache["var"] + eps}


@misconception(
    "the cache keeps ε's default in place of the ε that was used",
    "The caller may pass another ε: keep the argument.",
)
def default_eps_kept(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, cache | {"eps": 1e-5}


@misconception(
    "the distance is divided by the variance",
    "The root is missing: `normalize` of {lesson normalise} takes it.",
)
def root_forgotten(Z, gamma, beta, eps=1e-5):
    _, cache = forward(Z, gamma, beta, eps)
    return with_deviation(cache, cache["var"] + eps, beta)


@misconception(
    "ε is added twice",
    "`normalize` adds ε itself: the variance that it is given holds none.",
)
def eps_twice(Z, gamma, beta, eps=1e-5):
    _, cache = forward(Z, gamma, beta, eps)
    return with_deviation(cache, np.sqrt(cache["var"] + 2 * eps), beta)


@eps_twice.variant
def eps_twice_and_kept_in_var(Z, gamma, beta, eps=1e-5):
    out, cache = eps_twice.variants[0](Z, gamma, beta, eps)
    return out, cache | {"var": cache["var"] + eps}


@misconception(
    "one mean and one variance are taken over all numbers",
    "Every feature has its own: `batch_statistics` of {lesson mini_batch_statistics} gives n of each.",
)
def one_for_all(Z, gamma, beta, eps=1e-5):
    return forward(Z, gamma, beta, eps, axis=None)


@misconception(
    "mean and variance have changed places",
    "`batch_statistics` gives the mean first, and `normalize` takes it first.",
)
def mean_and_variance_swapped(Z, gamma, beta, eps=1e-5):
    out, cache = handed_on_in_the_wrong_order(Z, gamma, beta, eps)
    return out, cache | {"mean": cache["var"], "var": cache["mean"]}


@mean_and_variance_swapped.variant
def handed_on_in_the_wrong_order(Z, gamma, beta, eps=1e-5):
    mean, var = Z.mean(axis=0), Z.var(axis=0)
    with np.errstate(all="ignore"):
        Z_norm = (Z - var) / np.sqrt(mean + eps)
    return gamma * Z_norm + beta, parts(Z, mean, var, Z_norm, gamma, eps)


@mean_and_variance_swapped.variant
def kept_in_the_wrong_order(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, cache | {"mean": cache["var"], "var": cache["mean"]}


@misconception(
    "the cache keeps Z − μ under `Z_norm`",
    "`Z_norm` is what `normalize` gave: divided as well.",
)
def distance_kept_as_Z_norm(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    return out, cache | {"Z_norm": Z - cache["mean"]}


@misconception(
    "the normalised values are written into an array of integers",
    "`np.zeros_like(Z)` takes over the dtype of Z, and what is written into it is cut to fit.",
)
def integer_result(Z, gamma, beta, eps=1e-5):
    _, cache = forward(Z, gamma, beta, eps)
    Z_norm = cache["Z_norm"].astype(Z.dtype)
    return gamma * Z_norm + beta, cache | {"Z_norm": Z_norm}


CACHE, BUFFERS = {}, {}


@misconception(
    "all calls share one cache",
    "The dict, or an array in it, was made once, outside the function or as a default argument; "
    "the second call changes what the first one gave. Make it anew in every call.",
)
def cache_shared(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    CACHE.update(cache)
    return out, CACHE


@cache_shared.variant
def buffer_shared(Z, gamma, beta, eps=1e-5):
    out, cache = forward(Z, gamma, beta, eps)
    buffer = BUFFERS.setdefault(Z.shape, np.empty(Z.shape))
    buffer[...] = cache["Z_norm"]
    return out, cache | {"Z_norm": buffer}


@misconception(
    "the default of ε is changed",
    "A call without an ε then takes another than 1e-5, with which the signature was given.",
)
def default_changed(Z, gamma, beta, eps=1e-3):
    return forward(Z, gamma, beta, eps)


@default_changed.variant
def default_of_1e_8(Z, gamma, beta, eps=1e-8):
    return forward(Z, gamma, beta, eps)


@eps_not_handed_on.variant
def eps_neither_handed_on_nor_kept(Z, gamma, beta, eps=1e-5):
    return forward(Z, gamma, beta, 1e-5)


def swapped(found, gamma, beta):
    """Let γ and β change places in what a forward pass found."""
    _, cache = found
    return beta * cache["Z_norm"] + gamma, cache | {"gamma": gamma}


@together(eps_outside_sqrt, gamma_beta_swapped)
def outside_and_swapped(Z, gamma, beta, eps=1e-5):
    return swapped(eps_outside_sqrt.variants[0](Z, gamma, beta, eps), gamma, beta)


@together(eps_forgotten, gamma_beta_swapped)
def forgotten_and_swapped(Z, gamma, beta, eps=1e-5):
    return swapped(eps_forgotten.variants[0](Z, gamma, beta, eps), gamma, beta)


@together(eps_not_handed_on, gamma_beta_swapped)
def not_handed_on_and_swapped(Z, gamma, beta, eps=1e-5):
    return swapped(eps_not_handed_on.variants[0](Z, gamma, beta, eps), gamma, beta)


@together(unbiased_variance, gamma_beta_swapped)
def unbiased_and_swapped(Z, gamma, beta, eps=1e-5):
    return swapped(unbiased(Z, gamma, beta, eps), gamma, beta)


def unbiased(Z, gamma, beta, eps):
    with np.errstate(all="ignore"):
        mean, var = Z.mean(axis=0), Z.var(axis=0) * len(Z) / np.float64(len(Z) - 1)
        Z_norm = (Z - mean) / np.sqrt(var + eps)
        return gamma * Z_norm + beta, parts(Z, mean, var, Z_norm, gamma, eps)


@together(unbiased_variance, eps_outside_sqrt)
def unbiased_and_outside(Z, gamma, beta, eps=1e-5):
    _, cache = unbiased(Z, gamma, beta, eps)
    return with_deviation(cache, np.sqrt(cache["var"]) + eps, beta)


@together(unbiased_variance, eps_forgotten)
def unbiased_and_forgotten(Z, gamma, beta, eps=1e-5):
    _, cache = unbiased(Z, gamma, beta, eps)
    return with_deviation(cache, np.sqrt(cache["var"]), beta)


@together(unbiased_variance, eps_not_handed_on)
def unbiased_and_not_handed_on(Z, gamma, beta, eps=1e-5):
    out, cache = unbiased(Z, gamma, beta, 1e-5)
    return out, cache | {"eps": eps}


@together(across_features, eps_outside_sqrt)
def across_features_and_outside(Z, gamma, beta, eps=1e-5):
    _, cache = across_features.variants[0](Z, gamma, beta, eps)
    return with_deviation(cache, np.sqrt(cache["var"]) + eps, beta)


@together(eps_outside_sqrt, scale_and_shift_forgotten)
def outside_without_scale(Z, gamma, beta, eps=1e-5):
    _, cache = eps_outside_sqrt.variants[0](Z, gamma, beta, eps)
    return cache["Z_norm"], cache
