"""The build executes what has changed and what depends on it, and changes everything or nothing."""

import shutil
import signal
import subprocess
import sys

import pytest

from autograder.workshop import writing
from autograder.workshop.making import staging
from autograder.workshop.writing import write_all
from bnlib.refusal import Refused

GENERATED = ("bnlib/practice_key", "docs/strength.json", "notebooks", "solutions", "tests")


@pytest.mark.slow
def test_only_what_has_changed_is_executed_and_what_depends_on_it(small_course):
    mistakes = "course/range_of/mistakes.py"
    small_course.change("course/range_of/cases.py", "Write here what to do", "Another hint")
    small_course.change(mistakes, "A feature is a column.", "A feature is a column, not a row.")
    small_course.change("nbgrader_config.py", "import os\n", "import no_such_thing\n")  # nbgrader would stop at it
    before = small_course.files()
    assert small_course.build() == []
    now = small_course.files()
    assert {name for name in now if now[name] != before[name]} == {
        "bnlib/practice_key/range_of.json",
        "bnlib/syllabus.json",
        "tests/golden/messages/range_of.txt",
    }
    small_course.change("nbgrader_config.py", "import no_such_thing\n", "import os\n")

    small_course.change("course/lessons/second.md", "return Z.max(axis=0)", "return np.max(Z, axis=0)")
    assert small_course.build() == ["second", "third"]

    with (small_course.root / "bnlib" / "lab" / "digits.py").open("a") as file:
        file.write("\n\n# another digit\n")
    assert small_course.build() == ["third"]

    with (small_course.root / "bnlib" / "judging" / "compare.py").open("a") as file:
        file.write("\n\n# another tolerance\n")
    assert {"start_here", "second"} <= {*small_course.build()}


@pytest.mark.slow
def test_a_build_from_nothing_gives_the_same_bytes(built_course, small_course):
    for name in GENERATED:
        path = small_course.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (small_course.root / "bnlib" / "syllabus.json").write_text("<<<<<<< in the middle of a merge")
    assert small_course.build() == ["start_here", "second", "third"]
    assert small_course.files() == built_course.files()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_build_that_is_killed_leaves_everything_as_it_was(small_course, how):
    small_course.change("course/range_of/cases.py", "points=2", "points=3")
    before = small_course.files()
    command = [sys.executable, "-u", "-m", "autograder.workshop.making"]
    build = subprocess.Popen(
        command, cwd=small_course.root, env=small_course.environment, stdout=subprocess.PIPE, text=True
    )
    assert any(line.startswith("executing 1_second") for line in build.stdout)
    build.send_signal(how)
    assert build.wait() != 0
    build.stdout.close()
    assert small_course.files() == before
    if how != signal.SIGKILL:
        assert [path.name for path in (small_course.root / "build").iterdir()] == ["making.lock"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("course/lessons/third.md", "print(range_of", "print(1 / 0, range_of", "third.md stops with ZeroDivisionError"),
        ("course/range_of/cases.py", "points=2,", "points=2", "course/range_of/cases.py, line 9: SyntaxError"),
        ("course/range_of/cases.py", "out = range_of(Z)", "out = range_of(Q)", "the reference fails its own case"),
        ("README.md", "<!-- end of lessons -->", "", "A page has lost the two marks"),
    ],
)
def test_a_build_that_fails_says_why_and_leaves_everything_as_it_was(small_course, name, old, new, sentence):
    small_course.change(name, old, new)
    before = small_course.files()
    status, said = small_course.run("autograder.workshop.making")
    assert status == 1
    assert sentence in said
    assert said.endswith("Nothing was changed.\n")
    assert "Traceback" not in said
    assert small_course.files() == before


@pytest.fixture
def clone(tmp_path):
    """Give a folder with a file of each kind that a build reads or writes."""
    for name in ("README.md", "solutions/a.ipynb", "notebooks/a.ipynb", "autograder/code.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_what_a_build_changed_is_put_in_place(clone):
    with staging.copy_of(clone) as copy:
        before = staging.generated(copy)
        (copy / "README.md").write_text("made")
        (copy / "solutions/a.ipynb").rename(copy / "solutions/b.ipynb")
        (copy / "autograder/code.py").write_text("not generated")
        (clone / "solutions/week1.ipynb").write_text("somebody's, since the build began")
        changed = staging.put_in_place(before, staging.generated(copy), clone)
    assert changed == ["README.md", "solutions/a.ipynb", "solutions/b.ipynb"]
    there = {path.relative_to(clone).as_posix(): path.read_text() for path in clone.rglob("*") if path.is_file()}
    assert there == {
        "README.md": "made",
        "autograder/code.py": "autograder/code.py",
        "build/making.lock": "",
        "notebooks/a.ipynb": "notebooks/a.ipynb",
        "solutions/b.ipynb": "solutions/a.ipynb",
        "solutions/week1.ipynb": "somebody's, since the build began",
    }


def test_a_page_that_somebody_edits_while_the_build_runs_is_not_written_over(clone):
    with staging.copy_of(clone) as copy:
        before = staging.generated(copy)
        (copy / "README.md").write_text("made")
        (clone / "README.md").write_text("edited")
        with pytest.raises(Refused, match=r"README\.md was changed while this build ran"):
            staging.put_in_place(before, staging.generated(copy), clone)
    assert (clone / "README.md").read_text() == "edited"


def test_two_builds_at_once_are_refused_and_what_a_killed_one_left_is_taken_away(clone):
    (clone / "build" / "making-killed").mkdir(parents=True)
    refused = pytest.raises(Refused, match="Another `make build` is running here")
    with staging.copy_of(clone), refused, staging.copy_of(clone):
        pass
    assert [path.name for path in (clone / "build").iterdir()] == ["making.lock"]


@pytest.fixture
def three(tmp_path):
    """Give three files, and what is to become of them."""
    files = {tmp_path / "a": "short", tmp_path / "b": None, tmp_path / "new" / "c": "x" * 200}
    (tmp_path / "a").write_text("before")
    (tmp_path / "b").write_text("before")
    return files


def as_before(files):
    a, b, c = files
    return (a.read_text(), b.read_text()) == ("before", "before") and not c.exists() and not [*a.parent.rglob("*.part")]


def test_all_files_are_written(three):
    write_all(three)
    assert [path.read_text() if path.exists() else None for path in three] == list(three.values())
    assert not [*next(iter(three)).parent.rglob("*.part")]


def test_on_a_full_disk_none_is(three, full_disk):
    with full_disk(), pytest.raises(Refused, match="c cannot be written: File too large. Nothing was changed."):
        write_all(three)
    assert as_before(three)


@pytest.mark.parametrize("at", [0, 1])
def test_where_putting_them_in_place_is_stopped_none_is(three, at, monkeypatch):
    calls = []

    def replace(self, target, own=writing.Path.replace):
        calls.append(target)
        if len(calls) == at + 1:
            raise KeyboardInterrupt
        return own(self, target)

    monkeypatch.setattr(writing.Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_all(three)
    assert as_before(three)
