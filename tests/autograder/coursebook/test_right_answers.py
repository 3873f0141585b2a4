"""Right answers in unusual clothes have to pass: a check that cries wolf is worse than none.

That they pass the check in the notebook: tests/bnlib/test_checking.py; on other exam keys: test_strength.py.
"""

import pytest

from autograder.coursebook.right_answers import correct_answers
from autograder.grading.grader import Grader
from bnlib.checking import judge_source
from bnlib.syllabus import NAMES

from ..made_up import SEED

SQUARES_IN_FLOAT32 = """
import numpy as np
def statistics_of(rows):
    rows = np.float32(rows)
    mean = rows.mean(axis=0)
    return np.float64(mean), np.float64((rows**2).mean(axis=0) - mean**2)
"""
LAST_LINE = {
    "batch_statistics": "def batch_statistics(Z): return statistics_of(Z)",
    "dataset_statistics": "def dataset_statistics(batches): return statistics_of(np.concatenate(list(batches)))",
}


def test_there_are_many():
    assert sum(len(correct_answers(name)) for name in NAMES) >= 100  # some for every exercise: test_guard.py


@pytest.mark.slow
def test_all_get_full_marks_in_the_sandbox(tmp_path, sandbox):
    with Grader(SEED) as grader:
        for name in NAMES:
            for title, source in correct_answers(name).items():
                path = tmp_path / f"{name}.py"
                path.write_text(source, encoding="utf-8")
                statuses = {verdict.exercise: verdict.status for verdict in grader.grade(path).verdicts}
                assert statuses[name] == "correct", f"{name}: {title}"


@pytest.mark.parametrize("name", LAST_LINE)
def test_squares_in_float32_lose_their_digits_and_are_caught(name):
    verdict = judge_source(name, SQUARES_IN_FLOAT32 + LAST_LINE[name])
    assert not verdict.right
    assert verdict.evidence.case.name == "values around 10 000"
    assert verdict.diagnoses == ()  # what comes out is noise: there is nothing to name
