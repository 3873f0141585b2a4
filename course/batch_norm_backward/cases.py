import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, gammas

CALL = "dZ, dgamma, dbeta = batch_norm_backward(dout, cache)"
RESULTS = ("dZ", "dgamma", "dbeta")


def cache_of(Z, gamma, eps):
    """Give what the forward pass keeps of a mini-batch."""
    mean, var = Z.mean(axis=0), Z.var(axis=0)
    Z_norm = (Z - mean) / np.sqrt(var + eps)
    return {"Z": Z, "Z_norm": Z_norm, "mean": mean, "var": var, "gamma": gamma, "eps": eps}


def of_shape(m, n, eps, offset=0.0, scale=1.0):
    def inputs(rng):
        dout = batch(rng, m, n, offset=-1)
        return {"dout": dout, "cache": cache_of(batch(rng, m, n, offset) * scale, gammas(rng, n), eps)}

    return inputs


def constant_feature(rng):
    dout, Z = batch(rng, 4, 3), batch(rng, 4, 3)
    Z[:, 1] = -1.5
    return {"dout": dout, "cache": cache_of(Z, gammas(rng, 3), 0.1)}


def integers(rng):
    # A gradient is never made of integers, so dout is not.
    return {"dout": batch(rng, 4, 3), "cache": cache_of(rng.integers(-9, 9, (4, 3)), gammas(rng, 3), 0.2)}


def single_precision(rng):
    inputs = of_shape(5, 2, 0.1)(rng)
    kept = {k: v.astype(np.float32) if isinstance(v, np.ndarray) else v for k, v in inputs["cache"].items()}
    return {"dout": inputs["dout"].astype(np.float32), "cache": kept}


def one_example_counts(rng):
    inputs = of_shape(4, 2, 0.3)(rng)
    inputs["dout"][1:] = 0.0
    return inputs


EXERCISE = Exercise(
    name="batch_norm_backward",
    points=8,
    needs=(),
    hints=(
        "dβ and dγ first: a number that acts on all examples gathers its gradient from all of them. Then make "
        "dZ_norm from dout, and treat the three ways from Z to Z_norm one after the other.",
        "Steps 3 to 7 in their order: the straight way; dσ², then its share for every example; dμ, then its share. "
        "Each share divides by m, the number of examples. Last, add the three ways.",
        "With `inv = 1 / np.sqrt(var + eps)`: `dvar = -0.5 * (dZ_norm * (Z - mean)).sum(axis=0) * inv**3`, "
        "`dmean = -(dZ_norm * inv).sum(axis=0)`, and `dZ = dZ_norm * inv + ... + dmean / m`.",
    ),
    cases=(
        Case("4 examples, 2 features", CALL, RESULTS, of_shape(4, 2, 0.5)),
        Case("fewer examples than features", CALL, RESULTS, of_shape(3, 5, 0.1)),
        Case("as many examples as features", CALL, RESULTS, of_shape(3, 3, 0.2)),
        Case("two examples", CALL, RESULTS, of_shape(2, 3, 1.0)),
        Case("only the first example counts in the loss", CALL, RESULTS, one_example_counts),
        Case("a feature that never changes", CALL, RESULTS, constant_feature),
        Case("a small variance and ε = 1e-5", CALL, RESULTS, of_shape(5, 2, 1e-5, scale=1e-2)),
        Case("values around 10 000", CALL, RESULTS, of_shape(6, 2, 0.1, offset=1e4)),
        Case("a larger batch", CALL, RESULTS, of_shape(12, 2, 0.1)),
        Case("integers in Z", CALL, RESULTS, integers),
        Case("float32", CALL, RESULTS, single_precision),
        Case("a lone example gets no gradient", CALL, RESULTS, of_shape(1, 3, 0.1)),
    ),
)
