"""One bad notebook, or one odd file beside it, never stops the class: nbgrader goes on, and the others get their marks.

Nearly everybody here answers `normalize` right, and hands in something odd round it.
"""

import copy
import json
import os
import shutil
import subprocess
import sys
import time

import pytest

from bnlib.exercises import load

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

POINTS = load("normalize").points
LESSON = "3_normalise"
WRONG = "def normalize(Z, mean, var, eps=1e-5):\n    return Z\n"
SEED = "8675309" * 3
LIMIT = 120  # seconds for all of them: with 50 MB to read it takes a quarter of that


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


def nested(notebook):
    inner = []
    for _ in range(900):
        inner = [inner]
    notebook["metadata"]["nested"] = inner


RIGHT = [doubled, unknown, no_marks, old_schema, new_schema, moved, retyped, more_points, same_ids]
RIGHT += [kernel, fifty_megabytes]
# nbformat refuses these; what can be graded in them is, all the same
DAMAGED = [format_99, odd_ids, a_cell_that_is_none, nested, half_a_character]
CHANGES = {change.__name__: change for change in (*RIGHT, *DAMAGED, check_deleted, wrong_with_more_points)}
BYTES = {"not_json": b"{ no notebook", "null_bytes": b"\0" * 1000, "nothing": b"", "deep": b'{"cells":' * 100_000}


def timestamp(content):
    return lambda folder, course: (folder / "timestamp.txt").write_bytes(content)


def timestamp_link(folder, course):
    (folder / "timestamp.txt").symlink_to(course.root / "autograder" / "class" / "exam_seed")


def timestamp_folder(folder, course):
    (folder / "timestamp.txt").mkdir()


def links_beside(folder, course):
    secrets = course.root / "autograder" / "class"
    for name, secret in {"x.html": "exam_seed", "y.html": "gradebook.db", "all": "."}.items():
        (folder / name).symlink_to(secrets / secret)


def a_pipe_beside(folder, course):
    os.mkfifo(folder / "pipe")


def modules_beside(folder, course):
    for name in ("numpy", "IPython", "nbgrader", "autograder", "conftest", "sitecustomize", "nbgrader_config"):
        (folder / f"{name}.py").write_text(f"open({str(course.place / 'trace')!r}, 'w').close()\n")


def a_linked_notebook(folder, course):
    (folder / f"{LESSON}.ipynb").unlink()
    (folder / f"{LESSON}.ipynb").symlink_to(folder.parent.parent / "a_right" / "batchnorm" / f"{LESSON}.ipynb")


def a_pipe_as_notebook(folder, course):
    (folder / f"{LESSON}.ipynb").unlink()
    os.mkfifo(folder / f"{LESSON}.ipynb")


ODD_FOLDERS = {
    change.__name__: change
    for change in (timestamp_folder, timestamp_link, links_beside, a_pipe_beside, modules_beside)
} | {
    "timestamp_script": timestamp(b"<script>alert(1)</script>"),
    "timestamp_bytes": timestamp(b"\xff\xfe\0"),
    "timestamp_huge": timestamp(b"9" * 100_000),
    "timestamp_far_off": timestamp(b"0001-01-01 00:00:00 +2359"),
}
NO_NOTEBOOK = {change.__name__: change for change in (a_linked_notebook, a_pipe_as_notebook)}
LEARNERS = ["a_right", *CHANGES, *BYTES, *ODD_FOLDERS, *NO_NOTEBOOK, "z_right"]


@pytest.fixture(scope="module")
def course(tmp_path_factory, make_course):
    return make_course(tmp_path_factory.mktemp("bad"), lessons=(LESSON,))


@pytest.fixture(scope="module")
def graded(course):
    """Grade the class; give the scores, the highest there could be, and what was said."""
    (course.root / "autograder" / "class" / "exam_seed").write_text(SEED)
    course.nbgrader("generate_assignment", "batchnorm", "--create", "--force")
    for name in LEARNERS:
        folder = course.root / "autograder" / "class" / "submitted" / name / "batchnorm"
        shutil.copytree(course.root / "notebooks" / "batchnorm", folder)
        course.fill_in(folder)
        path = folder / f"{LESSON}.ipynb"
        notebook = json.loads(path.read_text())
        for one in notebook["cells"]:
            one["source"] = "".join(one["source"])
        CHANGES.get(name, lambda notebook: None)(notebook)
        path.write_bytes(BYTES.get(name, json.dumps(notebook).encode()))
        (ODD_FOLDERS | NO_NOTEBOOK).get(name, lambda folder, course: None)(folder, course)
    begun = time.monotonic()
    command = [sys.executable, "-m", "nbgrader", "autograde", "batchnorm", "--create"]
    said = subprocess.run(command, cwd=course.root, env=course.environment(), capture_output=True, timeout=2 * LIMIT)
    assert time.monotonic() - begun < LIMIT
    with course.gradebook() as gradebook:
        found = gradebook.assignment_submissions("batchnorm")
        scores = {s.student.id: (s.score, s.max_score) for s in found}
    return scores, said.stderr.decode(errors="replace")


RIGHT_ONES = ["a_right", *(change.__name__ for change in (*RIGHT, *DAMAGED)), "check_deleted", *ODD_FOLDERS, "z_right"]


@pytest.mark.parametrize("learner", RIGHT_ONES)
def test_a_right_answer_keeps_its_marks(graded, learner):
    assert graded[0][learner] == (POINTS, POINTS), graded[1]


@pytest.mark.parametrize("learner", ["wrong_with_more_points", *BYTES, *NO_NOTEBOOK])
def test_a_wrong_answer_gets_none(graded, learner):
    assert graded[0].get(learner, (0, POINTS)) == (0, POINTS)


@pytest.mark.parametrize("learner", [*(change.__name__ for change in DAMAGED), *BYTES])
def test_what_is_damaged_is_named(graded, learner):
    assert f"/{learner}/batchnorm/{LESSON}.ipynb is damaged: " in graded[1]


def test_nobody_else_is_named(graded):
    named = {learner for learner in LEARNERS if f"batchnorm' for student '{learner}'" in graded[1]}
    assert named == NO_NOTEBOOK.keys()
    damaged = {learner for learner in LEARNERS if f"/{learner}/batchnorm/{LESSON}.ipynb is damaged: " in graded[1]}
    assert damaged == {change.__name__ for change in DAMAGED} | BYTES.keys()


def test_no_file_beside_a_notebook_runs_and_no_link_is_followed(graded, course):
    assert not (course.place / "trace").exists()
    copied = [path for path in (course.root / "autograder/class/autograded").rglob("*") if path.is_file()]
    assert [path.name for path in copied].count("numpy.py") == 1  # what is plain comes along, and only lies there
    assert not [path for path in copied if SEED.encode() in path.read_bytes()]


def test_a_message_of_the_one_that_is_wrong_says_so(graded, course):
    path = course.root / "autograder/class/autograded/wrong_with_more_points/batchnorm" / f"{LESSON}.ipynb"
    check = cell(json.loads(path.read_text()), "check_normalize")
    assert "normalize is not right yet" in "".join(check["outputs"][0]["traceback"])
