"""What the one reader makes of a notebook: which lesson it is, which cell answers, where it is judged."""

import copy
import json

import pytest

from autograder.grading import cells, handed_in
from autograder.workshop.sample import MARKS
from bnlib.paths import NOTEBOOKS
from bnlib.refusal import Unreadable
from bnlib.syllabus import LESSONS

LESSON = "4_scale_and_shift"
RIGHT = "def scale_and_shift(Z_norm, gamma, beta):\n    return gamma * Z_norm + beta\n"
OTHER = RIGHT.replace("+", "-")


@pytest.fixture
def notebook():
    """Give lesson 4 as it is handed out, as JSON."""
    return json.loads((NOTEBOOKS / f"{LESSON}.ipynb").read_text(encoding="utf-8"))


def cell(notebook, mark):
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == mark)


def code(source):
    return {"cell_type": "code", "source": source, "metadata": {}}


def read(notebook, stem=LESSON):
    return cells.of_json(notebook, stem)


def marks(found):
    return [one.mark for one in found.cells if one.mark]


ALL_MARKS = ["scale_and_shift", "check_scale_and_shift", "batch_norm_forward", "check_batch_norm_forward"]


def test_what_is_handed_out_is_read_as_it_stands(notebook):
    found = read(notebook)
    assert marks(found) == ALL_MARKS
    assert [one.source for one in found.cells] == ["".join(one["source"]) for one in notebook["cells"]]


def test_every_mark_is_there_once_whatever_is_taken_away(notebook):
    notebook["cells"] = []
    assert marks(read(notebook)) == ALL_MARKS
    assert all(one.number == 0 for one in read(notebook).cells)


def test_a_whole_answer_counts_before_a_half_written_one_with_the_mark(notebook):
    cell(notebook, "scale_and_shift")["source"] = "def scale_and_shift(Z_norm, gamma, beta):\n    return gamma *"
    notebook["cells"].append(code(RIGHT))
    found = read(notebook)
    assert found.answers["scale_and_shift"][0].source == RIGHT
    assert next(one for one in found.cells if one.mark == "scale_and_shift").source == RIGHT


def test_of_two_whole_answers_the_one_with_the_mark_counts_and_of_two_with_it_the_last(notebook):
    cell(notebook, "scale_and_shift")["source"] = RIGHT
    notebook["cells"].append(code(OTHER))
    assert read(notebook).answers["scale_and_shift"][0].source == RIGHT
    notebook["cells"].append(copy.deepcopy(cell(notebook, "scale_and_shift")) | {"source": OTHER})
    assert read(notebook).answers["scale_and_shift"][0].source == OTHER


@pytest.mark.parametrize("kind", ["markdown", "raw", None])
def test_an_answer_whose_cell_has_another_type_is_code(notebook, kind):
    cell(notebook, "scale_and_shift").update(source=RIGHT, cell_type=kind)
    answer = next(one for one in read(notebook).cells if one.mark == "scale_and_shift")
    assert (answer.kind, answer.source) == ("code", RIGHT)


def test_prose_that_shows_a_definition_is_no_answer(notebook):
    shown = {"cell_type": "markdown", "source": f"Like this:\n\n{RIGHT}", "metadata": {}}
    notebook["cells"] = [shown]
    assert read(notebook).answers["scale_and_shift"] == ()


def test_a_check_stands_behind_its_answer(notebook):
    notebook["cells"].reverse()
    found = marks(read(notebook))
    assert found.index("check_scale_and_shift") > found.index("scale_and_shift")


def test_one_cell_may_answer_two_exercises(notebook):
    both = RIGHT + "\n\ndef batch_norm_forward(Z, gamma, beta, eps=1e-5):\n    return Z, {}\n"
    notebook["cells"] = [code(both)]
    found = read(notebook)
    assert sorted(marks(found)) == sorted(ALL_MARKS)
    places = [step.exercise for step in handed_in.of_notebook(found).steps if step.exercise]
    assert places == list(LESSONS["scale_and_shift"])


def test_a_lesson_is_known_by_its_name_or_its_marks_or_what_it_defines(notebook):
    other = json.loads((NOTEBOOKS / "3_normalise.ipynb").read_text(encoding="utf-8"))
    pasted = notebook | {"cells": [*notebook["cells"], cell(other, "normalize")]}
    assert read(pasted).lessons == ("scale_and_shift",)
    assert read(notebook | {"cells": [*notebook["cells"], *other["cells"]]}, "homework").lessons == (
        "normalise",
        "scale_and_shift",
    )
    assert read({"cells": [code(RIGHT)]}, "homework").lessons == ("scale_and_shift",)
    with pytest.raises(Unreadable, match="no exercise of this course"):
        read({"cells": [code("x = 1")]}, "homework")


def test_format_3_keeps_its_cells_in_worksheets():
    sheets = [{"cells": [{"cell_type": "code", "input": RIGHT, "metadata": {}}]}]
    assert read({"nbformat": 3, "worksheets": sheets}).answers["scale_and_shift"][0].source == RIGHT


def test_an_answer_by_itself_is_its_definitions_only(notebook):
    messy = MARKS.sub("", f"%%time\nimport numpy as np\nprint('here')\n\n{RIGHT}\nscale_and_shift(1, 2, 3)\n")
    cell(notebook, "scale_and_shift")["source"] = messy
    (alone,) = handed_in.of_notebook(read(notebook)).by_themselves("scale_and_shift")
    assert [step.source.strip() for step in alone.steps if step.source] == ["import numpy as np", RIGHT.strip()]
