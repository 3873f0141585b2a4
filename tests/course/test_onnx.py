"""The reference against the node tests that ONNX itself publishes for BatchNormalization."""

import numpy as np
import pytest

from autograder.coursebook import reference

from ..conftest import package

pytestmark = pytest.mark.parity


@pytest.fixture(scope="module")
def published():
    """Give what onnx publishes for batch norm, in evaluation and in training: name, attributes, inputs, outputs."""
    helper = package("onnx").helper
    from onnx.backend.test.case.node import collect_testcases

    found = {False: [], True: []}
    for case in collect_testcases("BatchNormalization"):
        if case.name.startswith("test_batchnorm"):
            given = {a.name: helper.get_attribute_value(a) for a in case.model.graph.node[0].attribute}
            given = {"epsilon": 1e-5, "momentum": 0.9} | given
            found[bool(given.get("training_mode"))] += [(case.name, given, *data) for data in case.data_sets]
    return found


def rows(image):
    """Lay (N, C, H, W) out as (N·H·W, C): for a convolution, a channel's m is batch × height × width."""
    return np.moveaxis(image, 1, -1).reshape(-1, image.shape[1])


@pytest.mark.filterwarnings("ignore")  # of onnx's own test generators
def test_inference(published):
    assert len(published[False]) >= 2
    for name, given, (x, scale, bias, mean, var), (y,) in published[False]:
        out = reference.batch_norm_inference(rows(x), mean, var, scale, bias, given["epsilon"])
        assert np.allclose(out, rows(y), rtol=1e-4, atol=1e-5), name


@pytest.mark.filterwarnings("ignore")
def test_training_mode(published):
    assert len(published[True]) >= 2
    for name, given, (x, scale, bias, mean, var), (y, new_mean, new_var) in published[True]:
        out, cache = reference.batch_norm_forward(rows(x), scale, bias, given["epsilon"])
        running = reference.update_running(mean, var, cache["mean"], cache["var"], given["momentum"])
        assert np.allclose(out, rows(y), rtol=1e-3, atol=1e-4), name
        assert np.allclose(running, (new_mean, new_var), rtol=1e-4, atol=1e-5), name
