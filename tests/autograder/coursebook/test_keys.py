import json
import shutil
import subprocess
from decimal import Decimal

import pytest

from autograder.coursebook import exam, reference
from autograder.coursebook.keys import make_key
from autograder.coursebook.mistakes import misconception
from autograder.workshop.guard import apart
from autograder.workshop.making import fresh
from autograder.workshop.strength.running import verdict_of
from bnlib.judging import key
from bnlib.refusal import Refused
from bnlib.syllabus import NAMES, names_of

from ..made_up import SEED

NODE = shutil.which("node")


@pytest.mark.parametrize("name", NAMES)
def test_the_stored_practice_key_is_the_one_that_would_be_made_now(name):
    assert fresh.key_is_fresh(name), "run `make build`"


@pytest.mark.parametrize(
    ("was", "now", "fresh_still"),
    [
        ('"points": ', '"points": 1', False),
        ("float64 [[0.9, ", "float64 [[0.91, ", False),
        ("float64 [[0.9, ", "float32 [[0.9, ", False),
        ("plain 0.5", "plain 0.25", False),
        ("float64 [[0.9, ", "float64 [[0.90000000000001, ", True),
    ],
)
def test_an_out_of_date_key_is_noticed_and_rounding_is_none(was, now, fresh_still, monkeypatch, tmp_path):
    name = "normalize"
    stored = (key.PRACTICE / f"{name}.json").read_text(encoding="utf-8")
    assert was in stored
    (tmp_path / f"{name}.json").write_text(stored.replace(was, now), encoding="utf-8")
    monkeypatch.setattr(key, "PRACTICE", tmp_path)
    assert fresh.key_is_fresh(name) is fresh_still


def test_another_seed_draws_other_inputs_for_every_case():
    practice, other = key.practice_key("normalize"), exam.keys(SEED)["normalize"]
    assert all(
        a.inputs["Z"].tolist() != b.inputs["Z"].tolist() for a, b in zip(practice.cases, other.cases, strict=True)
    )


def test_a_misconception_that_the_cases_cannot_tell_apart_is_complained_about(monkeypatch):
    def found(*mistakes):
        for module in ("autograder.coursebook.keys", "autograder.workshop.guard.apart"):
            monkeypatch.setattr(f"{module}.misconceptions_of", lambda name: mistakes)
        return list(apart.complaints(make_key("batch_size")))

    @misconception("nothing is wrong", "")
    def right(Z):
        return Z.shape[0]

    @misconception("ten is the most", "")
    def at_most_ten(Z):
        return min(len(Z), 6)

    @misconception("the columns are counted", "")
    def columns(Z):
        return Z.shape[1]

    @misconception("the last axis is counted", "")
    def last_axis(Z):
        return Z.shape[-1]

    (blind,) = found(right)
    assert blind.startswith("no case of batch_size tells right from the reference: add one whose inputs")
    (small,) = found(at_most_ten)
    assert 'add one as "4 examples of 3 features", but with twice as many rows, where they differ.' in small
    assert found(columns, last_axis)[0].startswith("no case of batch_size tells columns from last_axis: ")


def test_a_number_that_would_tell_a_misconception_apart_is_named(monkeypatch):
    @misconception("momentum is 0 or 1 or nothing", "")
    def rounded_in_between(average, value, momentum):
        share = 0.4 if 0.3 < momentum < 0.4 else momentum
        return share * average + (1 - share) * value

    for module in ("autograder.coursebook.keys", "autograder.workshop.guard.apart"):
        monkeypatch.setattr(f"{module}.misconceptions_of", lambda name: [rounded_in_between])
        monkeypatch.setattr(f"{module}.pairs_of", lambda name: [])
    (blind,) = apart.complaints(make_key("ewa_update"))
    assert 'add one as "two numbers, momentum 0.9", but with another `momentum`, where they differ.' in blind


def test_a_reference_that_fails_its_own_case_makes_no_key(monkeypatch):
    monkeypatch.setattr("autograder.coursebook.reference.load", lambda: {"batch_size": lambda Z: Z.nothing})
    with pytest.raises(Refused, match="the reference fails its own case"):
        make_key("batch_size")


def in_javascript(text):
    """Give JSON as JavaScript writes what it has read: each number a float64, and what is whole without its `.0`."""

    def number(digits):
        value = float(digits)
        return int(Decimal(repr(value))) if value.is_integer() and abs(value) < 1e21 else value

    def unreadable(word):
        raise ValueError(f"{word} is no JSON")

    read = json.loads(text, parse_int=number, parse_float=number, parse_constant=unreadable)
    return json.dumps(read, ensure_ascii=False, separators=(",", ":"))


def in_node(*texts):
    """Let node read JSON and write it again."""
    program = (
        "const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(texts.map(text => JSON.stringify(JSON.parse(text)))))"
    )
    done = subprocess.run([NODE, "-e", program], input=json.dumps(texts), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def readable_as_before(name, text):
    """Tell whether a key that another writer wrote is the one that `dump` wrote, and right for the reference."""
    stored = key.parse((key.PRACTICE / f"{name}.json").read_text(encoding="utf-8"))
    again = key.parse(text)
    with reference.in_bnlib():
        verdict = verdict_of(again, {written: reference.load()[written] for written in names_of(name)})
    return verdict.right and verdict.score == stored.points and key.dump(again) == key.dump(stored)


@pytest.mark.parametrize("name", NAMES)
def test_a_practice_key_means_the_same_once_a_browser_has_written_it(name):
    text = (key.PRACTICE / f"{name}.json").read_text(encoding="utf-8")
    assert readable_as_before(name, in_javascript(text))


@pytest.mark.skipif(not NODE, reason="node is not installed")
def test_the_practice_keys_mean_the_same_once_node_has_written_them():
    texts = [(key.PRACTICE / f"{name}.json").read_text(encoding="utf-8") for name in NAMES]
    assert all(map(readable_as_before, NAMES, in_node(*texts)))


@pytest.mark.skipif(not NODE, reason="node is not installed")
@pytest.mark.parametrize("number", ["13.0", "-0.0", "9007199254740993", "1152921504606846977", "1e20", "1e22", "0.1"])
def test_javascript_in_these_tests_is_as_nodes(number):
    text = f'{{"é": [{number}]}}'
    assert [in_javascript(text)] == in_node(text)
