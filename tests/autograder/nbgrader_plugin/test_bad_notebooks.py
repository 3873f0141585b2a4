"""One bad notebook, or one odd file beside it, never stops the class: nbgrader goes on, and the others get their marks.

Nearly everybody here answers `normalize` right, and hands in something odd round it.
"""

import copy
import json
import os
import shutil
import subprocess
import sys

import pytest

from autograder.printable import escaped
from bnlib.syllabus import load

from ...conftest import computing_at_most

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

POINTS = load("normalize").points
LESSON = "3_normalise"
WRONG = "def normalize(Z, mean, var, eps=1e-5):\n    return Z\n"
SEED = "8675309" * 3
COMPUTING = 60  # seconds for all of them: it takes a fifth of that


def cell(notebook, name):
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def doubled(notebook):
    notebook["cells"].insert(0, copy.deepcopy(cell(notebook, "normalize")) | {"id": "again"})


def unknown(notebook):
    marks = cell(notebook, "normalize")["metadata"]["nbgrader"] | {"grade_id": "zz"}
    new = {"cell_type": "code", "source": "x = 1", "metadata": {"nbgrader": marks}, "id": "zz"}
    notebook["cells"].append(new | {"outputs": [], "execution_count": None})


def no_marks(notebook):
    cell(notebook, "normalize")["metadata"] = {}


def old_schema(notebook):
    cell(notebook, "normalize")["metadata"]["nbgrader"] = {"grade_id": "normalize", "schema_version": 0}


def new_schema(notebook):
    cell(notebook, "normalize")["metadata"]["nbgrader"] |= {"schema_version": 99}


def check_deleted(notebook):
    notebook["cells"].remove(cell(notebook, "check_normalize"))


def moved(notebook):
    notebook["cells"].reverse()


def retyped(notebook):
    """Make the check raw text: nbgrader and we put it right."""
    check = cell(notebook, "check_normalize")
    check["cell_type"] = "raw"
    del check["outputs"], check["execution_count"]


def more_points(notebook):
    for one in notebook["cells"]:
        if "nbgrader" in one["metadata"]:
            one["metadata"]["nbgrader"] |= {"points": 10**6, "locked": False, "solution": True, "grade": True}


