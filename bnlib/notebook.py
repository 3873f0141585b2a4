"""Read notebooks as the plain JSON that they are."""

import json
import re
from pathlib import Path

from bnlib.refusal import Unreadable
from bnlib.syllabus import NAMES


def cells(path: Path) -> list[tuple[str, str, str]]:
    """Give a notebook's cells as (grade_id, kind, source), empty where there is none; raises Unreadable."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return [
            (
                cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", ""),
                cell["cell_type"],
                "".join(cell["source"]),
            )
            for cell in notebook["cells"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"{path} cannot be read as a notebook ({type(error).__name__}: {error}).") from error


def exercise_cells(path: Path) -> dict[str, str]:
    """Give the source of each exercise cell: by its grade_id, or else by the name it defines; raises Unreadable."""
    found: dict[str, str] = {}
    for _, kind, source in cells(path):
        if kind == "code":
            found |= {name: source for name in NAMES if defines(source, name)}
    found |= {grade_id: source for grade_id, kind, source in cells(path) if kind == "code" and grade_id in NAMES}
    return {name: found[name] for name in NAMES if name in found}


def defines(source: str, name: str) -> bool:
    """Tell whether a cell defines `name` at its top level."""
    return bool(re.search(rf"^(?:def|class)\s+{name}\b|^{name}\s*=", source, re.MULTILINE))
