import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import as_type, batch

CALL = "mean, var = population_statistics(batches)"
REFUSED = "refused = raises(ValueError, population_statistics, batches)"


def batches(*sizes, n=2, offset=0.0):
    """Draw one mini-batch per size, each on a level of its own."""
    return lambda rng: {"batches": [batch(rng, m, n, offset + b) for b, m in enumerate(sizes)]}


def case(name, make):
    return Case(name, CALL, ("mean", "var"), make)


EXERCISE = Exercise(
    name="population_statistics",
    points=4,
    needs=("batch_statistics",),
    hints=(
        "`batch_statistics` gives a pair per mini-batch. Collect the pairs first. What is done to the means, "
        "and what is done to the variances besides?",
        "Average the means and average the variances; then the variance alone is multiplied by m/(m − 1), "
        "where m is the number of rows of one mini-batch. Look at all the sizes before you use one of them.",
        "Collect `len(Z)` of every mini-batch in a set: anything but one size of 2 or more calls for "
        "`raise ValueError(...)`. The rest is two calls of `np.mean(..., axis=0)`, one of them times `m / (m - 1)`.",
    ),
    cases=(
        case("three mini-batches of four examples", batches(4, 4, 4)),
        case("two examples in each", batches(2, 2, 2, 2, 2)),
        case("as many examples as features", batches(3, 3, n=3)),
        case("as many mini-batches as examples", batches(3, 3, 3)),
        case("a single mini-batch", batches(5, n=3)),
        case("values around 10 000", batches(6, 6, offset=1e4)),
        case("integers", as_type(int, batches(4, 4, 4, n=3))),
        case("float32", as_type(np.float32, batches(5, 5))),
        Case("a smaller last mini-batch is refused", REFUSED, ("refused",), batches(4, 4, 3)),
        Case("a smaller first mini-batch is refused", REFUSED, ("refused",), batches(2, 4, 4)),
        Case("other sizes in the middle are refused", REFUSED, ("refused",), batches(4, 3, 5, 4)),
        Case("mini-batches of one example are refused", REFUSED, ("refused",), batches(1, 1, 1)),
    ),
)
