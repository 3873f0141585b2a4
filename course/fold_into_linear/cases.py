import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, betas, gammas, in_float32, means, variances

CALL = "new_W, new_b = fold_into_linear(W, b, running_mean, running_var, gamma, beta, eps)"
RESULTS = ("new_W", "new_b")


def of_shape(d, n, eps, mean_offset=0.0, scale=1.0):
    """Draw a layer of d inputs and n units, and the batch norm after it."""

    def inputs(rng):
        return {
            "W": batch(rng, d, n),
            "b": means(rng, n) - 1.5 * betas(rng, n),
            "running_mean": means(rng, n) + mean_offset,
            "running_var": variances(rng, n) * scale,
            "gamma": gammas(rng, n),
            "beta": betas(rng, n),
            "eps": eps,
        }

    return inputs


def without_a_bias(rng):
    return of_shape(3, 2, 0.1)(rng) | {"b": np.zeros(2)}


def small_variance(rng):
    inputs = of_shape(3, 2, None, scale=1e-4)(rng)
    del inputs["eps"]
    return inputs


def a_silent_unit(rng):
    inputs = of_shape(2, 3, 0.2)(rng)
    inputs["gamma"][1] = 0.0
    return inputs


def with_examples(rng):
    return {"X": batch(rng, 3, 2)} | of_shape(2, 3, 0.1)(rng)


def integers(rng):
    return of_shape(2, 3, 0.2)(rng) | {"W": rng.integers(-9, 9, (2, 3)), "b": rng.integers(2, 9, 3)}


def single_precision(rng):
    return in_float32(of_shape(4, 2, 0.1)(rng))


EXERCISE = Exercise(
    name="fold_into_linear",
    points=4,
    needs=(),
    hints=(
        "At test time batch norm multiplies each unit by one number and adds another. Which number multiplies? "
        "Write X@W + b into the formula, and sort what comes out: what goes with X, and what does not?",
        "The factor of unit j goes with every weight that leads into unit j: which axis of W, (d, n), is that? "
        "In the bias, b and the mean get the factor; β does not.",
        "`scale = gamma / np.sqrt(...)`, with the variance and ε under the root; then "
        "`return W * scale, (b - ...) * scale + ...`",
    ),
    cases=(
        Case("2 inputs, 3 units", CALL, RESULTS, of_shape(2, 3, 0.5)),
        Case("more inputs than units", CALL, RESULTS, of_shape(4, 2, 0.1)),
        Case("as many inputs as units", CALL, RESULTS, of_shape(3, 3, 0.1)),
        Case("a layer without a bias: zeros", CALL, RESULTS, without_a_bias),
        Case("ε larger than one of the variances", CALL, RESULTS, of_shape(3, 2, 1.0)),
        Case(
            "a small variance and the default ε",
            "new_W, new_b = fold_into_linear(W, b, running_mean, running_var, gamma, beta)",
            RESULTS,
            small_variance,
        ),
        Case("a unit with γ = 0", CALL, RESULTS, a_silent_unit),
        Case("running means around 10 000", CALL, RESULTS, of_shape(3, 2, 0.1, mean_offset=1e4)),
        Case("what the folded layer answers", CALL + "\nout = X @ new_W + new_b", ("out",), with_examples),
        Case("integers", CALL, RESULTS, integers),
        Case("float32", CALL, RESULTS, single_precision),
    ),
)
