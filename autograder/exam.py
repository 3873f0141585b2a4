"""The exam key: the practice key's exercises on other inputs, from a seed that only the instructor has."""

from __future__ import annotations

import secrets
from pathlib import Path

from autograder.making.keys import make_key
from autograder.refusal import Refused
from bnlib.exercises import NAMES
from bnlib.files import write_whole
from bnlib.key import Key
from bnlib.paths import ROOT

SEED = Path("autograder/class/exam_seed")  # in the course's folder


def keys(seed: int) -> dict[str, Key]:
    """Make the key of every exercise."""
    return {name: make_key(name, seed) for name in NAMES}


def seed(path: Path = ROOT / SEED) -> int:
    """Give the class's seed; it is drawn once and kept out of git. Raises Refused with a sentence."""
    try:
        if not path.exists():
            write_whole(path, f"{secrets.randbits(63)}\n", 0o600)
        return int(path.read_text())
    except OSError as error:
        raise Refused(f"The exam key's seed cannot be kept in {path}: {error.strerror}.") from None
    except ValueError:
        raise Refused(f"{path} holds no number: the seed is lost. Delete the file to draw another.") from None
