# %% a step towards the value
def ewa_update(average, value, momentum):
    return average + (1 - momentum) * (value - average)


# %% a step back towards the average
def ewa_update(average, value, momentum):
    return value - momentum * (value - average)


# %% np.average with weights
import numpy as np


def ewa_update(average, value, momentum):
    return np.average([average, value], axis=0, weights=[momentum, 1 - momentum])


# %% a product of weights and a stack
import numpy as np


def ewa_update(average, value, momentum):
    weights = np.array([momentum, 1 - momentum])
    return np.tensordot(weights, np.stack([average, value]), axes=1)


# %% in place, on a copy
import numpy as np


def ewa_update(average, value, momentum):
    new = np.array(average, dtype=np.result_type(average, np.float32))
    new = new.astype(float) if new.dtype != np.asarray(average).dtype else new
    new *= momentum
    new += (1 - momentum) * np.asarray(value)
    return new


# %% a loop, where there is something to loop over
import numpy as np


def ewa_update(average, value, momentum):
    if np.ndim(average) == 0:
        return float(momentum * average + (1 - momentum) * value)
    return [ewa_update(a, v, momentum) for a, v in zip(average, value)]


# %% more digits than float64 has
import numpy as np


def ewa_update(average, value, momentum):
    average, value = np.asarray(average, dtype=np.longdouble), np.asarray(value, dtype=np.longdouble)
    return momentum * average + (1 - momentum) * value
