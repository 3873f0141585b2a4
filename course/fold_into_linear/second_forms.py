import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way

infer = reference.batch_norm_inference


def factor(running_var, gamma, eps):
    return gamma * (running_var + eps) ** -0.5


@way("bias_dropped")
def answer_to_zero(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W @ np.diag(factor(running_var, gamma, eps)), infer(0 * b, running_mean, running_var, gamma, beta, eps)


@way("bias_not_scaled")
def bias_added_last(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    new_b = infer(np.zeros(len(b)), running_mean, running_var, gamma, beta, eps) + b
    return np.einsum("ij,j->ij", W, factor(running_var, gamma, eps)), new_b


@way("mean_not_scaled")
def mean_subtracted_last(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = factor(running_var, gamma, eps)
    return W * scale, scale * b + beta - running_mean


@way("bias_left")
def second_half_forgotten(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * factor(running_var, gamma, eps), b


@way("weights_left")
def first_half_forgotten(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W, infer(b, running_mean, running_var, gamma, beta, eps)


@way("beta_scaled")
def brackets(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = factor(running_var, gamma, eps)
    return scale * W, scale * (b - running_mean + beta)


@way("beta_scaled")
def everything_over_the_root(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    std = np.sqrt(running_var + eps)
    return W * gamma / std, (gamma * (b - running_mean) + beta) / std


@way("beta_subtracted")
def wrong_sign(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * factor(running_var, gamma, eps), infer(b, running_mean, running_var, gamma, -beta, eps)


@way("mean_in_the_weights")
def both_centred(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    std = np.sqrt(running_var + eps)
    return gamma * (W - running_mean) / std, gamma * (b - running_mean) / std + beta


@way("weights_normalised")
def both_inferred(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return tuple(infer(array, running_mean, running_var, gamma, beta, eps) for array in (W, b))


@way("transposed")
def as_torch_stores_it(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = factor(running_var, gamma, eps)
    return scale[:, np.newaxis] * W.T, infer(b, running_mean, running_var, gamma, beta, eps)


@way("beta_forgotten")
def no_shift(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * factor(running_var, gamma, eps), gamma * reference.normalize(b, running_mean, running_var, eps)


@way("gamma_forgotten")
def no_scale(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    std = np.sqrt(running_var + eps)
    return W / std, reference.normalize(b, running_mean, running_var, eps) + beta


@way("gamma_forgotten")
def scale_in_the_bias_only(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W / np.sqrt(running_var + eps), infer(b, running_mean, running_var, gamma, beta, eps)


@way("gamma_beta_swapped")
def swapped_in_the_call(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * factor(running_var, beta, eps), infer(b, running_mean, running_var, beta, gamma, eps)


@way("mean_added")
def sign_lost(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * factor(running_var, gamma, eps), infer(b, -running_mean, running_var, gamma, beta, eps)


@way("mean_forgotten")
def spread_only(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * factor(running_var, gamma, eps), infer(b, 0, running_var, gamma, beta, eps)


@way("divided_by_variance")
def root_lost(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma * (1 / (running_var + eps))
    return W @ np.diag(scale), b * scale - running_mean * scale + beta


@way("multiplied")
def inverse_lost(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = (running_var + eps) ** 0.5 * gamma
    return W @ np.diag(scale), b * scale - running_mean * scale + beta


@way("eps_forgotten")
def bare_root(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    std = running_var**0.5
    return W * gamma / std, (b - running_mean) * gamma / std + beta


@way("eps_hard_coded")
def default_of_inference(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    new_b = infer(b, running_mean, running_var, gamma, beta)
    rows = [infer(row + b, running_mean, running_var, gamma, beta) - new_b for row in W]
    return np.array(rows), new_b


@way("eps_outside_sqrt")
def after_the_root(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    std = running_var**0.5 + eps
    return W * gamma / std, (b - running_mean) * gamma / std + beta


@way("along_the_inputs")
def rows_scaled(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = factor(running_var, gamma, eps)
    return (W.T * scale).T, (b - running_mean) * scale + beta


@way("folded_forwards")
def into_the_next(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = factor(running_var, gamma, eps)
    return np.diag(scale) @ W, np.dot(beta - running_mean * scale, W) + b


@way("updated_in_place")
def with_out(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    np.multiply(W, factor(running_var, gamma, eps), out=W)
    return W, infer(b, running_mean, running_var, gamma, beta, eps)


@way("updated_in_place")
def bias_moved(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    b -= running_mean
    return W * factor(running_var, gamma, eps), b * factor(running_var, gamma, eps) + beta


@way("updated_in_place")
def divided_in_place(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    std = np.sqrt(running_var + eps)
    W *= gamma
    W /= std
    b = (b - running_mean) * gamma / std + beta
    return W, b


@way("integer_result")
def entry_by_entry(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = factor(running_var, gamma, eps)
    new_W, new_b = np.empty_like(W), np.empty_like(b)
    for j in range(W.shape[1]):
        new_W[:, j] = W[:, j] * scale[j]
        new_b[j] = (b[j] - running_mean[j]) * scale[j] + beta[j]
    return new_W, new_b


@way("returned_in_other_order")
def bias_first(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return infer(b, running_mean, running_var, gamma, beta, eps), W * factor(running_var, gamma, eps)


@way("bias_not_scaled", "mean_not_scaled")
def weights_alone(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * factor(running_var, gamma, eps), beta + (b - running_mean)


@way("eps_forgotten", "bias_dropped")
def neither(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma / running_var**0.5
    return W @ np.diag(scale), beta - scale * running_mean


@way("eps_outside_sqrt", "gamma_beta_swapped")
def two_slips(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = beta / (running_var**0.5 + eps)
    return W * scale, gamma + scale * (b - running_mean)
