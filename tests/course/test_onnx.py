"""The reference against the node tests that ONNX itself publishes for BatchNormalization."""

import numpy as np
import pytest

from autograder.coursebook import reference

onnx = pytest.importorskip("onnx", reason="onnx is not installed: `make parity` installs it and runs this")
pytestmark = pytest.mark.parity


def published(prefix):
    from onnx.backend.test.case.node import collect_testcases

    return [case for case in collect_testcases("BatchNormalization") if case.name.startswith(prefix)]


def rows(image):
    """Lay (N, C, H, W) out as (N·H·W, C): for a convolution, a channel's m is batch × height × width."""
    return np.moveaxis(image, 1, -1).reshape(-1, image.shape[1])


def attributes(case):
    given = {a.name: onnx.helper.get_attribute_value(a) for a in case.model.graph.node[0].attribute}
    return {"epsilon": 1e-5, "momentum": 0.9} | given


def data_of(prefix):
    found = [(case, *data) for case in published(prefix) for data in case.data_sets]
    assert found, f"onnx publishes no test called {prefix}…"
    return found


@pytest.mark.filterwarnings("ignore")  # of onnx's own test generators
def test_inference():
    cases = [data for data in data_of("test_batchnorm") if not attributes(data[0]).get("training_mode")]
    assert len(cases) >= 2
    for case, (x, scale, bias, mean, var), (y,) in cases:
        out = reference.batch_norm_inference(rows(x), mean, var, scale, bias, attributes(case)["epsilon"])
        assert np.allclose(out, rows(y), rtol=1e-4, atol=1e-5), case.name


@pytest.mark.filterwarnings("ignore")
def test_training_mode():
    cases = [data for data in data_of("test_batchnorm") if attributes(data[0]).get("training_mode")]
    assert len(cases) >= 2
    for case, (x, scale, bias, mean, var), (y, new_mean, new_var) in cases:
        given = attributes(case)
        out, cache = reference.batch_norm_forward(rows(x), scale, bias, given["epsilon"])
        running = reference.update_running(mean, var, cache["mean"], cache["var"], given["momentum"])
        assert np.allclose(out, rows(y), rtol=1e-3, atol=1e-4), case.name
        assert np.allclose(running, (new_mean, new_var), rtol=1e-4, atol=1e-5), case.name
