"""Lesson 11: what `network_state` saves is the whole network, to the last bit, in a fresh process too."""

import numpy as np

from autograder.coursebook import reference
from bnlib import lab

SEEDS = range(1000, 1020)
SIZES = [(64, 12), (12, 8)]
ELSEWHERE = """
import sys
import numpy as np
from bnlib import BatchNorm, lab, predict, restore_network

X, answers = np.load(sys.argv[1]), {}
for path in sys.argv[3:]:
    rng, layers = np.random.default_rng(7), []
    for inputs, units in [(64, 12), (12, 8)]:
        layers += [lab.Linear.drawn(inputs, units, rng), lab.AsLayer(BatchNorm(units)), lab.ReLU()]
    layers.append(lab.Linear.drawn(8, 10, rng))
    with np.load(path) as state:
        restore_network(layers, dict(state))
    answers[path] = predict(layers, X)
    answers[path + " alone"] = [predict(layers, x) for x in X]
np.savez(sys.argv[2], **answers)
"""


def trained(seed):
    rng, layers = np.random.default_rng(seed), []
    for inputs, units in SIZES:
        norm = lab.AsLayer(reference.BatchNorm(units), reference.batch_norm_backward)
        layers += [lab.Linear.drawn(inputs, units, rng), norm, lab.ReLU()]
    layers.append(lab.Linear.drawn(8, 10, rng))
    lab.train(lab.Stack(layers), lab.digits(seed), epochs=1, seed=seed)
    return layers


def test_a_fresh_process_gives_the_same_answers_to_the_last_bit(tmp_path):
    X, networks = lab.digits(1000).test_X[:40], {}
    np.save(tmp_path / "X.npy", X)
    for seed in SEEDS:
        networks[str(tmp_path / f"{seed}.npz")] = layers = trained(seed)
        np.savez(tmp_path / f"{seed}.npz", **reference.network_state(layers))
    with reference.in_bnlib():
        lab.in_fresh_process(ELSEWHERE, tmp_path / "X.npy", tmp_path / "answers.npz", *networks)
    with np.load(tmp_path / "answers.npz") as elsewhere:
        for path, layers in networks.items():
            assert np.array_equal(elsewhere[path], reference.predict(layers, X))
            assert np.array_equal(elsewhere[path + " alone"], [reference.predict(layers, x) for x in X])


def test_a_row_alone_is_the_row_in_its_batch_and_the_batch_is_answered_as_in_training_it_is_not():
    for seed in SEEDS:
        layers, X = trained(seed), lab.digits(seed).test_X[:40]
        together = reference.predict(layers, X)
        assert np.allclose(together, [reference.predict(layers, x) for x in X], rtol=0, atol=1e-10)
        assert np.abs(together - lab.Stack(layers).forward(X)).max() > 0.1


def test_without_the_running_pairs_the_restored_network_answers_otherwise():
    for seed in SEEDS:
        layers, fresh = trained(seed), trained(seed + 1)
        state = reference.network_state(layers)
        new = {key: np.zeros_like(a) if "mean" in key else np.ones_like(a) for key, a in state.items() if "run" in key}
        reference.restore_network(fresh, state | new)
        X = lab.digits(seed).test_X
        assert np.abs(reference.predict(fresh, X) - reference.predict(layers, X)).max() > 0.1
