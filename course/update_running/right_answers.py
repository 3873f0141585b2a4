# %% in place, on copies
def update_running(running_mean, running_var, mean, var, momentum=0.9):
    running_mean, running_var = running_mean.astype(float), running_var.astype(float)
    running_mean *= momentum
    running_mean += (1 - momentum) * mean
    running_var *= momentum
    running_var += (1 - momentum) * var
    return running_mean, running_var


# %% a step towards the mini-batch; one array for both
import numpy as np


def update_running(running_mean, running_var, mean, var, momentum=0.9):
    old, new = np.stack([running_mean, running_var]), np.stack([mean, var])
    return old + (1 - momentum) * (new - old)


# %% map over the pairs
from bnlib import ewa_update


def update_running(running_mean, running_var, mean, var, momentum=0.9):
    return map(lambda old, new: ewa_update(old, new, momentum), (running_mean, running_var), (mean, var))


# %% PyTorch's weight inside
from bnlib import ewa_update


def update_running(running_mean, running_var, mean, var, momentum=0.9):
    p = 1 - momentum
    return ewa_update(mean, running_mean, momentum=p), ewa_update(var, running_var, momentum=p)


# %% number by number, lists for arrays
def update_running(running_mean, running_var, mean, var, momentum=0.9):
    def mix(old, new):
        return [momentum * float(o) + (1 - momentum) * float(n) for o, n in zip(old, new)]

    return [mix(running_mean, mean), mix(running_var, var)]


# %% np.average
import numpy as np


def update_running(running_mean, running_var, mean, var, momentum=0.9):
    weights = np.array([momentum, 1 - momentum])
    return (
        np.average(np.array([running_mean, mean]), axis=0, weights=weights),
        np.average(np.array([running_var, var]), axis=0, weights=weights),
    )
