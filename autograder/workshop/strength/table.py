"""Write what was measured: the tables of `docs/strength.md`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from autograder.coursebook import outline
from autograder.workshop.strength.measure import Naming, Strength, total
from autograder.workshop.strength.survivors import explained

PAGE = Path(__file__).with_name("page.md")


def markdown(strengths: list[Strength], seeds: int, mutant_seeds: int) -> str:
    """Give the page."""
    return PAGE.read_text(encoding="utf-8").format(
        seeds=seeds,
        mutant_seeds=mutant_seeds,
        mistakes="\n".join(mistakes(strengths)),
        others="\n".join(others(strengths)),
        of_the_course=outline.text("strength.md"),
        survivors="\n".join(_survivors()),
    )


def mistakes(strengths: list[Strength]) -> list[str]:
    """Give the table of wrong answers as lines."""
    head = "exercise|known mistakes|forms|caught|named rightly|named wrongly|not named"
    head += "|second forms|caught|named rightly|named wrongly|not named"
    rows = [[f"`{s.exercise}`", s.known.mistakes, *_naming(s.known), *_naming(s.second)] for s in strengths]
    known, second = (total([getattr(s, part) for s in strengths]) for part in ("known", "second"))
    return _aligned([head.split("|"), *rows, ["all", known.mistakes, *_naming(known), *_naming(second)]])


def others(strengths: list[Strength]) -> list[str]:
    """Give the table of right answers and of mutants as lines."""
    head = "exercise|right answers|false alarms|mutants|survivors|explained"
    rows = [[f"`{s.exercise}`", *_others(s)] for s in strengths]
    return _aligned([head.split("|"), *rows, ["all", *map(sum, zip(*map(_others, strengths), strict=True))]])


def complaints(strengths: list[Strength]) -> list[str]:
    """Give a line for everything that is not as it should be."""
    return [
        f"{s.exercise}: {what}: {item}"
        for s in strengths
        for what, items in (
            ("not told", s.known.missed + s.second.missed),
            ("named wrongly", s.known.misnamed + s.second.misnamed),
            ("a right answer is called wrong", s.false_alarms),
            ("survives, and is not explained in survivors.toml", s.unexplained),
            ("is explained in survivors.toml, and does not survive", s.needless),
        )
        for item in dict.fromkeys(items)
    ]


def _naming(naming: Naming) -> list[object]:
    if not naming.judged:
        return [0, "", "", "", ""]
    return [
        naming.forms,
        _percent(naming.caught, naming.judged),
        _percent(naming.named, naming.judged),
        _percent(len(naming.misnamed), naming.judged),
        _percent(naming.unnamed, naming.judged),
    ]


def _others(s: Strength) -> tuple[int, ...]:
    survivors = len(s.survivors)
    return s.correct, len(s.false_alarms), s.mutants, survivors, survivors - len(s.unexplained)


def _percent(part: int, whole: int) -> str:
    """Give a share, rounded down: 100 % is said of all, and of nothing else."""
    return f"{math.floor(1000 * part / whole) / 10:g} %"


def _aligned(table: Iterable[Sequence[object]]) -> list[str]:
    rows = [[str(cell) for cell in row] for row in table]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |" for row in rows]
    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]) + "|"
    return [lines[0], rule, *lines[1:]]


def _survivors() -> Iterator[str]:
    for one in explained():
        yield f"- `{one.exercise}`: {one.because}."
        for change in one.changes:
            went, _, came = change.partition(" → ")
            yield f"  - `{went}` → `{came}`"
