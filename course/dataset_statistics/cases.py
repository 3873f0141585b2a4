import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import as_type, batch

CALL = "mean, var = dataset_statistics(batches)"
STREAM = "mean, var = dataset_statistics(Z for Z in batches)"


def batches(*sizes, n=2, offset=0.0):
    """Draw one mini-batch per size, each on a level of its own."""
    return lambda rng: {"batches": [batch(rng, m, n, offset + 3 * (b % 3)) for b, m in enumerate(sizes)]}


def case(name, make, script=CALL):
    return Case(name, script, ("mean", "var"), make)


EXERCISE = Exercise(
    name="dataset_statistics",
    points=5,
    needs=("batch_statistics",),
    hints=(
        "Keep three things between mini-batches: how many rows there were, their mean and their variance. "
        "Every mini-batch changes all three.",
        "Which share of all rows so far has the new mini-batch? With that share the mean moves towards "
        "the mini-batch's mean. Keep the distance between the two: the variance needs it, as it was before the move.",
        "`share = len(Z) / (count + len(Z))` and `step = batch_mean - mean`. The new mean is `mean + share * step`; "
        "the new variance has three terms: `(1 - share)` of the old, `share` of the mini-batch's, "
        "and `share * (1 - share)` times the squared step.",
    ),
    cases=(
        case("two mini-batches of one size", batches(3, 3)),
        case("a smaller last mini-batch", batches(5, 5, 2)),
        case("a smaller first mini-batch", batches(2, 6)),
        case("a generator: every mini-batch can be seen once", batches(4, 3, 2), STREAM),
        case("a lone example at the end", batches(4, 4, 1, n=3)),
        case("a single mini-batch", batches(4)),
        case("as many examples as features, twice", batches(3, 3, n=3)),
        case("ten mini-batches", batches(*[3] * 9, 1)),
        case("values around 10 000", batches(4, 6, 3, offset=1e4)),
        case("integers", as_type(int, batches(4, 3, n=3))),
        case("float32", as_type(np.float32, batches(4, 4, 2))),
    ),
)
