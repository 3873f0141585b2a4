import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bnlib.judging import plain

ARRAYS = st.sampled_from([np.float64, np.float32, np.int64, np.bool_]).flatmap(
    lambda dtype: arrays(dtype, st.sampled_from([(), (3,), (2, 2), (1, 4)]))
)
TREES = st.recursive(
    ARRAYS | st.floats(allow_nan=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(TREES)
def test_json_brings_a_tree_back_to_the_last_bit(tree):
    back = plain.decode(json.loads(json.dumps(plain.encode(tree))))
    assert plain.equal(tree, back)


@pytest.mark.parametrize(
    "other", [np.array([1.0, 3.0]), np.array([1, 2]), np.array([[1.0, 2.0]]), [1.0, 2.0], None, {"a": 1.0}]
)
def test_other_values_are_not_equal(other):
    assert not plain.equal(np.array([1.0, 2.0]), other)
    assert not plain.equal({"Z": [np.array([1.0, 2.0])]}, {"Z": [other]})
