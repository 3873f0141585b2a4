from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, in_float32, means, variances

CALL = "out = normalize(Z, mean, var, eps)"


def with_statistics(m, n, eps, scale=1.0):
    def inputs(rng):
        return {"Z": batch(rng, m, n), "mean": means(rng, n), "var": variances(rng, n) * scale, "eps": eps}

    return inputs


def constant_feature(rng):
    Z = batch(rng, 4, 3)
    Z[:, 1] = 2.5
    return {"Z": Z, "mean": Z.mean(axis=0), "var": Z.var(axis=0), "eps": 0.1}


def integers(rng):
    return with_statistics(4, 3, 0.2)(rng) | {"Z": rng.integers(-9, 9, (4, 3))}


def single_precision(rng):
    return in_float32(with_statistics(5, 2, 0.1)(rng))


EXERCISE = Exercise(
    name="normalize",
    points=3,
    needs=(),
    hints=(
        "Two steps: move the data so that `mean` lands on 0, then shrink it so that `var` becomes 1. "
        "Mind the brackets: which of the two comes first?",
        "Divide by the standard deviation, not by the variance. ε joins the variance before the root is taken.",
        "`return (Z - mean) / np.sqrt(...)`, with the variance and ε together under the root.",
    ),
    cases=(
        Case("3 examples, 2 features", CALL, ("out",), with_statistics(3, 2, 0.5)),
        Case("fewer examples than features", CALL, ("out",), with_statistics(2, 5, 0.1)),
        Case("as many examples as features", CALL, ("out",), with_statistics(3, 3, 0.1)),
        Case("a feature that never changes", CALL, ("out",), constant_feature),
        Case(
            "a small variance and the default ε",
            "out = normalize(Z, mean, var)",
            ("out",),
            lambda rng: {k: v for k, v in with_statistics(4, 2, None, 1e-4)(rng).items() if k != "eps"},
        ),
        Case("ε larger than one of the variances", CALL, ("out",), with_statistics(4, 2, 1.0)),
        Case("integers", CALL, ("out",), integers),
        Case("float32", CALL, ("out",), single_precision),
        Case("a lone example", CALL, ("out",), with_statistics(1, 3, 0.3)),
    ),
)
