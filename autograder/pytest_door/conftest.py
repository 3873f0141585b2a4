"""`pytest autograder/ --submission PATH`: the cases of one submission as pytest items, for -k, -x and --junitxml."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "problem" in metafunc.fixturenames:
        path = metafunc.config.getoption("submission")
        found = _problems(path) if path else []
        metafunc.parametrize("problem", [p for _, p in found], ids=[name for name, _ in found])


def _problems(path: Path) -> list[tuple[str, str | None]]:
    """Grade a submission; give (id, what is wrong or None) for each case."""
    from autograder.coursebook import exam
    from autograder.grading import handed_in, run
    from autograder.grading.grader import Grader
    from bnlib.judging.judge import problem
    from bnlib.refusal import Refused, Unreadable

    try:
        submission = handed_in.read(path)
        with Grader(exam.seed()) as grader:
            grader.announce()
            outcomes = run.run(submission, grader.keys, grader.references, grader.zygote)
    except (Unreadable, Refused) as error:
        raise pytest.UsageError(f"{path}: {error}") from None
    return [
        (f"{name}-{case.name}", problem(name, case, outcome))
        for name, found in outcomes.items()
        for case, outcome in zip(grader.keys[name].cases, found, strict=True)
    ]
