"""Where a class's things lay before they had a folder beside the packages: nothing new is begun beside them."""

from __future__ import annotations

from pathlib import Path

from bnlib.refusal import Refused

EARLIER = "autograder/class"  # nbgrader_config.py knows it too


def lying(root: Path, private: Path) -> list[Path]:
    """Give what lies in the earlier place, unless it is the one that is configured; raises Refused."""
    place = root / EARLIER
    try:
        return sorted(place.iterdir()) if place != private and place.is_dir() else []
    except OSError as error:
        raise Refused(f"{place}, where classes lay before, cannot be read: {error.strerror}.") from None


def refuse_beside(root: Path, private: Path) -> None:
    """Raise Refused where a class is to be moved first: a new seed would give it another key, a new gradebook none."""
    if lying(root, private):
        raise Refused(f"A class lies in {root / EARLIER}: run `python -m autograder move-class` first.")