def wrong_with_more_points(notebook):
    """Be wrong, with points wherever nbgrader might look for them."""
    more_points(notebook)
    cell(notebook, "normalize")["source"] = WRONG
    check = cell(notebook, "check_normalize")
    check["source"] = "pass"
    check["metadata"]["nbgrader"] |= {"score": 10**6, "max_score": 10**6}
    check["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "✓ normalize is right"}]


def half_a_character(notebook):
    notebook["cells"].append({"cell_type": "markdown", "id": "half", "metadata": {}, "source": "\ud83d"})


def same_ids(notebook):
    for one in notebook["cells"]:
        one["id"] = "same"


def kernel(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "../../evil", "display_name": "\x1b[2J", "language": "sh"}


def fifty_megabytes(notebook):
    text = {"output_type": "stream", "name": "stdout", "text": "x" * 50_000_000}
    cell(notebook, "normalize")["outputs"] = [text]


def format_99(notebook):
    notebook["nbformat"] = 99


def odd_ids(notebook):
    for number, one in enumerate(notebook["cells"]):
        one["id"] = f"<script>{number}"


def a_cell_that_is_none(notebook):
    notebook["cells"].append(7)


def a_newer_format(notebook):
    """Relax nbformat's rules: a cell of an unknown type, which nbconvert would print as it stands."""
    notebook["nbformat_minor"] = 99
    script = "<script>document.title='pwned'</script>"
    notebook["cells"].append({"cell_type": "odd", "type": script, "metadata": {"tags": [script]}, "source": script})


def a_mark_of_ours(notebook):
    notebook["metadata"]["damaged"] = True


def colab(notebook):
    """Store it as Colab does: an older format, without cell ids, marks and tags."""
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {"colab": {"provenance": []}}
    for number, one in enumerate(notebook["cells"]):
        del one["id"]
        one["metadata"] = {"id": f"c{number}"}


def an_older_format_without_the_check(notebook):
    """Save it as older VS Code does, with the check deleted."""
    check_deleted(notebook)
    notebook["nbformat_minor"] = 2
    for one in notebook["cells"]:
        del one["id"]


def much_metadata(notebook):
    for place in (notebook, notebook["cells"][0], cell(notebook, "normalize")):
        place["metadata"] |= {"x": [{}] * 800_000}


def much_to_show(notebook):
    """Keep those busy who colour code, render texts and look for addresses in them."""
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"] += [code | {"id": f"m{n}", "source": f"# {n}\n" + "f'{" * 1600} for n in range(150)]
    notebook["cells"] += [code | {"id": "n", "source": "f'{" * 300_000}]
    texts = [*("\\\\[" * 1600 for _ in range(100)), "<div>" * 9000, "[" * 1_000_000]
    notebook["cells"] += [
        {"cell_type": "markdown", "metadata": {}, "id": f"t{n}", "source": text} for n, text in enumerate(texts)
    ]


def an_image_in_the_answer(notebook):
    answer = cell(notebook, "normalize")
    answer |= {"cell_type": "markdown", "attachments": {"a.png": {"image/png": ""}}}
    del answer["outputs"], answer["execution_count"]


def control_codes(notebook):
    notebook["nbformat"] = "\x1b[31mred\x07"
    notebook["cells"][0]["cell_type"] = "\x1b[31mred\x07"


FOLDED = """import numpy as np
def normalize(Z, mean, var, eps=1e-5):
    from bnlib import fold_into_linear
    n, t = Z.shape[-1], Z.dtype if Z.dtype.kind == "f" else float
    W, b = fold_into_linear(np.eye(n, dtype=t), np.zeros(n, t), mean, var, np.ones(n, t), np.zeros(n, t), eps)
    return Z @ W + b
"""


def a_later_lessons_check(notebook):
    """Bring a later lesson's check, so that its reference be lent to an exercise of this lesson."""
    cell(notebook, "normalize")["source"] = FOLDED
    marks = cell(notebook, "check_normalize")["metadata"]["nbgrader"] | {"grade_id": "check_predict"}
    new = {"cell_type": "code", "source": 'check("predict")', "metadata": {"nbgrader": marks}, "id": "later"}
    notebook["cells"].append(new | {"outputs": [], "execution_count": None})


def a_later_lessons_check_and_our_mark(notebook):
    a_later_lessons_check(notebook)
    a_mark_of_ours(notebook)


def a_later_lessons_check_in_format_99(notebook):
    a_later_lessons_check(notebook)
    format_99(notebook)


def nested(notebook):
    inner = []
    for _ in range(900):
        inner = [inner]
    notebook["metadata"]["nested"] = inner


RIGHT = [doubled, unknown, no_marks, old_schema, new_schema, moved, retyped, more_points, same_ids, check_deleted]
RIGHT += [kernel, a_newer_format, a_mark_of_ours, colab, an_older_format_without_the_check, much_metadata]
RIGHT += [much_to_show]
# nbformat refuses these
RIGHT += [format_99, odd_ids, a_cell_that_is_none, nested, half_a_character, an_image_in_the_answer, control_codes]
WRONG_ONES = [wrong_with_more_points, a_later_lessons_check, a_later_lessons_check_and_our_mark]
WRONG_ONES += [a_later_lessons_check_in_format_99]
CHANGES = {change.__name__: change for change in (*RIGHT, *WRONG_ONES, fifty_megabytes)}
BYTES = {"not_json": b"{ no notebook", "null_bytes": b"\0" * 1000, "nothing": b"", "deep": b'{"cells":' * 100_000}
DAMAGED = [*BYTES, "fifty_megabytes"]  # what is not read at all


def timestamp(content):
    return lambda folder, course: (folder / "timestamp.txt").write_bytes(content)


def timestamp_link(folder, course):
    (folder / "timestamp.txt").symlink_to(course.root / "class" / "exam_seed")


def timestamp_folder(folder, course):
    (folder / "timestamp.txt").mkdir()


def links_beside(folder, course):
    secrets = course.root / "class"
    for name, secret in {"x.html": "exam_seed", "y.html": "gradebook.db", "all": "."}.items():
        (folder / name).symlink_to(secrets / secret)


def a_pipe_beside(folder, course):
    os.mkfifo(folder / "pipe")


def a_control_code_beside(folder, course):
    (folder / "\x1b[31mred\x07.txt").write_text("")


def modules_beside(folder, course):
    for name in ("numpy", "IPython", "nbgrader", "autograder", "conftest", "sitecustomize", "nbgrader_config"):
        (folder / f"{name}.py").write_text(f"open({str(course.place / 'trace')!r}, 'w').close()\n")


def renamed(folder, course):
    (folder / f"{LESSON}.ipynb").rename(folder / "mine.ipynb")


def renamed_twice(folder, course):
    """Leave an older copy that is wrong, and others that are nobody's."""
    renamed(folder, course)
    old, stray = folder / f"{LESSON} (1).ipynb", folder / f"{LESSON} (2).ipynb"
    notebook = json.loads((folder / "mine.ipynb").read_text())
    cell(notebook, "normalize")["source"] = WRONG
    old.write_text(json.dumps(notebook))
    os.utime(old, (0, 0))
    stray.write_text("{ no notebook")
    shutil.copy(course.root / "notebooks" / "batchnorm" / f"{LESSON}.ipynb", folder / "again.ipynb")
    os.utime(folder / "again.ipynb", (0, 0))


def a_copy_beside(folder, course):
    shutil.copy(course.root / "notebooks" / "batchnorm" / f"{LESSON}.ipynb", folder / f"{LESSON}-Copy1.ipynb")


def another_notebook(folder, course):
    (folder / f"{LESSON}.ipynb").write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4}))
    (folder / f"{LESSON}.ipynb").rename(folder / "holiday.ipynb")


