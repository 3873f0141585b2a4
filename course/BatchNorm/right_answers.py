# %% as in PyTorch: buffers of its own, updated in place
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
            self.running_mean *= self.momentum
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


# %% a base class in the cell: train(mode) gives the layer back, calling it is forward
import copy

from bnlib import batch_norm_forward, batch_norm_inference, update_running
import numpy as np


class Module:
    training = True

    def train(self, mode=True):
        self.training = mode
        return self

    def eval(self):
        return self.train(False)

    def __call__(self, *inputs):
        return self.forward(*inputs)


class BatchNorm(Module):
    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.gamma, self.beta = np.ones(n_features), np.zeros(n_features)
        self.running_mean, self.running_var = np.zeros(n_features), np.ones(n_features)

    def _arrays(self):
        return {k: v for k, v in vars(self).items() if k in ("gamma", "beta", "running_mean", "running_var")}

    def forward(self, Z):
        return self._forward_train(Z) if self.training else self._forward_eval(Z)

    def _forward_train(self, Z):
        if Z.shape[0] < 2:
            raise ValueError(f"Expected more than 1 value per channel when training, got input size {Z.shape}")
        out, self.cache = batch_norm_forward(Z=Z, gamma=self.gamma, beta=self.beta, eps=self.eps)
        pair = update_running(
            momentum=self.momentum,
            mean=self.cache["mean"],
            var=self.cache["var"],
            running_mean=self.running_mean,
            running_var=self.running_var,
        )
        self.running_mean, self.running_var = pair
        return out

    def _forward_eval(self, Z):
        return batch_norm_inference(
            Z, running_mean=self.running_mean, running_var=self.running_var, gamma=self.gamma, beta=self.beta, eps=self.eps
        )

    def state_dict(self):
        return copy.deepcopy(self._arrays())

    def load_state_dict(self, d):
        try:
            found = {k: d[k] for k in self._arrays()}
        except KeyError as error:
            raise ValueError(f"missing key {error}") from error
        for k, v in found.items():
            if np.shape(v) != self._arrays()[k].shape:
                raise ValueError(f"size mismatch for {k}")
        for k, v in found.items():
            np.copyto(getattr(self, k), v)


# %% the running pair as one (2, n) array, with properties
import numpy as np


class BatchNorm:
    NAMES = "gamma", "beta", "running_mean", "running_var"

    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        self.momentum, self.eps = momentum, eps
        self.gamma, self.beta = np.ones(n_features), np.zeros(n_features)
        self.running = np.stack([np.zeros(n_features), np.ones(n_features)])
        self.training = True

    @property
    def running_mean(self):
        return self.running[0]

    @running_mean.setter
    def running_mean(self, value):
        self.running[0] = value

    @property
    def running_var(self):
        return self.running[1]

    @running_var.setter
    def running_var(self, value):
        self.running[1] = value

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, Z):
        if not self.training:
            return self.gamma * (Z - self.running[0]) / np.sqrt(self.running[1] + self.eps) + self.beta
        m, n = Z.shape
        if m == 1:
            raise ValueError("m = 1")
        batch = np.stack([Z.mean(axis=0), Z.var(axis=0)])
        Z_norm = (Z - batch[0]) / np.sqrt(batch[1] + self.eps)
        self.cache = {"Z": Z, "Z_norm": Z_norm, "mean": batch[0], "var": batch[1], "gamma": self.gamma, "eps": self.eps}
        self.running = self.momentum * self.running + (1 - self.momentum) * batch
        return self.gamma * Z_norm + self.beta

    def state_dict(self):
        return {name: getattr(self, name).copy() for name in self.NAMES}

    def load_state_dict(self, d):
        if not set(self.NAMES) <= set(d) or {np.shape(d[name]) for name in self.NAMES} != {self.gamma.shape}:
            raise ValueError("does not fit")
        for name in self.NAMES:
            setattr(self, name, np.array(d[name], dtype=float))


# %% einsum, the update after the normalisation, modes through a hidden flag
from collections import OrderedDict

import numpy as np


class BatchNorm:
    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        self.n, self.momentum, self.eps = n_features, momentum, eps
        self.gamma = np.full(n_features, 1.0)
        self.beta = np.full(n_features, 0.0)
        self.running_mean = self.beta.copy()
        self.running_var = self.gamma.copy()
        self._mode = "train"

    @property
    def training(self):
        return self._mode == "train"

    def train(self):
        self._mode = "train"

    def eval(self):
        self._mode = "eval"

    def forward(self, Z):
        if self._mode == "eval":
            return np.einsum("...j,j->...j", Z, self._slope()) + self.beta - self.running_mean * self._slope()
        m = len(Z)
        if not m > 1:
            raise ValueError
        mean = np.einsum("ij->j", Z) / m
        away = Z - mean
        var = np.einsum("ij,ij->j", away, away) / m
        Z_norm = away / np.sqrt(var + self.eps)
        out = np.einsum("ij,j->ij", Z_norm, self.gamma) + self.beta
        self.cache = OrderedDict(Z=Z, Z_norm=Z_norm, mean=mean, var=var, gamma=self.gamma.copy(), eps=self.eps)
        self.running_mean = self.running_mean + (1 - self.momentum) * (mean - self.running_mean)
        self.running_var = self.running_var + (1 - self.momentum) * (var - self.running_var)
        return out

    def _slope(self):
        return self.gamma / np.sqrt(self.running_var + self.eps)

    def state_dict(self):
        return OrderedDict((name, np.copy(vars(self)[name])) for name in self._names())

    def load_state_dict(self, d):
        arrays = [np.array(d[name], float) if name in d else np.empty(0) for name in self._names()]
        if not all(a.shape == (self.n,) for a in arrays):
            raise ValueError("four arrays of one number per feature")
        self.gamma, self.beta, self.running_mean, self.running_var = arrays

    @staticmethod
    def _names():
        return "gamma beta running_mean running_var".split()


# %% a dataclass
from dataclasses import dataclass, field

import numpy as np
from bnlib import batch_norm_forward, batch_norm_inference, update_running


@dataclass
class BatchNorm:
    n_features: int
    momentum: float = 0.9
    eps: float = 1e-5
    training: bool = True
    cache: dict = field(default_factory=dict)

    def __post_init__(self):
        self.gamma, self.running_var = np.ones((2, self.n_features))
        self.beta, self.running_mean = np.zeros((2, self.n_features))

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, Z):
        pair = self.running_mean, self.running_var
        if self.training and np.shape(Z)[0] > 1:
            out, self.cache = batch_norm_forward(Z, self.gamma, self.beta, self.eps)
            self.running_mean, self.running_var = update_running(*pair, self.cache["mean"], self.cache["var"], self.momentum)
            return out
        if self.training:
            raise ValueError("a lone row")
        return batch_norm_inference(Z, *pair, self.gamma, self.beta, self.eps)

    def state_dict(self):
        return {k: v.copy() for k, v in self.__dict__.items() if isinstance(v, np.ndarray)}

    def load_state_dict(self, d):
        for k, v in self.state_dict().items():
            if k not in d or d[k].shape != v.shape:
                raise ValueError(k)
        self.__dict__ |= {k: np.array(d[k], dtype=v.dtype) for k, v in self.state_dict().items()}
