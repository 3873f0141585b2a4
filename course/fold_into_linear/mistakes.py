import numpy as np

from autograder.coursebook.mistakes import misconception, together


def scale_of(running_var, gamma, eps):
    return gamma / np.sqrt(running_var + eps)


@misconception(
    "the old bias is dropped",
    "The running mean was measured on X@W + b, so it has b in it: whoever subtracts the one must add the other.",
)
def bias_dropped(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale, beta - running_mean * scale


@misconception(
    "the old bias is added without the factor",
    "What comes out of the linear layer is X@W + b, and batch norm multiplies all of it.",
)
def bias_not_scaled(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale, b - running_mean * scale + beta


@misconception(
    "the running mean is subtracted without the factor",
    "The mean is subtracted before γ and the root are at work, so they act on it as well.",
)
def mean_not_scaled(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale, b * scale - running_mean + beta


@misconception(
    "the weights are folded, and the bias is left as it was",
    "An input of zeros would then get b; batch norm gives it another answer.",
)
def bias_left(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * scale_of(running_var, gamma, eps), b.copy()


@misconception(
    "the bias is folded, and the weights are left as they were",
    "A step in the input would then move the output as far as before batch norm.",
)
def weights_left(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W.copy(), (b - running_mean) * scale_of(running_var, gamma, eps) + beta


@misconception(
    "β is multiplied by the factor too, or divided by the root",
    "β is added last, after everything has been scaled.",
)
def beta_scaled(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale, (b - running_mean + beta) * scale


@beta_scaled.variant
def beta_divided(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale, (b - running_mean) * scale + beta / np.sqrt(running_var + eps)


@misconception("β is subtracted", "An input whose Z is the running mean should come out as β; yours gives −β.")
def beta_subtracted(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale, (b - running_mean) * scale - beta


@misconception("β is left out", "An input whose Z is the running mean should come out as β.")
def beta_forgotten(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale, (b - running_mean) * scale


@misconception("γ is left out", "The factor is γ over the root, not one over the root.")
def gamma_forgotten(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, 1.0, eps)
    return W * scale, (b - running_mean) * scale + beta


@gamma_forgotten.variant
def gamma_forgotten_in_the_bias(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * scale_of(running_var, gamma, eps), (b - running_mean) * scale_of(running_var, 1.0, eps) + beta


@gamma_forgotten.variant
def gamma_forgotten_in_the_weights(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * scale_of(running_var, 1.0, eps), (b - running_mean) * scale_of(running_var, gamma, eps) + beta


@misconception("γ and β have changed places", "γ multiplies, β is added.")
def gamma_beta_swapped(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, beta, eps)
    return W * scale, (b - running_mean) * scale + gamma


@misconception("the running mean is added", "Batch norm subtracts it.")
def mean_added(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale, (b + running_mean) * scale + beta


@misconception(
    "the running mean is left out",
    "Only the spread and γ, β are folded. An input whose Z is the running mean should come out as β.",
)
def mean_forgotten(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale, b * scale + beta


@misconception(
    "the running mean is subtracted from the weights too",
    "It is a shift, and shifts go into the bias. In the weights it would be multiplied by the input.",
)
def mean_in_the_weights(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return (W - running_mean) * scale, (b - running_mean) * scale + beta


@misconception(
    "W and b are both sent through batch norm",
    "Weights are not activations: what is multiplied by X gets the factor alone, and shifts go into the bias.",
)
def weights_normalised(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return (W - running_mean) * scale + beta, (b - running_mean) * scale + beta


@misconception("the weights come back transposed", "W' has the shape of W: (d, n), inputs by units.")
def transposed(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return (W * scale).T, (b - running_mean) * scale + beta


@misconception(
    "the factor divides by the variance",
    "The root is missing: what is stored is σ², and a value is divided by σ.",
)
def divided_by_variance(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma / (running_var + eps)
    return W * scale, (b - running_mean) * scale + beta


@misconception("the factor multiplies by the root", "A unit that spreads widely is shrunk: divide by the root.")
def multiplied(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma * np.sqrt(running_var + eps)
    return W * scale, (b - running_mean) * scale + beta


@misconception(
    "ε is left out",
    "The layer that is replaced divides by √(σ² + ε), and the folded one has to give the same.",
)
def eps_forgotten(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, 0)
    return W * scale, (b - running_mean) * scale + beta


@misconception("ε is typed in as 1e-5", "The caller may pass another ε; use the argument.")
def eps_hard_coded(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, 1e-5)
    return W * scale, (b - running_mean) * scale + beta


@misconception("ε stands outside the square root", "It is √(σ² + ε), here as in training.")
def eps_outside_sqrt(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = gamma / (np.sqrt(running_var) + eps)
    return W * scale, (b - running_mean) * scale + beta


@misconception(
    "the factors are laid along the inputs: one per row of W",
    "Column j of W leads into unit j, so unit j's factor belongs to column j. "
    "A reshape to a column is right where W is stored as (units, inputs), as in PyTorch; here W is (inputs, units).",
)
def along_the_inputs(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale[:, np.newaxis], (b - running_mean) * scale + beta


@misconception(
    "batch norm is folded into the layer after it",
    "That needs the next layer's weights, and nothing between the two. Here batch norm comes after X@W + b.",
)
def folded_forwards(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return scale[:, np.newaxis] * W, b + (beta - running_mean * scale) @ W


@misconception(
    "the caller's arrays are overwritten",
    "`W *= …` changes the network's own weights: fold twice, and they are scaled twice. Build new arrays.",
)
def updated_in_place(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    W *= scale
    return W, (b - running_mean) * scale + beta


@updated_in_place.variant
def bias_updated_in_place(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    b -= running_mean
    b *= scale
    b += beta
    return W * scale, b


@updated_in_place.variant
def both_updated_in_place(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    W *= scale
    b -= running_mean
    b *= scale
    b += beta
    return W, b


@updated_in_place.variant
def filled_in_place(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    W[:] = W * scale
    b[:] = (b - running_mean) * scale + beta
    return W, b


@misconception(
    "the results are written into arrays of integers",
    "`np.zeros_like(W)` takes over the dtype of W, and what is written into it is cut to fit.",
)
def integer_result(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    new_W, new_b = np.zeros_like(W), np.zeros_like(b)
    new_W[...], new_b[...] = W * scale, (b - running_mean) * scale + beta
    return new_W, new_b


@integer_result.variant
def integer_weights(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    new_W = np.zeros_like(W)
    new_W[...] = W * scale
    return new_W, (b - running_mean) * scale + beta


@misconception(
    "the bias is handed out first",
    "The docstring gives the order: the weights, then the bias.",
)
def returned_in_other_order(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return (b - running_mean) * scale + beta, W * scale


@together(bias_not_scaled, mean_not_scaled)
def nothing_scaled_but_the_weights(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return W * scale_of(running_var, gamma, eps), b - running_mean + beta


@together(eps_forgotten, bias_not_scaled)
def forgotten_and_not_scaled(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return bias_not_scaled.variants[0](W, b, running_mean, running_var, gamma, beta, 0)


@together(eps_forgotten, bias_dropped)
def forgotten_and_dropped(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return bias_dropped.variants[0](W, b, running_mean, running_var, gamma, beta, 0)


@together(eps_forgotten, divided_by_variance)
def bare_variance(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return divided_by_variance.variants[0](W, b, running_mean, running_var, gamma, beta, 0)


@together(eps_outside_sqrt, bias_dropped)
def outside_and_dropped(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return bias_dropped.variants[0](W, b, running_mean, (np.sqrt(running_var) + eps) ** 2, gamma, beta, 0)


@together(eps_outside_sqrt, bias_not_scaled)
def outside_and_not_scaled(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return bias_not_scaled.variants[0](W, b, running_mean, (np.sqrt(running_var) + eps) ** 2, gamma, beta, 0)


@together(eps_outside_sqrt, gamma_beta_swapped)
def outside_and_swapped(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return gamma_beta_swapped.variants[0](W, b, running_mean, (np.sqrt(running_var) + eps) ** 2, gamma, beta, 0)


@together(divided_by_variance, bias_not_scaled)
def by_variance_and_not_scaled(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return bias_not_scaled.variants[0](W, b, running_mean, (running_var + eps) ** 2, gamma, beta, 0)


@together(divided_by_variance, bias_dropped)
def by_variance_and_dropped(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    return bias_dropped.variants[0](W, b, running_mean, (running_var + eps) ** 2, gamma, beta, 0)


@together(updated_in_place, bias_dropped)
def in_place_and_dropped(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    W *= scale
    return W, beta - running_mean * scale


@together(along_the_inputs, bias_dropped)
def along_the_inputs_and_dropped(W, b, running_mean, running_var, gamma, beta, eps=1e-5):
    scale = scale_of(running_var, gamma, eps)
    return W * scale[:, np.newaxis], beta - running_mean * scale
