import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, means, variances

CALL = "mean, var = running_statistics(epochs, running_mean, running_var, momentum)"
RESULTS = ("mean", "var")


def epochs_of(sizes, momentum, n=2):
    """Draw inputs with one epoch per entry of `sizes`, one mini-batch per number in it."""

    def inputs(rng):
        return {
            "epochs": [[batch(rng, m, n, offset=2 * e + b) for b, m in enumerate(ms)] for e, ms in enumerate(sizes)],
            "running_mean": means(rng, n),
            "running_var": variances(rng, n),
            "momentum": momentum,
        }

    return inputs


def fresh_layer(rng):
    inputs = epochs_of([[4, 4], [4, 4]], None, 3)(rng)
    del inputs["momentum"]
    return inputs | {"running_mean": np.zeros(3), "running_var": np.ones(3)}


EXERCISE = Exercise(
    name="running_statistics",
    points=4,
    needs=("batch_statistics", "update_running"),
    hints=(
        "Two loops: over the epochs, and over the mini-batches of each epoch. One update per mini-batch.",
        "Where does the running pair get its first value? Before both loops, from the arguments, and nowhere else.",
        "Inside both loops: `mean, var = batch_statistics(Z)`, then `update_running` gives the new running pair.",
    ),
    cases=(
        Case("one epoch of two mini-batches", CALL, RESULTS, epochs_of([[3, 3]], 0.8)),
        Case("two epochs", CALL, RESULTS, epochs_of([[3, 3], [3, 3]], 0.8)),
        Case("three epochs, momentum 0.5", CALL, RESULTS, epochs_of([[4, 4]] * 3, 0.5, 3)),
        Case("a smaller last mini-batch", CALL, RESULTS, epochs_of([[5, 5, 2], [5, 5, 2]], 0.7)),
        Case("a single mini-batch", CALL, RESULTS, epochs_of([[4]], 0.9, 3)),
        Case(
            "a new layer and the default momentum",
            "mean, var = running_statistics(epochs, running_mean, running_var)",
            RESULTS,
            fresh_layer,
        ),
        Case("as many examples as features", CALL, RESULTS, epochs_of([[3, 3], [3, 3]], 0.6, 3)),
    ),
)
