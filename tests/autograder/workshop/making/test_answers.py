"""The page of answers holds what the executed solutions say, each question once."""

import copy

import pytest

from autograder.coursebook import lessons
from autograder.coursebook.outline import outline
from autograder.workshop.guard.answers import of_answers
from autograder.workshop.making import answers, fresh, pages
from autograder.workshop.making.between import between
from bnlib.syllabus import LESSONS, stem


@pytest.fixture
def changed(monkeypatch):
    """Change the answers in memory; give what the guard says of them."""

    def change(edit):
        given = copy.deepcopy(list(answers.given()))
        edit(given)
        monkeypatch.setattr(answers, "given", lambda: iter(given))
        return " ".join(of_answers())

    return change


def test_all_seventeen_questions_are_answered_once():
    on_the_page = sorted(number for numbers in outline().on_the_page.values() for number in numbers)
    assert on_the_page == list(range(1, 18))
    assert list(of_answers()) == []
    assert len(outline().in_readme) == 5


def test_the_page_holds_every_answer_and_the_readme_five_with_links_that_lead_somewhere():
    page, readme = (
        write(f"<!-- answers: `make build` writes this -->\nstale\n<!-- end of answers -->{folder}")
        for write, folder in ((answers.page, "docs"), (answers.readme, ""))
    )
    assert "stale" not in page + readme
    for lesson, answer in answers.given():
        assert answer["question"] in page
        assert f"(../solutions/batchnorm/{stem(lesson)}.ipynb#answer-{answer['number']})" in page
        assert (f"(solutions/batchnorm/{stem(lesson)}.ipynb#answer-{answer['number']})" in readme) == (
            answer["number"] in outline().in_readme
        )
    assert page.count("*Contested.*") == sum(answer["contested"] for _, answer in answers.given())


def test_a_question_without_an_answer_is_complained_about(changed):
    complaint = changed(lambda given: given.remove(next(one for one in given if one[1]["number"] == 3)))
    assert "Question 3 has no answer: call lab.answer(3, …)" in complaint


def test_a_question_with_two_answers_is_complained_about(changed):
    complaint = changed(lambda given: given.append(given[0]))
    assert "Keep one." in complaint


def test_an_answer_that_nobody_asked_for_is_complained_about(changed):
    assert "answer 99 is on no page" in changed(lambda given: given[0][1].update(number=99))


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"sentence": "Carry on."}, "holds no number"),
        ({"question": "Carry on."}, "question mark"),
        ({"more": "It is $x$."}, "plain text"),
    ],
)
def test_an_answer_in_a_wrong_form_is_complained_about(changed, said, complaint):
    assert complaint in changed(lambda given: given[0][1].update(said))


def test_a_page_without_its_marks_is_not_written():
    with pytest.raises(SystemExit, match="lost the two marks"):
        between("no marks", "answers", [])


def test_a_page_that_a_course_does_without_is_not_written_and_answers_without_one_are_complained_about(monkeypatch):
    assert [path.name for path, _ in pages.tables()] == ["README.md", "answers.md"]
    for module, name in ((pages, "README"), (answers, "PAGE")):
        monkeypatch.setattr(module, name, answers.ROOT / "no such page")
    assert list(pages.tables()) == []
    (complaint,) = of_answers()
    assert complaint.startswith("docs/no such page is missing: write it")


def test_a_page_that_says_something_else_is_out_of_date(monkeypatch):
    monkeypatch.setattr(answers, "page", lambda text: text + "!")
    assert list(fresh.of_tables()) == ["A table in docs/answers.md is out of date: run `make build`."]


def test_an_answers_source_is_folded_away():
    cells = [cell for lesson in LESSONS for cell in lessons.read(lesson).cells if lessons.gives_answer(cell)]
    assert len(cells) == 17
    for cell in cells:
        assert cell.metadata.jupyter == {"source_hidden": True}
        assert cell.metadata.tags == ["demo", "hide-input"]
