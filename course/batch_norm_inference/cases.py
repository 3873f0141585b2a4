from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, betas, gammas, in_float32, means, variances

CALL = "out = batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps)"


def of_shape(shape, eps, offset=0.0, scale=1.0):
    n = shape[-1]

    def inputs(rng):
        return {
            "Z": batch(rng, shape[0] if len(shape) == 2 else 1, n, offset).reshape(shape),
            "running_mean": means(rng, n),
            "running_var": variances(rng, n) * scale,
            "gamma": gammas(rng, n),
            "beta": betas(rng, n),
            "eps": eps,
        }

    return inputs


def small_variance(rng):
    inputs = of_shape((4, 2), None, scale=1e-4)(rng)
    del inputs["eps"]
    return inputs


def integers(rng):
    return of_shape((4, 3), 0.2)(rng) | {"Z": rng.integers(-9, 9, (4, 3))}


def single_precision(rng):
    return in_float32(of_shape((5, 2), 0.1)(rng))


EXERCISE = Exercise(
    name="batch_norm_inference",
    points=5,
    needs=("normalize", "scale_and_shift"),
    hints=(
        "Which numbers may the answer for one example depend on? Not on the examples that happen to stand beside it.",
        "You have both steps: `normalize` with the running pair in place of the mini-batch's, then `scale_and_shift`.",
        "`Z_norm = normalize(Z, running_mean, running_var, eps)`, then one more line. "
        "A lone example of shape (n,) needs no special case.",
    ),
    cases=(
        Case("a lone example", CALL, ("out",), of_shape((2,), 0.5)),
        Case("3 examples, 2 features", CALL, ("out",), of_shape((3, 2), 0.5)),
        Case("a batch far from the running statistics", CALL, ("out",), of_shape((4, 3), 0.1, offset=20)),
        Case("as many examples as features", CALL, ("out",), of_shape((3, 3), 0.1)),
        Case(
            "one row alone, and inside its batch",
            "inside = batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps)[1]\n"
            "alone = batch_norm_inference(Z[1], running_mean, running_var, gamma, beta, eps)\n"
            "kept_a_batch = batch_norm_inference(Z[1:2], running_mean, running_var, gamma, beta, eps)",
            ("inside", "alone", "kept_a_batch"),
            of_shape((3, 2), 0.3),
        ),
        Case(
            "a small variance and the default ε",
            "out = batch_norm_inference(Z, running_mean, running_var, gamma, beta)",
            ("out",),
            small_variance,
        ),
        Case("a large batch", CALL, ("out",), of_shape((40, 2), 0.1, offset=3)),
        Case("integers", CALL, ("out",), integers),
        Case("float32", CALL, ("out",), single_precision),
    ),
)
