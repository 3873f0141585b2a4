import numpy as np
import pytest

from bnlib.checking import judge_source
from bnlib.judging import render
from bnlib.judging.judge import Evidence, Verdict
from bnlib.judging.key import KeyCase
from bnlib.judging.outcome import Outcome

EPS_OUTSIDE = """
import numpy as np
def normalize(Z, mean, var, eps=1e-5):
    return (Z - mean) / (np.sqrt(var) + eps)
"""


def test_a_wrong_answer_shows_call_input_result_expectation_and_mistake():
    message = render.text(judge_source("normalize", EPS_OUTSIDE))
    for part in ("Called:\n    out = normalize(Z, mean, var, eps)", "With:", "Came back:", "Expected:"):
        assert part in message
    assert "Your result is what you get when ε stands outside the square root." in message


def test_what_comes_from_the_learner_is_escaped():
    case = KeyCase("a case", "out = f(x)", ("out",), {"x": 1.0}, Outcome({"out": np.ones(1)}))
    got = Outcome({"out": np.zeros(1)}, printed="<script>alert(1)</script>")
    verdict = Verdict("f", "wrong", 0, 1, 0, 1, (), "`<b>` & more", Evidence(case, got))
    page = render.as_html(verdict)
    assert "<script>" not in page
    assert "<code>&lt;b&gt;</code> &amp; more" in page


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.array([1.0, -2.5]), "[ 1.0, -2.5]"),
        (np.array([1 / 3, 0.5]), "[0.333333, 0.500000]"),
        (np.array(3.0), "3."),
        (np.array([1e-5, 2e-5]), "[1.e-05, 2.e-05]"),
        ([np.array([1.0]), np.array([2.0])], "[[1.],\n [2.]]"),
        (0.5, "0.5"),
    ],
)
def test_arrays_look_as_one_would_write_them(value, shown):
    assert render.array(value) == shown


def test_results_that_differ_late_are_shown_with_more_digits():
    case = KeyCase("a case", "out = f(x)", ("out",), {"x": 1.0}, Outcome({"out": np.array([1.0])}))
    verdict = Verdict("f", "wrong", 0, 1, 0, 1, (), "", Evidence(case, Outcome({"out": np.array([1.00001])})))
    assert "out = [1.00001]" in render.text(verdict)


def test_the_rows_of_an_array_in_a_dict_stand_below_one_another():
    assert render.array({"Z": np.array([[1.5, 2.5], [3.5, 4.5]])}) == "Z: [[1.5, 2.5],\n    [3.5, 4.5]]"
