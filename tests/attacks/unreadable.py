"""Files that are no submission: each ends in a sentence, and never in a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Unreadable:
    """A file's name and content, and a pattern that the sentence about it has to match."""

    name: str
    tries: str
    content: Callable[[], bytes]
    says: str
    suffix: str = ".ipynb"
    hole: str = ""


def of(cells, **rest):
    """Give a notebook of these cells as bytes."""
    return json.dumps({"cells": cells, "nbformat": 4, "metadata": {}} | rest).encode()


FILES = [
    Unreadable("empty", "An empty file.", lambda: b"", "its JSON is broken"),
    Unreadable("not_json", "Python in a notebook's clothes.", lambda: b"def normalize(): pass", "its JSON is broken"),
    Unreadable("cut_off", "Half a notebook.", lambda: of([{}] * 50)[:200], "its JSON is broken"),
    Unreadable("null_bytes", "Null bytes.", lambda: b"\0" * 1000, "its JSON is broken"),
    Unreadable("not_text", "An image.", lambda: b"\x89PNG\r\n\x1a\n\xff\xfe", "not UTF-8"),
    Unreadable("utf_16", "Another encoding.", lambda: '{"cells": []}'.encode("utf-16"), "not UTF-8"),
    Unreadable("half_a_character", "A surrogate in the bytes.", lambda: b'{"cells": "\xed\xa0\xbd"}', "not UTF-8"),
    Unreadable("a_list", "JSON, but a list.", lambda: b"[]", "no list of cells"),
    Unreadable("a_number", "JSON, but a number.", lambda: b"7", "no list of cells"),
    Unreadable("a_huge_number", "A number of 100 000 digits.", lambda: b"9" * 100_000, "its JSON is broken"),
    Unreadable("format_3", "The old format.", lambda: b'{"nbformat": 3, "worksheets": []}', "no exercise"),
    Unreadable("cells_are_no_list", "Cells in a dict.", lambda: of({}), "no list of cells"),
    Unreadable("cells_are_nothing", "No cells.", lambda: of(None), "no list of cells"),
    Unreadable("no_exercise", "Somebody else's notebook.", lambda: of([{"cell_type": "code"}]), "no exercise"),
    Unreadable("nested_lists", "100 000 lists in each other.", lambda: b"[" * 100_000, "nested too deeply"),
    Unreadable("nested_dicts", "100 000 dicts in each other.", lambda: b'{"cells":' * 100_000, "nested too deeply"),
    Unreadable("50_mb", "50 MB.", lambda: of([{"source": "x" * 50_000_000}]), "more than 20000000 are not read"),
    Unreadable("50_mb_as_python", "50 MB.", lambda: b"def normalize(): 0\n" * 2_700_000, "are not read", ".py"),
    Unreadable("5000_cells", "5000 cells.", lambda: of([{}] * 5000), "5000 cells; more than 1000 are not read"),
    Unreadable("not_a_module", "Python without an exercise.", lambda: b"x = 1", "none of the exercises", ".py"),
    Unreadable("bytes_as_python", "Bytes in Python's clothes.", lambda: b"\xff\xfe\0", "not UTF-8", ".py"),
]
FILE_NAMES = {
    "control_codes": "\x1b[2J.ipynb",
    "a_new_line": "a\nb.ipynb",
    "no_utf_8": "\udcff.ipynb",
}
