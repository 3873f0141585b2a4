"""Honest submissions in the sandbox: marks, isolation of errors, IPython syntax, and the command line."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder import __main__ as command_line
from autograder.commands import grade, replay
from autograder.coursebook import exam
from autograder.grading import grader as graders
from autograder.grading import handed_in, run
from autograder.grading.turns import Turns
from autograder.nbgrader_plugin import grading as nbgraders
from autograder.sandbox import ladder
from autograder.sandbox.process import Ended
from autograder.sandbox.talk import Worker
from bnlib.judging import compare
from bnlib.judging.judge import judge
from bnlib.judging.key import practice_key
from bnlib.paths import ROOT, SOLUTIONS, notebook, solution
from bnlib.refusal import Refused
from bnlib.syllabus import LESSONS, NAMES, load, stem

from ..made_up import SEED


@pytest.fixture(scope="module")
def grader(sandbox):
    with graders.Grader(SEED) as made:
        yield made


@pytest.fixture
def statuses(grader, tmp_path):
    """Grade a Python source or a notebook's cells; give the status of each exercise."""

    def grade(given):
        path = tmp_path / ("given.py" if isinstance(given, str) else "given.ipynb")
        path.write_text(given if isinstance(given, str) else json.dumps({"cells": given}))
        result = grader.grade(path)
        assert not result.problem
        return {verdict.exercise: verdict.status for verdict in result.verdicts}

    return grade


def code(source, grade_id="", **metadata):
    marks = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    return {"cell_type": "code", "source": source, "metadata": marks | metadata}


def lesson_4(**changed):
    """Give lesson 4's exercise and check cells, some of them changed."""
    from autograder.coursebook import lessons

    cells = []
    for name in LESSONS["scale_and_shift"]:
        cells.append(code(changed.get(name, lessons.exercise_sources()[name]), name))
        cells.append(code(f'check("{name}")', f"check_{name}"))
    return cells


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_solution_gets_full_marks(lesson, grader):
    result = grader.grade(solution(lesson))
    assert result.score == result.max_score == sum(load(name).points for name in LESSONS[lesson])


@pytest.mark.parametrize("lesson", list(LESSONS)[1:])
def test_the_untouched_notebook_gets_nothing(lesson, grader):
    result = grader.grade(notebook(lesson))
    assert result.score == 0
    assert {verdict.status for verdict in result.verdicts} == {"missing"}


def test_a_python_file_with_everything_gets_full_marks(statuses, cells):
    assert statuses("\n\n".join(cells.values())) == dict.fromkeys(NAMES, "correct")


def test_what_a_python_file_leaves_out_is_missing(statuses, cells):
    found = statuses(cells["normalize"])
    assert found.pop("normalize") == "correct"
    assert set(found.values()) == {"missing"}


def test_an_exercise_of_two_functions_wants_both(grader, tmp_path, cells):
    at = cells["network_state"].index("def restore_network")
    (tmp_path / "given.py").write_text(cells["network_state"][:at])
    verdict = next(v for v in grader.grade(tmp_path / "given.py").verdicts if v.exercise == "network_state")
    assert verdict.status == "wrong"
    assert verdict.message == "There is no `restore_network`: it belongs in the same cell."


def test_a_wrong_layer_does_not_cost_the_network_its_points(statuses, cells):
    wrong = cells["BatchNorm"].replace("if not self.training:", "if False:")
    found = statuses("\n\n".join((cells | {"BatchNorm": wrong}).values()))
    assert found == dict.fromkeys(NAMES, "correct") | {"BatchNorm": "wrong"}


def test_one_mistake_costs_its_own_points_only(statuses, cells):
    wrong = cells["normalize"].replace("np.sqrt(var + eps)", "np.sqrt(var)")
    found = statuses("\n\n".join((cells | {"normalize": wrong}).values()))
    assert found == dict.fromkeys(NAMES, "correct") | {"normalize": "wrong"}


def test_a_mistake_in_an_earlier_cell_of_the_notebook_costs_its_own_points_only(statuses, cells):
    wrong = cells["scale_and_shift"].replace("+ beta", "- beta")
    leaning = cells["batch_norm_forward"].replace("from bnlib import batch_statistics, normalize, scale_and_shift", "")
    leaning = "from bnlib import batch_statistics, normalize\n" + leaning
    found = statuses(lesson_4(scale_and_shift=wrong, batch_norm_forward=leaning))
    assert found == {"scale_and_shift": "wrong", "batch_norm_forward": "correct"}


