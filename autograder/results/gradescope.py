"""Results as Gradescope reads them: a results.json for each learner.

https://gradescope-autograders.readthedocs.io/en/latest/specs/ says what it has to look like.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from autograder.printable import escaped
from bnlib.refusal import Refused, write
from autograder.results.as_json import read_results
from autograder.sandbox import ladder
from autograder.results.summary import SIGNS, Learner, Summary, summarise

NOTHING = "There is no .ipynb or .py file in what was handed in."


def command(options) -> int:
    """Write a results.json for each learner, or (`--one`) one for all results together."""
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


def as_gradescope(summary: Summary, learner: Learner | None) -> dict:
    """Give a learner's results in Gradescope's output format."""
    entries = zip(summary.exercises, learner.entries if learner else (), strict=bool(learner))
    tests = [
        {
            "name": exercise.name,
            "score": entry.score,
            "max_score": exercise.max_score,
            "status": "passed" if entry.status == "correct" else "failed",
            "output": escaped(f"{SIGNS[entry.status][1].capitalize()}. {entry.message}".strip()),
        }
        for exercise, entry in entries
    ]
    score = learner.score if learner else 0
    output = _remarks(summary, learner)
    return {"score": score, "output": output, "visibility": "visible", "stdout_visibility": "hidden", "tests": tests}


def _remarks(summary, learner):
    """Give what concerns the submission as a whole: the sandbox, and files that could not be graded."""
    if learner is None:
        return NOTHING
    texts = {rung.name: rung.text for rung in (*ladder.RUNGS, ladder.UNSAFE)}
    lines = [f"Sandbox: {name} ({texts.get(name, 'unknown')})" for name in summary.sandboxes]
    lines += [
        f"{Path(problem.submission).name} could not be graded. {problem.why}"
        for problem in summary.problems
        if problem.learner == learner.name
    ]
    return escaped("\n".join(lines))


def _folders(summary):
    """Give every learner a folder's name that no system takes for anything else, and no two the same."""
    taken = set()
    for learner in summary.learners:
        safe = name = re.sub(r"[^\w.@+ -]", "_", learner.name).strip(". ") or "_"
        while name.casefold() in taken:
            name = f"{safe}_{len(taken)}"
        taken.add(name.casefold())
        yield name


def _write_json(path, data):
    write(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
