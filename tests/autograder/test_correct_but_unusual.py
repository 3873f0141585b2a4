"""Right answers in unusual clothes have to pass: a check that cries wolf is worse than none."""

import pytest

from bnlib import store
from bnlib.checking import judge_source
from bnlib.exercises import NAMES

UNUSUAL = {
    "batch_statistics": [
        """
def batch_statistics(Z):
    rows = [[float(value) for value in row] for row in Z]
    mean = [sum(column) / len(rows) for column in zip(*rows)]
    return mean, [sum((x - m) ** 2 for x in column) / len(rows) for column, m in zip(zip(*rows), mean)]
""",
        """
import numpy as np
def batch_statistics(Z):
    Z = np.asarray(Z, dtype=float)
    return [Z.mean(0), np.clip((Z**2).mean(0) - Z.mean(0) ** 2, 0, None)]
""",
        """
import numpy as np
def batch_statistics(Z):
    mean, squares = np.zeros(Z.shape[1]), np.zeros(Z.shape[1])
    for count, row in enumerate(Z, start=1):
        delta = row - mean
        mean = mean + delta / count
        squares = squares + delta * (row - mean)
    return mean, squares / len(Z)
""",
        """
import numpy as np
def batch_statistics(Z):
    return np.array([Z.mean(axis=0), Z.std(axis=0) ** 2])
""",
    ],
    "normalize": [
        """
import numpy as np
def normalize(Z, mean, var, eps=1e-5):
    return (Z - mean) @ np.diag((var + eps) ** -0.5)
""",
        """
import numpy as np
def normalize(Z, mean, var, eps=1e-5):
    return np.array([[(z - m) / (v + eps) ** 0.5 for z, m, v in zip(row, mean, var)] for row in Z])
""",
    ],
    "scale_and_shift": [
        """
import numpy as np
def scale_and_shift(Z_norm, gamma, beta):
    return np.einsum("ij,j->ij", Z_norm, gamma) + beta[np.newaxis]
"""
    ],
    "ewa_bias_corrected": [
        """
import numpy as np
def ewa_bias_corrected(values, momentum):
    values, out = np.asarray(values, dtype=float), []
    for t in range(1, len(values) + 1):
        weights = momentum ** np.arange(t)[::-1]
        out.append(np.tensordot(weights / weights.sum(), values[:t], axes=1))
    return out
"""
    ],
    "running_statistics": [
        """
def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    batches = [Z for epoch in epochs for Z in epoch]
    T = len(batches)
    mean, var = momentum**T * running_mean, momentum**T * running_var
    for t, Z in enumerate(batches):
        weight = (1 - momentum) * momentum ** (T - 1 - t)
        mean, var = mean + weight * Z.mean(axis=0), var + weight * Z.var(axis=0)
    return mean, var
"""
    ],
    "batch_norm_inference": [
        """
import numpy as np
def batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma / np.sqrt(running_var + eps)
    return (np.atleast_2d(Z) * scale + (beta - running_mean * scale)).reshape(Z.shape)
"""
    ],
    "BatchNorm": [
        """
import numpy as np
class BatchNorm:
    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        self.momentum, self.eps, self.training = momentum, eps, True
        self.gamma, self.beta = np.ones(n_features), np.zeros(n_features)
        self.running_mean, self.running_var = np.zeros(n_features), np.ones(n_features)
    def train(self):
        self.training = True
    def eval(self):
        self.training = False
    def forward(self, Z):
        mean, var = self.running_mean, self.running_var
        if self.training:
            if Z.shape[0] == 1:
                raise ValueError("one row")
            mean, var = Z.mean(0), Z.var(0)
            self.running_mean *= self.momentum   # its own buffer, in place, as PyTorch does
            self.running_mean += (1 - self.momentum) * mean
            self.running_var += (1 - self.momentum) * (var - self.running_var)
        Z_norm = (Z - mean) / np.sqrt(var + self.eps)
        if self.training:
            self.cache = dict(Z=Z, Z_norm=Z_norm, mean=mean, var=var, gamma=self.gamma, eps=self.eps)
        return self.gamma * Z_norm + self.beta
    def state_dict(self):
        return {k: np.array(getattr(self, k)) for k in ("gamma", "beta", "running_mean", "running_var")}
    def load_state_dict(self, d):
        new = {k: np.array(d[k], dtype=float) if k in d else None for k in self.state_dict()}
        if any(v is None or v.shape != self.beta.shape for v in new.values()):
            raise ValueError("does not fit")
        self.__dict__.update(new)
"""
    ],
    "population_statistics": [
        """
import numpy as np
def population_statistics(batches):
    stacked = np.array([np.asarray(Z) for Z in batches])   # numpy's own ValueError, where the sizes differ
    if stacked.shape[1] < 2:
        raise ValueError("no spread")
    return stacked.mean(axis=1).mean(axis=0), stacked.var(axis=1, ddof=1).mean(axis=0)
""",
        """
import numpy as np
def population_statistics(batches):
    m = batches[0].shape[0]
    if m == 1 or not all(Z.shape[0] == m for Z in batches):
        raise ValueError
    mean = sum(Z.sum(axis=0) for Z in batches) / (m * len(batches))
    inside = sum(((Z - Z.mean(axis=0)) ** 2).sum(axis=0) for Z in batches)
    return mean, inside / (len(batches) * (m - 1))
""",
        """
import numpy as np
from bnlib import batch_statistics
def population_statistics(batches):
    mean, var, m = 0, 0, None
    for t, Z in enumerate(batches, start=1):
        m = m or len(Z)
        if len(Z) != m or m < 2:
            raise ValueError(f"mini-batch {t} has {len(Z)} examples")
        mu, sigma_squared = batch_statistics(Z)
        mean, var = mean + (mu - mean) / t, var + (m / (m - 1) * sigma_squared - var) / t
    return mean, var
""",
    ],
    "dataset_statistics": [
        """
import numpy as np
def dataset_statistics(batches):
    rows = np.concatenate(list(batches))
    return rows.mean(axis=0), rows.var(axis=0)
""",
        """
import numpy as np
def dataset_statistics(batches):   # E[z^2] - E[z]^2: good enough in float64 at an offset of 10 000
    count = total = squares = 0
    for Z in batches:
        Z = np.asarray(Z, dtype=float)
        count, total, squares = count + len(Z), total + Z.sum(axis=0), squares + (Z**2).sum(axis=0)
    mean = total / count
    return mean, np.maximum(squares / count - mean**2, 0)
""",
        """
import numpy as np
def dataset_statistics(batches):   # Welford, row by row
    count, mean, squares = 0, 0.0, 0.0
    for Z in batches:
        for row in np.asarray(Z):
            count += 1
            delta = row - mean
            mean = mean + delta / count
            squares = squares + delta * (row - mean)
    return mean, squares / count
""",
        """
import numpy as np
def dataset_statistics(batches):   # Chan, with sums of squares in place of variances
    batches = iter(batches)
    first = next(batches)
    n, mean, squares = len(first), np.mean(first, axis=0), len(first) * np.var(first, axis=0)
    for Z in batches:
        m, delta = Z.shape[0], Z.mean(axis=0) - mean
        squares = squares + m * Z.var(axis=0) + delta**2 * n * m / (n + m)
        mean = (n * mean + m * Z.mean(axis=0)) / (n + m)
        n += m
    return mean, squares / n
""",
        """
import numpy as np
def dataset_statistics(batches):   # all distances from the first row: no cancellation either
    count, origin, total, squares = 0, None, 0.0, 0.0
    for Z in batches:
        origin = np.asarray(Z[0], dtype=float) if origin is None else origin
        count, total, squares = count + len(Z), total + (Z - origin).sum(0), squares + ((Z - origin) ** 2).sum(0)
    return origin + total / count, squares / count - (total / count) ** 2
""",
    ],
    "fold_into_linear": [
        """
import numpy as np
def fold_into_linear(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    D = np.diag((running_var + eps) ** -0.5) @ np.diag(gamma)
    return W @ D, np.array([*(b @ D + beta - D @ running_mean)])
""",
        """
def fold_into_linear(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    # A straight line is known by its values at 0 and at the unit vectors.
    def after(Z):
        return gamma * ((Z - running_mean) / (running_var + eps) ** 0.5) + beta
    return after(W + b) - after(b), after(b)
""",
    ],
    "batch_norm_backward": [
        """
import numpy as np
def batch_norm_backward(dout, cache):
    # The full Jacobian of every feature.
    Z_norm, (m, n) = cache["Z_norm"], dout.shape
    dZ = np.zeros((m, n))
    for j in range(n):
        z = Z_norm[:, [j]]
        jacobian = (np.eye(m) - 1 / m - z @ z.T / m) * cache["gamma"][j] / np.sqrt(cache["var"][j] + cache["eps"])
        dZ[:, j] = jacobian.T @ dout[:, j]
    return dZ, np.einsum("ij,ij->j", dout, Z_norm), np.ones(m) @ dout
""",
        """
def batch_norm_backward(dout, cache):
    # The short form, by projections.
    Z_norm, std = cache["Z_norm"], (cache["var"] + cache["eps"]) ** 0.5
    g = dout - dout.mean(axis=0) - Z_norm * (dout * Z_norm).mean(axis=0)
    return [cache["gamma"] / std * g, (dout * Z_norm).sum(0), dout.sum(0)]
""",
        """
import numpy as np
def batch_norm_backward(dout, cache):
    # Everything made afresh from Z, mean and var; the mean's part in the variance, which is zero, written out.
    Z, mean, var, gamma, eps = (cache[k] for k in ("Z", "mean", "var", "gamma", "eps"))
    m = dout.shape[0]
    Zn = (Z - mean) * (var + eps) ** -0.5
    dZn = gamma * dout
    dvar = np.sum(dZn * (Z - mean) * -0.5 * (var + eps) ** -1.5, axis=0)
    dmean = np.sum(-dZn / np.sqrt(var + eps), axis=0) + dvar * np.sum(-2 * (Z - mean), axis=0) / m
    return dZn / np.sqrt(var + eps) + dvar * 2 * (Z - mean) / m + dmean / m, np.sum(dout * Zn, axis=0), dout.sum(0)
""",
    ],
    "predict": [
        """
import contextlib
import numpy as np
@contextlib.contextmanager
def evaluating(layers):
    former = [(layer, layer.training) for layer in layers]
    for layer in layers:
        layer.training = False   # the flag itself
    try:
        yield
    finally:
        for layer, mode in former:
            layer.training = mode
def predict(layers, X):
    with evaluating(layers):
        if np.ndim(X) == 2:      # a row after the other
            return np.array([through(layers, x) for x in X])
        return through(layers, X)
def through(layers, x):
    return through(layers[1:], layers[0].forward(x)) if layers else x
"""
    ],
    "network_state": [
        """
import numpy as np
def arrays_of(layers):
    return [a for layer in layers for _, a in sorted(layer.parameters().items())]
def network_state(layers):
    return {f"/{len(layers)}/{k}": np.array(a) for k, a in enumerate(arrays_of(layers))}
def restore_network(layers, state):
    arrays, wanted = arrays_of(layers), network_state(layers)
    if set(wanted) != set(state) or any(wanted[k].shape != np.asarray(state[k]).shape for k in wanted):
        raise ValueError("does not fit")
    for array, key in zip(arrays, wanted):
        np.copyto(array, state[key])
""",
        """
import numpy as np
def network_state(layers):
    state = {}
    for i in reversed(range(len(layers))):   # batch norm layers through lesson 7's own functions
        own = layers[i].norm.state_dict() if hasattr(layers[i], "norm") else layers[i].parameters()
        state.update({f"{i}.{name}": np.array(a) for name, a in own.items()})
    return state
def restore_network(layers, state):
    now = network_state(layers)
    for key in now.keys() | state.keys():
        if key not in now or key not in state or now[key].shape != np.shape(state[key]):
            raise ValueError(key)
    for i, layer in enumerate(layers):
        own = {name.split(".")[1]: a for name, a in state.items() if name.split(".")[0] == str(i)}
        if hasattr(layer, "norm"):
            layer.norm.load_state_dict(own)
        else:
            for name, a in own.items():
                setattr(layer, name, np.array(a))
""",
    ],
}


@pytest.mark.parametrize(
    ("name", "source"), [(name, source) for name, sources in UNUSUAL.items() for source in sources]
)
def test_it_passes(name, source, cells):
    for need in NAMES[: NAMES.index(name)]:
        store.save(need, cells[need])
    verdict = judge_source(name, source)
    assert verdict.right, verdict.message


def test_squares_in_float32_lose_their_digits_and_are_caught():
    verdict = judge_source(
        "dataset_statistics",
        """
import numpy as np
def dataset_statistics(batches):
    count = total = squares = 0
    for Z in batches:
        Z = np.asarray(Z, dtype=np.float32)
        count, total, squares = count + len(Z), total + Z.sum(axis=0), squares + (Z**2).sum(axis=0)
    mean = total / count
    return np.float64(mean), np.float64(squares / count - mean**2)
""",
    )
    assert not verdict.right
    assert verdict.diagnoses == ()  # what comes out is noise: there is nothing to name
