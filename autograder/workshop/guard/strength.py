"""Are the checks strong? On two keys, and mutants on one: `make strength` asks it of all."""

from collections.abc import Iterator

from autograder.workshop.strength import table
from autograder.workshop.strength.measure import EXAM_SEEDS, measure
from bnlib.syllabus import NAMES


def of_checks() -> Iterator[str]:
    """Say which mistake is not named, which right answer is called wrong, and which mutant passes unexplained."""
    yield from table.complaints([measure(name, EXAM_SEEDS[:1], mutant_seeds=()) for name in NAMES])
