"""What crosses the border: frames of JSON and raw array bytes. Runs on both sides, and trusts neither.

A frame is two lengths, a JSON header, and a body of concatenated arrays. The decoder builds an array only
after its dtype, its shape and its size have been checked against the bytes that really came.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bnlib.judging.plain import Array, Tree

DTYPES = {"<f8", "<f4", "<i8", "<i4", "|b1", "|u1"}
MAX_HEADER = 1 << 20
MAX_BODY = 64 << 20
MAX_DEPTH = 6
MAX_ITEMS = 256
LENGTHS = struct.Struct("<II")

Header = dict[str, Any]  # what a JSON object holds: nothing in it is believed


class Malformed(ValueError):
    """What came over the wire is not what the protocol allows."""


def frame(header: Mapping[str, object], body: Sequence[bytes] = ()) -> bytes:
    """Give a frame as bytes; the body is put together of byte strings."""
    head, tail = json.dumps(header).encode(), b"".join(body)
    return LENGTHS.pack(len(head), len(tail)) + head + tail


def lengths(start: bytes) -> tuple[int, int]:
    """Give the two lengths that a frame begins with; raises Malformed."""
    head, tail = LENGTHS.unpack(start)
    if head > MAX_HEADER or tail > MAX_BODY:
        raise Malformed("a frame is too long")
    return head, tail


def parse(head: bytes) -> Header:
    """Give the header of a frame; raises Malformed where it is no JSON object."""
    try:
        header = json.loads(head)
    except (ValueError, RecursionError):
        raise Malformed("a header is not JSON") from None
    if not isinstance(header, dict):
        raise Malformed("a header is no object")
    return header


def encode(value: object, body: list[bytes], depth: int = 0) -> Header:
    """Give the JSON form of a tree, its arrays' bytes appended to `body`; raises Malformed for all else."""
    if depth > MAX_DEPTH:
        raise Malformed("nested too deep")
    if value is None or type(value) in (bool, int, float, str):
        return {"plain": value.hex() if type(value) is float else value, "float": type(value) is float}
    if (type(value) is list or type(value) is tuple) and len(value) <= MAX_ITEMS:
        return {"list": [encode(item, body, depth + 1) for item in value]}
    if type(value) is dict and len(value) <= MAX_ITEMS and all(type(name) is str for name in value):
        return {"dict": {name: encode(item, body, depth + 1) for name, item in value.items()}}
    if isinstance(value, np.generic):
        value = np.asarray(value)
    if type(value) is np.ndarray and value.dtype.str in DTYPES and value.nbytes <= MAX_BODY:
        body.append(np.ascontiguousarray(value).tobytes())
        return {"array": value.dtype.str, "shape": list(value.shape)}
    what = f"an array of dtype {value.dtype}" if type(value) is np.ndarray else f"a {type(value).__name__}"
    raise Malformed(f"{what} is no plain data")


class Decoder:
    """Rebuild trees from JSON forms and one body, front to back."""

    def __init__(self, body: bytes) -> None:
        self.body, self.offset = body, 0

    def tree(self, form: object, depth: int = 0) -> Tree:
        """Give the tree that a form describes; raises Malformed."""
        if not isinstance(form, dict) or depth > MAX_DEPTH:
            raise Malformed("a value is malformed")
        if "array" in form:
            return self._array(form["array"], form.get("shape"))
        items = form.get("list", form.get("dict"))
        if isinstance(items, list) and len(items) <= MAX_ITEMS:
            return [self.tree(item, depth + 1) for item in items]
        if isinstance(items, dict) and len(items) <= MAX_ITEMS:
            return {name: self.tree(item, depth + 1) for name, item in items.items()}
        return _plain(form)

    def _array(self, dtype: object, shape: object) -> Array:
        sizes: list[Any] = shape if isinstance(shape, list) and len(shape) <= 8 else [None]
        if (
            not isinstance(dtype, str)
            or dtype not in DTYPES
            or not all(type(n) is int and 0 <= n <= MAX_BODY for n in sizes)
        ):
            raise Malformed("an array has a dtype or a shape that is not allowed")
        size = np.dtype(dtype).itemsize
        for n in sizes:
            size *= n
        if size > len(self.body) - self.offset:
            raise Malformed("an array is larger than the bytes that came")
        start, self.offset = self.offset, self.offset + size
        try:
            return np.frombuffer(self.body[start : self.offset], dtype=dtype).reshape(sizes).copy()
        except ValueError:  # an empty array with axes that are longer than numpy can count
            raise Malformed("an array has a shape that is not allowed") from None


def _plain(form: Header) -> float | str | None:
    value = form.get("plain", ...)
    try:
        if form.get("float") is True:
            return float.fromhex(value)
    except (TypeError, ValueError, OverflowError):
        value = ...
    if value is None or type(value) is bool or type(value) is int or type(value) is str:
        return value
    raise Malformed("a value is malformed")
