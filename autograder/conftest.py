"""`pytest autograder/ --submission PATH`: the cases of one submission as pytest items, for -k, -x and --junitxml."""

import pytest


def pytest_generate_tests(metafunc):
    if "problem" in metafunc.fixturenames:
        path = metafunc.config.getoption("submission")
        found = _problems(path) if path else []
        metafunc.parametrize("problem", [p for _, p in found], ids=[name for name, _ in found])


def _problems(path):
    """Grade a submission; give (id, what is wrong or None) for each case."""
    from autograder import exam, grading, submission
    from autograder.cells import Unreadable
    from autograder.grader import Grader
    from autograder.refusal import Refused
    from bnlib.judge import problem

    try:
        handed_in = submission.read(path)
        with Grader(exam.seed()) as grader:
            grader.announce()
            outcomes = grading.run(handed_in, grader.keys, grader.references, grader.zygote)
    except (Unreadable, Refused) as error:
        raise pytest.UsageError(f"{path}: {error}") from None
    return [
        (f"{name}-{case.name}", problem(name, case, outcome))
        for name, found in outcomes.items()
        for case, outcome in zip(grader.keys[name].cases, found, strict=True)
    ]
