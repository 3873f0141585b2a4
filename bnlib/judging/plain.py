"""Trees of arrays, lists, dicts and numbers as JSON and back, to the last bit."""

import numpy as np


def encode(value):
    """Turn a tree of arrays into what `json` can write."""
    if isinstance(value, np.ndarray | np.generic):
        return {"array": value.dtype.name, "values": value.tolist()}
    if isinstance(value, dict):
        return {"dict": {name: encode(item) for name, item in value.items()}}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    return value


def decode(value):
    """Turn what `encode` gave back into the tree."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if isinstance(value, dict) and "array" in value:
        return np.array(value["values"], dtype=value["array"])
    if isinstance(value, dict):
        return {name: decode(item) for name, item in value["dict"].items()}
    return value


def equal(one, other):
    """Tell whether two trees hold the same values, NaN equal to NaN."""
    if isinstance(one, dict):
        return isinstance(other, dict) and one.keys() == other.keys() and all(equal(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return isinstance(other, list | tuple) and len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, np.ndarray):
        same_kind = isinstance(other, np.ndarray) and one.dtype == other.dtype
        return same_kind and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other
