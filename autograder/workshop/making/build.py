"""`make build`, once the syllabus is written: keys, messages, solutions, learner notebooks, pages, strengths."""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.coursebook.keys import make_key
from autograder.workshop.making import messages, pages, release, solutions
from autograder.workshop.strength import kept
from bnlib.judging import key
from bnlib.refusal import Refused
from bnlib.syllabus import NAMES


def main() -> int:
    """Make everything that is generated, as far as it is out of date."""
    try:
        build_keys(key.PRACTICE)
        messages.build()
        solutions.build()
        release.build()
        pages.build()
        kept.build()
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def build_keys(folder: Path) -> None:
    """Write the practice key of every exercise."""
    folder.mkdir(exist_ok=True)
    for stray in {*folder.glob("*.json")} - {folder / f"{name}.json" for name in NAMES}:
        stray.unlink()
    for name in NAMES:
        (folder / f"{name}.json").write_text(key.dump(make_key(name)), encoding="utf-8")
    key.practice_key.cache_clear()


if __name__ == "__main__":
    sys.exit(main())
