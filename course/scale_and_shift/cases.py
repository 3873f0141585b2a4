from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, betas, gammas, in_float32

CALL = "out = scale_and_shift(Z_norm, gamma, beta)"


def of_shape(m, n):
    return lambda rng: {"Z_norm": batch(rng, m, n, spread=1), "gamma": gammas(rng, n), "beta": betas(rng, n)}


def a_gamma_of_0(rng):
    inputs = of_shape(3, 2)(rng)
    inputs["gamma"][1] = 0
    return inputs


def integers(rng):
    return of_shape(4, 3)(rng) | {"Z_norm": rng.integers(-3, 4, (4, 3))}


def single_precision(rng):
    return in_float32(of_shape(4, 2)(rng))


EXERCISE = Exercise(
    name="scale_and_shift",
    points=2,
    needs=(),
    hints=(
        "γ and β hold one number per feature. Which of the two stretches, which of the two moves?",
        "numpy lines up an array of shape (n,) with the columns of one of shape (m, n): no reshape is needed.",
        "`return gamma * ... + ...`",
    ),
    cases=(
        Case("3 examples, 2 features", CALL, ("out",), of_shape(3, 2)),
        Case("fewer examples than features", CALL, ("out",), of_shape(2, 4)),
        Case("as many examples as features", CALL, ("out",), of_shape(3, 3)),
        Case("a unit whose γ is 0", CALL, ("out",), a_gamma_of_0),
        Case("integers", CALL, ("out",), integers),
        Case("float32", CALL, ("out",), single_precision),
        Case("a lone example", CALL, ("out",), of_shape(1, 3)),
    ),
)
