"""The reference against PyTorch's BatchNorm1d, after converting what the two call momentum and variance."""

import numpy as np
import pytest

from autograder import reference

torch = pytest.importorskip("torch", reason="PyTorch is not installed: `make parity` installs it and runs this")
pytestmark = pytest.mark.parity

SHAPES = [(2, 1), (8, 3), (5, 5), (64, 16)]


def pair(n, momentum, eps):
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
def test_training_and_evaluation(m, n, momentum):
    rng = np.random.default_rng(m)
    ours, theirs = pair(n, momentum, eps=1e-3)
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


def test_both_refuse_a_single_row_in_training():
    ours, theirs = pair(3, 0.9, 1e-5)
    with pytest.raises(ValueError, match="two examples"):
        ours.forward(np.ones((1, 3)))
    with pytest.raises(ValueError, match="more than 1 value"):
        theirs(torch.ones(1, 3, dtype=torch.float64))
