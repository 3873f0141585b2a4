"""`make strength`: measure the checks of every exercise, print the tables, and write `docs/strength.md`."""

import sys

from tqdm import tqdm

from autograder.workshop.strength import kept, table
from autograder.workshop.strength.measure import measure
from bnlib.paths import ROOT
from bnlib.syllabus import NAMES


def main() -> int:
    """Measure, print and write; the status says whether everything is as it should be."""
    strengths = [measure(name) for name in tqdm(NAMES, desc="exercises", unit="exercise")]
    kept.write(strengths)
    print(*table.mistakes(strengths), "", *table.others(strengths), sep="\n")
    complaints = table.complaints(strengths)
    print("", *complaints, f"Written: {kept.PAGE.relative_to(ROOT)}", sep="\n")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