def test_after_a_death_the_rest_is_graded(statuses):
    killer = "import os\ndef scale_and_shift(Z_norm, gamma, beta):\n    os._exit(3)"
    assert statuses(lesson_4(scale_and_shift=killer)) == {"scale_and_shift": "crashed", "batch_norm_forward": "correct"}


def test_a_cell_that_kills_costs_what_it_defines(statuses):
    cells = lesson_4()
    cells.insert(0, code("import os\nos._exit(0)"))
    assert set(statuses(cells).values()) == {"correct"}


def test_an_endless_loop_ends(statuses, monkeypatch):
    monkeypatch.setattr(run, "CASE_SECONDS", 1)
    endless = "def scale_and_shift(Z_norm, gamma, beta):\n    while True: pass"
    assert statuses(lesson_4(scale_and_shift=endless)) == {
        "scale_and_shift": "timeout",
        "batch_norm_forward": "correct",
    }


@pytest.mark.parametrize("late", [1, 2])
def test_who_is_late_is_tried_again_alone_and_then_believed(late, grader, statuses, monkeypatch, cells):
    """Let the first calls of `normalize` be late, as on a busy machine."""
    alone, calls = [], []
    ask, on_its_own = Worker.ask, Turns.alone

    def busy(worker, what, *arguments, seconds):
        if what == "case" and arguments[0] == ("normalize",):
            calls.append(arguments)
            if len(calls) <= late:
                raise Ended("timeout", "the time limit")
        return ask(worker, what, *arguments, seconds=seconds)

    monkeypatch.setattr(Worker, "ask", busy)
    monkeypatch.setattr(Turns, "alone", lambda turns: alone.append(len(calls)) or on_its_own(turns))
    found = statuses(cells["normalize"] + "\n\n" + cells["scale_and_shift"])
    assert found["normalize"] == ("correct" if late == 1 else "timeout")
    assert found["scale_and_shift"] == "correct"
    assert alone == [1]


def test_ipython_syntax_is_understood(statuses):
    cells = lesson_4()
    cells[0]["source"] = "%%time\n" + cells[0]["source"]
    cells.insert(
        0, code("%matplotlib inline\n!rm -rf /\n%timeit 1 + 1\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])")
    )
    cells.insert(1, code("%%bash\nexit 1"))
    assert set(statuses(cells).values()) == {"correct"}


def test_a_cell_may_use_the_lab_and_figures(statuses, cells):
    before = (
        "from bnlib import lab\nimport matplotlib.pyplot as plt\ndata = lab.digits(0)\nplt.plot([1, 2])\nplt.show()\n"
    )
    after = "\nlab.train(lab.Network(seed=0), data)"
    assert statuses([code(before + cells["normalize"] + after, "normalize")])["normalize"] == "correct"


def test_an_exercise_left_out_lies_between_those_before_and_after(statuses, cells):
    found = statuses(cells["normalize"] + "\n\n" + cells["predict"])
    assert found == dict.fromkeys(NAMES, "missing") | {"normalize": "correct", "predict": "correct"}


def test_a_demo_cell_is_not_run(statuses):
    cells = lesson_4()
    cells.insert(0, code("import os\nos._exit(0)", tags=["demo"]))
    assert set(statuses(cells).values()) == {"correct"}


def test_a_cell_is_found_without_its_metadata(statuses):
    cells = [cell | {"metadata": {}} for cell in lesson_4()]
    assert set(statuses(cells).values()) == {"correct"}


def test_the_last_of_duplicates_counts(statuses):
    cells = lesson_4()
    cells.insert(0, code("def scale_and_shift(Z_norm, gamma, beta):\n    return 0", "scale_and_shift"))
    assert set(statuses(cells).values()) == {"correct"}


def test_a_missing_function_says_which_cell_failed(grader, tmp_path):
    (tmp_path / "given.ipynb").write_text(json.dumps({"cells": lesson_4(scale_and_shift="def scale_and_shift(:")}))
    verdict = grader.grade(tmp_path / "given.ipynb").verdicts[0]
    assert verdict.status == "missing"
    assert "cell 1 stops with SyntaxError" in verdict.message


