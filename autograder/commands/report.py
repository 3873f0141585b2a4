"""A class's results on one page, and as a table beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from autograder.results import page
from autograder.results.as_json import read_results
from autograder.results.spreadsheet import as_csv
from autograder.results.summary import summarise
from bnlib.refusal import Refused, write
from bnlib.syllabus import lesson_of


class Options(Protocol):
    """What the command line says."""

    results: Path
    out: Path | None


def command(options: Options) -> int:
    """Write the page, and the table, beside the results, or where `--out` says; raises Refused."""
    out = options.out or options.results.with_suffix(".html")
    if out.suffix != ".html":
        raise Refused(f"--out {out}: the page's name has to end in .html; its table is written beside it, as .csv.")
    summary = summarise(read_results(options.results))
    taken = {lesson_of(exercise.name) for exercise in summary.exercises}
    by_hand = tuple(question for question in page.questions() if question.lesson in taken)
    write(out, page.render(summary, by_hand, options.results.name))
    write(out.with_suffix(".csv"), as_csv(summary))
    print(f"{out} is written, and {out.with_suffix('.csv').name} with a row per learner and exercise.")
    return 0
