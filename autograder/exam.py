"""The exam key: the practice key's exercises on other inputs, from a seed that only the instructor has."""

from __future__ import annotations

import secrets
from pathlib import Path

from autograder.making.keys import make_key
from bnlib.exercises import NAMES
from bnlib.key import Key
from bnlib.paths import ROOT

SEED = Path("autograder/class/exam_seed")  # in the course's folder


def keys(seed: int) -> dict[str, Key]:
    """Make the key of every exercise."""
    return {name: make_key(name, seed) for name in NAMES}


def seed(path: Path = ROOT / SEED) -> int:
    """Give the class's seed; it is drawn once and kept out of git."""
    try:
        return int(path.read_text())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        drawn = secrets.randbits(63)
        path.touch(mode=0o600)
        path.write_text(f"{drawn}\n")
        return drawn
