"""The types hold: pyproject.toml says of which files."""

import subprocess
import sys

from bnlib.paths import ROOT


def test_mypy_finds_nothing():
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
