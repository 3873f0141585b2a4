"""What an attack is, and the notebook that it is built into: lessons 2 to 4, right but for `normalize`."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from autograder.coursebook import lessons
from bnlib.paths import ROOT

EXERCISES = ("batch_statistics", "normalize", "scale_and_shift", "batch_norm_forward")
LATER = EXERCISES[2:]
# Every hostile cell begins with these lines, so that an attack shows nothing but what it does.
PRELUDE = """
import builtins, ctypes, functools, gc, itertools, json, os, re, resource, signal, socket, struct
import subprocess, sys, threading, time, types
import numpy as np

def right(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(var + eps)

def frame(header, body=b""):
    head = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<II", len(head), len(body)) + head + body
"""
WRONG = "def normalize(Z, mean, var, eps=1e-5):\n    return Z"


@dataclass(frozen=True)
class Attack:
    """A hostile `normalize` cell, or a hostile change to the whole notebook, and what has to come of it.

    `source` replaces the cell of `normalize`; CANARY and COURSE in it stand for a folder with a secret and for
    the course's own. `edit` gets the notebook's cells by name and changes them. `says` is a pattern that the
    message on `normalize` has to match. `costs` are right exercises that may be lost, because the attack spoils
    the process that they run in; `tries` then says how. `seconds` are what the grader grants the whole of it.
    """

    name: str
    tries: str
    source: str = WRONG
    says: str = "none of its"
    costs: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ("normalize",)
    judged: tuple[str, ...] = EXERCISES
    edit: Callable[[dict], None] | None = None
    seconds: float = 180
    hole: str = ""  # why this one is known to get through

    def notebook(self, canary):
        """Give the notebook as JSON."""
        source = textwrap.dedent(self.source).replace("CANARY", str(canary)).replace("COURSE", str(ROOT))
        magic = source.lstrip().startswith("%%")  # a cell magic has to stand first
        cells = clean_cells()
        cells["normalize"]["source"] = source.lstrip() if magic else PRELUDE + source
        if self.edit:
            self.edit(cells)
        return {"cells": list(cells.values()), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def clean_cells():
    """Give the right notebook's cells by their grade_id, in order."""
    cells = {}
    for name in EXERCISES:
        cells[name] = code(lessons.exercise_sources()[name], name)
        cells[f"check_{name}"] = code(f'check("{name}")', f"check_{name}", grade=True, locked=True)
    return cells


def code(source, grade_id="", **marks):
    """Give a code cell."""
    metadata = {"nbgrader": {"grade_id": grade_id, **marks}} if grade_id else {}
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], "execution_count": None}
