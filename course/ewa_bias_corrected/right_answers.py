# %% a normalised weighted sum, without recursion
import numpy as np


def ewa_bias_corrected(values, momentum):
    values, out = np.asarray(values, dtype=float), []
    for t in range(1, len(values) + 1):
        weights = momentum ** np.arange(t)[::-1]
        out.append(np.tensordot(weights / weights.sum(), values[:t], axes=1))
    return out


# %% the weight that has come together is followed beside the average
import numpy as np
from bnlib import ewa_update


def ewa_bias_corrected(values, momentum):
    out, average, weight = np.empty(np.shape(values)), 0.0, 0.0
    for t, value in enumerate(values):
        average = ewa_update(average, value, momentum)
        weight = ewa_update(average=weight, value=1.0, momentum=momentum)
        out[t] = average / weight
    return out


# %% one triangular matrix of weights
import numpy as np


def ewa_bias_corrected(values, momentum):
    t = np.arange(len(values))
    weights = np.tril(momentum ** np.abs(t[:, None] - t))
    return weights @ values / weights.sum(axis=1).reshape((-1,) + (1,) * (np.ndim(values) - 1))


# %% itertools.accumulate
import itertools

import numpy as np


def ewa_bias_corrected(values, momentum):
    steps = itertools.accumulate(values, lambda a, v: momentum * a + (1 - momentum) * v, initial=0 * values[0])
    next(steps)
    return np.array([a / (1 - momentum ** (t + 1)) for t, a in enumerate(steps)])


# %% corrected weights at every step: no division at the end
import numpy as np


def ewa_bias_corrected(values, momentum):
    corrected = [np.asarray(values[0], dtype=float)]
    for t in range(2, len(values) + 1):
        share = (1 - momentum) / (1 - momentum**t)
        corrected.append(corrected[-1] + share * (values[t - 1] - corrected[-1]))
    return np.stack(corrected)


# %% column by column, python floats
import numpy as np


def one(series, momentum):
    average, out = 0.0, []
    for t, value in enumerate(series, 1):
        average = momentum * average + (1 - momentum) * float(value)
        out.append(average / (1 - momentum**t))
    return out


def ewa_bias_corrected(values, momentum):
    if np.ndim(values) == 1:
        return one(values, momentum)
    return list(zip(*(one(column, momentum) for column in np.transpose(values))))
