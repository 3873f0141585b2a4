import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch

CALL = "mean, var = batch_statistics(Z)"


def case(name, make_batch):
    return Case(name, CALL, ("mean", "var"), lambda rng: {"Z": make_batch(rng)})


def with_a_constant_feature(rng):
    Z = batch(rng, 5, 3)
    Z[:, 1] = 4.0
    return Z


EXERCISE = Exercise(
    name="batch_statistics",
    points=3,
    needs=(),
    hints=(
        "How many means should come out for a mini-batch of shape (m, n): m or n? Each feature has its own.",
        "Average down the rows (`axis=0`). The variance is the average of the squared distances from that mean.",
        "`mean = Z.mean(axis=0)`, and `var` is the mean over the same axis of `(Z - mean) ** 2`.",
    ),
    cases=(
        case("3 examples, 2 features", lambda rng: batch(rng, 3, 2)),
        case("fewer examples than features", lambda rng: batch(rng, 2, 5)),
        case("as many examples as features", lambda rng: batch(rng, 4, 4)),
        case("a feature that never changes", with_a_constant_feature),
        case("a large mini-batch", lambda rng: batch(rng, 40, 3)),
        case("values around 10 000", lambda rng: batch(rng, 6, 2, offset=1e4)),
        case("integers", lambda rng: batch(rng, 5, 3, spread=6).astype(int)),
        case("float32", lambda rng: batch(rng, 6, 2).astype(np.float32)),
        case("a lone example", lambda rng: batch(rng, 1, 3)),
    ),
)
