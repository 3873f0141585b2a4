import hashlib

import numpy as np
import pytest

from autograder.coursebook import reference
from bnlib import lab
from bnlib.lab.loss import cross_entropy


def numerical(network, X, y, array, index, step=1e-6):
    """Give the loss's derivative by one number of `array`, by central differences."""
    losses = []
    for sign in (1, -1):
        array[index] += sign * step
        logits = network.logits(X)
        shifted = logits - logits.max(axis=1, keepdims=True)
        losses.append(np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]))
        array[index] -= sign * step
    return (losses[0] - losses[1]) / (2 * step)


def test_a_step_goes_down_the_gradient():
    data, rate = lab.digits(0), 1.0
    X, y = data.train_X[:16], data.train_y[:16]
    network, moved = lab.Network(sizes=(64, 6, 5, 10), seed=1), lab.Network(sizes=(64, 6, 5, 10), seed=1)
    moved.step(X, y, rate)
    arrays = [
        (network.weights[0], moved.weights[0], (20, 3)),
        (network.weights[1], moved.weights[1], (2, 1)),
        (network.weights[2], moved.weights[2], (4, 7)),
        (network.biases[2], moved.biases[2], 3),
        (network.norms[0].gamma, moved.norms[0].gamma, 2),
        (network.norms[1].beta, moved.norms[1].beta, 4),
    ]
    for before, after, index in arrays:
        gradient = (before[index] - after[index]) / rate
        assert np.isclose(gradient, numerical(network, X, y, before, index), rtol=1e-4, atol=1e-8)


def layers_of(network):
    """Give the layers of a `lab.Network`, with the reference's batch norm."""
    layers = []
    for weights, biases, norm in zip(network.weights, network.biases, [*network.norms, None], strict=True):
        layers.append(lab.Linear(weights, biases))
        if norm:
            layers += [lab.AsLayer(reference.BatchNorm(len(norm.gamma)), reference.batch_norm_backward), lab.ReLU()]
    return layers


def test_a_stack_of_layers_trains_as_the_network_does():
    data, network = lab.digits(2), lab.Network(seed=2)
    stack = lab.Stack(layers_of(network))
    losses = lab.train(network, data, epochs=1)
    assert np.allclose(lab.train(stack, data, epochs=1), losses, rtol=1e-8)
    assert np.allclose(stack.layers[0].W, network.weights[0])
    assert np.allclose(stack.layers[1].parameters()["gamma"], network.norms[0].gamma)


def test_a_step_of_a_convolution_goes_down_the_gradient():
    data, rng = lab.digits(0), np.random.default_rng(1)
    X, y = data.train_X[:4], data.train_y[:4]
    norm = lab.AsLayer(reference.BatchNorm(3), reference.batch_norm_backward)
    below, above = lab.Linear.drawn(9, 3, rng), lab.Linear.drawn(27, 10, rng)
    stack = lab.Stack([lab.Patches(), below, norm, lab.ReLU(), lab.MaxPool(), lab.Flatten(), above])
    before = below.W.copy()
    stack.step(X, y, rate=1.0)
    moved, below.W[...] = below.W.copy(), before
    above.W += above.gradients["W"]
    above.b += above.gradients["b"]
    for name in ("gamma", "beta"):
        norm.parameters()[name] += norm.gradients[name]
    for index in [(0, 0), (4, 1), (8, 2)]:
        losses = []
        for sign in (1, -1):
            below.W[index] = before[index] + sign * 1e-6
            losses.append(cross_entropy(stack.forward(X), y)[0])
        below.W[index] = before[index]
        assert np.isclose(before[index] - moved[index], (losses[0] - losses[1]) / 2e-6, rtol=1e-4, atol=1e-8)


def test_patches_and_pooling_look_at_the_right_places():
    image = np.arange(64.0).reshape(1, 64)
    rows = lab.Patches().forward(image)
    assert rows.shape == (36, 9)
    assert rows[7].tolist() == [9, 10, 11, 17, 18, 19, 25, 26, 27]  # the place in row 1, column 1
    assert lab.MaxPool().forward(np.arange(36.0)[:, np.newaxis])[:, 0].tolist() == [7, 9, 11, 19, 21, 23, 31, 33, 35]


def test_a_fresh_process_that_fails_says_why():
    with pytest.raises(RuntimeError, match="no such thing"):
        lab.in_fresh_process("raise SystemExit('no such thing')")


def test_training_learns_the_digits_and_can_be_repeated():
    data = lab.digits(3)
    one, other = lab.Network(seed=3), lab.Network(seed=3)
    losses = lab.train(one, data, epochs=5, seed=3)
    assert np.array_equal(losses, lab.train(other, data, epochs=5, seed=3))
    assert lab.accuracy(one.logits(data.test_X), data.test_y) > 90


def test_mini_batches_hold_every_row_at_most_once_and_are_all_full():
    rows = list(lab.mini_batches(1437, 32, np.random.default_rng(0)))
    assert len(rows) == 44
    assert {len(r) for r in rows} == {32}
    assert len(set(np.concatenate(rows))) == 44 * 32


def test_the_digits_are_split_without_overlap():
    data = lab.digits(5)
    assert data.train_X.shape == (1437, 64)
    assert data.test_X.shape == (360, 64)
    assert data.train_X.max() == 1


def test_the_digits_are_those_that_every_number_in_the_lessons_was_measured_on():
    data = lab.digits(0)
    arrays = (data.train_X, data.train_y, data.test_X, data.test_y)
    assert [str(array.dtype) for array in arrays] == ["float64", "int64"] * 2
    found = hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()
    assert found == "a88e371d728d7341dc1929770c44cdbbe5f3d225ad14bc03d53f5bd8fcf3840d"  # scikit-learn's gave this one


def test_a_progress_bar_says_how_far_it_is(capsys):
    assert list(lab.progress_bar(range(4), "training")) == [0, 1, 2, 3]
    assert "4 of 4" in capsys.readouterr().out


def test_an_answer_is_plain_text_outside_a_notebook(capsys):
    lab.answer(3, "Again, or on?", f"On: {-1.25:.1f} ± 0.3 points.", "In mini-batches of 32.", contested=True)
    said = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Question: Again, or on?\nAnswer (contested): On: −1.2 ± 0.3 points. In mini-batches of 32.\n"


def test_a_mean_is_written_with_its_spread():
    assert lab.with_spread([1, 2, 3]) == "2.0 ± 1.0"
    assert lab.with_spread([-0.01, 0.005], 1) == "0.0 ± 0.0"
    assert lab.with_spread(np.array([0.2, 0.3]), 2, signed=True) == "+0.25 ± 0.07"
