"""A skeleton passes as it stands, is taken away without a trace, and nothing goes that is used."""

import pytest

from autograder.__main__ import main
from autograder.coursebook.outline import TOML
from autograder.workshop.scaffold import entries, exercise, lesson, removal, texts
from bnlib.refusal import Refused

LESSON = "# A\n\ntext\n\n**Next question:** why? {link b}\n"
CELL = "```{code-cell} ipython3\n%s\n```\n"
TABLES = """\
[[lesson]]
name = "a"      # the first
exercises = [
    "f",
]

[[lesson]]
name = "b"
exercises = []

# Which answers stand where.
[answers]
in_readme = [1]
"""


@pytest.mark.slow
def test_a_skeleton_passes_as_it_stands_and_is_taken_away_without_a_trace(small_course):
    small_course.does("autograder", "new-lesson", "fourth")
    before = small_course.files()
    small_course.does("autograder", "new-exercise", "Spread", "--lesson", "fourth")
    assert small_course.build() == ["third", "fourth"]
    assert small_course.does("autograder.workshop.guard") == "The guard has nothing to complain about.\n"

    said = small_course.does("autograder", "remove-exercise", "Spread")
    assert "Removed: course/Spread/ (cases.py, mistakes.py, right_answers.py, second_forms.py)" in said
    assert {n: f for n, f in small_course.files().items() if n[:7] == "course/"} == {
        n: f for n, f in before.items() if n[:7] == "course/"
    }
    assert small_course.build() == ["fourth"]
    assert [name for name, content in small_course.files().items() if b"Spread" in content or "Spread" in name] == []


@pytest.mark.slow
def test_an_exercise_that_is_used_stays_and_the_uses_are_listed(small_course):
    small_course.change("course/sample.toml", '"batch_size"', '"batch_size"\n[wrong]\nrange_of = []')
    small_course.change("course/batch_size/cases.py", "needs=()", 'needs=("range_of",)')
    (small_course.root / "docs" / "term.md").write_text("First line.\nThen `range_of(Z)`.\n")
    (small_course.root / "tests" / "test_it.py").write_text("from autograder.coursebook.reference import range_of\n")
    before = small_course.files()
    status, said = small_course.run("autograder", "remove-exercise", "range_of")
    assert status == 1
    assert small_course.files() == before
    assert [line.split(":")[0] for line in said.splitlines()] == [
        "range_of is used, and nothing was removed. Change these first",
        "  course/batch_size/cases.py, line 7",
        "  course/lessons/third.md, lines 30, 32",
        "  course/sample.toml, line 3",
        "  docs/term.md, line 2",
        "  tests/test_it.py, line 1",
    ]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("new-exercise normalize --lesson 0", "There is a normalize in course/ already."),
        ("new-exercise Inputs --lesson 0", "There is a Inputs in course/ already."),
        ("new-exercise check --lesson 0", "check is a name of Python's or of bnlib's own."),
        ("new-exercise sum --lesson 0", "sum is a name of Python's or of bnlib's own."),
        ("new-exercise np --lesson 0", "A cell of course/lessons/start_here.md calls something np."),
        ("new-exercise 2d --lesson 0", "'2d' is no name for a function"),
        ("new-exercise width --lesson 99", "There is no lesson '99'. The lessons are: start_here, weighted"),
        ("new-lesson normalise", "There is a lesson normalise already."),
        ("new-lesson Fourth", "'Fourth' is no name for a lesson"),
        ("remove-exercise width", "There is no exercise 'width'. The exercises are: batch_size, ewa_update"),
        ("remove-exercise batch_size", 'course/course.toml, line 4: warm_up = "batch_size"'),
        ("remove-exercise network_state", "network_state and restore_network is used, and nothing was removed."),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_touched(command, sentence, monkeypatch, capsys):
    for module in (exercise, lesson, removal):
        monkeypatch.setattr(module, "write_all", lambda files: pytest.fail("it would have written"))
    assert main(command.split()) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(("name", "number"), [("scale_and_shift", "4"), ("test_time", "6_test_time")])
def test_a_new_lesson_stands_between_two_others(name, number, monkeypatch):
    written = {}
    monkeypatch.setattr(lesson, "write_all", written.update)
    before = exercise.outline.read(f"lessons/{name}.md")
    lesson.make("new_one", exercise.lesson_called(number))
    texts_by_name = {path.name: text for path, text in written.items()}
    *told, leads_on = before.splitlines()
    assert texts_by_name[f"{name}.md"].splitlines()[:-1] == told
    assert "{link new_one}" in texts_by_name[f"{name}.md"].splitlines()[-1]
    assert texts_by_name["new_one.md"].splitlines()[-1] == leads_on
    assert f'name = "{name}"\n' in texts_by_name["course.toml"].partition('name = "new_one"')[0]


def test_an_entry_changes_its_own_line_only():
    more = entries.with_exercise(TABLES, "b", "g")
    assert more == TABLES.replace("exercises = []", 'exercises = ["g"]')
    assert entries.without_exercise(more, "b", "g") == TABLES
    new = '[[lesson]]\nname = "c"\nexercises = []\n'
    assert entries.with_lesson(TABLES, "c", "b") == TABLES.replace("\n# Which", f"\n{new}\n# Which")


def test_a_file_that_is_laid_out_in_another_way_is_left_to_people():
    inline = 'lesson = [{ name = "a", exercises = [] }]\n'
    with pytest.raises(Refused, match=f"{TOML} is laid out otherwise"):
        entries.with_exercise(inline, "a", "g")


def test_a_part_stands_before_the_question_that_leads_on():
    assert texts.with_part(LESSON, "## Part\n") == LESSON.replace("**Next", "## Part\n\n**Next")
    assert texts.with_part("# A\n", "## Part\n") == "# A\n\n## Part\n"


@pytest.mark.parametrize("beside", ["", CELL % "print(1)", '+++ {"question": "why", "points": 2}\n'])
def test_a_section_goes_with_its_exercise_unless_something_else_is_in_it(beside):
    own = CELL % "def f(): ...\n## no heading" + "\n" + CELL % 'check("f")'
    section = f"## Of f\n\n{own}\n{beside}\nwords\n\n"
    text = LESSON.replace("**Next", section + "## Look\n\n**Next")
    left = "".join(text[begin:end] for begin, end in texts.own_part(text, "f"))
    assert left == (own + "\n" if beside else section)