def a_folder_as_notebook(folder, course):
    (folder / f"{LESSON}.ipynb").unlink()
    (folder / f"{LESSON}.ipynb").mkdir()


def a_linked_notebook(folder, course):
    (folder / f"{LESSON}.ipynb").unlink()
    (folder / f"{LESSON}.ipynb").symlink_to(folder.parent.parent / "a_right" / "batchnorm" / f"{LESSON}.ipynb")


def a_pipe_as_notebook(folder, course):
    (folder / f"{LESSON}.ipynb").unlink()
    os.mkfifo(folder / f"{LESSON}.ipynb")


ODD_FOLDERS = {
    change.__name__: change
    for change in (
        *(timestamp_folder, timestamp_link, links_beside, a_pipe_beside, modules_beside, a_control_code_beside),
        *(renamed, renamed_twice, a_copy_beside),
    )
} | {
    "timestamp_script": timestamp(b"<script>alert(1)</script>"),
    "timestamp_bytes": timestamp(b"\xff\xfe\0"),
    "timestamp_huge": timestamp(b"9" * 100_000),
    "timestamp_far_off": timestamp(b"0001-01-01 00:00:00 +2359"),
}
NO_NOTEBOOK = {
    change.__name__: change
    for change in (a_linked_notebook, a_pipe_as_notebook, a_folder_as_notebook, another_notebook)
}
ODD_NAMES = ["new\nline", "\x1b[31mred"]
LEARNERS = ["a_right", *CHANGES, *BYTES, *ODD_FOLDERS, *NO_NOTEBOOK, *ODD_NAMES, "z_right"]


@pytest.fixture(scope="module")
def course(tmp_path_factory, make_course):
    return make_course(tmp_path_factory.mktemp("bad"), lessons=(LESSON,))


