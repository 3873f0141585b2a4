"""What was written is read, and written again it is the same, byte for byte: a class has files of last year."""

import json

import pytest

from autograder.grading import handed_in, ledger
from autograder.grading.result import Result
from autograder.results.as_json import as_json, read_results
from bnlib.judging import key
from bnlib.judging.judge import judge
from bnlib.judging.key import practice_key
from bnlib.judging.outcome import Failure, Kind, Outcome
from bnlib.syllabus import NAMES

STATUS_OF = {
    "raised": "error",
    "refused": "wrong",
    "unusable": "wrong",
    "not written": "missing",
    "stopped": "timeout",
    "missing": "missing",
    "timeout": "timeout",
    "memory": "memory",
    "crashed": "crashed",
    None: "correct",
}
VERDICT = (
    '{"exercise": "normalize", "status": "STATUS", "score": 0, "max_score": 3, "cases_passed": 2, "cases": 6, '
    '"diagnoses": ["eps_forgotten"], "message": "Said of it.", "evidence": null}'
)
RESULT = (
    '[{"submission": "a.py", "sandbox": "A", "score": 0, "max_score": 3, "exercises": [{"name": "normalize", '
    '"status": "STATUS", "score": 0, "max_score": 3, "cases_passed": 2, "cases": 6, "diagnosis": "eps_forgotten", '
    '"diagnoses": ["eps_forgotten"], "message": "Said of it."}]}]'
)
UNREADABLE = (
    '[{"submission": "a.py", "sandbox": "A", "score": 0, "max_score": 0, "exercises": [], "status": "unreadable", '
    '"message": "It is no notebook."}]'
)


@pytest.mark.parametrize("name", NAMES)
def test_a_practice_key(name):
    text = (key.PRACTICE / f"{name}.json").read_text(encoding="utf-8")
    assert key.dump(key.parse(text)) == text


@pytest.mark.parametrize("status", sorted({*STATUS_OF.values()}))
def test_a_file_of_the_ledger_and_the_result_that_comes_of_it(status, tmp_path):
    submission = handed_in.of_python("def normalize(): pass")
    book = ledger.Ledger(tmp_path, dict.fromkeys(NAMES, practice_key("normalize")), "A")
    book.keep(submission, ())
    (file,) = tmp_path.rglob("*.json")
    text = file.read_text().replace('"verdicts": []', f'"verdicts": [{VERDICT.replace("STATUS", status)}]')
    file.write_text(text)
    verdicts = book.find(submission)
    book.keep(submission, verdicts)
    assert status in text
    assert file.read_text() == text
    assert json.dumps([as_json(Result("a.py", "A", verdicts))]) == RESULT.replace("STATUS", status)


@pytest.mark.parametrize("text", [UNREADABLE, *(RESULT.replace("STATUS", status) for status in STATUS_OF.values())])
def test_a_file_of_results(text, tmp_path):
    (tmp_path / "results.json").write_text(text)
    assert json.dumps(read_results(tmp_path / "results.json")) == text


def test_a_result_without_verdicts():
    assert json.dumps([as_json(Result("a.py", "A", problem="It is no notebook."))]) == UNREADABLE


def test_each_kind_of_failure_gives_its_status():
    practice = practice_key("normalize")
    found = {}
    for kind in Kind:
        verdict = judge(practice, [Outcome(failure=Failure(kind, "", ""))] * len(practice.cases))
        found[kind] = verdict.status
    assert found | {None: judge(practice, [case.expected for case in practice.cases]).status} == STATUS_OF
