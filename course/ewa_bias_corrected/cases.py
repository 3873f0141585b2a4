from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch

CALL = "averages = ewa_bias_corrected(values, momentum)"


def series(length, momentum):
    return lambda rng: {
        "values": (10 + rng.permutation(length) * 2.5 + rng.uniform(0, 2, length)).round(1),
        "momentum": momentum,
    }


EXERCISE = Exercise(
    name="ewa_bias_corrected",
    points=3,
    needs=("ewa_update",),
    hints=(
        "Two things happen at every step: the average is updated, and a corrected copy of it is written down. "
        "The correction must not flow back into the average.",
        "Count the steps from 1: after t values the plain average has the weight 1 − momentum^t in all. Divide by it.",
        "`average = ewa_update(average, value, momentum)`, then note down `average / (1 - momentum**t)`.",
    ),
    cases=(
        Case("three values", CALL, ("averages",), series(3, 0.9)),
        Case("six values, momentum 0.5", CALL, ("averages",), series(6, 0.5)),
        Case(
            "a constant series stays what it is",
            CALL,
            ("averages",),
            lambda rng: {"values": rng.integers(3, 9) + [0.5] * 4, "momentum": 0.9},
        ),
        Case("a single value", CALL, ("averages",), series(1, 0.8)),
        Case(
            "two series side by side, one per column",
            CALL,
            ("averages",),
            lambda rng: {"values": batch(rng, 5, 2, offset=6), "momentum": 0.8},
        ),
        Case(
            "integers",
            CALL,
            ("averages",),
            lambda rng: {"values": rng.permutation(5) * 4 + 7, "momentum": 0.7},
        ),
    ),
)
