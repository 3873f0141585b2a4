import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bnlib.judging import plain

ARRAYS = st.sampled_from([np.float64, np.float32, np.int64, np.uint8, np.bool_]).flatmap(
    lambda dtype: arrays(dtype, st.sampled_from([(), (3,), (2, 2), (1, 4), (0,), (0, 3), (3, 0)]))
)
NUMBERS = st.floats() | st.integers() | st.integers(-20, 20).map(float) | st.booleans()
TREES = st.recursive(
    ARRAYS | NUMBERS | st.text() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def all_of(tree):
    """Give all that tells a tree from others: types, dtypes, shapes, order, and each digit and sign."""
    if isinstance(tree, dict):
        return [(name, all_of(item)) for name, item in tree.items()]
    if isinstance(tree, list):
        return list(map(all_of, tree))
    if isinstance(tree, np.ndarray):
        return tree.dtype, tree.shape, repr(tree.tolist())
    return type(tree), repr(tree)


def numbers_of(form):
    """Give what JSON would write as a number, and another program could write otherwise."""
    if isinstance(form, dict | list):
        return [number for item in (form.values() if isinstance(form, dict) else form) for number in numbers_of(item)]
    return [] if isinstance(form, str) else [form]


@given(TREES)
def test_json_brings_a_tree_back_to_the_last_bit(tree):
    form = plain.encode(tree)
    back = plain.decode(json.loads(json.dumps(form)))
    assert all_of(back) == all_of(tree)
    assert numbers_of(form) == []


@pytest.mark.parametrize(
    "other", [np.array([1.0, 3.0]), np.array([1, 2]), np.array([[1.0, 2.0]]), [1.0, 2.0], None, {"a": 1.0}]
)
def test_other_values_are_not_equal(other):
    assert not plain.equal(np.array([1.0, 2.0]), other)
    assert not plain.equal({"Z": [np.array([1.0, 2.0])]}, {"Z": [other]})
