import numpy as np

from bnlib import lab


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


def test_a_progress_bar_says_how_far_it_is(capsys):
    assert list(lab.progress_bar(range(4), "training")) == [0, 1, 2, 3]
    assert "4 of 4" in capsys.readouterr().out
