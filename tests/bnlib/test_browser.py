"""A learner in a real JupyterLab: a wrong answer, its message, the right one, and the next lesson."""

import pytest

from bnlib.paths import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lab(tmp_path_factory, learn):
    """Give the address of a learner's JupyterLab, and the copy of the course that it runs on."""
    clone = tmp_path_factory.mktemp("clone")
    with learn(clone) as address:
        yield address, clone


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(60_000)
    yield page
    page.close()


def open_lesson(page, address, lesson):
    page.goto(f"{address}/lab/tree/{lesson}.ipynb?token=test&reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.locator("#jp-main-statusbar", has_text="Idle").wait_for()


def replace_line(page, old, new):
    """Replace a line of a code cell by typing, as a learner would."""
    line = page.locator(".jp-Notebook .jp-CodeCell .cm-line", has_text=old).first
    line.scroll_into_view_if_needed()
    line.click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.type(new)


def screenshot(page, name):
    folder = ROOT / "tests" / "screenshots"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")


def test_a_learner_goes_through_lesson_3_and_on(page, lab):
    address, clone = lab
    open_lesson(page, address, "3_normalise")
    replace_line(page, "raise NotImplementedError", "return (Z - mean) / (np.sqrt(var) + eps)")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    message = page.locator(".jp-OutputArea", has_text="is not right yet").first
    message.get_by_text("Your result is what you get when ε stands outside the square root").wait_for()
    message.scroll_into_view_if_needed()
    screenshot(page, "wrong")
    assert not (clone / "my_functions").exists()

    replace_line(page, "(np.sqrt(var) + eps)", "return (Z - mean) / np.sqrt(var + eps)")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("✓ normalize is right in all").first.wait_for()
    screenshot(page, "right")
    assert "np.sqrt(var + eps)" in (clone / "my_functions" / "normalize.py").read_text()

    page.keyboard.press("Control+s")
    page.locator(".jp-mod-dirty").wait_for(state="detached")
    open_lesson(page, address, "4_scale_and_shift")
    page.locator(".jp-Notebook .jp-CodeCell .cm-line").first.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type("from bnlib import normalize; print('my own:', normalize(5.0, 1.0, 4.0, 0.0))")
    page.keyboard.press("Shift+Enter")
    page.locator(".jp-OutputArea-output", has_text="my own: 2.0").first.wait_for()
    screenshot(page, "next_lesson")
