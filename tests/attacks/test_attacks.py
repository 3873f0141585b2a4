"""Every attack: no mark that is not earned, none lost, nothing outside touched, an end in time, a clear message."""

import html
import json
import os
import re
import signal
import time

import pytest

from autograder.grading import handed_in, run
from autograder.grading.cells import of_json, parse
from autograder.results import as_json, gradescope, page, summary
from autograder.sandbox import launch
from bnlib.checking import judge_functions
from bnlib.judging import render
from bnlib.paths import ROOT
from bnlib.refusal import Unreadable

from ..conftest import computing_at_most
from . import (
    files_and_secrets,
    lies,
    memory_and_time,
    notebooks,
    processes,
    python_internals,
    text,
    unreadable,
    wire_frames,
)
from .attack import EXERCISES, clean_cells
from .conftest import SECRET, contents, course_files, running

pytestmark = pytest.mark.slow

COMPUTING = 2  # seconds for the trusted side: the worst attack keeps it busy for half a one
# The same functions in a plain Python file: a death costs its own function only, for the others are run again.
IN_A_FILE = (
    "os_exit_in_the_function",
    "segmentation_fault",
    "right_at_first",
    "an_endless_loop",
    "a_huge_view",
    "a_subclass_that_lies",
    "forged_results",
    "half_a_frame",
    "everything_closed",
    "the_secret",
    "control_codes",
)
ODD_FRAMES = (
    {"nbformat": 99},
    {"nbformat": "4"},
    {"nbformat": None, "nbformat_minor": [], "metadata": []},
    {"nbformat": 3, "worksheets": [{"cells": []}]},
    {"metadata": {"kernelspec": {"name": "../../evil", "language": "sh"}}},
)
OTHERS = {"exam_seed", "gradebook.db", "11.json", "3_normalise.ipynb"}
KINDS = (processes, memory_and_time, lies, python_internals, wire_frames, files_and_secrets, notebooks, text)


def item(kind, attack):
    name = f"{kind.__name__.rpartition('.')[2]}-{attack.name}"
    return pytest.param(attack, id=name, marks=[pytest.mark.xfail(strict=True, reason=attack.hole)] * bool(attack.hole))


@pytest.fixture
def limits(monkeypatch):
    """Wait for half a second where the grader waits for ten or twenty."""
    for name in ("CELL_SECONDS", "CASE_SECONDS"):
        monkeypatch.setattr(run, name, 0.5)


@pytest.fixture
def grade(zygote, keys, references, limits):
    def grade(submission):
        return {v.exercise: v for v in run.grade(submission, keys, references, zygote)}

    return grade


@pytest.fixture
def untouched(grade, canary, at_rest):
    """Afterwards class and course are as they were, no process is left, and a right submission gets its marks."""
    before = contents(canary), course_files()
    yield
    assert (contents(canary), course_files()) == before
    deadline = time.monotonic() + 60
    while running() != at_rest and time.monotonic() < deadline:
        time.sleep(0.01)
    assert running() == at_rest
    clean = grade(handed_in.of_notebook(of_json({"cells": list(clean_cells().values())})))
    assert {name: verdict.status for name, verdict in clean.items()} == dict.fromkeys(EXERCISES, "correct")


@pytest.mark.parametrize("attack", [item(kind, attack) for kind in KINDS for attack in kind.ATTACKS])
def test_attack(attack, grade, canary, untouched, monkeypatch):
    with computing_at_most(COMPUTING), monkeypatch.context() as patch:
        patch.setattr(run, "SUBMISSION_SECONDS", attack.seconds)
        submission = handed_in.of_notebook(of_json(parse(json.dumps(attack.notebook(canary)))))
        verdicts = grade(submission)
    assert set(verdicts) == set(attack.judged)
    for name, verdict in verdicts.items():
        says_nothing_odd(verdict)
        if name in attack.wrong:
            assert verdict.score == 0
        elif name not in attack.costs:
            assert verdict.score == verdict.max_score, f"{name} is right and lost its mark: {verdict.message}"
    if "normalize" in verdicts:
        assert re.search(attack.says, verdicts["normalize"].message, re.DOTALL), verdicts["normalize"].message
    is_told_to_the_learner(verdicts.values())


@pytest.mark.parametrize(
    "attack", [a for kind in KINDS for a in kind.ATTACKS if a.name in IN_A_FILE], ids=lambda a: a.name
)
def test_attack_in_a_python_file(attack, grade, canary, untouched):
    cells = attack.notebook(canary)["cells"]
    submission = handed_in.of_python("\n\n".join(cell["source"] for cell in cells if "check(" not in cell["source"]))
    verdicts = grade(submission)
    for name in EXERCISES:
        says_nothing_odd(verdicts[name])
        assert verdicts[name].right == (name != "normalize"), verdicts[name].message
    assert re.search(attack.says, verdicts["normalize"].message, re.DOTALL)
    is_told_to_the_learner(verdicts.values())
    assert {verdict.status for name, verdict in verdicts.items() if name not in EXERCISES} == {"missing"}


def says_nothing_odd(verdict):
    """The message is short, without control codes or secrets, and harmless as HTML."""
    assert len(verdict.message) < 3000
    assert all(character.isprintable() or character == "\n" for character in verdict.message)
    verdict.message.encode()
    assert SECRET not in verdict.message
    page = render.as_html(verdict)
    assert "<script" not in page
    assert "<img" not in page


