import json
import shutil

import pytest

from bnlib import store, workspace
from bnlib.paths import NOTEBOOKS, SOLUTIONS
from bnlib.syllabus import LESSONS, NAMES, stem


@pytest.fixture
def work(tmp_path):
    workspace.copy_notebooks(tmp_path / "work")
    return tmp_path / "work"


def test_every_notebook_is_copied_once(work):
    assert sorted(file.stem for file in work.iterdir()) == sorted(map(stem, LESSONS))
    (work / "3_normalise.ipynb").write_text("mine")
    (work / "2_mini_batch_statistics.ipynb").unlink()
    assert workspace.copy_notebooks(work) == ["2_mini_batch_statistics.ipynb"]
    assert (work / "3_normalise.ipynb").read_text() == "mine"


@pytest.mark.parametrize("lesson", [3, "3", "normalise", "3_normalise", "3_normalise.ipynb", "9_normalise.ipynb"])
def test_reset_keeps_the_old_copy_beside_the_fresh_one(work, lesson):
    for number in (1, 2):
        (work / "3_normalise.ipynb").write_text(f"mine {number}")
        current, kept = workspace.reset(lesson, work)
        assert "Lesson 3" in current.read_text()
        assert kept.name == f"3_normalise.old{number}.ipynb"
        assert kept.read_text() == f"mine {number}"


def test_reset_of_an_unknown_lesson_lists_the_known(work):
    with pytest.raises(workspace.Refused, match="There is no lesson '33'. The lessons are: 0_start_here"):
        workspace.reset("33", work)


def test_restore_rebuilds_everything_from_finished_notebooks():
    report = dict(workspace.restore(SOLUTIONS))
    assert report == dict.fromkeys(NAMES, "restored")
    assert all(store.source(name) for name in NAMES)


def test_restore_names_what_it_leaves_out(tmp_path):
    shutil.copytree(SOLUTIONS, tmp_path / "mine")
    (tmp_path / "mine" / "2_mini_batch_statistics.ipynb").write_text("not JSON")
    path = tmp_path / "mine" / "3_normalise.ipynb"
    path.write_text(path.read_text().replace("np.sqrt(var + eps)", "np.sqrt(var)"))
    report = dict(workspace.restore(tmp_path / "mine"))
    assert "cannot be read as a notebook" in report["2_mini_batch_statistics.ipynb"]
    assert report["normalize"].startswith("left out: `out`")
    assert report["ewa_update"] == "restored"
    assert report["batch_norm_forward"].startswith("left out for now. You have not written batch_statistics yet: ")
    assert report["network_state"].startswith("left out for now. You have not written BatchNorm yet: ")


def test_restore_says_of_what_was_never_written_only_that(tmp_path):
    shutil.copytree(NOTEBOOKS, tmp_path / "mine")
    report = dict(workspace.restore(tmp_path / "mine"))
    assert report == dict.fromkeys(NAMES, "left out: it is not written yet") | {"batch_size": "restored"}


def test_restore_finds_cells_whose_metadata_an_editor_has_stripped(tmp_path):
    notebook = json.loads((SOLUTIONS / "3_normalise.ipynb").read_text())
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    (tmp_path / "3_normalise.ipynb").write_text(json.dumps(notebook))
    assert workspace.restore(tmp_path) == [("normalize", "restored")]


def test_restore_from_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(workspace.Refused, match="There is no lesson in"):
        workspace.restore(tmp_path)


def test_a_full_disk_is_a_sentence_and_leaves_every_notebook_whole(work, full_disk, monkeypatch):
    (work / "3_normalise.ipynb").write_text("mine")
    (work / "2_mini_batch_statistics.ipynb").unlink()
    before = {file.name: file.read_bytes() for file in work.iterdir()}
    with full_disk():
        for command in (lambda: workspace.copy_notebooks(work), lambda: workspace.reset(3, work)):
            with pytest.raises(workspace.Refused, match="cannot be written: File too large"):
                command()
        with pytest.raises(workspace.Refused, match="Not saved"):
            workspace.restore(SOLUTIONS)
    after = {file.name: file.read_bytes() for file in work.iterdir()}
    assert after == before | {"3_normalise.old1.ipynb": b"mine"}
