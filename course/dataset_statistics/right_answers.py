# %% all rows put together
import numpy as np


def dataset_statistics(batches):
    rows = np.concatenate(list(batches))
    return rows.mean(axis=0), rows.var(axis=0)


# %% E[z²] − E[z]² in float64: good enough at an offset of 10 000
import numpy as np


def dataset_statistics(batches):
    count = total = squares = 0
    for Z in batches:
        Z = np.asarray(Z, dtype=float)
        count, total, squares = count + len(Z), total + Z.sum(axis=0), squares + (Z**2).sum(axis=0)
    mean = total / count
    return mean, np.maximum(squares / count - mean**2, 0)


# %% Welford, row by row
import numpy as np


def dataset_statistics(batches):
    count, mean, squares = 0, 0.0, 0.0
    for Z in batches:
        for row in np.asarray(Z):
            count += 1
            delta = row - mean
            mean = mean + delta / count
            squares = squares + delta * (row - mean)
    return mean, squares / count


# %% Chan, with sums of squares in place of variances
import numpy as np


def dataset_statistics(batches):
    batches = iter(batches)
    first = next(batches)
    n, mean, squares = len(first), np.mean(first, axis=0), len(first) * np.var(first, axis=0)
    for Z in batches:
        m, delta = Z.shape[0], Z.mean(axis=0) - mean
        squares = squares + m * Z.var(axis=0) + delta**2 * n * m / (n + m)
        mean = (n * mean + m * Z.mean(axis=0)) / (n + m)
        n += m
    return mean, squares / n


# %% distances from the first row: no cancellation either
import numpy as np


def dataset_statistics(batches):
    count, origin, total, squares = 0, None, 0.0, 0.0
    for Z in batches:
        origin = np.asarray(Z[0], dtype=float) if origin is None else origin
        count, total, squares = count + len(Z), total + (Z - origin).sum(0), squares + ((Z - origin) ** 2).sum(0)
    return origin + total / count, squares / count - (total / count) ** 2


# %% statistics kept per mini-batch; variance inside plus variance between
import numpy as np
from bnlib import batch_statistics


def dataset_statistics(batches):
    counted = [(len(Z), *batch_statistics(Z)) for Z in batches]
    sizes, means, variances = (np.array(column, dtype=float) for column in zip(*counted))
    mean = np.average(means, axis=0, weights=sizes)
    return mean, np.average(variances + (means - mean) ** 2, axis=0, weights=sizes)


# %% python lists, two passes over what was kept
def dataset_statistics(batches):
    rows = [list(map(float, row)) for Z in batches for row in Z]
    mean = [sum(column) / len(rows) for column in zip(*rows)]
    return mean, [sum((z - m) ** 2 for z in column) / len(rows) for column, m in zip(zip(*rows), mean)]