def is_told_to_the_learner(verdicts):
    """The class's page and Gradescope's file hold what happened, as text; so do the JSON and the line."""
    result = as_json.Result("class/mallory/given.ipynb", "A", tuple(verdicts))
    assert as_json.line(result).isprintable()
    summed_up = summary.summarise([json.loads(json.dumps(as_json.as_json(result), ensure_ascii=False))])
    text = page.render(summed_up)
    assert not re.search(r"<script|<img|[^\x20-\x7e\n\x80-\U0010ffff]", text)
    tests = gradescope.as_gradescope(summed_up, summed_up.learners[0])["tests"]
    told = {test["name"]: test["output"] for test in tests}
    for verdict in verdicts:
        if not verdict.right:
            assert verdict.message in html.unescape(text)
            assert verdict.message in told[verdict.exercise]


@pytest.mark.parametrize("file", [item(unreadable, file) for file in unreadable.FILES])
def test_unreadable_file(file, tmp_path):
    path = tmp_path / f"given{file.suffix}"
    path.write_bytes(file.content())
    with computing_at_most(COMPUTING), pytest.raises(Unreadable, match=file.says) as caught:
        handed_in.read(path)
    assert all(character.isprintable() for character in str(caught.value))


@pytest.mark.parametrize("name", unreadable.FILE_NAMES.values(), ids=unreadable.FILE_NAMES)
def test_hostile_file_name(name):
    result = as_json.Result(f"class/{name}", "A", problem="The file cannot be opened.")
    assert as_json.line(result).isprintable()
    as_json.line(result).encode()
    json.dumps(as_json.as_json(result), ensure_ascii=False).encode()


@pytest.mark.parametrize("rest", ODD_FRAMES, ids=str)
def test_an_odd_format_costs_nothing_here(rest, grade):
    """nbgrader cannot read these; we need nothing but the cells."""
    submission = handed_in.of_notebook(of_json({"cells": list(clean_cells().values())} | rest))
    assert {verdict.status for verdict in grade(submission).values()} == {"correct"}


def test_the_practice_answers_pass_the_check_of_the_notebook():
    """Or the attack that has learnt them would be no more than a wrong answer."""
    namespace = {}
    exec(lies.learnt_by_heart(), namespace)
    assert judge_functions("normalize", {"normalize": namespace["normalize"]}).right


def test_the_files_that_attacks_look_for_are_there(canary):
    course = next(attack for attack in files_and_secrets.ATTACKS if attack.name == "the_course").source
    looked_for = re.findall(r'"([\w./]+\.(?:json|md|py|ipynb))"', course)
    assert len(looked_for) == 8
    assert all((ROOT / path).is_file() for path in looked_for)
    the_class = next(attack for attack in files_and_secrets.ATTACKS if attack.name == "the_class").source
    assert all(f'"{path.relative_to(canary)}"' in the_class for path in canary.rglob("*") if path.name in OTHERS)


@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
def test_byte_order_mark(suffix, grade, tmp_path):
    path = tmp_path / f"given{suffix}"
    cells = clean_cells()
    notebook, module = {"cells": list(cells.values())}, [cells[name]["source"] for name in EXERCISES]
    path.write_text("\n".join(module) if suffix == ".py" else json.dumps(notebook), encoding="utf-8-sig")
    verdicts = grade(handed_in.read(path))
    assert {verdicts[name].status for name in EXERCISES} == {"correct"}


FULL = """
import numpy as np

def normalize(*_):
    return np.zeros(3_000_000)

def running_statistics(epochs, running_mean, running_var, momentum=0.9):
    epochs.append([np.zeros(3_000_000)])
    return running_mean, running_var
"""


@pytest.mark.parametrize("exercise", ["normalize", "running_statistics"])
def test_results_do_not_fill_the_grader(exercise, zygote, keys, references, limits):
    outcomes = run.run(handed_in.of_python(FULL), keys, references, zygote)
    assert sum(size([out.values, out.changed]) for out in outcomes[exercise]) < 10_000_000


def size(tree):
    """Give the bytes of all arrays in a tree."""
    if isinstance(tree, list | dict):
        return sum(map(size, tree.values() if isinstance(tree, dict) else tree))
    return getattr(tree, "nbytes", 0)


def test_computing_time_is_charged_to_those_who_use_it():
    assert launch.CPU_SECONDS >= run.SUBMISSION_SECONDS


@pytest.mark.parametrize("kind", ["a file", "a folder", "nothing", "itself"])
def test_a_link_is_no_submission(kind, tmp_path):
    """It could point to another learner's notebook."""
    (tmp_path / "other.ipynb").write_text(json.dumps({"cells": list(clean_cells().values())}))
    link = tmp_path / "given.ipynb"
    link.symlink_to({"a file": tmp_path / "other.ipynb", "a folder": tmp_path, "itself": link}.get(kind, "/nowhere"))
    with pytest.raises(Unreadable, match="The file is a link to another file"):
        handed_in.read(link)


def test_a_named_pipe_is_no_file(tmp_path):
    class Hangs(Exception):
        pass

    def too_long(*_):
        raise Hangs

    os.mkfifo(tmp_path / "given.ipynb")
    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(Unreadable):
            handed_in.read(tmp_path / "given.ipynb")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
