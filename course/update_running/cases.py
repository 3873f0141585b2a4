import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import in_float32, means, variances

CALL = "new_mean, new_var = update_running(running_mean, running_var, mean, var, momentum)"
RESULTS = ("new_mean", "new_var")


def of_size(n, momentum):
    def inputs(rng):
        return {
            "running_mean": means(rng, n),
            "running_var": variances(rng, n),
            "mean": means(rng, n) + 3,
            "var": variances(rng, n) + 5,
            "momentum": momentum,
        }

    return inputs


def fresh_layer(rng):
    return of_size(2, 0.9)(rng) | {"running_mean": np.zeros(2), "running_var": np.ones(2)}


def default_momentum(rng):
    inputs = of_size(3, None)(rng)
    del inputs["momentum"]
    return inputs


def integers(rng):
    inputs = of_size(3, 0.7)(rng)
    return {k: np.ceil(v).astype(int) if isinstance(v, np.ndarray) else v for k, v in inputs.items()}


def single_precision(rng):
    return in_float32(of_size(3, 0.8)(rng))


EXERCISE = Exercise(
    name="update_running",
    points=3,
    needs=("ewa_update",),
    hints=(
        "It is {lesson weighted_averages}'s update, done twice: once for the mean and once for the variance.",
        "`momentum` is the weight of the old running value; the mini-batch gets the rest. "
        "Build new arrays: the caller still needs the old ones.",
        "`ewa_update(running_mean, mean, momentum)` is the first half. The second half is the same with the variances.",
    ),
    cases=(
        Case("2 features", CALL, RESULTS, of_size(2, 0.9)),
        Case("a new layer: mean 0, variance 1", CALL, RESULTS, fresh_layer),
        Case("momentum 0.6", CALL, RESULTS, of_size(3, 0.6)),
        Case(
            "the default momentum",
            "new_mean, new_var = update_running(running_mean, running_var, mean, var)",
            RESULTS,
            default_momentum,
        ),
        Case("momentum 0 keeps nothing of the old", CALL, RESULTS, of_size(2, 0.0)),
        Case("momentum 1 takes nothing of the new", CALL, RESULTS, of_size(2, 1.0)),
        Case("integers", CALL, RESULTS, integers),
        Case("float32", CALL, RESULTS, single_precision),
    ),
)
