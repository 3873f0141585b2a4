import warnings

import numpy as np
import pytest

from bnlib.judging.runner import run_case


def run(function, script="out = f(Z)", results=("out",), **inputs):
    return run_case(script, results, inputs or {"Z": np.array([1.0, 2.0])}, {"f": function})


def test_more_digits_than_float64_has_become_float64():
    assert run(lambda Z: Z.astype(np.longdouble)).values["out"].dtype == np.float64


def kind(function, **options):
    return run(function, **options).failure.kind


def test_the_result_is_a_copy():
    kept = []
    outcome = run(lambda Z: kept.append(Z) or Z)
    kept[0][0] = 99
    assert outcome.values["out"].tolist() == [1.0, 2.0]


def test_a_changed_argument_is_noticed_also_in_a_list():
    def change(Zs):
        Zs[1][0] = 7
        return Zs[1]

    outcome = run(change, "out = f(Zs)", Zs=[np.zeros(2), np.ones(2)])
    assert outcome.changed["Zs"][1].tolist() == [7.0, 1.0]


def test_each_way_to_fail_has_its_kind():
    def unwritten(Z):
        raise NotImplementedError

    def leaves(Z):
        raise SystemExit

    def stopped(Z):
        raise KeyboardInterrupt

    assert kind(unwritten) == "not written"
    assert kind(leaves) == "raised"
    assert kind(stopped) == "stopped"
    assert kind(lambda: 1) == "refused"
    assert kind(lambda Z: None) == "unusable"
    assert kind(lambda Z: "text") == "unusable"
    assert kind(lambda Z: [[1.0], [1.0, 2.0]]) == "unusable"
    assert kind(lambda Z: None, script="out, other = f(Z)") == "unusable"


def test_a_type_error_inside_the_function_is_not_blamed_on_the_call():
    def inner(Z):
        return len()

    assert kind(inner) == "raised"


def test_the_learners_own_line_is_shown():
    def divide(Z):
        return Z.no_such_thing

    failure = run(divide).failure
    assert failure.line == "return Z.no_such_thing"
    assert failure.error == "AttributeError"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_of_the_learners_own_lines_the_innermost_is_shown(error):
    def helper(Z):
        raise error

    def function(Z):
        return helper(Z) + 1

    assert run(function).failure.line == "raise error"


def test_prints_and_warnings_stay_inside(capfd, recwarn):
    def noisy(Z):
        print("seen", Z.shape)
        warnings.warn("careful", stacklevel=1)
        return Z / 0

    outcome = run(noisy)
    assert "seen (2,)" in outcome.printed
    assert outcome.warned == "careful"
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list


def test_raises_lets_other_exceptions_through():
    script = "refused = raises(ValueError, f, Z)"

    def wrong_error(Z):
        raise KeyError("running_var")

    def right_error(Z):
        raise ValueError

    assert run(right_error, script, ("refused",)).values["refused"]
    assert not run(lambda Z: 1, script, ("refused",)).values["refused"]
    assert run(wrong_error, script, ("refused",)).failure.error == "KeyError"


def test_a_state_goes_through_a_file_to_the_last_bit():
    outcome = run(lambda Z: {"a key": Z, "another": Z[:, np.newaxis] / 3}, 'out = through_a_file(f(Z))["another"]')
    assert outcome.values["out"].tolist() == [[1 / 3], [2 / 3]]


def test_a_state_that_no_file_takes_is_said_to_be_none():
    for state, words in [
        (lambda Z: [Z], "The state is a list; a file takes a dict with strings as keys"),
        (lambda Z: {0: Z}, "The state has keys that are no strings; a file takes a dict with strings as keys"),
        (lambda Z: {"0": {"W": Z}}, "`state['0']` is a dict, not an array of numbers"),
    ]:
        failure = run(state, 'out = through_a_file(f(Z))["0"]').failure
        assert failure.kind == "unusable"
        assert words in failure.text


def test_results_of_another_kind_are_told_as_what_they_are():
    def text(*results, script="out = f(Z)"):
        return run(lambda Z: results if len(results) > 1 else results[0], script).failure.text

    assert text(np.ones((3, 2)), {"mean": 1}) == "`out` is a tuple of 2 results; it should be one array"
    assert "did a dict come back in place of its arrays?" in text({"mean": 1, "var": 2}, script="out, other = f(Z)")
    assert text([[1.0], [1.0, 2.0]]).endswith("its rows differ in length")


def test_a_second_function_that_is_not_there_is_named():
    failure = run(lambda Z: Z, "out = g(f(Z))").failure
    assert (failure.kind, failure.text) == ("unusable", "There is no `g`: it belongs in the same cell")
