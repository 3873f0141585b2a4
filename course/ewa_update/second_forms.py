import numpy as np

from autograder.coursebook.second_forms import way


@way("momentum_swapped")
def from_the_value(average, value, momentum):
    return average + momentum * (value - average)


@way("momentum_ignored")
def numpy_mean(average, value, momentum):
    return np.mean([average, value], axis=0)


@way("momentum_hard_coded")
def step_of_a_tenth(average, value, momentum):
    return average + 0.1 * (value - average)


@way("momentum_hard_coded")
def of_torch(average, value, momentum=0.1):
    return 0.1 * average + 0.9 * value


@way("moves_away")
def step_back(average, value, momentum):
    alpha = 1 - momentum
    return (1 + alpha) * average - alpha * value


@way("weights_exceed_one")
def product_then_sum(average, value, momentum):
    return np.add(np.multiply(average, momentum), value)


@way("old_not_faded")
def step_by_the_value(average, value, momentum):
    step = value * (1 - momentum)
    return step + average


@way("updated_in_place")
def step_in_place(average, value, momentum):
    average += (1 - momentum) * (value - average)
    return average


@way("updated_in_place")
def with_out(average, value, momentum):
    if isinstance(average, np.ndarray):
        np.copyto(average, momentum * average + (1 - momentum) * value, casting="unsafe")
        return average
    return momentum * average + (1 - momentum) * value


@way("same_weight_twice")
def factored_out(average, value, momentum):
    return momentum * (average + value)


@way("brackets_missing")
def other_order(average, value, momentum):
    return 1 - momentum * value + average * momentum


@way("value_returned")
def momentum_of_zero(average, value, momentum):
    return 0 * average + 1.0 * value


@way("never_moves")
def local_name_only(average, value, momentum):
    new = average * 1.0
    return new


@way("zero_taken_for_unset")
def by_any(average, value, momentum):
    if not np.any(average):
        return value
    return momentum * average + (1 - momentum) * value


@way("divided_by_the_rest")
def ratio_of_weights(average, value, momentum):
    rest = 1 - momentum
    return momentum / rest * average + value


@way("integer_result")
def zeros_filled(average, value, momentum):
    out = np.zeros_like(average)
    for i in np.ndindex(out.shape):
        out[i] = momentum * np.asarray(average)[i] + (1 - momentum) * np.asarray(value)[i]
    return out


@way("step_alone")
def two_differences(average, value, momentum):
    rest = 1 - momentum
    return rest * value - rest * average


@way("arrays_refused")
def compared_first(average, value, momentum):
    if value > average:
        return average + (1 - momentum) * (value - average)
    return average - (1 - momentum) * (average - value)


@way("momentum_swapped", "updated_in_place")
def torch_in_place(average, value, momentum):
    average += momentum * (value - average)
    return average


@way("momentum_hard_coded", "updated_in_place")
def nine_tenths_in_place(average, value, momentum):
    average -= 0.1 * (average - value)
    return average
