# %% closed form, with powers of the momentum
def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    batches = [Z for epoch in epochs for Z in epoch]
    T = len(batches)
    mean, var = momentum**T * running_mean, momentum**T * running_var
    for t, Z in enumerate(batches):
        weight = (1 - momentum) * momentum ** (T - 1 - t)
        mean, var = mean + weight * Z.mean(axis=0), var + weight * Z.var(axis=0)
    return mean, var


# %% functools.reduce over a chain
from functools import reduce
from itertools import chain

from bnlib import batch_statistics, update_running


def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    def step(pair, Z):
        return update_running(*pair, *batch_statistics(Z), momentum=momentum)

    return reduce(step, chain.from_iterable(epochs), (running_mean, running_var))


# %% recursion over the epochs
from bnlib import batch_statistics, update_running


def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    if not epochs:
        return running_mean, running_var
    first, *rest = epochs
    for Z in first:
        running_mean, running_var = update_running(running_mean, running_var, *batch_statistics(Z), momentum)
    return running_statistics(rest, running_mean, running_var, momentum)


# %% a tracker with buffers of its own, changed in place
import numpy as np


class Tracker:
    def __init__(self, mean, var, momentum):
        self.mean, self.var, self.momentum = np.array(mean, float), np.array(var, float), momentum

    def see(self, Z):
        self.mean += (1 - self.momentum) * (np.mean(Z, axis=0) - self.mean)
        self.var += (1 - self.momentum) * (np.var(Z, axis=0) - self.var)


def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    tracker = Tracker(running_mean, running_var, momentum)
    for epoch in epochs:
        [tracker.see(Z) for Z in epoch]
    return tracker.mean, tracker.var


# %% all statistics first, then one product with the weights
import numpy as np


def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    rows = [np.concatenate([running_mean, running_var])]
    rows += [np.concatenate([Z.mean(0), Z.var(0)]) for epoch in epochs for Z in epoch]
    T = len(rows) - 1
    weights = np.array([momentum**T] + [(1 - momentum) * momentum ** (T - t) for t in range(1, T + 1)])
    return np.split(weights @ np.array(rows), 2)


# %% copies first, by index
import copy

from bnlib import batch_statistics, update_running


def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    state = {"mean": copy.deepcopy(running_mean), "var": copy.deepcopy(running_var)}
    for e in range(len(epochs)):
        for b in range(len(epochs[e])):
            mu, s2 = batch_statistics(epochs[e][b])
            state["mean"], state["var"] = update_running(
                running_mean=state["mean"], running_var=state["var"], mean=mu, var=s2, momentum=momentum
            )
    return list(state.values())


# %% the statistics of all mini-batches in one array
import numpy as np


def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    statistics = np.array([[Z.mean(axis=0), Z.var(axis=0)] for epoch in epochs for Z in epoch])
    pair = np.array([running_mean, running_var])
    for step in range(statistics.shape[0]):
        pair = pair + (1 - momentum) * (statistics[step, :] - pair)
    return pair[0], pair[1]


# %% the result is named inside the loops only
from bnlib import batch_statistics, update_running


def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    before = running_mean, running_var
    for epoch in epochs:
        for Z in epoch:
            after = update_running(*before, *batch_statistics(Z), momentum)
            before = after
    return after
