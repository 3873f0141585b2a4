"""Trees of arrays, lists, dicts and numbers as JSON and back, to the last bit.

Numbers are written inside of strings, behind their dtype: `"float64 [13.0, 4.0]"`, or `"plain 0.9"` for Python's own.
Whatever else reads and writes the file may change a number of JSON (JavaScript makes 13 of 13.0, and cannot read NaN);
a string it keeps.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.generic]
Tree: TypeAlias = "Array | np.generic | Mapping[str, Tree] | Sequence[Tree] | float | str | None"
Form: TypeAlias = "dict[str, Form] | list[Form] | str"  # a tree as JSON

read = json.JSONDecoder().raw_decode  # `json.loads` does more, which adds up to a fifth of the time of loading a key


def encode(value: Tree) -> Form:
    """Turn a tree of arrays into dicts, lists and strings."""
    if isinstance(value, dict):
        return {name: encode(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    if isinstance(value, np.ndarray | np.generic):
        values = value.tolist() if value.size else {"shape": value.shape}  # an empty list is of any width
        return f"{value.dtype.name} {json.dumps(values)}"
    return f"plain {json.dumps(value)}"


def decode(value: Form) -> Tree:
    """Turn what `encode` gave back into the tree."""
    if isinstance(value, dict):
        return {name: decode(item) for name, item in value.items()}
    if isinstance(value, list):
        return [decode(item) for item in value]
    kind, _, text = value.partition(" ")
    values, _ = read(text)
    if kind == "plain":
        number: float | str | None = values
        return number
    return np.empty(values["shape"], kind) if isinstance(values, dict) else np.array(values, kind)


def equal(one: Tree, other: Tree) -> bool:
    """Tell whether two trees hold the same values, NaN equal to NaN."""
    if isinstance(one, dict):
        return isinstance(other, dict) and one.keys() == other.keys() and all(equal(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return isinstance(other, list | tuple) and len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, np.ndarray):
        if not isinstance(other, np.ndarray) or one.dtype != other.dtype:
            return False
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return bool(one == other)
