"""What the lessons conclude is run again, small, on seeds that no lesson uses, paired by seed."""

import numpy as np
import pytest

from autograder.coursebook import reference
from bnlib import lab

SEEDS = range(1000, 1020)
STEPS_PER_EPOCH = 44  # 1437 digits in whole mini-batches of 32


def running_pairs(network, momentum=0.9):
    """Give an `after_step` that follows every hidden layer, and the list of pairs that it keeps."""
    pairs = [(np.zeros(len(norm.gamma)), np.ones(len(norm.gamma))) for norm in network.norms]

    def follow(step, network):
        for k, norm in enumerate(network.norms):
            pairs[k] = reference.update_running(*pairs[k], norm.cache["mean"], norm.cache["var"], momentum)

    return follow, pairs


def with_pairs(network, pairs):
    return lambda k, Z: reference.batch_norm_inference(Z, *pairs[k], network.norms[k].gamma, network.norms[k].beta)


@pytest.fixture(scope="module")
def trained():
    """Train once per seed; give (data, network, running pairs)."""
    found = []
    for seed in SEEDS:
        data, network = lab.digits(seed), lab.Network(seed=seed)
        follow, pairs = running_pairs(network)
        lab.train(network, data, epochs=10, seed=seed, after_step=follow)
        found.append((data, network, pairs))
    return found


def in_parts(network, X, order, size):
    """Give outputs by training's formula on consecutive parts, put back in the order of X."""
    parts = [order[i : i + size] for i in range(0, len(order), size)]
    out = np.empty((len(X), 10))
    for part in parts:
        out[part] = network.logits(X[part])
    return out


def test_1_every_layer_and_every_mini_batch_has_its_own_statistics():
    data, network = lab.digits(1000), lab.Network(seed=1000)
    rows = list(lab.mini_batches(len(data.train_X), 32, np.random.default_rng(1)))
    first = np.array([reference.batch_statistics(network.hidden(data.train_X[r], 0))[0] for r in rows])
    second = np.array([reference.batch_statistics(network.hidden(data.train_X[r], 1))[0] for r in rows])
    assert (first.std(axis=0) > 0.01).all()
    assert np.abs(first.mean(axis=0) - second.mean(axis=0)).mean() > 0.1
    # Both layouts are one computation.
    Z = network.hidden(data.train_X[:5], 0)
    assert np.allclose(reference.batch_statistics(Z)[0], Z.T.mean(axis=1))


def test_2_what_the_initial_value_still_weighs():
    for momentum, steps, share in [(0.9, 10, 0.349), (0.9, 100, 2.7e-5), (0.99, 100, 0.366)]:
        mean = 1.0
        for _ in range(steps):
            mean = reference.ewa_update(mean, 0.0, momentum)
        assert mean == pytest.approx(share, rel=0.02)


def test_3_a_reset_costs_much_early_in_an_epoch_and_nothing_at_its_end():
    loss = {5: [], STEPS_PER_EPOCH: []}
    for seed in SEEDS:
        data, network = lab.digits(seed), lab.Network(seed=seed)
        carry, carried = running_pairs(network)
        again, fresh = running_pairs(network)
        lab.train(network, data, epochs=5, seed=seed, after_step=carry)

        def both(step, network, data=data, carry=carry, again=again, carried=carried, fresh=fresh):
            carry(step, network)
            again(step, network)
            if step in loss:
                right = [
                    lab.accuracy(network.logits(data.test_X, with_pairs(network, pairs)), data.test_y)
                    for pairs in (carried, fresh)
                ]
                loss[step].append(right[0] - right[1])

        lab.train(network, data, epochs=1, seed=seed + 1, after_step=both)
    assert np.mean(loss[5]) > 2
    assert abs(np.mean(loss[STEPS_PER_EPOCH])) < 0.5


def test_4_statistics_are_new_in_every_epoch_because_the_weights_move():
    data, network = lab.digits(1001), lab.Network(seed=1001)
    same_rows, means = data.train_X[:32], []
    for epoch in range(3):
        means.append(reference.batch_statistics(network.hidden(same_rows, 0))[0])
        lab.train(network, data, epochs=1, seed=epoch)
    assert np.abs(means[1] - means[0]).max() > 0.05
    assert np.abs(means[2] - means[1]).max() > 0.01


def test_5_momentum_moves_no_loss_but_test_results():
    losses, right = [], []
    for momentum in (0.0, 0.9, 0.999):
        data = lab.digits(1002)
        network = lab.Network(seed=1002, norm=lambda n, p=momentum: reference.BatchNorm(n, momentum=p))
        losses.append(lab.train(network, data, epochs=3, seed=1002))
        for layer in network.norms:
            layer.eval()
        right.append(lab.accuracy(network.logits(data.test_X), data.test_y))
    assert np.array_equal(losses[0], losses[1])
    assert np.array_equal(losses[0], losses[2])
    assert right[1] - right[2] > 10


def test_11_a_lone_example_gets_beta_by_trainings_formula_and_its_own_answer_by_the_running_pair(trained):
    for data, network, pairs in trained:
        alone = np.concatenate([network.logits(x[np.newaxis]) for x in data.test_X[:20]])
        assert np.ptp(alone, axis=0).max() < 1e-12
        normalise = with_pairs(network, pairs)
        batch = network.logits(data.test_X, normalise)
        one_by_one = np.array([network.logits(x, normalise) for x in data.test_X])
        assert np.allclose(batch, one_by_one, atol=1e-10)
        assert lab.accuracy(one_by_one, data.test_y) > 93


def test_15_gamma_and_beta_give_the_input_back_for_one_mini_batch_only():
    rng = np.random.default_rng(3)
    for _ in SEEDS:
        Z, other = rng.normal(2, 3, (16, 4)), rng.normal(2, 3, (16, 4))
        mean, var = reference.batch_statistics(Z)
        gamma, beta = np.sqrt(var + 1e-5), mean
        assert np.allclose(reference.batch_norm_forward(Z, gamma, beta)[0], Z)
        assert np.abs(reference.batch_norm_forward(other, gamma, beta)[0] - other).max() > 0.1


def test_17_the_test_batchs_own_statistics_go_unnoticed_until_the_batch_is_small_or_sorted(trained):
    gain = {"shuffled, all": [], "shuffled, 4": [], "sorted, 64": []}
    for data, network, pairs in trained:
        X, y = data.test_X, data.test_y
        right = lab.accuracy(network.logits(X, with_pairs(network, pairs)), y)
        shuffled, by_class = np.arange(len(X)), np.argsort(y, kind="stable")
        for name, order, size in [
            ("shuffled, all", shuffled, 360),
            ("shuffled, 4", shuffled, 4),
            ("sorted, 64", by_class, 64),
        ]:
            gain[name].append(right - lab.accuracy(in_parts(network, X, order, size), y))
    assert abs(np.mean(gain["shuffled, all"])) < 1  # equivalent: that is why nobody notices
    assert np.mean(gain["shuffled, 4"]) > 10
    assert np.mean(gain["sorted, 64"]) > 20
