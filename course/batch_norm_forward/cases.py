from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, betas, gammas, in_float32

CALL = "out, cache = batch_norm_forward(Z, gamma, beta, eps)"


def of_shape(m, n, eps, offset=0.0):
    def inputs(rng):
        return {"Z": batch(rng, m, n, offset), "gamma": gammas(rng, n), "beta": betas(rng, n), "eps": eps}

    return inputs


def constant_feature(rng):
    inputs = of_shape(4, 3, 0.1)(rng)
    inputs["Z"][:, 1] = -1.5
    return inputs


def integers(rng):
    return of_shape(4, 3, 0.2)(rng) | {"Z": rng.integers(-9, 9, (4, 3))}


def small_variance(rng):
    inputs = of_shape(5, 2, None)(rng)
    del inputs["eps"]
    return inputs | {"Z": inputs["Z"] / 100}


def single_precision(rng):
    return in_float32(of_shape(5, 2, 0.1)(rng))


EXERCISE = Exercise(
    name="batch_norm_forward",
    points=3,
    needs=("batch_statistics", "normalize", "scale_and_shift"),
    hints=(
        "Nothing new has to be computed: you have written all three steps already. Call them in order.",
        "`batch_statistics`, then `normalize`, then `scale_and_shift`. Hand `eps` on, and see what the cache keeps.",
        "`mean, var = batch_statistics(Z)`; `Z_norm = normalize(Z, mean, var, eps)`; `out = scale_and_shift(...)`; "
        'the cache is `{"Z": Z, "Z_norm": Z_norm, ...}` with the six keys of the docstring.',
    ),
    cases=(
        Case("3 examples, 2 features", CALL, ("out",), of_shape(3, 2, 0.5)),
        Case("fewer examples than features", CALL, ("out",), of_shape(2, 4, 0.1)),
        Case("as many examples as features", CALL, ("out",), of_shape(3, 3, 0.1)),
        Case("a feature that never changes", CALL, ("out",), constant_feature),
        Case(
            "a small variance and the default ε",
            "out, cache = batch_norm_forward(Z, gamma, beta)",
            ("out",),
            small_variance,
        ),
        Case(
            "what the cache holds",
            CALL
            + '\nkept_Z, kept_Z_norm = cache["Z"], cache["Z_norm"]'
            + '\nkept_mean, kept_var = cache["mean"], cache["var"]'
            + '\nkept_gamma, kept_eps = cache["gamma"], cache["eps"]',
            ("out", "kept_Z", "kept_Z_norm", "kept_mean", "kept_var", "kept_gamma", "kept_eps"),
            of_shape(4, 2, 0.2),
        ),
        Case(
            "a second call leaves the first one's results alone",
            CALL
            + "\nbatch_norm_forward(Z[::-1], gamma, beta, eps)"
            + '\nkept_Z, kept_Z_norm = cache["Z"], cache["Z_norm"]',
            ("out", "kept_Z", "kept_Z_norm"),
            of_shape(4, 2, 0.3),
        ),
        Case("values around 10 000", CALL, ("out",), of_shape(6, 2, 0.1, offset=1e4)),
        Case("integers", CALL, ("out",), integers),
        Case("float32", CALL, ("out",), single_precision),
        Case("a lone example gives β", CALL, ("out",), of_shape(1, 3, 0.1)),
    ),
)
