import numpy as np

from autograder.misconceptions import misconception, together


def inference(Z, mean, var, gamma, beta, eps):
    return gamma * (Z - mean) / np.sqrt(var + eps) + beta


def is_batch(Z):
    return Z.ndim == 2 and len(Z) > 1


@misconception(
    "the test batch is normalised with its own mean and variance",
    "The running pair is not used, so an example's answer changes with its neighbours. "
    "A mean of 0 and a deviation of 1 in the output is a sign of this mistake, not of success.",
)
def batch_statistics_at_test(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    rows = np.atleast_2d(Z)
    return inference(Z, rows.mean(axis=0), rows.var(axis=0), gamma, beta, eps)


@batch_statistics_at_test.variant
def own_statistics_of_a_vector(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, Z.mean(axis=0), Z.var(axis=0), gamma, beta, eps)


@batch_statistics_at_test.variant
def own_statistics_of_a_batch_only(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    _m, _n = Z.shape
    return inference(Z, Z.mean(axis=0), Z.var(axis=0), gamma, beta, eps)


@batch_statistics_at_test.variant
def own_statistics_over_one_less(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        rows = np.atleast_2d(Z)
        var = rows.var(axis=0) * len(rows) / np.float64(len(rows) - 1)
        return inference(Z, rows.mean(axis=0), var, gamma, beta, eps)


@misconception(
    "a batch is normalised with its own statistics, and only a lone example with the running ones",
    "The same example then gets two answers: one alone, another in company. The running pair is for both.",
)
def batch_statistics_unless_alone(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    if is_batch(Z):
        return inference(Z, Z.mean(axis=0), Z.var(axis=0), gamma, beta, eps)
    return inference(Z, running_mean, running_var, gamma, beta, eps)


@batch_statistics_unless_alone.variant
def batch_statistics_unless_a_vector(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    if Z.ndim == 2:
        return inference(Z, Z.mean(axis=0), Z.var(axis=0), gamma, beta, eps)
    return inference(Z, running_mean, running_var, gamma, beta, eps)


@batch_statistics_unless_alone.variant
def batch_statistics_unless_of_length_1(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    if len(Z) > 1:
        return inference(Z, Z.mean(axis=0), Z.var(axis=0), gamma, beta, eps)
    return inference(Z, running_mean, running_var, gamma, beta, eps)


@misconception(
    "the running mean is subtracted, but the spread is the test batch's own",
    "Half of the change is made. Mean and variance both come from training.",
)
def batch_variance_at_test(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean, np.atleast_2d(Z).var(axis=0), gamma, beta, eps)


@batch_variance_at_test.variant
def variance_of_a_vector_at_test(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean, Z.var(axis=0), gamma, beta, eps)


@misconception(
    "the test batch's own mean is subtracted, and divided by the running spread",
    "Half of the change is made. Mean and variance both come from training.",
)
def batch_mean_at_test(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, np.atleast_2d(Z).mean(axis=0), running_var, gamma, beta, eps)


@batch_mean_at_test.variant
def mean_of_a_vector_at_test(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, Z.mean(axis=0), running_var, gamma, beta, eps)


@misconception(
    "each example is normalised across its own features",
    "That is layer norm. Batch norm's statistics belong to a feature, and at test time to the training data.",
)
def across_features(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, Z.mean(axis=-1, keepdims=True), Z.var(axis=-1, keepdims=True), gamma, beta, eps)


@misconception(
    "the test batch is blended into the running pair before it is used",
    "A training step was left in. At test time nothing may depend on the batch.",
)
def test_batch_blended_in(Z, running_mean, running_var, gamma, beta, eps=1e-5, *, momentum=0.9, rows=np.atleast_2d):
    mean = momentum * running_mean + (1 - momentum) * rows(Z).mean(axis=0)
    var = momentum * running_var + (1 - momentum) * rows(Z).var(axis=0)
    return inference(Z, mean, var, gamma, beta, eps)


@test_batch_blended_in.variant
def vector_blended_in(*arguments):
    return test_batch_blended_in.variants[0](*arguments, rows=np.asarray)


@test_batch_blended_in.variant
def test_batch_blended_in_with_099(*arguments):
    return test_batch_blended_in.variants[0](*arguments, momentum=0.99)


@test_batch_blended_in.variant
def test_batch_blended_in_with_half(*arguments):
    return test_batch_blended_in.variants[0](*arguments, momentum=0.5)


@test_batch_blended_in.variant
def test_batch_blended_in_with_01(*arguments):
    return test_batch_blended_in.variants[0](*arguments, momentum=0.1)


@misconception(
    "ε is left out",
    "Training divides by √(σ² + ε), so testing has to do it too, or the two formulas drift apart.",
)
def eps_forgotten(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean, running_var, gamma, beta, 0)


@misconception(
    "ε is not handed on",
    "The default 1e-5 is used, whatever the caller asked for.",
)
def eps_not_handed_on(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean, running_var, gamma, beta, 1e-5)


@misconception("ε stands outside the square root", "It is √(σ² + ε), at test time as in training.")
def eps_outside_sqrt(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * (Z - running_mean) / (np.sqrt(running_var) + eps) + beta


@misconception(
    "the running variance is taken for a standard deviation",
    "The root is missing: what is stored is σ².",
)
def root_forgotten(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * (Z - running_mean) / (running_var + eps) + beta


@misconception(
    "γ and β are left out",
    "They were learned in training and belong to the function at test time as well.",
)
def gamma_beta_forgotten(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return (Z - running_mean) / np.sqrt(running_var + eps)


@misconception(
    "Z goes straight to γ and β",
    "The normalisation is left out at test time. The network was trained on normalised values.",
)
def normalisation_left_out(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * Z + beta


@misconception(
    "a lone example of shape (n,) comes back with shape (1, n)",
    "The output has the shape of the input. Broadcasting handles both without a reshape.",
)
def lone_example_reshaped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(np.atleast_2d(Z), running_mean, running_var, gamma, beta, eps)


@misconception(
    "the code wants a batch, and stops at a lone example",
    "`m, n = Z.shape` and `axis=1` need two axes. A lone example has the shape (n,), and is the whole point here.",
)
def batch_wanted(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    _m, _n = Z.shape
    return inference(Z, running_mean, running_var, gamma, beta, eps)


@misconception(
    "the result is written into an array of integers",
    "`np.zeros_like(Z)` takes the dtype of Z. Everything behind the decimal point is lost.",
)
def integer_result(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    out = np.zeros_like(Z)
    out[...] = inference(Z, running_mean, running_var, gamma, beta, eps)
    return out
