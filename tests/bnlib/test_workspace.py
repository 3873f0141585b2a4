import json
import re
import shutil

import pytest

from bnlib import paths, store, workspace
from bnlib.paths import NOTEBOOKS, SOLUTIONS
from bnlib.syllabus import LESSONS, NAMES, lesson_in_name, number, stem


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
    for time in (1, 2):
        (work / "3_normalise.ipynb").write_text(f"mine {time}")
        current, kept = workspace.reset(lesson, work)
        assert "Lesson 3" in current.read_text()
        assert kept.name == f"3_normalise.old{time}.ipynb"
        assert kept.read_text() == f"mine {time}"


@pytest.fixture
def before(work):
    """Give copies that were made before lesson 3 was put in: the later ones, and their links, have other numbers."""
    (work / "3_normalise.ipynb").unlink()

    def earlier(name):
        lesson = lesson_in_name(name)
        return f"{number(lesson) - (number(lesson) > 3)}_{lesson}"

    for file in list(work.iterdir()):
        file.write_text(re.sub(r"\d+_\w+(?=\.ipynb)", lambda link: earlier(link[0]), file.read_text()))
    for lesson in list(LESSONS)[4:]:
        file = work / f"{stem(lesson)}.ipynb"
        file.rename(work / f"{earlier(file.stem)}.ipynb")
    return work


def links(folder):
    return [link for file in folder.glob("*.ipynb") for link in re.findall(r"\]\((\w+\.ipynb)", file.read_text())]


def test_a_lesson_put_between_is_copied_and_its_links_lead_to_the_learners_own_notebooks(before):
    own = {file.name: file.read_bytes() for file in before.iterdir()}
    assert workspace.copy_notebooks(before) == ["3_normalise.ipynb"]
    assert "](3_scale_and_shift.ipynb)" in (before / "3_normalise.ipynb").read_text()
    assert len(links(before)) > len(LESSONS) / 2
    assert [link for link in links(before) if not (before / link).is_file()] == []
    assert {name: (before / name).read_bytes() for name in own} == own


def test_a_reset_keeps_the_name_that_other_notebooks_link_to(before):
    workspace.copy_notebooks(before)
    current, kept = workspace.reset("4_scale_and_shift", before)
    assert (current.name, kept.name) == ("3_scale_and_shift.ipynb", "3_scale_and_shift.old1.ipynb")
    assert "# Lesson 4: Scale and shift" in current.read_text()
    assert [link for link in links(before) if not (before / link).is_file()] == []


def test_a_number_means_the_notebook_that_has_it_and_is_asked_about_where_two_have_it(before):
    assert workspace.reset("4", before)[0].name == "4_running_statistics.ipynb"
    assert workspace.reset("3", before)[0].name == "3_scale_and_shift.ipynb"
    assert workspace.reset("11", before)[0].name == "10_the_whole_network.ipynb"
    workspace.copy_notebooks(before)
    with pytest.raises(workspace.Refused, match="3 may be normalise or scale_and_shift: say which, by its name"):
        workspace.reset("3", before)
    assert workspace.reset("normalise", before)[0].name == "3_normalise.ipynb"


def test_restore_reads_notebooks_of_older_numbers(before):
    for file in before.iterdir():
        shutil.copy(SOLUTIONS / f"{stem(lesson_in_name(file.stem))}.ipynb", file)
    report = dict(workspace.restore(before))
    assert report.pop("batch_norm_forward").startswith("left out for now. You have not written normalize yet: ")
    assert report["running_statistics"] == "restored"


def test_a_sentence_names_the_file_that_the_learner_has(before, monkeypatch):
    monkeypatch.chdir(before)
    assert paths.file_of("scale_and_shift") == "3_scale_and_shift.ipynb"
    assert paths.file_of("normalise") == "3_normalise.ipynb"
    with pytest.raises(ImportError, match=r"lesson 4 \(3_scale_and_shift\.ipynb\)"):
        store.load("scale_and_shift")


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
