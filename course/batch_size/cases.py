from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch

EXERCISE = Exercise(
    name="batch_size",
    points=0,
    needs=(),
    hints=(
        "Nothing is missing here: the function already stands in the cell. Run it as it is.",
        "Examples stand in rows. `Z.shape` gives rows first, columns second.",
        "`return Z.shape[0]`",
    ),
    cases=(
        Case("4 examples of 3 features", "m = batch_size(Z)", ("m",), lambda rng: {"Z": batch(rng, 4, 3)}),
        Case("2 examples of 5 features", "m = batch_size(Z)", ("m",), lambda rng: {"Z": batch(rng, 2, 5)}),
        Case("a lone example", "m = batch_size(Z)", ("m",), lambda rng: {"Z": batch(rng, 1, 3)}),
    ),
)
