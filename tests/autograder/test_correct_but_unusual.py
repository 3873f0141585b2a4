"""Right answers in unusual clothes have to pass: a check that cries wolf is worse than none."""

import pytest

from bnlib import store
from bnlib.checking import judge_source
from bnlib.exercises import load

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
}


@pytest.mark.parametrize(
    ("name", "source"), [(name, source) for name, sources in UNUSUAL.items() for source in sources]
)
def test_it_passes(name, source, cells):
    for need in load(name).needs:
        store.save(need, cells[need])
    verdict = judge_source(name, source)
    assert verdict.right, verdict.message
