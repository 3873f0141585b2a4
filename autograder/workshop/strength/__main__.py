"""`make strength`: measure the checks of every exercise, print the tables, and write `docs/strength.md`."""

import sys

from tqdm import tqdm

from autograder.workshop.strength import table
from autograder.workshop.strength.measure import EXAM_SEEDS, MUTANT_SEEDS, measure
from bnlib.files import write_whole
from bnlib.paths import ROOT
from bnlib.syllabus import NAMES

PAGE = ROOT / "docs" / "strength.md"


def main() -> int:
    """Measure, print and write; the status says whether everything is as it should be."""
    strengths = [measure(name) for name in tqdm(NAMES, desc="exercises", unit="exercise")]
    write_whole(PAGE, table.markdown(strengths, len(EXAM_SEEDS), len(MUTANT_SEEDS)))
    print(*table.mistakes(strengths), "", *table.others(strengths), sep="\n")
    complaints = table.complaints(strengths)
    print("", *complaints, f"Written: {PAGE.relative_to(ROOT)}", sep="\n")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
