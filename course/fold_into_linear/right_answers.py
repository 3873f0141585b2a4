# %% diagonal matrices
import numpy as np


def fold_into_linear(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    D = np.diag((running_var + eps) ** -0.5) @ np.diag(gamma)
    return W @ D, np.array([*(b @ D + beta - D @ running_mean)])


# %% a straight line is known by its values at 0 and at the unit vectors
def fold_into_linear(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    def after(Z):
        return gamma * ((Z - running_mean) / (running_var + eps) ** 0.5) + beta

    return after(W + b) - after(b), after(b)


# %% einsum, and a list for the tuple
import numpy as np


def fold_into_linear(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    s = gamma / np.sqrt(running_var + eps)
    return [np.einsum("dn,n->dn", W, s), b * s - running_mean * s + beta]


# %% unit by unit, lists for arrays
def fold_into_linear(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    columns, biases = [], []
    for j in range(W.shape[1]):
        s = float(gamma[j]) / (float(running_var[j]) + eps) ** 0.5
        columns.append([float(w) * s for w in W[:, j]])
        biases.append((float(b[j]) - float(running_mean[j])) * s + float(beta[j]))
    return [list(row) for row in zip(*columns)], biases


# %% the bias as one more row of W
import numpy as np


def fold_into_linear(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    whole = np.vstack([W, b - running_mean]) * (gamma / np.sqrt(running_var + eps))
    return whole[:-1], whole[-1] + beta


# %% in place, on copies
import numpy as np


def fold_into_linear(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    W, b = W.astype(np.float64), b.astype(np.float64)
    for a in (W, b):
        a *= gamma
        a /= np.sqrt(running_var + eps)
    b += beta - gamma * running_mean / np.sqrt(running_var + eps)
    return W, b
