# %% the full Jacobian of every feature
import numpy as np


def batch_norm_backward(dout, cache):
    Z_norm, (m, n) = cache["Z_norm"], dout.shape
    dZ = np.zeros((m, n))
    for j in range(n):
        z = Z_norm[:, [j]]
        jacobian = (np.eye(m) - 1 / m - z @ z.T / m) * cache["gamma"][j] / np.sqrt(cache["var"][j] + cache["eps"])
        dZ[:, j] = jacobian.T @ dout[:, j]
    return dZ, np.einsum("ij,ij->j", dout, Z_norm), np.ones(m) @ dout


# %% the short form, by projections
def batch_norm_backward(dout, cache):
    Z_norm, std = cache["Z_norm"], (cache["var"] + cache["eps"]) ** 0.5
    g = dout - dout.mean(axis=0) - Z_norm * (dout * Z_norm).mean(axis=0)
    return [cache["gamma"] / std * g, (dout * Z_norm).sum(0), dout.sum(0)]


# %% everything made afresh; the mean's part in the variance, which is zero, written out
import numpy as np


def batch_norm_backward(dout, cache):
    Z, mean, var, gamma, eps = (cache[k] for k in ("Z", "mean", "var", "gamma", "eps"))
    m = dout.shape[0]
    Zn = (Z - mean) * (var + eps) ** -0.5
    dZn = gamma * dout
    dvar = np.sum(dZn * (Z - mean) * -0.5 * (var + eps) ** -1.5, axis=0)
    dmean = np.sum(-dZn / np.sqrt(var + eps), axis=0) + dvar * np.sum(-2 * (Z - mean), axis=0) / m
    return dZn / np.sqrt(var + eps) + dvar * 2 * (Z - mean) / m + dmean / m, np.sum(dout * Zn, axis=0), dout.sum(0)


# %% the formula that is multiplied by m
import numpy as np


def batch_norm_backward(dout, cache):
    x_hat, m = cache["Z_norm"], len(dout)
    ivar = 1 / np.sqrt(cache["var"] + cache["eps"])
    dgamma, dbeta = np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)
    return cache["gamma"] * ivar / m * (m * dout - dbeta - x_hat * dgamma), dgamma, dbeta


# %% step by step through the graph
import numpy as np


def batch_norm_backward(dout, cache):
    gamma, eps, var = cache["gamma"], cache["eps"], cache["var"]
    xmu = cache["Z"] - cache["mean"]
    sqrtvar = np.sqrt(var + eps)
    ivar = 1.0 / sqrtvar
    N, D = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xmu * ivar, axis=0)
    dxhat = dout * gamma
    divar = np.sum(dxhat * xmu, axis=0)
    dxmu1 = dxhat * ivar
    dsqrtvar = -1.0 / sqrtvar**2 * divar
    dvar = 0.5 / np.sqrt(var + eps) * dsqrtvar
    dsq = np.ones((N, D)) / N * dvar
    dxmu2 = 2 * xmu * dsq
    dx1 = dxmu1 + dxmu2
    dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
    dx2 = np.ones((N, D)) / N * dmu
    return dx1 + dx2, dgamma, dbeta


# %% a complex step: derivatives of the forward pass without differences
import numpy as np


def loss(Z, gamma, beta, eps, dout):
    mean = Z.mean(axis=0)
    var = ((Z - mean) ** 2).mean(axis=0)
    return (dout * (gamma * (Z - mean) / np.sqrt(var + eps) + beta)).sum()


def along(array, step=1e-100j):
    for place in np.ndindex(array.shape):
        moved = array.astype(complex)
        moved[place] += step
        yield moved


def batch_norm_backward(dout, cache):
    Z, gamma, eps = cache["Z"], cache["gamma"], cache["eps"]
    beta = np.zeros(len(gamma))
    dZ = [loss(moved, gamma, beta, eps, dout).imag * 1e100 for moved in along(Z)]
    dgamma = [loss(Z, moved, beta, eps, dout).imag * 1e100 for moved in along(gamma)]
    dbeta = [loss(Z, gamma, moved, eps, dout).imag * 1e100 for moved in along(beta)]
    return np.reshape(dZ, Z.shape), dgamma, dbeta


# %% one tensor of all partial derivatives
import numpy as np


def batch_norm_backward(dout, cache):
    x, m = cache["Z_norm"], dout.shape[0]
    d = np.eye(m)[:, :, None] - 1 / m - x[:, None] * x[None] / m
    scale = cache["gamma"] / np.sqrt(cache["var"] + cache["eps"])
    return np.einsum("in,ikn,n->kn", dout, d, scale), (x * dout).sum(axis=0), dout.sum(axis=0).tolist()
