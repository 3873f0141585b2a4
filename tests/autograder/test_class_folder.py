"""Where the class's things lie: nbgrader's configuration says it, as nbgrader's own commands load it."""

import subprocess
import sys

import pytest
from traitlets.config import Config

from autograder import class_folder
from autograder.__main__ import main
from autograder.commands import gradescope_zip
from autograder.coursebook import exam
from bnlib.paths import ROOT
from bnlib.refusal import Refused

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's modules, as they load

SERVER = "postgresql+psycopg2://grader:pass%40word@localhost:1/gradebook"


@pytest.fixture
def users(tmp_path, monkeypatch):
    """Be a user with a configuration of his own, in a folder that is no course's; write its lines."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "users"))
    (tmp_path / "users").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return (tmp_path / "users" / "nbgrader_config.py").write_text


@pytest.fixture
def root(tmp_path):
    """Make a course's folder; its configuration says nothing."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "nbgrader_config.py").touch()
    return tmp_path / "course"


def write(root, *lines):
    (root / "nbgrader_config.py").write_text("".join(f"c.{line}\n" for line in lines))


def test_this_clones_settings_put_everything_into_one_folder():
    course, kept = class_folder.course(ROOT), ROOT / class_folder.CLASS
    assert course.db_url == f"sqlite:///{kept}/gradebook.db"
    assert class_folder.private(ROOT) == kept
    assert class_folder.submitted(course) == kept / "submitted"
    for step in ("autograded", "feedback", "solution"):
        assert getattr(course, f"{step}_directory") == f"{class_folder.CLASS}/{step}"


def test_a_file_of_the_address_is_one_of_the_courses_folder_wherever_the_command_runs(users, root):
    write(root, "CourseDirectory.db_url = 'sqlite:///marks/all.db'", "CourseDirectory.submitted_directory = 'given'")
    course = class_folder.course(root)
    assert course.db_url == f"sqlite:///{root}/marks/all.db"
    assert class_folder.submitted(course) == root / "given"


@pytest.mark.parametrize("address", [SERVER, "sqlite:////srv/marks.db"])
def test_a_whole_address_stays_as_it_is(address, users, root):
    write(root, f"CourseDirectory.db_url = '{address}'")
    assert class_folder.course(root).db_url == address


@pytest.mark.parametrize("section", ["CourseDirectory", "NbGrader"])  # the latter: before nbgrader 0.5
def test_a_users_own_settings_count_and_the_courses_come_before_them(section, users, root):
    users(f"c.{section}.db_url = '{SERVER}'\nc.ClassFolder.private = '/srv/kept'")
    assert class_folder.course(root).db_url == SERVER
    assert str(class_folder.verdicts(root)) == "/srv/kept/verdicts"
    write(root, "CourseDirectory.db_url = 'sqlite:////srv/marks.db'", "ClassFolder.private = 'kept'")
    assert class_folder.private(root) == root / "kept"
    if section == "CourseDirectory":
        assert class_folder.course(root).db_url == "sqlite:////srv/marks.db"


def test_a_users_own_settings_may_name_the_course(users, root, monkeypatch):
    assert class_folder.folder() == ROOT
    users(f"c.CourseDirectory.root = '{root}'")
    assert class_folder.folder() == root
    users("")
    monkeypatch.chdir(root)
    assert class_folder.folder() == root


def test_the_seed_lies_where_the_settings_put_it(users, root):
    write(root, "ClassFolder.private = 'kept'")
    seed = exam.seed(root)
    assert (root / "kept" / "exam_seed").read_text() == f"{seed}\n"


def test_the_zip_for_gradescope_leaves_the_classs_folder_out_wherever_it_is(monkeypatch):
    monkeypatch.setattr(class_folder, "settings", lambda root: Config({"ClassFolder": {"private": "course"}}))
    assert not [path for path in gradescope_zip._course_files() if path.is_relative_to(ROOT / "course")]


def test_settings_that_cannot_be_used_are_a_sentence(users, root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    for wrong in ("c.CourseDirectory.db_url = 'no address'", "c.CourseDirectory.db_url = 3", "c.x = y", "c.x ="):
        (root / "nbgrader_config.py").write_text(wrong)
        assert main(["regrade", "week1"]) == 1
        said = capsys.readouterr().err
        assert said.startswith(f"nbgrader's configuration cannot be used, {root}/nbgrader_config.py or ")
        assert said.count("\n") == 1
    write(root, "ClassFolder.private = 3")
    with pytest.raises(Refused, match="'private' trait .* expected a unicode string"):
        class_folder.private(root)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("sqlite:///none.db", "There is no gradebook at {root}/none.db: `nbgrader generate_assignment` makes it."),
        (SERVER, "The gradebook postgresql+psycopg2://grader:***@localhost:1/gradebook cannot be opened: "),
        ("postgresql+no_driver://localhost/x", "The gradebook postgresql+no_driver://localhost/x cannot be opened: "),
    ],
)
def test_a_gradebook_that_cannot_be_opened_is_a_sentence(address, why, users, root, monkeypatch, capsys):
    write(root, f"CourseDirectory.db_url = '{address}'")
    monkeypatch.chdir(root)
    assert main(["regrade", "week1"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(why.format(root=root))
    assert "Traceback" not in said and "word@" not in said
    assert not (root / "none.db").exists()


def test_a_folder_with_a_class_of_its_own_has_nothing_of_this_clones_class(users, tmp_path, monkeypatch):
    clone = tmp_path / "clone"
    clone.mkdir()
    users("c.CourseDirectory.root = '/srv/course'")
    write(clone, f"CourseDirectory.db_url = '{SERVER}'", "CourseDirectory.submitted_directory = '/srv/handed_in'")
    with (clone / "nbgrader_config.py").open("a") as file:
        file.write("c.ClassFolder.private = '/srv/kept'\nc.ClearSolutions.text_stub = 'Write.'\n")
    monkeypatch.setattr(class_folder, "ROOT", clone)
    made = tmp_path / "made"
    class_folder.make(made)
    course, kept = class_folder.course(made), made / class_folder.CLASS
    assert course.db_url == f"sqlite:///{kept}/gradebook.db"
    assert (class_folder.private(made), class_folder.submitted(course)) == (kept, kept / "submitted")
    assert course.config.ClearSolutions.text_stub == "Write."
    monkeypatch.chdir(made)
    assert class_folder.folder() == made


def test_what_needs_no_gradebook_does_not_wait_for_nbgrader():
    code = """
import sys
from autograder import __main__, class_folder
class_folder.verdicts(class_folder.folder())
sys.exit("nbgrader" in sys.modules or "sqlalchemy" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