def test_the_mistake_is_named_and_no_hidden_input_shown(grader, tmp_path, cells):
    (tmp_path / "given.py").write_text(cells["normalize"].replace("np.sqrt(var + eps)", "(np.sqrt(var) + eps)"))
    verdict = next(v for v in grader.grade(tmp_path / "given.py").verdicts if v.exercise == "normalize")
    assert verdict.diagnoses == ("eps_outside_sqrt",)
    assert "[" not in verdict.message


def test_what_numpy_warned_of_is_said(grader, cells):
    submission = handed_in.of_python(cells["normalize"].replace("var + eps", "-var"))
    verdict = next(verdict for verdict in grader.judge(submission) if verdict.exercise == "normalize")
    assert "(numpy warned: invalid value encountered in sqrt.)" in verdict.message


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("given.ipynb", b"{", "its JSON is broken"),
        ("given.ipynb", b"[]", "no list of cells"),
        ("given.ipynb", b'{"cells": []}', "no exercise of this course"),
        ("given.ipynb", b"\xff\xfe", "not UTF-8"),
        ("given.py", b"x = 1", "defines none of the exercises"),
    ],
)
def test_what_cannot_be_read_is_reported(grader, tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    assert words in grader.grade(tmp_path / name).problem


def test_two_workers_give_what_one_gives(grader):
    paths = sorted(SOLUTIONS.glob("*.ipynb"))
    assert list(grader.grade_all(paths, workers=2)) == list(grader.grade_all(paths))


def test_the_command_line_and_its_json(grader, tmp_path, capsys):
    out = tmp_path / "results.json"
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "broken.ipynb").write_text("{")
    (tmp_path / "class" / "right.ipynb").write_text((SOLUTIONS / "3_normalise.ipynb").read_text())
    assert command_line.main(["grade", str(tmp_path / "class"), "--json", str(out), "--seed", str(SEED)]) == 0
    said = capsys.readouterr()
    assert "right.ipynb: 3 of 3. everything right" in said.out
    assert "broken.ipynb: unreadable." in said.out
    assert said.err.startswith("Sandbox: ")
    broken, right = json.loads(out.read_text())
    assert Path(broken["submission"]).name == "broken.ipynb"
    assert right["score"] == right["max_score"] == 3
    assert right["sandbox"] in "ABCDE"
    (exercise,) = right["exercises"]
    assert exercise.keys() == {
        "name", "status", "score", "max_score", "cases_passed", "cases", "diagnosis", "diagnoses", "message"
    }  # fmt: skip


def test_the_files_of_a_folder_come_in_the_order_of_the_lessons(tmp_path):
    (tmp_path / "ada").mkdir()
    for lesson in reversed(LESSONS):
        (tmp_path / "ada" / f"{stem(lesson)}.ipynb").touch()
    assert [path.stem for path in grade._submissions([tmp_path])] == list(map(stem, LESSONS))


def test_a_path_that_is_not_there_costs_no_earlier_results(tmp_path, capsys):
    (tmp_path / "week.json").write_text("[]")
    assert command_line.main(["grade", str(tmp_path / "typo"), "--json", str(tmp_path / "week.json")]) == 1
    assert f"There is no {tmp_path / 'typo'}." in capsys.readouterr().err
    assert (tmp_path / "week.json").read_text() == "[]"


def test_copies_that_jupyter_and_macos_make_are_no_submissions(tmp_path):
    for name in ("ada/3.ipynb", "ada/.ipynb_checkpoints/3-checkpoint.ipynb", "__MACOSX/ada/3.ipynb", "ada/._3.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list(grade._submissions([tmp_path])) == [tmp_path / "ada/3.ipynb"]


def test_a_run_that_is_stopped_says_so(monkeypatch, capsys):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line.doctor, "command", stop)
    assert command_line.main(["doctor"]) == 130
    assert "What was graded is kept" in capsys.readouterr().err


def test_nothing_to_grade_is_a_sentence(tmp_path, capsys):
    assert command_line.main(["grade", str(tmp_path)]) == 1
    assert "There is no .ipynb or .py file in" in capsys.readouterr().err


def test_the_doctor_says_which_sandbox_is_in_force(grader, capsys):
    assert command_line.main(["doctor"]) == 0
    assert f"Sandbox in force: {grader.rung.name} (" in capsys.readouterr().out


def test_a_rung_can_be_demanded(grader, monkeypatch):
    weakest = ladder.RUNGS[-1]
    monkeypatch.setattr(ladder, "strongest", lambda allow_unsafe: (graders.Zygote(weakest), ["A: not here"]))
    with pytest.raises(Refused, match="Rung A of the sandbox is required, and E"):
        graders.Grader(SEED, require="A")


