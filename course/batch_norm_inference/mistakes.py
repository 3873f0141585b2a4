import numpy as np

from autograder.coursebook.mistakes import misconception, together


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
    "the test batch's own mean is subtracted, but the spread is the running one",
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
    "`np.zeros_like(Z)` takes over the dtype of Z, and what is written into it is cut to fit.",
)
def integer_result(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    out = np.zeros_like(Z)
    out[...] = inference(Z, running_mean, running_var, gamma, beta, eps)
    return out


def moved(running_mean, running_var, Z, momentum=0.9):
    """Make a training step in place."""
    running_mean *= momentum
    running_mean += (1 - momentum) * Z.mean(axis=0)
    running_var *= momentum
    running_var += (1 - momentum) * Z.var(axis=0)


@misconception(
    "the running pair is updated in place at test time",
    "A training step was left in, and it changes the caller's arrays: ask twice, and the second answer differs. "
    "At test time nothing is updated.",
)
def updated_at_test_time(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    moved(running_mean, running_var, np.atleast_2d(Z))
    return inference(Z, running_mean, running_var, gamma, beta, eps)


@updated_at_test_time.variant
def updated_after_use(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    out = inference(Z, running_mean, running_var, gamma, beta, eps)
    moved(running_mean, running_var, np.atleast_2d(Z))
    return out


@updated_at_test_time.variant
def updated_with_a_vector(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    moved(running_mean, running_var, Z)
    return inference(Z, running_mean, running_var, gamma, beta, eps)


@updated_at_test_time.variant
def updated_with_01(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    moved(running_mean, running_var, np.atleast_2d(Z), 0.1)
    return inference(Z, running_mean, running_var, gamma, beta, eps)


@updated_at_test_time.variant
def updated_with_099(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    moved(running_mean, running_var, np.atleast_2d(Z), 0.99)
    return inference(Z, running_mean, running_var, gamma, beta, eps)


@misconception(
    "the running variance is corrected by m/(m − 1) with the m of the test batch",
    "The answer for one example then depends on how many stand beside it, and alone m − 1 is 0. "
    "Whatever correction there is belongs to training.",
)
def corrected_by_the_test_batch(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        m = np.float64(len(np.atleast_2d(Z)))
        return inference(Z, running_mean, running_var * (m / (m - 1)), gamma, beta, eps)


@corrected_by_the_test_batch.variant
def corrected_by_the_length(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        m = np.float64(len(Z))
        return inference(Z, running_mean, running_var * (m / (m - 1)), gamma, beta, eps)


@corrected_by_the_test_batch.variant
def corrected_and_stopped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    m = len(np.atleast_2d(Z))
    return inference(Z, running_mean, running_var * (m / (m - 1)), gamma, beta, eps)


@corrected_by_the_test_batch.variant
def corrected_by_the_length_and_stopped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    m = len(Z)
    return inference(Z, running_mean, running_var * (m / (m - 1)), gamma, beta, eps)


@corrected_by_the_test_batch.variant
def corrected_with_a_guard(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    m = len(np.atleast_2d(Z))
    return inference(Z, running_mean, running_var * (m / max(m - 1, 1)), gamma, beta, eps)


@corrected_by_the_test_batch.variant
def corrected_by_the_length_with_a_guard(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    m = len(Z)
    return inference(Z, running_mean, running_var * (m / max(m - 1, 1)), gamma, beta, eps)


@misconception(
    "a lone example is normalised across its own features, and only a batch with the running pair",
    "A mean seems to need several numbers, but the features are different quantities. "
    "The running pair serves one example as it serves many.",
)
def lone_example_across_features(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    if is_batch(Z):
        return inference(Z, running_mean, running_var, gamma, beta, eps)
    return inference(Z, Z.mean(), Z.var(), gamma, beta, eps)


@lone_example_across_features.variant
def vector_across_features(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    if Z.ndim == 2:
        return inference(Z, running_mean, running_var, gamma, beta, eps)
    return inference(Z, Z.mean(), Z.var(), gamma, beta, eps)


@misconception(
    "a lone example answers β, whatever it is",
    "It is compared with its own mean, and nothing is left of it. The running pair knows where it lies.",
)
def lone_example_gives_beta(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    if is_batch(Z):
        return inference(Z, running_mean, running_var, gamma, beta, eps)
    return np.broadcast_to(beta, Z.shape) * 1.0


@misconception("γ and β have changed places", "γ multiplies and β is added, at test time as in training.")
def gamma_beta_swapped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean, running_var, beta, gamma, eps)


@misconception("β is left out", "An example that lies exactly at the running mean should come out as β.")
def beta_forgotten(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean, running_var, gamma, 0, eps)


@misconception("γ is left out", "With γ = 2 two examples should come out twice as far apart; yours do not.")
def gamma_forgotten(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean, running_var, 1, beta, eps)


@misconception("the running mean is not subtracted", "An example that lies exactly at it should come out as β.")
def mean_not_subtracted(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, 0, running_var, gamma, beta, eps)


@misconception(
    "the running pair is turned into columns",
    "Columns run down the examples: numpy stops, or, where m equals n, each example gets another one's statistics. "
    "Arrays of shape (n,) line up with Z as they are, one example or many.",
)
def one_pair_per_example(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean.reshape(-1, 1), running_var.reshape(-1, 1), gamma, beta, eps)


@misconception(
    "the caller's Z is overwritten",
    "`Z -= running_mean` changes the array outside as well. Write `Z - running_mean`.",
)
def updated_in_place(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    Z -= running_mean
    return inference(Z, 0, running_var, gamma, beta, eps)


@updated_in_place.variant
def normalised_in_place(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    Z -= running_mean
    Z /= np.sqrt(running_var + eps)
    return gamma * Z + beta


@updated_in_place.variant
def all_in_place(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    Z -= running_mean
    Z /= np.sqrt(running_var + eps)
    Z *= gamma
    Z += beta
    return Z


@updated_in_place.variant
def filled_in_place(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    Z[...] = inference(Z, running_mean, running_var, gamma, beta, eps)
    return Z


@misconception(
    "ε is added to the caller's running variance itself",
    "`running_var += eps` changes the array outside: with every call it grows. Write `running_var + eps`.",
)
def eps_added_in_place(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    running_var += eps
    return inference(Z, running_mean, running_var, gamma, beta, 0)


@misconception(
    "a batch of one row loses its axis",
    "(1, n) in, (1, n) out. `squeeze` and `out[0]` take the axis away; a lone example of shape (n,) needs neither.",
)
def row_axis_lost(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return np.squeeze(inference(Z, running_mean, running_var, gamma, beta, eps))


@misconception(
    "nothing is done at test time",
    "Batch norm is no dropout: the layers above have learned from its output, and need it at test time too.",
)
def switched_off(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return Z * 1.0


@misconception(
    "γ is missing in what is subtracted",
    "Multiplied out, γ goes to both: to Z over the root, and to the running mean over the root.",
)
def shift_without_gamma(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    root = np.sqrt(running_var + eps)
    return gamma * Z / root + (beta - running_mean / root)


@misconception(
    "the running mean and the running variance have changed places",
    "The order of the arguments is `normalize(Z, mean, var, eps)`. A negative mean under the root gives NaN.",
)
def mean_and_variance_swapped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    with np.errstate(all="ignore"):
        return inference(Z, running_var, running_mean, gamma, beta, eps)


@misconception(
    "the default of ε is changed",
    "A call without an ε then takes another than 1e-5, with which the signature was given.",
)
def default_changed(Z, running_mean, running_var, gamma, beta, eps=1e-3):
    return inference(Z, running_mean, running_var, gamma, beta, eps)


@default_changed.variant
def default_of_1e_8(Z, running_mean, running_var, gamma, beta, eps=1e-8):
    return inference(Z, running_mean, running_var, gamma, beta, eps)


def with_own(Z, rows, divisor):
    """Normalise a batch with its own mean, and with what `divisor` makes of its variance."""
    with np.errstate(all="ignore"):
        return (Z - rows(Z).mean(axis=0)) / divisor(rows(Z).var(axis=0))


@together(batch_statistics_at_test, eps_forgotten)
def own_and_forgotten(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * with_own(Z, np.atleast_2d, np.sqrt) + beta


@own_and_forgotten.variant
def own_of_a_vector_and_forgotten(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * with_own(Z, np.asarray, np.sqrt) + beta


@together(batch_statistics_at_test, eps_outside_sqrt)
def own_and_outside(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * with_own(Z, np.atleast_2d, lambda var: np.sqrt(var) + eps) + beta


@own_and_outside.variant
def own_of_a_vector_and_outside(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * with_own(Z, np.asarray, lambda var: np.sqrt(var) + eps) + beta


@together(batch_statistics_at_test, eps_not_handed_on)
def own_and_not_handed_on(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return batch_statistics_at_test.variants[0](Z, running_mean, running_var, gamma, beta, 1e-5)


@own_and_not_handed_on.variant
def own_of_a_vector_and_not_handed_on(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return own_statistics_of_a_vector(Z, running_mean, running_var, gamma, beta, 1e-5)


@together(batch_statistics_at_test, gamma_beta_swapped)
def own_and_swapped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return batch_statistics_at_test.variants[0](Z, running_mean, running_var, beta, gamma, eps)


@own_and_swapped.variant
def own_of_a_vector_and_swapped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return own_statistics_of_a_vector(Z, running_mean, running_var, beta, gamma, eps)


@together(batch_statistics_at_test, root_forgotten)
def own_without_root(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * with_own(Z, np.atleast_2d, lambda var: var + eps) + beta


@own_without_root.variant
def own_of_a_vector_without_root(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * with_own(Z, np.asarray, lambda var: var + eps) + beta


@together(batch_statistics_at_test, gamma_beta_forgotten)
def own_alone(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return with_own(Z, np.atleast_2d, lambda var: np.sqrt(var + eps))


@own_alone.variant
def own_of_a_vector_alone(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return with_own(Z, np.asarray, lambda var: np.sqrt(var + eps))


@together(batch_statistics_unless_alone, eps_forgotten)
def unless_alone_and_forgotten(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return batch_statistics_unless_alone.variants[0](Z, running_mean, running_var, gamma, beta, 0)


@together(batch_statistics_unless_alone, eps_not_handed_on)
def unless_alone_and_not_handed_on(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return batch_statistics_unless_alone.variants[0](Z, running_mean, running_var, gamma, beta, 1e-5)


@together(eps_outside_sqrt, gamma_beta_swapped)
def outside_and_swapped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return eps_outside_sqrt.variants[0](Z, running_mean, running_var, beta, gamma, eps)


@together(eps_forgotten, gamma_beta_swapped)
def forgotten_and_swapped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean, running_var, beta, gamma, 0)


@together(eps_not_handed_on, gamma_beta_swapped)
def not_handed_on_and_swapped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return inference(Z, running_mean, running_var, beta, gamma, 1e-5)


@together(eps_forgotten, root_forgotten)
def bare_variance(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma * (Z - running_mean) / running_var + beta


@together(eps_forgotten, gamma_beta_forgotten)
def bare_and_alone(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return (Z - running_mean) / np.sqrt(running_var)


@together(eps_outside_sqrt, gamma_beta_forgotten)
def outside_and_alone(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return (Z - running_mean) / (np.sqrt(running_var) + eps)


@together(batch_wanted, eps_forgotten)
def batch_wanted_and_forgotten(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return batch_wanted.variants[0](Z, running_mean, running_var, gamma, beta, 0)


@together(batch_wanted, gamma_beta_swapped)
def batch_wanted_and_swapped(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return batch_wanted.variants[0](Z, running_mean, running_var, beta, gamma, eps)
