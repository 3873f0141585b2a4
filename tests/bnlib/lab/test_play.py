"""Sliders: moved by hand in a real JupyterLab, and never there where nobody can move them."""

import matplotlib
import matplotlib.pyplot as plt
import nbformat
import pytest
from jupyter_client.manager import start_new_kernel

from autograder.coursebook import lessons
from autograder.workshop.guard.lessons import defines, reads
from bnlib import lab
from bnlib.paths import ROOT
from bnlib.syllabus import stem

matplotlib.use("Agg")

CELL = """
from bnlib import lab
from bnlib.syllabus import stem
few = [{"momentum": 0.5}, {"momentum": 0.9}]
lab.play(lambda panel, momentum: panel.plot([0, momentum]), few, momentum=[0, 0.5, 0.9])
"""
WITHOUT_WIDGETS = "import sys\nsys.modules['ipywidgets'] = None\n"


def test_outside_a_notebook_the_figure_stands_alone(monkeypatch):
    shown = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gcf()))
    settings = []
    few = [{"momentum": 0.5}, {"momentum": 0.9}]
    lab.play(lambda panel, momentum: settings.append(momentum), few, momentum=[0, 0.5, 0.9])
    assert settings == [0.5, 0.9]
    assert len(shown) == 1
    assert len(shown[0].axes) == 2
    plt.close("all")


@pytest.mark.slow
def test_run_unattended_a_notebook_holds_the_figure_and_no_widget(run_cells):
    ((figure,),) = run_cells(CELL)
    assert set(figure.data) == {"image/png", "text/plain"}


@pytest.mark.slow
@pytest.mark.parametrize(("before", "expected"), [("", ["png", "widget", "png"]), (WITHOUT_WIDGETS, ["png"])])
def test_in_a_live_notebook_there_is_a_slider_if_ipywidgets_is_there(before, expected):
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        shown = []

        def hear(message):
            if message["msg_type"] == "display_data":
                data = message["content"]["data"]
                shown.append("widget" if "application/vnd.jupyter.widget-view+json" in data else "png")
                assert shown[-1] == "widget" or "image/png" in data

        client.execute_interactive(before + CELL, output_hook=hear, allow_stdin=True, timeout=60)
        assert shown == expected
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def solve(clone):
    """Leave the sliders in a copy of the course's notebooks, and what they lean on, with the reference in its place."""
    solved = lessons.exercise_sources()
    for path in (clone / "notebooks" / "batchnorm").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source = solved.get(cell.id, cell.source)
        notebook.cells = leaning_on(notebook.cells)
        nbformat.write(notebook, path)
    (clone / "my_functions").mkdir()
    for name, source in solved.items():
        (clone / "my_functions" / f"{name}.py").write_text(source, encoding="utf-8")


def leaning_on(cells):
    """Give the cell with sliders, if there is one, behind those whose names it needs."""
    kept, wanted = [], set()
    for cell in reversed([cell for cell in cells if cell.cell_type == "code"]):
        if "lab.play(" in cell.source or defines(cell) & wanted:
            kept, wanted = [cell, *kept], wanted | reads(cell)
    return kept


@pytest.fixture(scope="module")
def solved(tmp_path_factory, learn):
    """Give the address of a JupyterLab in which every exercise is solved."""
    with learn(tmp_path_factory.mktemp("clone"), solve) as address:
        yield address


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lesson", "sliders"), [("weighted_averages", 1), ("running_statistics", 1), ("other_estimates", 2)]
)
def test_an_arrow_key_on_a_slider_redraws_the_figure(browser, solved, lesson, sliders):
    from playwright.sync_api import expect

    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(90_000)
    try:
        page.goto(f"{solved}/lab/tree/{stem(lesson)}.ipynb?token=test&reset")
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        page.locator("#jp-main-statusbar", has_text="Idle").wait_for()
        page.locator(".jp-Notebook .jp-CodeCell .cm-line").first.click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        cell = page.locator(".jp-CodeCell", has=page.locator(".widget-slider"))
        handles = cell.locator(".noUi-handle")
        handles.nth(sliders - 1).wait_for()
        pictures = cell.locator(".jp-OutputArea-output img")
        expect(pictures).to_have_count(2)  # the one that every page shows, and the one that moves
        page.locator("#jp-main-statusbar", has_text="Idle").wait_for()
        picture = pictures.last
        for number in range(sliders):
            before = picture.get_attribute("src")
            handles.nth(number).focus()
            page.keyboard.press("ArrowRight")
            expect(picture).not_to_have_attribute("src", before)
        cell.scroll_into_view_if_needed()
        folder = ROOT / "tests" / "screenshots"
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"slider_{lesson}.png")
    finally:
        page.close()
