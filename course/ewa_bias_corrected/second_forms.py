import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


def plain(values, momentum):
    average, found = 0.0, []
    for value in values:
        average = reference.ewa_update(average, value, momentum)
        found.append(average)
    return found


def by_weights(values, momentum):
    """Give the uncorrected averages without a recursion."""
    T = len(values)
    back = np.subtract.outer(np.arange(T), np.arange(T))
    weights = np.where(back >= 0, (1 - momentum) * momentum ** np.abs(back).astype(float), 0.0)
    return np.tensordot(weights, np.asarray(values, dtype=float), axes=1)


@way("not_corrected")
def recursion_alone(values, momentum):
    return plain(values, momentum)


@way("exponent_from_zero")
def enumerated_from_zero(values, momentum):
    average, found = 0.0, []
    for t, value in enumerate(values):
        average = momentum * average + (1 - momentum) * value
        found.append(average / (1 - momentum**t))
    return np.array(found)


@way("power_of_one_minus_momentum")
def product_of_rests(values, momentum):
    found, divisor = [], 1.0
    for average in plain(values, momentum):
        divisor *= 1 - momentum
        found.append(average / divisor)
    return found


@way("multiplied")
def factor_in_a_list(values, momentum):
    return np.stack([a * (1 - momentum**t) for t, a in enumerate(by_weights(values, momentum), 1)])


@way("one_divisor_for_all")
def divided_after_the_loop(values, momentum):
    t = 0
    averages = []
    average = np.zeros_like(values[0], dtype=float)
    for value in values:
        t += 1
        average = momentum * average + (1 - momentum) * value
        averages.append(average)
    return [a / (1 - momentum**t) for a in averages]


@way("momentum_swapped")
def torch_weights(values, momentum):
    v, out = 0, []
    for t, x in enumerate(values):
        v = v + momentum * (x - v)
        out.append(v / (1 - momentum ** (t + 1)))
    return np.array(out)


@way("momentum_swapped")
def weight_of_the_new_in_both(values, momentum):
    beta = 1 - momentum
    return np.array([a / (1 - beta**t) for t, a in enumerate(plain(values, beta), 1)])


@way("correction_fed_back")
def one_variable(values, momentum):
    v = 0
    out = np.empty(np.shape(values))
    for t in range(len(values)):
        v = reference.ewa_update(v, values[t], momentum)
        v = v / (1 - momentum ** (t + 1))
        out[t] = v
    return out


@way("started_from_first_value")
def extra_weight_of_the_first(values, momentum):
    T = np.arange(1, len(values) + 1).reshape(-1, *[1] * (np.ndim(values) - 1))
    return (by_weights(values, momentum) + momentum**T * np.asarray(values)[0]) / (1 - momentum**T)


@way("first_value_in_place_of_correction")
def initialised(values, momentum):
    average = values[0]
    out = []
    for value in values:
        average = reference.ewa_update(average, value, momentum)
        out.append(average)
    return np.asarray(out)


@way("exponent_one_ahead")
def counted_before_use(values, momentum):
    out, t = [], 1
    for average in plain(values, momentum):
        t += 1
        out.append(average / (1 - momentum**t))
    return np.array(out)


@way("multiplied_by_t")
def times(values, momentum):
    with np.errstate(all="ignore"):
        return np.array([a / (1 - momentum * t) for t, a in enumerate(plain(values, momentum), 1)])


@way("power_forgotten")
def no_power(values, momentum):
    return by_weights(values, momentum) * (1 / (1 - momentum))


@way("brackets_missing")
def without_brackets(values, momentum):
    return [a - momentum**t for t, a in enumerate(plain(values, momentum), start=1)]


@way("plain_mean")
def means_of_slices(values, momentum):
    return np.array([np.mean(values[: t + 1], axis=0) for t in range(len(values))])


@way("last_only")
def variable_returned(values, momentum):
    v = 0.0
    for x in values:
        v = momentum * v + (1 - momentum) * x
    return v / (1 - momentum ** len(values))


@way("updated_in_place")
def written_over_the_values(values, momentum):
    average = 0.0
    for t in range(len(values)):
        average = reference.ewa_update(average, values[t], momentum)
        values[t] = average / (1 - momentum ** (t + 1))
    return values


@way("weights_exceed_one")
def added_in_full(values, momentum):
    v, out = 0.0, []
    for t, x in enumerate(values, 1):
        v = momentum * v + x
        out.append(v / (1 - momentum**t))
    return np.array(out)


@way("start_included")
def list_that_begins_with_the_start(values, momentum):
    average = np.zeros(np.shape(values)[1:])
    out = [average]
    for t, value in enumerate(values, 1):
        average = reference.ewa_update(average, value, momentum)
        out.append(average / (1 - momentum**t))
    return np.array(out)


@way("along_the_rows")
def last_axis(values, momentum):
    average, out = 0.0, np.zeros(values.shape)
    for t in range(values.shape[-1]):
        average = momentum * average + (1 - momentum) * values[..., t]
        out[..., t] = average / (1 - momentum ** (t + 1))
    return out


@way("one_series_wanted")
def divisors_in_a_row(values, momentum):
    return np.array(plain(values, momentum)) / (1 - momentum ** np.arange(1, len(values) + 1))


@way("one_series_wanted")
def one_number_per_step(values, momentum):
    average, out = 0.0, np.zeros(len(values))
    for t in range(len(values)):
        average = momentum * average + (1 - momentum) * values[t]
        out[t] = average / (1 - momentum ** (t + 1))
    return out


@way("two_axes_wanted")
def shape_unpacked(values, momentum):
    T, n = values.shape
    average, out = np.zeros(n), np.zeros((T, n))
    for t in range(T):
        average = reference.ewa_update(average, values[t], momentum)
        out[t] = average / (1 - momentum ** (t + 1))
    return out


@way("same_array_appended")
def buffer_with_out(values, momentum):
    v = np.zeros(np.shape(values)[1:])
    buffer = np.empty_like(v)
    out = []
    for t, x in enumerate(values):
        v = momentum * v + (1 - momentum) * x
        np.divide(v, 1 - momentum ** (t + 1), out=buffer)
        out.append(buffer)
    return np.stack(out)


@way("same_array_appended")
def in_place_then_divided(values, momentum):
    v = np.zeros_like(values[0], dtype=float)
    out = []
    for x in values:
        v *= momentum
        v += (1 - momentum) * x
        out.append(v)
    return np.array([row / (1 - momentum ** (t + 1)) for t, row in enumerate(out)])


@way("integer_result")
def entry_by_entry(values, momentum):
    out = np.empty_like(values)
    v = np.zeros(values.shape[1:])
    for i in range(values.shape[0]):
        v = momentum * v + (1 - momentum) * values[i]
        out[i] = v / (1 - momentum ** (i + 1))
    return out


@way("momentum_swapped", "not_corrected")
def torch_and_uncorrected(values, momentum):
    return by_weights(values, 1 - momentum)


@way("momentum_swapped", "exponent_from_zero")
def torch_from_zero(values, momentum):
    v, out = 0.0, []
    for t, x in enumerate(values):
        v += momentum * (x - v)
        out.append(v / (1 - momentum**t))
    return np.array(out)


@way("not_corrected", "integer_result")
def rows_of_integers(values, momentum):
    out = np.zeros_like(values)
    for t, average in enumerate(plain(values, momentum)):
        out[t] = average
    return out
