"""Where the course's folders are, when bnlib runs from a clone of the course."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions" / "batchnorm"
NOTEBOOKS = ROOT / "notebooks" / "batchnorm"
WORK = ROOT / "my_notebooks"


def graded():
    """Tell whether nbgrader runs this kernel (autograde or validate)."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))
