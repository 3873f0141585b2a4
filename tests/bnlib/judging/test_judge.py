import numpy as np
import pytest

from bnlib.judging.judge import judge
from bnlib.judging.key import Key, KeyCase, Mistake, Pair, dump, parse, practice_key
from bnlib.judging.outcome import Failure, Outcome
from bnlib.syllabus import NAMES


def outcome(*numbers, **more):
    return Outcome({"out": np.array(numbers, dtype=float)}, **more)


CASES = tuple(KeyCase(f"case {i}", "out = f(x)", ("out",), {"x": 1.0}, outcome(1.0, i)) for i in range(2))
DOUBLED = Mistake("doubled", "everything is doubled", "Halve it.", ((outcome(2.0, 0.0), outcome(2.0, 2.0)),))
OTHER = Mistake("other", "something else is wrong", "Look.", ((outcome(3.0, 0.0), outcome(3.0, 2.0)),))
TWIN = Mistake("twin", "the same by another name", "", DOUBLED.variants)
KEY = Key("f", 4, CASES, (DOUBLED,))
RIGHT = [case.expected for case in CASES]


def test_all_cases_right_earns_all_points():
    verdict = judge(KEY, RIGHT)
    assert (verdict.status, verdict.score, verdict.cases_passed) == ("correct", 4, 2)


def test_one_case_wrong_earns_none_and_tells_the_case():
    verdict = judge(KEY, [RIGHT[0], outcome(1.0, 5.0)])
    assert (verdict.status, verdict.score, verdict.cases_passed) == ("wrong", 0, 1)
    assert verdict.evidence.case.name == "case 1"
    assert "1 of its 2 are not right" in verdict.message


def test_a_mistake_is_named_when_it_fits_every_case():
    verdict = judge(KEY, [outcome(2.0, 0.0), outcome(2.0, 2.0)])
    assert verdict.diagnoses == ("doubled",)
    assert "everything is doubled. Halve it." in verdict.message


def test_a_mistake_that_fits_one_case_only_is_not_named():
    assert judge(KEY, [outcome(2.0, 0.0), RIGHT[1]]).diagnoses == ()


def test_two_mistakes_at_once_are_both_named():
    both = (outcome(7.0, 0.0), outcome(7.0, 2.0))
    key = Key("f", 4, CASES, (DOUBLED, OTHER), (Pair(("doubled", "other"), (both,)),))
    verdict = judge(key, list(both))
    assert verdict.diagnoses == ("doubled", "other")
    assert "First, everything is doubled. Halve it.\nSecond, something else is wrong. Look." in verdict.message
    twice = Key("f", 4, CASES, (DOUBLED, OTHER), (*key.pairs, Pair(("other", "doubled"), (both,))))
    assert judge(twice, list(both)).diagnoses == ()


def test_a_truth_value_is_told_as_one():
    case = KeyCase("a case", "refused = f(x)", ("refused",), {}, Outcome({"refused": np.array(True)}))
    verdict = judge(Key("f", 1, (case,), ()), [Outcome({"refused": np.array(False)})])
    assert verdict.message == "`refused` is False; it should be True."


def test_what_fails_happens_and_is_no_result():
    stopped = Outcome(failure=Failure("raised", "ValueError", "shapes (2,3) (3,2) "))
    key = Key("f", 4, CASES, (Mistake("stops", "it stops", "Let it run.", ((stopped, stopped),)),))
    message = judge(key, [stopped, stopped]).message
    assert "shapes (2,3) (3,2)." in message
    assert "This happens when it stops. Let it run." in message


def test_what_cannot_be_used_is_named_where_it_stops_at_the_same():
    def got(error, line, text=""):
        return [Outcome(failure=Failure("unusable", error, text, line))] * 2

    key = Key("f", 4, CASES, (Mistake("no_cache", "no cache is kept", "", (tuple(got("KeyError", "c['Z']")),)),))
    assert judge(key, got("KeyError", "c['Z']", "another text")).diagnoses == ("no_cache",)
    assert judge(key, got("TypeError", "c['Z']")).diagnoses == ()
    assert judge(key, got("KeyError", "c['mean']")).diagnoses == ()


def test_a_dict_that_has_lost_a_key_is_another_change():
    def changed(*keys):
        return outcome(2.0, 0.0, changed={"d": dict.fromkeys(keys, 0)}), outcome(2.0, 2.0)

    key = Key("f", 4, CASES, (Mistake("moved", "an array of `d` is changed", "", (changed("a", "b"),)),))
    assert judge(key, list(changed("a", "b"))).diagnoses == ("moved",)
    assert judge(key, list(changed("a"))).diagnoses == ()


def test_none_is_named_when_two_fit():
    assert judge(Key("f", 4, CASES, (DOUBLED, TWIN)), list(DOUBLED.variants[0])).diagnoses == ()


@pytest.mark.parametrize(
    ("got", "status", "words"),
    [
        (Outcome(failure=Failure("raised", "IndexError", "out of range", "x[5]")), "error", "Your line: `x[5]`"),
        (Outcome(failure=Failure("not written", "NotImplementedError", "")), "missing", "not written yet"),
        (Outcome(failure=Failure("stopped", "KeyboardInterrupt", "", "while True:")), "timeout", "never ends"),
        (Outcome(failure=Failure("refused", "TypeError", "takes 1", "f(x)")), "wrong", "does not fit your function"),
        (Outcome({"out": np.ones((2, 1))}), "wrong", "shape (2, 1); it should have (2,)"),
        (Outcome({"out": np.array([1, 0])}), "wrong", "int64 numbers; they should be float64"),
        (outcome(np.nan, 0.0), "wrong", "NaN"),
        (outcome(1.0, 0.0, changed={"x": np.ones(1)}), "wrong", "changed its argument `x`"),
    ],
)
def test_each_wrong_result_has_its_sentence(got, status, words):
    verdict = judge(KEY, [got, RIGHT[1]])
    assert verdict.status == status
    assert words in verdict.message


@pytest.mark.parametrize("name", NAMES)
def test_a_key_survives_its_file(name):
    key = practice_key(name)
    assert dump(parse(dump(key))) == dump(key)
