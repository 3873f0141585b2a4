"""What cannot be read is said in sentences with file and line, by the guard and by whatever else reads it."""

import pytest

from autograder.coursebook import outline
from autograder.coursebook.outline import TOML
from autograder.coursebook.right_answers import correct_answers
from autograder.coursebook.second_forms import ways
from autograder.coursebook.survivors import survivors
from bnlib.refusal import Refused

ENTRY = '[[lesson]]\nname = "a"\nexercises = ["f"]\n'
HEAD = 'title = "A"\nassignment = "a"\nwarm_up = "f"\n'


@pytest.mark.slow
def test_before_a_first_build_one_sentence_says_what_to_do(small_course):
    (small_course.root / "bnlib" / "syllabus.json").unlink()
    sentence = "bnlib/syllabus.json is out of date, and the rest is judged by it: run `make build`.\n"
    assert small_course.run("autograder.workshop.guard") == (1, sentence)


@pytest.mark.slow
def test_whatever_cannot_be_read_is_said_at_once_with_its_file(small_course):
    course = small_course.root / "course"
    small_course.change("course/course.toml", '["range_of"]', '["range_of", "width"]')
    small_course.change("course/batch_size/mistakes.py", "the columns are counted", "see {lesson fourth}")
    small_course.change("course/batch_size/cases.py", "needs=()", 'needs=("no_such",)')
    small_course.change("course/range_of/second_forms.py", "return np.ptp", "retrun np.ptp")
    small_course.change("course/lessons/second.md", "**What usually goes wrong:**", "{link fifth-one}")
    (course / "sample.toml").write_text('hostile_at = "normalize"\n')
    (course / "range_of" / "right_answers.py").write_bytes(b"\xff")
    (course / "range_of" / "survivors.toml").write_text("[[equivalent]\n")
    status, said = small_course.run("autograder.workshop.guard")
    assert status == 1
    missing = f"is missing: write it, or take what it belongs to out of {TOML} (CONTRIBUTING.md says how)."
    lessons = "The lessons are: start_here, second, third."
    assert said.splitlines() == [
        f"course/lessons/second.md: There is no lesson fifth-one. {lessons} Correct the link.",
        f"course/batch_size/mistakes.py, line 4: Unreadable: There is no lesson fourth. {lessons} Correct it there.",
        "course/batch_size/cases.py: it needs 'no_such', and no lesson has an exercise of this name.",
        "course/range_of/second_forms.py, line 10: SyntaxError: invalid syntax. Correct it there.",
        "course/range_of/right_answers.py cannot be read as text: 'utf-8' codec can't decode byte 0xff in position 0: "
        "invalid start byte.",
        "course/range_of/survivors.toml is no TOML: Expected ']]' at the end of an array declaration "
        "(at line 1, column 13). Correct it there.",
        f"course/width/cases.py {missing}",
        f"course/width/mistakes.py {missing}",
        "normalize stands in course/sample.toml, and no lesson has an exercise of this name.",
    ]


@pytest.mark.slow
def test_cells_that_cannot_be_read_are_said_with_their_lesson(small_course):
    small_course.change("course/lessons/third.md", "print(range_of", "print((range_of")
    small_course.change("course/lessons/second.md", 'check("range_of")', 'check("range")')
    status, said = small_course.run("autograder.workshop.guard")
    assert status == 1
    first, second = said.splitlines()
    assert first == 'course/lessons/second.md: check("range") checks no exercise of course/course.toml.'
    assert second.startswith("third: '(' was never closed at `print((range_of")
    assert second.endswith("Correct it in course/lessons/third.md.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("def range_of", "def width_of", "course/lessons/second.md has no cell that defines range_of: write it, or"),
        ("    ### BEGIN", "    )", "second: unmatched ')' at `)"),
        (
            "import numpy as np\n\n\ndef",
            "import no_such\n\n\ndef",
            "the cell of range_of stops with ModuleNotFoundError",
        ),
    ],
)
def test_a_reference_that_is_not_there_or_does_not_load_is_said(small_course, old, new, sentence):
    small_course.change("course/lessons/second.md", old, new)
    status, said = small_course.run("autograder.workshop.guard")
    assert status == 1
    assert sentence in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title = ", f"{TOML} is no TOML: Invalid value (at end of document). Correct it there."),
        (ENTRY, f"{TOML}: It has no `title`. Write it."),
        (HEAD + '[[lesson]]\nname = "a"\n', f"{TOML}: Its lesson 0 has no `exercises`. Write it."),
        (HEAD + ENTRY + ENTRY, f"{TOML} has a 2 times: a lesson stands in it once."),
        (HEAD + ENTRY.replace('"f"', '"f", "f"'), f"{TOML} has f 2 times: an exercise stands in it once."),
        (HEAD + ENTRY.replace('"f"', '"f 2"'), f"{TOML}: 'f 2' is no name for an exercise"),
        (HEAD + ENTRY.replace('"f"', '"g"'), f"{TOML}: `warm_up` names 'f', and no lesson has an exercise"),
        (HEAD + 'beside = { g = "h" }\n' + ENTRY, f"{TOML}: `beside` names 'h', and no lesson has an exercise"),
        (HEAD + "lesson = 3\n", f"{TOML} is built otherwise than it should be"),
        (None, f"{TOML} is missing: write it"),
    ],
)
def test_a_broken_outline_is_said_in_a_sentence(text, sentence, monkeypatch, tmp_path):
    monkeypatch.setattr(outline, "COURSE", tmp_path)
    if text is not None:
        (tmp_path / "course.toml").write_text(text)
    with pytest.raises(Refused) as refused:
        outline.outline.__wrapped__()
    assert str(refused.value).startswith(sentence)


def test_what_a_course_may_do_without_is_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(outline, "COURSE", tmp_path)
    (tmp_path / "course.toml").write_text(HEAD.replace('warm_up = "f"\n', "") + ENTRY)
    assert outline.outline.__wrapped__().warm_up == ""
    assert outline.text("strength.md") == ""
    assert (ways("f"), correct_answers("f"), survivors("f")) == ([], {}, [])


def test_a_list_that_is_none_is_said_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(outline, "COURSE", tmp_path)
    (tmp_path / "course.toml").write_text("lab = 3\n" + HEAD + ENTRY)
    with pytest.raises(Refused, match="is built otherwise than it should be"):
        outline.outline.__wrapped__()
