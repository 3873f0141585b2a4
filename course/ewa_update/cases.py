import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import means

CALL = "new = ewa_update(average, value, momentum)"


def numbers(momentum):
    return lambda rng: {
        "average": float(rng.integers(5, 15)),
        "value": float(rng.integers(20, 40)),
        "momentum": momentum,
    }


def arrays(rng):
    return {"average": means(rng, 3), "value": means(rng, 3) + 4, "momentum": 0.7}


def integers(rng):
    return {"average": rng.integers(2, 9, 3), "value": rng.integers(11, 30, 3), "momentum": 0.6}


EXERCISE = Exercise(
    name="ewa_update",
    points=2,
    needs=(),
    hints=(
        "The new average lies between the old average and the value. With momentum 0.9, which of the two is it near?",
        "Two weights that add up to 1: `momentum` belongs to the old average. What is left for the value?",
        "`return momentum * average + (1 - momentum) * ...`",
    ),
    cases=(
        Case("two numbers, momentum 0.9", CALL, ("new",), numbers(0.9)),
        Case("momentum 0.8", CALL, ("new",), numbers(0.8)),
        Case("one average per feature", CALL, ("new",), arrays),
        Case(
            "three values in a row",
            "for value in values:\n    average = ewa_update(average, value, momentum)",
            ("average",),
            lambda rng: {
                "average": 0.0,
                "values": [float(v) for v in rng.integers(10, 30, 3)],
                "momentum": 0.75,
            },
        ),
        Case("momentum 0 keeps nothing of the old", CALL, ("new",), numbers(0.0)),
        Case("momentum 1 takes nothing of the new", CALL, ("new",), numbers(1.0)),
        Case("integers", CALL, ("new",), integers),
        Case(
            "float32",
            CALL,
            ("new",),
            lambda rng: {k: np.float32(v) if k != "momentum" else v for k, v in arrays(rng).items()},
        ),
    ),
)
