"""The whole network of lesson 11 in PyTorch and as an ONNX file: the lesson's own cells are run."""

import sys
from functools import cache

import numpy as np
import pytest

from autograder.coursebook import lessons, reference
from bnlib import lab

from ..conftest import package

SEEDS = range(1000, 1020)
EPS = 2.0**-10  # a number that float32, in which an ONNX file keeps ε, holds exactly


def run_the_lessons_cell(text, layers, data):
    """Run the cell of lesson 11 that holds `text`; give the names that it then knows."""
    (cell,) = [cell for cell in lessons.read("the_whole_network").cells if text in cell.source]
    assert {"demo", "skip-execution"} <= set(cell.metadata.tags)
    known = {"np": np, "lab": lab, "predict": reference.predict, "layers": layers, "data": data}
    exec(cell.source, known)
    return known


@cache
def trained(seed):
    """Train a small network; give (layers, data)."""
    rng, layers, data = np.random.default_rng(seed), [], lab.digits(seed)
    for inputs, units in [(64, 12), (12, 8)]:
        norm = lab.AsLayer(reference.BatchNorm(units, eps=EPS), reference.batch_norm_backward)
        layers += [lab.Linear.drawn(inputs, units, rng), norm, lab.ReLU()]
    layers.append(lab.Linear.drawn(8, 10, rng))
    lab.train(lab.Stack(layers), data, epochs=2, seed=seed)
    return layers, data


@pytest.mark.parity
def test_pytorch_gives_the_same_answers(capsys):
    torch = package("torch")
    for layers, data in map(trained, SEEDS):
        known = run_the_lessons_cell("import torch", layers, data)
        mine = reference.predict(layers, data.test_X)
        assert np.allclose(known["outputs"], mine, rtol=0, atol=1e-11)
        with torch.no_grad():
            alone = known["theirs"](torch.tensor(data.test_X[:1])).numpy()
        assert np.allclose(alone, mine[:1], rtol=0, atol=1e-11)
    assert "PyTorch: largest difference" in capsys.readouterr().out


@pytest.mark.parity
@pytest.mark.filterwarnings("ignore")  # of onnx's own
def test_onnx_runtime_and_onnxs_own_evaluator_give_the_same_answers(capsys):
    package("onnx"), package("onnxruntime")
    from onnx.reference import ReferenceEvaluator

    for layers, data in map(trained, SEEDS):
        known = run_the_lessons_cell("import onnxruntime", layers, data)
        mine = reference.predict(layers, data.test_X)
        assert np.allclose(known["outputs"], mine, rtol=0, atol=1e-11)
        (by_the_standard,) = ReferenceEvaluator(known["model"]).run(None, {"X": data.test_X})
        assert np.allclose(by_the_standard, mine, rtol=0, atol=1e-11)
    assert "ONNX Runtime: largest difference" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["import torch", "import onnxruntime"])
def test_where_it_is_not_installed_the_cell_says_so(text, capsys, monkeypatch):
    network = trained(SEEDS[0])
    monkeypatch.setitem(sys.modules, text.removeprefix("import "), None)
    run_the_lessons_cell(text, *network)
    assert "not installed here" in capsys.readouterr().out
