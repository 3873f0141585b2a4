"""A learner in a real JupyterLab: a wrong answer, its message, the right one, and the next lesson."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from bnlib import store
from bnlib.paths import ROOT

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTINGS = {"@jupyterlab/notebook-extension/tracker.jupyterlab-settings": '{"windowingMode": "none"}'}


@pytest.fixture(scope="module")
def lab_url(tmp_path_factory):
    """Start what `make learn` starts, on a copy of the course; give its address."""
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail("CI has to run the browser test: install chromium")
        pytest.skip("Chromium is not installed: the browser test needs it (Debian: apt install chromium)")
    clone = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "bnlib", clone / "bnlib", ignore=shutil.ignore_patterns("mine", "__pycache__"))
    shutil.copytree(ROOT / "notebooks", clone / "notebooks")
    for name, text in SETTINGS.items():
        (clone / "settings" / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / "settings" / name).write_text(text)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PYTHONPATH": str(clone),
        "JUPYTERLAB_SETTINGS_DIR": str(clone / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(clone / "workspaces"),
        "JUPYTER_TOKEN": "test",
        "HOME": str(clone),
    }
    environment.pop(store.HOME, None)
    command = [sys.executable, "-m", "bnlib", "start", "--no-browser", "--port", str(port)]
    with open(clone / "server.log", "w") as log:
        server = subprocess.Popen(command, cwd=clone, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token=test", server, clone / "server.log")
        yield f"http://127.0.0.1:{port}", clone
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # JupyterLab and its kernels are children of `bnlib start`
        server.wait(30)


def _wait_for(url, server, log):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    pytest.fail("JupyterLab did not start:\n" + log.read_text())


@pytest.fixture
def page(lab_url):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(60_000)
        yield page
        screenshot(page, "last")
        browser.close()


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


def test_a_learner_goes_through_lesson_3_and_on(page, lab_url):
    address, clone = lab_url
    open_lesson(page, address, "3_normalise")
    replace_line(page, "raise NotImplementedError", "return (Z - mean) / (np.sqrt(var) + eps)")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    message = page.locator(".jp-OutputArea", has_text="is not right yet").first
    message.get_by_text("Your result is what you get when ε stands outside the square root").wait_for()
    message.scroll_into_view_if_needed()
    screenshot(page, "wrong")
    assert not (clone / "bnlib" / "mine").exists()

    replace_line(page, "(np.sqrt(var) + eps)", "return (Z - mean) / np.sqrt(var + eps)")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("✓ normalize is right in all").first.wait_for()
    screenshot(page, "right")
    assert "np.sqrt(var + eps)" in (clone / "bnlib" / "mine" / "normalize.py").read_text()

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
