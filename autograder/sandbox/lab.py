"""Inside the sandbox: the lab as graded code gets it. Layers, of which cases are made; all else does nothing.

The lab's network is left out: it has batch norm in it, forward and backward, and would answer three exercises.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bnlib.judging import runner

PARTS = {"layers": ("AsLayer", "Layer", "Linear", "ReLU"), "stack": ("Stack",)}


class Lab(types.ModuleType):
    """Whatever is called and not there does nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments, **options: None


def put_in_place() -> None:
    """Be `bnlib.lab` from now on."""
    lab = sys.modules["bnlib.lab"] = Lab("bnlib.lab")
    lab.__path__ = [str(Path(runner.__file__).parents[1] / "lab")]
    for module, names in PARTS.items():
        for name in names:
            setattr(lab, name, getattr(import_module(f"bnlib.lab.{module}"), name))
    lab.__path__ = []
