# %% a diagonal matrix
import numpy as np


def normalize(Z, mean, var, eps=1e-5):
    return (Z - mean) @ np.diag((var + eps) ** -0.5)


# %% number by number
import numpy as np


def normalize(Z, mean, var, eps=1e-5):
    return np.array([[(z - m) / (v + eps) ** 0.5 for z, m, v in zip(row, mean, var)] for row in Z])


# %% np.divide into a float output array
import numpy as np


def normalize(Z, mean, var, eps=1e-5):
    out = np.empty(Z.shape)
    return np.divide(Z - mean, np.sqrt(var + eps), out=out)


# %% rows with zip, a list of rows
def normalize(Z, mean, var, eps=1e-5):
    result = []
    for row in Z:
        result.append([(z - m) / (v + eps) ** 0.5 for z, m, v in zip(row, mean, var)])
    return result


# %% einsum with the reciprocal
import numpy as np


def normalize(Z, mean, var, eps=1e-5):
    return np.einsum("ij,j->ij", Z - mean, np.reciprocal(np.sqrt(var + eps)))


# %% hypot
import numpy as np


def normalize(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.hypot(np.sqrt(var), np.sqrt(eps))


# %% in place, on a copy
import numpy as np


def normalize(Z, mean, var, eps=1e-5):
    Z = np.array(Z, dtype=Z.dtype if Z.dtype.kind == "f" else float)
    Z -= mean
    Z /= np.sqrt(var + eps)
    return Z


# %% a linear system
import numpy as np


def normalize(Z, mean, var, eps=1e-5):
    return np.linalg.solve(np.diag(np.sqrt(var + eps)), np.subtract(Z, mean).T).T


# %% slope and offset
import numpy as np


def normalize(Z, mean, var, eps=1e-5):
    slope = np.exp(-0.5 * np.log(var + eps))
    return slope * Z - slope * mean


# %% np.vectorize over the features
import math

import numpy as np

one = np.vectorize(lambda z, m, v, eps: (z - m) / math.sqrt(v + eps), otypes=[float])


def normalize(Z, mean, var, eps=1e-5):
    return one(Z, mean, var, eps)


# %% other names for positions, and a default through None
import numpy as np


def normalize(Z, mean, var, eps=None):
    eps = 1e-5 if eps is None else eps
    return np.true_divide(np.subtract(Z, np.broadcast_to(mean, Z.shape)), np.sqrt(np.add(var, eps)))


# %% column by column into a Fortran array
import numpy as np


def normalize(Z, mean, var, eps=1e-5):
    out = np.zeros(Z.shape, dtype=np.result_type(Z, mean), order="F")
    for j in range(Z.shape[1]):
        out[:, j] = (Z[:, j] - mean[j]) / np.sqrt(var[j] + eps)
    return out
