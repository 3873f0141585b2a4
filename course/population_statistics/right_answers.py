# %% stacked; numpy's own ValueError where the sizes differ
import numpy as np


def population_statistics(batches):
    stacked = np.array([np.asarray(Z) for Z in batches])
    if stacked.shape[1] < 2:
        raise ValueError("no spread")
    return stacked.mean(axis=1).mean(axis=0), stacked.var(axis=1, ddof=1).mean(axis=0)


# %% sums of squares inside the mini-batches
def population_statistics(batches):
    m = batches[0].shape[0]
    if m == 1 or not all(Z.shape[0] == m for Z in batches):
        raise ValueError
    mean = sum(Z.sum(axis=0) for Z in batches) / (m * len(batches))
    inside = sum(((Z - Z.mean(axis=0)) ** 2).sum(axis=0) for Z in batches)
    return mean, inside / (len(batches) * (m - 1))


# %% a running average over the mini-batches
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


# %% an exception of its own kind, and lists
import statistics


class UnequalBatches(ValueError):
    pass


def population_statistics(batches):
    sizes = {len(Z) for Z in batches}
    if len(sizes) > 1 or 1 in sizes:
        raise UnequalBatches(sizes)
    columns = [[[float(z) for z in column] for column in zip(*Z)] for Z in batches]
    return (
        [statistics.fmean(map(statistics.fmean, same)) for same in zip(*columns)],
        [statistics.fmean(map(statistics.variance, same)) for same in zip(*columns)],
    )


# %% all rows at once where m is one, by einsum
import numpy as np


def population_statistics(batches):
    (m,) = {Z.shape[0] for Z in batches}
    if m < 2:
        raise ValueError("m")
    A = np.stack(batches).astype(float)
    centred = A - A.mean(axis=1, keepdims=True)
    return A.mean(axis=(0, 1)), np.einsum("bij,bij->j", centred, centred) / (len(A) * (m - 1))
