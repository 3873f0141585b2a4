"""Inside the sandbox: the lab as graded code gets it. What cases are made of is there; all else does nothing.

Which parts these are, the course says: some of the others would answer its exercises.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bnlib.judging import runner


class Lab(types.ModuleType):
    """Whatever is called and not there does nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments, **options: None


def put_in_place(parts: dict[str, list[str]]) -> None:
    """Be `bnlib.lab` from now on, with these parts: names by module."""
    lab = sys.modules["bnlib.lab"] = Lab("bnlib.lab")
    lab.__path__ = [str(Path(runner.__file__).parents[1] / "lab")]
    for module, names in parts.items():
        for name in names:
            setattr(lab, name, getattr(import_module(f"bnlib.lab.{module}"), name))
    lab.__path__ = []
