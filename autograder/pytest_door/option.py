"""Tell pytest of `--submission` before it looks for conftest files; `pyproject.toml` loads this first.

pytest takes the value of an option that it does not know yet for a folder of tests, and runs the conftest.py in it:
whoever handed in a conftest.py beside a notebook would run it outside the sandbox.
"""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--submission", metavar="PATH", type=Path, help="the notebook or Python file to grade")


def pytest_configure(config: pytest.Config) -> None:
    path: Path | None = config.getoption("submission")
    if path and not path.is_file():
        raise pytest.UsageError(f"--submission {path}: there is no such file; it takes one notebook or Python file.")
