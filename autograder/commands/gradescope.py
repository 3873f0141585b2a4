"""Write results as Gradescope reads them: a results.json for each learner."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from autograder.results.as_json import read_results
from autograder.results.gradescope import GradescopeForm, as_gradescope
from autograder.results.summary import Summary, summarise
from bnlib.refusal import Refused, write


class Options(Protocol):
    """What the command line says."""

    results: Path
    out: Path
    one: bool


def command(options: Options) -> int:
    """Write a results.json for each learner, or (`--one`) one for all results together; raises Refused."""
    results = read_results(options.results)
    if options.one:
        summary = summarise(results, learner="the learner")
        learner = summary.learners[0] if summary.learners else None
        _write_json(options.out / "results.json", as_gradescope(summary, learner))
        return 0
    summary = summarise(results)
    if not summary.learners:
        raise Refused(f"{options.results} holds no result.")
    for folder, learner in zip(_folders(summary), summary.learners, strict=True):
        _write_json(options.out / folder / "results.json", as_gradescope(summary, learner))
    print(f"{options.out}: results.json of {len(summary.learners)} learners, in a folder each.")
    return 0


def _folders(summary: Summary) -> Iterator[str]:
    """Give every learner a folder's name that no system takes for anything else, and no two the same."""
    taken: set[str] = set()
    for learner in summary.learners:
        safe = name = re.sub(r"[^\w.@+ -]", "_", learner.name).strip(". ") or "_"
        while name.casefold() in taken:
            name = f"{safe}_{len(taken)}"
        taken.add(name.casefold())
        yield name


def _write_json(path: Path, data: GradescopeForm) -> None:
    write(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
