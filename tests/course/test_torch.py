"""The reference against PyTorch's BatchNorm1d, after converting what the two call momentum and variance."""

import numpy as np
import pytest

from autograder.coursebook import reference

from ..conftest import package

pytestmark = pytest.mark.parity

SHAPES = [(2, 1), (8, 3), (5, 5), (64, 16)]


@pytest.fixture(scope="module")
def torch():
    return package("torch")


def pair(torch, n, momentum, eps):
    """Make the two layers with the same γ and β."""
    rng = np.random.default_rng(n)
    ours = reference.BatchNorm(n, momentum=momentum, eps=eps)
    theirs = torch.nn.BatchNorm1d(n, momentum=1 - momentum, eps=eps, dtype=torch.float64)
    ours.gamma, ours.beta = rng.normal(size=n), rng.normal(size=n)
    with torch.no_grad():
        theirs.weight.copy_(torch.from_numpy(ours.gamma))
        theirs.bias.copy_(torch.from_numpy(ours.beta))
    return ours, theirs


@pytest.mark.parametrize("momentum", [0.0, 0.9, 0.99])
@pytest.mark.parametrize(("m", "n"), SHAPES)
def test_training_and_evaluation(torch, m, n, momentum):
    rng = np.random.default_rng(m)
    ours, theirs = pair(torch, n, momentum, eps=1e-3)
    for step in range(6):
        Z = rng.normal(step, 1 + step, (m, n))
        assert np.allclose(ours.forward(Z), theirs(torch.from_numpy(Z)).detach().numpy(), rtol=1e-10, atol=1e-10)
    initial = momentum**6  # what is left of the 1 that both variances start from
    assert np.allclose(ours.running_mean, theirs.running_mean.numpy())
    assert np.allclose((ours.running_var - initial) * m / (m - 1) + initial, theirs.running_var.numpy())

    theirs.running_var.copy_(torch.from_numpy(ours.running_var))
    ours.eval()
    theirs.eval()
    X = rng.normal(2, 5, (7, n))
    expected = theirs(torch.from_numpy(X)).detach().numpy()
    assert np.allclose(ours.forward(X), expected, rtol=1e-10, atol=1e-10)
    assert np.allclose(ours.forward(X[0]), expected[0], rtol=1e-10, atol=1e-10)


def test_both_refuse_a_single_row_in_training(torch):
    ours, theirs = pair(torch, 3, 0.9, 1e-5)
    with pytest.raises(ValueError, match="two examples"):
        ours.forward(np.ones((1, 3)))
    with pytest.raises(ValueError, match="more than 1 value"):
        theirs(torch.ones(1, 3, dtype=torch.float64))


def test_momentum_none_keeps_the_plain_average_of_the_mini_batches(torch):
    theirs = torch.nn.BatchNorm1d(3, momentum=None, dtype=torch.float64)
    batches = [np.random.default_rng(seed).normal(seed, 2, (5, 3)) for seed in range(4)]
    for Z in batches:
        theirs(torch.from_numpy(Z))
    mean, var = reference.population_statistics(batches)
    assert np.allclose(mean, theirs.running_mean.numpy())
    assert np.allclose(var, theirs.running_var.numpy())


def test_update_bn_is_algorithm_2_with_batch_statistics_in_the_layers_below(torch):
    rng = np.random.default_rng(0)
    weights, biases = rng.normal(size=(3, 3)), rng.normal(size=3)
    linear = torch.nn.Linear(3, 3, dtype=torch.float64)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(weights.T))
        linear.bias.copy_(torch.from_numpy(biases))
    norms = [torch.nn.BatchNorm1d(3, dtype=torch.float64) for _ in range(2)]
    batches = [rng.normal(1, 2, (6, 3)) for _ in range(5)]
    network = torch.nn.Sequential(norms[0], torch.nn.ReLU(), linear, norms[1])
    torch.optim.swa_utils.update_bn([torch.from_numpy(Z) for Z in batches], network)

    ones, zeros = np.ones(3), np.zeros(3)
    below = [np.maximum(reference.batch_norm_forward(Z, ones, zeros)[0], 0) @ weights + biases for Z in batches]
    for theirs, seen in zip(norms, (batches, below), strict=True):
        mean, var = reference.population_statistics(seen)
        assert np.allclose(mean, theirs.running_mean.numpy())
        assert np.allclose(var, theirs.running_var.numpy())


@pytest.mark.parametrize(("m", "n"), SHAPES)
def test_gradients(torch, m, n):
    rng = np.random.default_rng(m)
    ours, theirs = pair(torch, n, 0.9, eps=1e-3)
    Z, dout = rng.normal(2, 3, (m, n)), rng.normal(size=(m, n))
    ours.forward(Z)
    cache = {key: ours.cache[key] for key in ("Z", "Z_norm", "mean", "var", "gamma", "eps")}
    leaf = torch.from_numpy(Z).requires_grad_()
    theirs(leaf).backward(torch.from_numpy(dout))
    gradients = leaf.grad, theirs.weight.grad, theirs.bias.grad
    for got, expected in zip(reference.batch_norm_backward(dout, cache), gradients, strict=True):
        assert np.allclose(got, expected.numpy(), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("biased", [True, False])
def test_folding(torch, biased):
    rng = np.random.default_rng(7)
    ours, theirs = pair(torch, 4, 0.9, eps=1e-3)
    linear = torch.nn.Linear(6, 4, bias=biased, dtype=torch.float64)
    mean, var = rng.normal(size=4), rng.uniform(0.2, 5, 4)
    theirs.running_mean.copy_(torch.from_numpy(mean))
    theirs.running_var.copy_(torch.from_numpy(var))
    folded = torch.nn.utils.fuse_linear_bn_eval(linear.eval(), theirs.eval())

    W = linear.weight.detach().numpy().T  # PyTorch keeps (units, inputs)
    b = linear.bias.detach().numpy() if biased else np.zeros(4)
    new_W, new_b = reference.fold_into_linear(W, b, mean, var, ours.gamma, ours.beta, eps=1e-3)
    assert np.allclose(new_W, folded.weight.detach().numpy().T, rtol=1e-12)
    assert np.allclose(new_b, folded.bias.detach().numpy(), rtol=1e-12)
