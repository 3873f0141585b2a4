"""A lesson's text as people wrote it: its cells and sections, what is put in, what is cut out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.coursebook.lessons import CHECK
from bnlib.notebook import defines

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?::\w+:[^\n]*\n)*(.*?)^```\n", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^## ", re.MULTILINE)
NEXT = re.compile(r"^\*\*Next question:\*\*[^\n]*\n*\Z", re.MULTILINE)
OPENING = re.compile(r"^```\{code-cell\} ipython3\n(?:(?:import |from |\w+\.\w+\()[^\n]*\n|\n)+```\n", re.MULTILINE)
QUESTION = re.compile(r"^\+\+\+ \{", re.MULTILINE)
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Cell:
    """A code cell: its source, and where in the text it begins and ends."""

    source: str
    begin: int
    end: int


def template(name: str, **words: str) -> str:
    """Give the text of a template, its words in capitals replaced."""
    text = (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def cells(text: str) -> Iterator[Cell]:
    """Yield the code cells of a lesson's text."""
    return (Cell(found[1], found.start(), found.end()) for found in CELL.finditer(text))


def opening(text: str) -> str:
    """Give a lesson's first cell of imports and settings, a blank line behind it; nothing where there is none."""
    found = OPENING.search(text)
    return found[0] + "\n" if found else ""


def with_part(text: str, part: str) -> str:
    """Put a part at a lesson's end, before the question that leads on."""
    place = _end(text)
    return f"{text[:place].rstrip()}\n\n{part}\n{text[place:]}".rstrip("\n") + "\n"


def leading_on(text: str) -> str:
    """Give the question at a lesson's end, with the link that leads on; nothing where there is none."""
    return text[_end(text) :]


def own_part(text: str, name: str) -> list[tuple[int, int]]:
    """Give where an exercise's own part of a lesson lies: a section that has nothing else in it, or its two cells."""
    own = [cell for cell in cells(text) if defines(cell.source, name) or name in CHECK.findall(cell.source)]
    if not own:
        return []
    ends = [*(found.start() for found in HEADING.finditer(text) if not _in_a_cell(text, found.start())), _end(text)]
    begin = max((end for end in ends if end <= own[0].begin), default=None)
    end = min((end for end in ends if end > own[0].begin), default=len(text))
    others = [cell for cell in cells(text) if begin is not None and begin <= cell.begin < end and cell not in own]
    if begin is None or others or QUESTION.search(text, begin, end):
        return [(cell.begin, cell.end + (text[cell.end : cell.end + 1] == "\n")) for cell in own]
    return [(begin, end)]


def _end(text: str) -> int:
    """Give where the question begins that leads on, or where the text ends."""
    found = NEXT.search(text)
    return found.start() if found else len(text)


def _in_a_cell(text: str, place: int) -> bool:
    return any(cell.begin <= place < cell.end for cell in cells(text))