def test_a_rung_can_be_demanded_for_every_command(grader, monkeypatch):
    weakest = ladder.RUNGS[-1]
    monkeypatch.setattr(ladder, "strongest", lambda allow_unsafe: (graders.Zygote(weakest), ["A: not here"]))
    monkeypatch.setenv(graders.REQUIRE, "A")
    with pytest.raises(Refused, match="Rung A of the sandbox is required, and E"):
        graders.Grader(SEED)
    monkeypatch.setenv(graders.REQUIRE, "F")
    with pytest.raises(Refused, match="there is no such rung"):
        graders.Grader(SEED)


def test_where_no_isolation_holds_nothing_is_graded(monkeypatch):
    monkeypatch.setattr(ladder, "RUNGS", ())
    with pytest.raises(Refused, match="No isolation that holds is to be had here"):
        graders.Grader(SEED)


def test_the_canary_stops_a_run_that_would_take_marks_away(monkeypatch, grader, cells):
    broken = cells | {"normalize": "def normalize(*arguments): raise OSError('not on this machine')"}
    monkeypatch.setattr(graders.lessons, "exercise_sources", lambda: broken)
    with pytest.raises(Refused, match="The reference does not get full marks in this sandbox.*OSError"):
        graders.Grader(SEED)


@pytest.mark.parametrize("blind", ["judge", "comparison"])
def test_the_canary_stops_a_run_that_would_give_marks_away(blind, monkeypatch, grader):
    monkeypatch.setattr(exam, "keys", lambda seed: grader.keys)  # made once: it takes seconds
    if blind == "judge":
        right = {name: [case.expected for case in key.cases] for name, key in grader.keys.items()}
        monkeypatch.setattr(run, "judge", lambda key, outcomes: judge(key, right[key.exercise]))
    else:
        monkeypatch.setattr(compare, "differing", lambda got, *_: np.zeros(got.shape, bool))
    with pytest.raises(Refused, match="A wrong answer gets marks in this sandbox, so nothing was graded"):
        graders.Grader(SEED)


@pytest.mark.parametrize("name", [name for name in NAMES if load(name).points])
def test_what_the_practice_key_expects_is_wrong_in_grading(name, grader):
    by_heart = [case.expected for case in practice_key(name).cases]
    assert not judge(grader.keys[name], by_heart).right


@pytest.mark.parametrize("door", ["grade", "replay", "nbgrader"])
def test_by_whatever_door_a_class_is_graded_with_its_own_seed(door, tmp_path, monkeypatch):
    class Seen(Exception):
        pass

    def made(seed, *_, **options):
        raise Seen(seed)

    (tmp_path / "nbgrader_config.py").touch()
    monkeypatch.chdir(tmp_path)
    for module in (grade, replay, nbgraders):
        monkeypatch.setattr(module, "Grader", made)
    with pytest.raises(Seen) as seen:
        if door == "nbgrader":
            nbgraders.the_grader(str(tmp_path))
        else:
            command_line.main([door, str(SOLUTIONS / "3_normalise.ipynb")])
    assert seen.value.args == (exam.seed(tmp_path),)


def test_a_notebook_keeps_its_order_of_steps():
    submission = handed_in.read(SOLUTIONS / "4_scale_and_shift.ipynb")
    places = [step.exercise for step in submission.steps if step.exercise]
    assert places == list(LESSONS["scale_and_shift"])


@pytest.mark.slow
def test_pytest_shows_the_cases_as_items(grader, tmp_path):
    (tmp_path / "given.py").write_text("def normalize(Z, mean, var, eps=1e-5):\n    return (Z - mean) / var**0.5\n")
    command = [sys.executable, "-m", "pytest", "autograder/", "-v", "-k", "normalize", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--submission", str(tmp_path / "given.py")], cwd=ROOT, capture_output=True, text=True
    )
    assert "test_case[normalize-float32] FAILED" in done.stdout
    assert "numbers is right" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("path", ["no/such/file.ipynb", "tests"])