@pytest.fixture(scope="module")
def graded(course):
    """Grade the class; give the scores, the highest there could be, and what was said."""
    (course.root / "class" / "exam_seed").write_text(SEED)
    course.nbgrader("generate_assignment", "batchnorm", "--create", "--force")
    for name in LEARNERS:
        folder = course.root / "class" / "submitted" / name / "batchnorm"
        shutil.copytree(course.root / "notebooks" / "batchnorm", folder)
        course.fill_in(folder)
        path = folder / f"{LESSON}.ipynb"
        notebook = json.loads(path.read_text())
        for one in notebook["cells"]:
            one["source"] = "".join(one["source"])
        CHANGES.get(name, lambda notebook: None)(notebook)
        path.write_bytes(BYTES.get(name, json.dumps(notebook).encode()))
        (ODD_FOLDERS | NO_NOTEBOOK).get(name, lambda folder, course: None)(folder, course)
    command = [sys.executable, "-m", "nbgrader", "autograde", "batchnorm", "--create"]
    with computing_at_most(COMPUTING):
        said = subprocess.run(command, cwd=course.root, env=course.environment(), capture_output=True)
    with course.gradebook() as gradebook:
        found = gradebook.assignment_submissions("batchnorm")
        scores = {s.student.id: (s.score, s.max_score) for s in found}
    return scores, said.stderr.decode(errors="replace")


RIGHT_ONES = ["a_right", *(change.__name__ for change in RIGHT), *ODD_FOLDERS, "z_right"]


@pytest.mark.parametrize("learner", RIGHT_ONES)
def test_a_right_answer_keeps_its_marks(graded, learner):
    assert graded[0][learner] == (POINTS, POINTS), graded[1]


@pytest.mark.parametrize("learner", [*(change.__name__ for change in WRONG_ONES), *DAMAGED])
def test_a_wrong_answer_gets_none(graded, learner):
    assert graded[0][learner] == (0, POINTS)


@pytest.mark.parametrize("learner", DAMAGED)
def test_what_is_damaged_is_named(graded, learner):
    assert f"/{learner}/batchnorm/{LESSON}.ipynb is damaged: " in graded[1]


@pytest.mark.parametrize("learner", [*NO_NOTEBOOK, *ODD_NAMES])
def test_what_cannot_be_graded_is_named(graded, learner):
    assert learner not in graded[0]
    assert f"/{escaped(learner)}/batchnorm is not graded: ".replace("\n", "\n    ") in graded[1]


def test_nobody_else_is_named(graded):
    assert graded[1].count(" is not graded: ") == len(NO_NOTEBOOK | dict.fromkeys(ODD_NAMES))
    assert graded[1].count(" is damaged: ") == len(DAMAGED)


def test_no_traceback_and_no_control_code_is_shown(graded):
    assert "Traceback" not in graded[1]
    assert not set(graded[1]) & set("\x1b\x07\x9b")


def test_of_renamed_notebooks_the_newest_is_taken_and_said_so(graded):
    assert f"renamed/batchnorm/mine.ipynb has the marks of {LESSON}: it is graded as that lesson" in graded[1]
    assert f"renamed_twice/batchnorm/mine.ipynb has the marks of {LESSON}" in graded[1]
    assert f"renamed_twice/batchnorm/{LESSON} (1).ipynb has them too, is older, and is not graded" in graded[1]
    assert f"{LESSON}-Copy1.ipynb has" not in graded[1]


def test_no_script_reaches_the_pages(graded, course):
    course.nbgrader("generate_feedback", "batchnorm", "--student", "a_newer_format")
    page = next((course.root / "class/feedback/a_newer_format").rglob("*.html")).read_text()
    assert "normalize is right" in page
    assert "<script>document" not in page


def test_much_to_show_is_shown_in_seconds(graded, course):
    with computing_at_most(COMPUTING):
        course.nbgrader("generate_feedback", "batchnorm", "--student", "much_to_show")
    page = next((course.root / "class/feedback/much_to_show").rglob("*.html")).read_text()
    assert "[" * 1_000_000 in page


def test_no_file_beside_a_notebook_runs_and_no_link_is_followed(graded, course):
    assert not (course.place / "trace").exists()
    copied = [path for path in (course.root / "class/autograded").rglob("*") if path.is_file()]
    assert [path.name for path in copied].count("numpy.py") == 1  # what is plain comes along, and only lies there
    assert not [path for path in copied if SEED.encode() in path.read_bytes()]


def test_a_message_of_the_one_that_is_wrong_says_so(graded, course):
    path = course.root / "class/autograded/wrong_with_more_points/batchnorm" / f"{LESSON}.ipynb"
    check = cell(json.loads(path.read_text()), "check_normalize")
    assert "normalize is not right yet" in "".join(check["outputs"][0]["traceback"])
