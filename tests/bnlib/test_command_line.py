import socket
import subprocess
import sys

import pytest

from bnlib import __main__ as command_line
from bnlib import workspace


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Stand in for JupyterLab, which the browser test starts for real; give the commands it would get."""
    commands = []

    def run(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(workspace, "copy_notebooks", list)
    return commands


def test_a_taken_port_is_said_and_the_next_one_used(started, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert command_line.main(["start", "--port", str(port)]) == 0
    assert f"Port {port} is taken (by another JupyterLab?); trying {port + 1}." in capsys.readouterr().out
    assert f"--port={port + 1}" in started[0]


def test_lesson_0_is_opened(started):
    command_line.main(["start"])
    assert "--LabApp.default_url=/lab/tree/0_start_here.ipynb" in started[0]


def test_without_a_browser(started, capsys):
    command_line.main(["start", "--no-browser"])
    assert "--no-browser" in started[0]
    assert "Open the address that JupyterLab prints" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reset", "99"], "There is no lesson '99'"),
        (["restore", "nowhere"], "There is no lesson in nowhere"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(arguments, words, capsys):
    assert command_line.main(arguments) == 1
    assert words in capsys.readouterr().err


def test_a_port_that_is_none(capsys):
    with pytest.raises(SystemExit):
        command_line.main(["start", "--port", "lab"])
    assert "'lab' is not a port number" in capsys.readouterr().err


def test_the_module_runs():
    done = subprocess.run([sys.executable, "-m", "bnlib", "--help"], capture_output=True, text=True, check=True)
    assert "reset" in done.stdout
