"""A class that an earlier version made goes on once its folder has moved: nothing is lost, and no mark changes."""

import json
import shutil
import stat

import pytest

from autograder.class_folder import CLASS
from autograder.earlier_place import EARLIER
from bnlib.paths import ROOT
from bnlib.syllabus import load

from .test_term import LOCAL, POINTS, WEEK, Term

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

WITH_ONE_WRONG = POINTS - load("normalize").points
OPTIONS = ("--course", "batchnorm_course")


def text_of(path):
    return path.read_text(encoding="utf-8")


def as_before(root):
    """Make a clone what it was: the class in the package, another grader, notebooks that do not name their lesson."""
    settings, grader = root / "nbgrader_config.py", root / "autograder" / "grading" / "turns.py"
    settings.write_text(text_of(settings).replace(f'CLASS = "{CLASS}"', f'CLASS = "{EARLIER}"'))
    grader.write_text(text_of(grader) + "\n# An earlier version.\n")
    for path in root.glob("*/batchnorm/*.ipynb"):
        notebook = json.loads(text_of(path))
        del notebook["metadata"]["lesson"]
        path.write_text(json.dumps(notebook))


def as_now(root):
    """Bring in the version of now, as `git pull` does: what git does not know stays."""
    for name in ("nbgrader_config.py", "autograder/grading/turns.py"):
        shutil.copy(ROOT / name, root / name)
    for name in ("solutions/batchnorm", "notebooks/batchnorm"):
        shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True)


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def term(tmp_path_factory, make_course):
    """Begin a term with the earlier version, and go on with the one of now."""
    place = tmp_path_factory.mktemp("earlier")
    term = Term(make_course(place), shutil.copytree(ROOT, place / "clone", ignore=LOCAL))
    as_before(term.root)
    term.run(f"mkdir -m 700 {EARLIER}; python -m autograder assignment {WEEK} --lessons 3-4")
    term.run(f"nbgrader generate_assignment {WEEK} --create; nbgrader release_assignment {WEEK}")
    term.hand_in()
    term.run(f"nbgrader collect {WEEK}; nbgrader autograde {WEEK} --create; nbgrader generate_feedback {WEEK}")
    term.run(f"python -m autograder grade {EARLIER}/submitted --json {WEEK}.json")
    term.earlier, term.before = files(term.root / EARLIER), term.scores()
    as_now(term.root)
    term.refused = [refusal(term, command) for command in COMMANDS]
    term.untouched = files(term.root / EARLIER) == term.earlier and not (term.root / CLASS).exists()
    term.run("python -m autograder move-class")
    term.moved = files(term.root / CLASS)
    term.regraded = term.run(f"python -m autograder regrade {WEEK}")
    hand_in_late(term)
    term.run(f"nbgrader collect {WEEK}; nbgrader autograde {WEEK} --create")
    return term


COMMANDS = (f"nbgrader autograde {WEEK}", f"nbgrader collect {WEEK}", f"python -m autograder regrade {WEEK}")


def refusal(term, command):
    with pytest.raises(AssertionError) as refused:
        term.run(command)
    return str(refused.value)


def hand_in_late(term):
    folder = term.course.learner("late")
    term.course.nbgrader("fetch_assignment", WEEK, *OPTIONS, cwd=folder)
    term.course.fill_in(folder / WEEK)
    term.course.nbgrader("submit", WEEK, *OPTIONS, "--CourseDirectory.student_id=late", cwd=folder)


def test_it_is_a_class_as_the_earlier_version_made_it(term):
    names = {path.parts[0] for path in term.earlier}
    assert names >= {"exam_seed", "gradebook.db", "verdicts", "submitted", "autograded", "feedback", ".Autograde"}
    for name in term.before:
        handed_in = json.loads(term.earlier[next(p for p in term.earlier if p.match(f"submitted/{name}/*/3_*.ipynb"))])
        assert "lesson" not in handed_in["metadata"]


def test_until_it_is_moved_nothing_is_begun_beside_it(term):
    assert all("run `python -m autograder move-class` first" in said for said in term.refused)
    assert term.untouched


def test_the_move_keeps_all_but_the_files_by_which_runs_lock(term):
    locks = {path for path in term.earlier if path.name in (".Autograde", ".GenerateFeedback")}
    assert term.moved == {path: content for path, content in term.earlier.items() if path not in locks}
    assert stat.S_IMODE((term.root / CLASS).stat().st_mode) == 0o700
    assert stat.S_IMODE((term.root / CLASS / "exam_seed").stat().st_mode) == 0o600


def test_every_mark_stays(term):
    assert term.before == {"reference": POINTS, "one_wrong": WITH_ONE_WRONG}
    assert term.regraded == "Every mark stays as it is.\n"
    assert term.run(f"python -m autograder regrade {WEEK}") == "Every mark stays as it is.\n"


def test_who_hands_in_now_is_graded_with_the_others(term):
    assert term.scores() == term.before | {"late": POINTS}


def test_the_results_of_before_are_those_of_now(term):
    said = term.run(f"python -m autograder grade {CLASS}/submitted --json {WEEK}.json")
    assert {line.split("/")[2] for line in said.splitlines() if "→" in line} == {"late"}
    term.run(f"python -m autograder report {WEEK}.json")
    assert "ε stands outside the square root" in text_of(term.root / f"{WEEK}.html")


def test_a_replay_finds_the_verdict(term):
    shown = term.run(f"python -m autograder replay {CLASS}/submitted/one_wrong/{WEEK}/3_normalise.ipynb")
    assert "As it was graded before." in shown
    assert "BEFORE" not in shown


def test_feedback_of_both_times_is_returned(term):
    term.run(f"nbgrader generate_feedback {WEEK}; nbgrader release_feedback {WEEK}")
    for name in ("one_wrong", "late"):
        folder = term.course.place / "learners" / name
        term.course.nbgrader("fetch_feedback", WEEK, *OPTIONS, "--student", name, cwd=folder)
        assert next(folder.rglob("3_normalise.html")).is_file()
    page = next((term.course.place / "learners" / "one_wrong").rglob("3_normalise.html"))
    assert "ε stands outside the square root" in text_of(page)
