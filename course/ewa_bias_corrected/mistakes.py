import numpy as np

from autograder.coursebook.mistakes import misconception, together


def averages(values, momentum):
    """Give the uncorrected averages."""
    average, found = np.zeros(np.shape(values)[1:]), []
    for value in values:
        average = momentum * average + (1 - momentum) * value
        found.append(average)
    return np.array(found)


def steps(values):
    """Give 1, 2, … as a column that fits the values."""
    return np.arange(1, len(values) + 1).reshape((-1,) + (1,) * (np.ndim(values) - 1))


@misconception(
    "the averages are left as they are, without the correction",
    "The first one is only (1 − momentum) times the first value: it still leans towards the 0 that it started from.",
)
def not_corrected(values, momentum):
    return averages(values, momentum)


@misconception(
    "the exponent counts from 0",
    "The first step then divides by 1 − momentum⁰ = 0. After the first value, t is 1.",
)
def exponent_from_zero(values, momentum):
    return averages(values, momentum) / (1 - momentum ** (steps(values) - 1))


@misconception(
    "the divisor is (1 − momentum)^t",
    "The brackets sit elsewhere: it is 1 − (momentum^t), which grows towards 1 as t does.",
)
def power_of_one_minus_momentum(values, momentum):
    return averages(values, momentum) / (1 - momentum) ** steps(values)


@misconception(
    "the average is multiplied by 1 − momentum^t",
    "That factor is below 1, and the averages are too small already: divide by it.",
)
def multiplied(values, momentum):
    return averages(values, momentum) * (1 - momentum ** steps(values))


@misconception(
    "every average is divided by the last step's 1 − momentum^t",
    "The correction changes from step to step: entry t needs its own t.",
)
def one_divisor_for_all(values, momentum):
    return averages(values, momentum) / (1 - momentum ** len(values))


@misconception(
    "the weights are swapped: momentum on the new value",
    "`momentum` is the weight of the old average, here and in {lesson weighted_averages}'s first exercise.",
)
def momentum_swapped(values, momentum):
    return averages(values, 1 - momentum) / (1 - momentum ** steps(values))


@momentum_swapped.variant
def momentum_swapped_throughout(values, momentum):
    return averages(values, 1 - momentum) / (1 - (1 - momentum) ** steps(values))


@misconception(
    "the corrected average is fed back into the next step",
    "Keep two numbers: the average goes on uncorrected, and a corrected copy of it is written down.",
)
def correction_fed_back(values, momentum):
    average, found = np.zeros(np.shape(values)[1:]), []
    for t, value in enumerate(values, start=1):
        average = (momentum * average + (1 - momentum) * value) / (1 - momentum**t)
        found.append(average)
    return np.array(found)


@misconception(
    "the average starts at the first value and is corrected as well",
    "Those are two remedies for one ailment. With the correction the average starts at 0.",
)
def started_from_first_value(values, momentum):
    average, found = np.array(values[0], dtype=float), []
    for t, value in enumerate(values, start=1):
        average = momentum * average + (1 - momentum) * value
        found.append(average / (1 - momentum**t))
    return np.array(found)


@started_from_first_value.variant
def started_from_first_value_from_the_second_on(values, momentum):
    average, found = np.array(values[0], dtype=float), [np.array(values[0], dtype=float)]
    for t, value in enumerate(values[1:], start=2):
        average = momentum * average + (1 - momentum) * value
        found.append(average / (1 - momentum**t))
    return np.array(found)


@misconception(
    "the average starts at the first value, and nothing is corrected",
    "That gives the first value far more weight than the others. Here the average starts at 0 and is divided.",
)
def first_value_in_place_of_correction(values, momentum):
    average, found = np.array(values[0], dtype=float), []
    for value in values:
        average = momentum * average + (1 - momentum) * value
        found.append(average)
    return np.array(found)


@misconception(
    "the exponent runs one ahead",
    "After the first value, t is 1: the first divisor is 1 − momentum, and the first entry is the first value itself.",
)
def exponent_one_ahead(values, momentum):
    return averages(values, momentum) / (1 - momentum ** (steps(values) + 1))


@misconception(
    "momentum is multiplied by t where it has to be raised to the power t",
    "`**` is the power. 1 − t · momentum becomes 0 or negative after a few steps; 1 − momentum^t never does.",
)
def multiplied_by_t(values, momentum):
    return averages(values, momentum) / (1 - momentum * steps(values))


@misconception(
    "every average is divided by 1 − momentum",
    "That is right for the first step alone. The weights of t values add up to 1 − momentum^t.",
)
def power_forgotten(values, momentum):
    return averages(values, momentum) / (1 - momentum)


@misconception(
    "brackets are missing around 1 − momentum^t",
    "Division comes before subtraction: your average is divided by 1, and momentum^t is subtracted from it.",
)
def brackets_missing(values, momentum):
    return averages(values, momentum) / 1 - momentum ** steps(values)


