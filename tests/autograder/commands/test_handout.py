"""What a class gets: enough to start, and no answer to anything."""

import re
import subprocess
import sys
import tomllib

import pytest

from autograder import __main__ as command_line
from autograder.commands import handout
from autograder.coursebook import lessons
from autograder.workshop.guard.files import REGION
from bnlib.paths import ROOT
from bnlib.syllabus import LESSONS, choose, number, stem


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("class") / "handout"
    assert command_line.main(["handout", str(made)]) == 0
    return made


def test_it_holds_what_a_learner_needs(folder):
    assert {path.name for path in folder.iterdir()} == {
        "LICENSE", "START.md", "bnlib", "constraints.txt", "environment.yml", "notebooks", "pyproject.toml"
    }  # fmt: skip
    assert {path.stem for path in (folder / "notebooks/batchnorm").iterdir()} == set(map(stem, LESSONS))
    assert (folder / "bnlib/practice_key/normalize.json").is_file()


def test_it_gives_no_answer_away(folder):
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".npz"]
    text = {path: re.sub(r"\s+", " ", path.read_text(encoding="utf-8")) for path in files}
    regions = [region for cell in lessons.exercise_sources().values() for region in REGION.findall(cell)]
    answers = [cell.source for lesson in LESSONS for cell in lessons.questions(lesson)]
    assert regions and answers
    for path, content in text.items():
        unquoted = content.replace('\\n", "', " ").replace('\\"', '"')  # as notebooks write lines
        squeezed = re.sub(r"\s+", " ", unquoted)
        assert "BEGIN SOLUTION" not in content, path
        assert "@misconception" not in content, path
        for secret in regions + answers:
            assert re.sub(r"\s+", " ", secret).strip() not in squeezed, path


def test_nothing_of_the_instructors_or_of_this_machine_is_in_it(folder):
    parts = {part for path in folder.rglob("*") for part in path.relative_to(folder).parts}
    assert not parts & {"autograder", "course", "solutions", "tests", "mine", "__pycache__", ".ipynb_checkpoints"}


def test_nothing_that_was_written_or_graded_in_the_course_is_in_it(in_a_used_course, private_in, tmp_path):
    in_a_used_course("handout", str(tmp_path / "made"))
    assert private_in(tmp_path / "made") == []


def test_its_pyproject_is_the_learners_part_of_the_courses(folder):
    made = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    full = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    same = ("name", "version", "description", "license", "license-files", "requires-python", "dependencies")
    assert {key: made["project"][key] for key in same} == {key: full["project"][key] for key in same}
    packages = {path.parent.relative_to(folder).as_posix().replace("/", ".") for path in folder.rglob("__init__.py")}
    assert set(made["tool"]["setuptools"]["packages"]) == packages
    assert (folder / made["project"]["readme"]).is_file()


def test_bnlib_runs_from_the_folder(folder):
    code = (
        "import bnlib.paths; from bnlib import lab; from bnlib.__main__ import main; "
        "print(bnlib.paths.ROOT); print(len(lab.digits().train_X)); main([])"
    )
    done = subprocess.run([sys.executable, "-B", "-c", code], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{folder}\n1437\n")
    assert "3_normalise" in done.stdout


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ("3", "3"),
        ("1-4", "1234"),
        ("0,2,5", "025"),
        ("5, 0-1", "015"),
        ("normalise,2-test_time", "23456"),
        (None, "01234567"),
    ],
)
def test_lessons_are_chosen(numbers, wanted):
    assert "".join(str(number(lesson)) for lesson in choose(numbers))[: len(wanted)] == wanted


def test_only_the_chosen_lessons_are_in_it(tmp_path):
    assert command_line.main(["handout", str(tmp_path / "new" / "week"), "--lessons", "3-4"]) == 0
    made = {path.stem for path in (tmp_path / "new/week/notebooks/batchnorm").iterdir()}
    assert made == {"3_normalise", "4_scale_and_shift"}
    start = (tmp_path / "new/week/START.md").read_text(encoding="utf-8")
    assert "`3_normalise.ipynb`" in start and "0_start_here" not in start and "{" not in start
    assert "restore THAT_FOLDER" in start


@pytest.mark.parametrize("numbers", ["", "x", "4-1", "99", "1-99", "-1", "1,,2", "٣"])
def test_lessons_that_are_none_get_a_sentence(numbers, tmp_path, capsys):
    assert command_line.main(["handout", str(tmp_path / "new"), f"--lessons={numbers}"]) == 1
    assert "write 3, 1-4, 0,2,5 or names" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_the_environment_has_the_name_that_is_in_its_file(tmp_path, monkeypatch):
    (tmp_path / "environment.yml").write_text("# For conda.\nname: weather\nchannels:\n  - conda-forge\n")
    monkeypatch.setattr(handout, "ROOT", tmp_path)
    assert "\nconda activate weather\n" in handout.start(list(LESSONS))


def test_an_empty_folder_is_filled(tmp_path):
    assert command_line.main(["handout", str(tmp_path), "--lessons", "0"]) == 0
    assert (tmp_path / "START.md").is_file()


def test_a_folder_with_something_in_it_is_not_touched(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert command_line.main(["handout", str(tmp_path)]) == 1
    assert command_line.main(["handout", str(tmp_path / "mine.txt")]) == 1
    assert capsys.readouterr().err.count("nothing was touched") == 2
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_a_place_that_cannot_be_written_gets_a_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert command_line.main(["handout", str(tmp_path / "file" / "new")]) == 1
    assert "cannot be made" in capsys.readouterr().err
