"""The page of a class: what it shows, what it says loudly, and that nothing of a learner's runs in it."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from autograder import __main__ as command_line
from autograder.nbgrader_plugin import grading as nbgraders
from autograder.results import gradescope, page
from autograder.results.spreadsheet import as_csv
from autograder.results.summary import summarise
from bnlib.judging import render
from bnlib.judging.judge import judge
from bnlib.judging.key import Key, KeyCase
from bnlib.judging.outcome import Failure, Outcome

from ..made_up import KEY, graded, verdict

HIDDEN, EXPECTED = np.array([8173.25, 4417.5]), np.array([6291.25, 3389.5])


class _Page(HTMLParser):
    """The tags and the addresses of a page; one that does not close its tags in order fails."""

    def __init__(self, text):
        super().__init__()
        self.seen, self.open, self.outside = set(), [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.outside += [value for name, value in attrs if name in ("src", "href") or name.startswith("on")]
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_no_other_file(results):
    text = page.render(summarise(results), page.questions(), "sample data")
    shown = _Page(text)
    assert not shown.seen & {"script", "link", "img", "iframe"}
    assert shown.outside == []
    assert "url(" not in text and "@import" not in text
    for words in (
        "1 of 4",
        "eps_outside_sqrt",
        "why_not_the_batch",
        "formgrader",
        "The file is not &lt;UTF-8&gt; text.",
    ):
        assert words in text
    assert "WITHOUT isolation" not in text


def test_what_came_from_a_learner_is_text_and_nothing_else():
    name = '"><script>alert(1)</script>\x1b[31m\u202e'
    text = page.render(summarise([graded(f"c/{name}/x.py", verdict("crashed")), graded("c/b/x.py", verdict())]))
    assert "script" not in _Page(text).seen
    assert "&lt;script&gt;" in text
    assert "an &lt;i&gt;odd&lt;/i&gt;\\x1b[31m text" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text)


def test_no_isolation_is_said_loudly(results):
    results[0]["sandbox"] = "none"
    assert "Graded WITHOUT isolation" in page.render(summarise(results))


def test_an_empty_class_has_a_page():
    assert "no results" in page.render(summarise([]))


def test_the_command_writes_the_page_beside_the_results(results, tmp_path, capsys):
    file = tmp_path / "week 3.json"
    file.write_text(json.dumps(results))
    assert command_line.main(["report", str(file)]) == 0
    assert "week 3.json" in (tmp_path / "week 3.html").read_text(encoding="utf-8")
    assert str(tmp_path / "week 3.html") in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff", b"{}", b"[1]", b'[{"submission": 1}]', b"[" * 100_000]
    + [
        json.dumps([{"submission": "a", "sandbox": "A", "exercises": [{"name": name, "status": status}]}]).encode()
        for name, status in (("normalize", "correct"), ("nothing", "wrong"))
    ],
)
def test_what_is_no_results_file_gets_a_sentence(content, tmp_path, capsys):
    (tmp_path / "given.json").write_bytes(content)
    assert command_line.main(["report", str(tmp_path / "given.json")]) == 1
    assert "is not a results file of this course" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["given.json"]


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path, capsys):
    assert command_line.main(["report", str(tmp_path / "none.json")]) == 1
    assert "cannot be opened: No such file" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["given.json", "given.csv"])
def test_the_page_does_not_take_the_place_of_the_results_or_the_table(name, tmp_path, capsys):
    (tmp_path / "given.json").write_text("[]")
    assert command_line.main(["report", str(tmp_path / "given.json"), "--out", str(tmp_path / name)]) == 1
    assert "has to end in .html" in capsys.readouterr().err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["[]"]


def test_a_place_that_cannot_be_written_gets_a_sentence(tmp_path, capsys):
    (tmp_path / "given.json").write_text("[]")
    (tmp_path / "x.html").mkdir()
    assert command_line.main(["report", str(tmp_path / "given.json"), "--out", str(tmp_path / "x.html")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_the_table_has_a_row_per_learner_and_exercise(results, tmp_path):
    results.append(graded("submitted/=HYPERLINK(1)/batchnorm/3_normalise.ipynb", verdict()))
    (tmp_path / "week.json").write_text(json.dumps(results))
    assert command_line.main(["report", str(tmp_path / "week.json")]) == 0
    assert (tmp_path / "week.csv").read_text().splitlines() == [
        "learner,lesson,exercise,status,score,max_score,diagnoses",
        "'=HYPERLINK(1),3_normalise,normalize,correct,3,3,",
        "ada,3_normalise,normalize,correct,3,3,",
        "ben,3_normalise,normalize,wrong,0,3,eps_outside_sqrt",
        "cem,3_normalise,normalize,crashed,0,3,",
        "dee,3_normalise,normalize,unreadable,0,3,",
    ]


@pytest.mark.parametrize(
    "got",
    [
        Outcome({"out": np.array([1.5, 2.5])}),
        Outcome({"out": np.array(1.5)}),
        Outcome({"out": np.array([1, 2])}),
        Outcome({"out": EXPECTED}, changed={"Z": np.zeros(2)}),
        Outcome(failure=Failure("raised", "ValueError", "not mine", "Z - mean")),
        Outcome(failure=Failure("refused", "TypeError", "an argument", "out = normalize(Z)")),
    ],
)
def test_no_hidden_input_and_no_answer_reaches_a_learner(got):
    case = KeyCase("a case", "out = normalize(Z)", ("out",), {"Z": HIDDEN}, Outcome({"out": EXPECTED}))
    wrong = judge(Key("normalize", 3, (case,), ()), [got])
    assert not wrong.right
    results = [graded("submitted/ada/batchnorm/3_normalise.ipynb", wrong)]
    summed_up = summarise(results)
    told = [
        json.dumps(results),
        page.render(summed_up),
        as_csv(summed_up),
        json.dumps(gradescope.as_gradescope(summed_up, summed_up.learners[0])),
        nbgraders._comment(wrong),
        json.dumps(nbgraders._output(wrong)),
    ]
    assert "8173" in render.text(wrong)  # as in the notebook, on the practice key
    assert not [text for text in told if re.search("8173|4417|6291|3389", text)]


def test_two_mistakes_at_once_are_both_in_the_table_and_in_nbgraders_comment():
    pair = next(pair for pair in KEY.pairs if pair.ids == ("eps_outside_sqrt", "brackets_missing"))
    both = judge(KEY, list(pair.variants[0]))
    table = as_csv(summarise([graded("submitted/eve/batchnorm/3_normalise.ipynb", both)], "eve"))
    assert table.endswith("eve,3_normalise,normalize,wrong,0,3,eps_outside_sqrt brackets_missing\n")
    assert nbgraders._comment(both).endswith("\n\n*Known as* `eps_outside_sqrt` and `brackets_missing`")
    data = graded("3_normalise.ipynb", both)["exercises"][0]
    assert (data["diagnosis"], data["diagnoses"]) == (None, ["eps_outside_sqrt", "brackets_missing"])