@misconception(
    "every value counts the same: the plain mean so far",
    "`momentum` has no part in it. An exponentially weighted average forgets: late values weigh more than early ones.",
)
def plain_mean(values, momentum):
    return np.cumsum(values, axis=0) / steps(values)


@misconception(
    "only the last average comes back",
    "Write down one corrected average per value: the result has the shape of `values`.",
)
def last_only(values, momentum):
    return (averages(values, momentum) / (1 - momentum ** steps(values)))[-1]


@misconception(
    "the same array is written down at every step",
    "`append` keeps the array itself, not its numbers, and `*=`, `+=` or `out=` change it later: "
    "the rows come from one and the same average. Make a new array at every step.",
)
def same_array_appended(values, momentum):
    average, found = np.zeros(np.shape(values)[1:]), []
    for value in values:
        average *= momentum
        average += (1 - momentum) * value
        found.append(average)
    return np.array(found) / (1 - momentum ** steps(values))


@same_array_appended.variant
def same_corrected_array_appended(values, momentum):
    average, corrected, found = np.zeros(np.shape(values)[1:]), np.zeros(np.shape(values)[1:]), []
    for t, value in enumerate(values, start=1):
        average = momentum * average + (1 - momentum) * value
        corrected[...] = average / (1 - momentum**t)
        found.append(corrected)
    return np.array(found)


@same_array_appended.variant
def same_row_appended(values, momentum):
    average, found = (np.zeros(np.shape(values)[1:]) if np.ndim(values) > 1 else 0.0), []
    for value in values:
        average *= momentum
        average += (1 - momentum) * value
        found.append(average)
    return np.array(found) / (1 - momentum ** steps(values))


@misconception(
    "the result is written into an array of integers",
    "`np.zeros_like(values)` takes over the dtype of `values`, and what is written into it is cut to fit.",
)
def integer_result(values, momentum):
    out = np.zeros_like(values)
    out[...] = averages(values, momentum) / (1 - momentum ** steps(values))
    return out


@integer_result.variant
def integer_averages(values, momentum):
    out = np.zeros_like(values)
    average = np.zeros_like(values[0])
    for t, value in enumerate(values, start=1):
        average = momentum * average + (1 - momentum) * value
        out[t - 1] = average
    return out / (1 - momentum ** steps(values))


@misconception(
    "the caller's values are overwritten",
    "`values[t] = ...` changes the array outside as well. Write into an array of your own.",
)
def updated_in_place(values, momentum):
    values[...] = averages(values, momentum) / (1 - momentum ** steps(values))
    return values


@misconception(
    "the new value is added with its full weight",
    "A constant series should stay what it is; yours comes out too large. "
    "The two weights add up to 1, as in `ewa_update`.",
)
def weights_exceed_one(values, momentum):
    return averages(values, momentum) / (1 - momentum) / (1 - momentum ** steps(values))


@misconception(
    "the start at 0 is in the result",
    "There is one entry per value. The 0 is where the average begins, and belongs to no value.",
)
def start_included(values, momentum):
    corrected = averages(values, momentum) / (1 - momentum ** steps(values))
    return np.concatenate([np.zeros((1, *np.shape(values)[1:])), corrected])


@misconception(
    "the average runs along the rows, from series to series",
    "Time runs down: `values[t]` is what came at step t, for all series at once.",
)
def along_the_rows(values, momentum):
    series = np.transpose(values)
    return np.transpose(averages(series, momentum) / (1 - momentum ** steps(series)))


@misconception(
    "the code stops at two series side by side",
    "`values` may have the shape (T, n). The average then has the shape (n,), and the result that of `values`. "
    "The T divisors of a whole table are a column: shape (T, 1).",
)
def one_series_wanted(values, momentum):
    (_T,) = np.shape(values)
    return averages(values, momentum) / (1 - momentum ** steps(values))


@misconception(
    "the code stops at a single series",
    "`T, n = values.shape` and `values[t, j]` need two axes. One series has the shape (T,).",
)
def two_axes_wanted(values, momentum):
    _T, _n = np.shape(values)
    return averages(values, momentum) / (1 - momentum ** steps(values))


@together(momentum_swapped, not_corrected)
def swapped_and_not_corrected(values, momentum):
    return averages(values, 1 - momentum)


@together(momentum_swapped, exponent_from_zero)
def swapped_and_from_zero(values, momentum):
    return averages(values, 1 - momentum) / (1 - momentum ** (steps(values) - 1))


@together(exponent_from_zero, integer_result)
def from_zero_into_integers(values, momentum):
    out = np.zeros_like(values)
    with np.errstate(all="ignore"):
        out[...] = averages(values, momentum) / (1 - momentum ** (steps(values) - 1))
    return out


@together(not_corrected, integer_result)
def not_corrected_into_integers(values, momentum):
    out = np.zeros_like(values)
    out[...] = averages(values, momentum)
    return out
