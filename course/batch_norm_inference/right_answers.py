# %% scale and offset made first
import numpy as np


def batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma / np.sqrt(running_var + eps)
    return (np.atleast_2d(Z) * scale + (beta - running_mean * scale)).reshape(Z.shape)


# %% einsum with an ellipsis
import numpy as np


def batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return np.einsum("...j,j->...j", Z - running_mean, gamma * (running_var + eps) ** -0.5) + beta


# %% row by row, a list of rows
def batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    if Z.ndim == 2:
        return [batch_norm_inference(z, running_mean, running_var, gamma, beta, eps) for z in Z]
    parts = zip(Z, running_mean, running_var, gamma, beta)
    return [float(g * (z - m) / (v + eps) ** 0.5 + b) for z, m, v, g, b in parts]


# %% every call by keyword
from bnlib import normalize, scale_and_shift


def batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    return scale_and_shift(Z_norm=normalize(Z=Z, mean=running_mean, var=running_var, eps=eps), gamma=gamma, beta=beta)


# %% a product with a diagonal matrix
import numpy as np


def batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    D = np.diag(gamma) @ np.diag(1 / np.sqrt(running_var + eps))
    return (Z - running_mean) @ D + beta


# %% a lone example made a batch, and taken out again
import numpy as np


def batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    alone = Z.ndim == 1
    rows = Z[None] if alone else Z
    out = np.zeros(rows.shape, dtype=np.result_type(Z, running_mean))
    for i, row in enumerate(rows):
        out[i] = gamma * ((row - running_mean) / np.sqrt(running_var + eps)) + beta
    return out[0] if alone else out


# %% in place, on a copy
import numpy as np


def batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    out = np.array(Z, dtype=np.float64)
    out -= running_mean
    out /= np.sqrt(running_var + eps)
    out *= gamma
    out += beta
    return out


# %% the batch norm of a batch whose statistics are the running pair
import numpy as np


def straight_line(mean, var, gamma, beta, eps):
    at_zero = beta - gamma * mean / np.sqrt(var + eps)
    at_one = beta + gamma * (1 - mean) / np.sqrt(var + eps)
    return at_zero, at_one - at_zero


def batch_norm_inference(Z, running_mean, running_var, gamma, beta, eps=1e-5):
    offset, slope = straight_line(running_mean, running_var, gamma, beta, eps)
    return np.apply_along_axis(lambda z: offset + slope * z, -1, Z)