def test_pytest_says_what_is_no_file(path):
    command = [sys.executable, "-m", "pytest", "autograder/", "--submission", path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert f"ERROR: --submission {path}: there is no such file" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_pytest_says_what_cannot_be_read(tmp_path):
    (tmp_path / "given.py").write_text("x = 1")
    command = [sys.executable, "-m", "pytest", "autograder/", "--submission", str(tmp_path / "given.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "The file defines none of the exercises." in done.stderr + done.stdout


@pytest.fixture(scope="module")
def graded_once(sandbox, tmp_path_factory):
    """Give a course's folder that keeps the verdicts on a file, and the command that graded it."""
    folder = tmp_path_factory.mktemp("graded")
    (folder / "nbgrader_config.py").touch()
    (folder / "file").touch()
    command = ["grade", str(SOLUTIONS / "3_normalise.ipynb"), "--seed", str(SEED), "--json"]
    with contextlib.chdir(folder):
        assert command_line.main([*command, str(folder / "once.json")]) == 0
    return folder, command


@pytest.mark.parametrize("place", ["under a file", "a folder", "full"])
def test_json_that_cannot_be_written_is_a_sentence(place, graded_once, capsys, monkeypatch, full_disk):
    folder, asked = graded_once
    monkeypatch.chdir(folder)
    before = sorted(path for path in folder.rglob("*"))
    target = {"under a file": folder / "file" / "a.json", "a folder": folder}.get(place, folder / "a.json")
    if place == "full":
        monkeypatch.setattr(grade, "write", full_disk()(grade.write))
    assert command_line.main([*asked, str(target)]) == 1
    said = capsys.readouterr().err
    assert f"{target} cannot be written: " in said and "What was graded is kept" in said
    assert sorted(path for path in folder.rglob("*")) == before


def test_a_seed_that_cannot_be_kept_or_read_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="seed of the class's exam key.*cannot be used: Not a directory"):
        exam.seed(tmp_path / "file")
    kept = tmp_path / "class" / "exam_seed"
    kept.parent.mkdir(parents=True)
    for text in ("lost", "-5"):
        kept.write_text(text)
        with pytest.raises(Refused, match="holds no seed"):
            exam.seed(tmp_path)


@pytest.mark.parametrize(
    ("option", "value"), [("--seed", "-1"), ("--seed", "x"), ("--workers", "0"), ("--workers", "-1")]
)
def test_a_number_that_is_none_is_a_sentence(option, value, capsys):
    with pytest.raises(SystemExit):
        command_line.main(["grade", "somewhere", f"{option}={value}"])
    assert f"argument {option}: {value} is no " in capsys.readouterr().err


def test_a_sandbox_that_dies_is_started_again(grader, cells):
    right = handed_in.of_python(cells["batch_size"])
    grader.zygote._process.kill()
    grader.zygote._process.wait()
    assert grader.judge(right)[0].right


def test_a_sandbox_that_does_not_start_again_is_a_sentence(grader, monkeypatch):
    def gone():
        raise BrokenPipeError("Broken pipe")

    monkeypatch.setattr(grader.zygote, "worker", gone)
    with pytest.raises(Refused, match="The sandbox starts no worker any more"):
        grader.judge(handed_in.of_python("def normalize(): 0"))


def test_elsewhere_than_on_linux_nothing_is_graded(monkeypatch):
    monkeypatch.setattr(ladder.sys, "platform", "darwin")
    with pytest.raises(ladder.NotHere, match="on Linux only"):
        ladder.strongest(allow_unsafe=True)


def test_an_assignment_that_cannot_be_made_is_a_sentence(tmp_path, monkeypatch, capsys):
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "solutions").touch()
    monkeypatch.chdir(tmp_path)
    assert command_line.main(["assignment", "week1", "--lessons", "3"]) == 1
    assert "cannot be made: Not a directory." in capsys.readouterr().err


def test_every_class_draws_a_seed_of_its_own_once_and_only_its_owner_reads_it(tmp_path):
    drawn = [exam.seed(tmp_path / name) for name in ("one", "another")]
    assert drawn[0] != drawn[1]
    assert [exam.seed(tmp_path / name) for name in ("one", "another")] == drawn
    assert [path.name for path in (tmp_path / "one" / "class").iterdir()] == ["exam_seed"]
    assert (tmp_path / "one" / "class" / "exam_seed").stat().st_mode & 0o777 == 0o600


def test_of_two_runs_that_draw_a_seed_at_once_both_take_the_first(tmp_path, monkeypatch):
    link = os.link

    def late(drawn, path):
        path.write_text("7\n")  # by another run, in the meantime
        link(drawn, path)

    monkeypatch.setattr(exam.os, "link", late)
    assert exam.seed(tmp_path) == 7
