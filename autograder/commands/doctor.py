"""Which sandbox is in force on this machine, and what the stronger ones lack."""

from __future__ import annotations

import platform
from importlib import metadata

from autograder.sandbox import ladder
from autograder.sandbox.talk import NotHere


def command(_: object) -> int:
    """Say which sandbox is in force here, and what the stronger ones lack."""
    print(f"Python {platform.python_version()} on {platform.platform()}")
    for package in ("numpy", "matplotlib", "nbgrader", "pyseccomp", "landlockpy"):
        try:
            print(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            print(f'{package} is missing: pip install -e ".[grader]"')
    try:
        zygote, reasons = ladder.strongest()
    except NotHere as error:
        print(error)
        return 1
    zygote.close()
    for reason in reasons:
        print(f"not available: {reason}")
    print(f"Sandbox in force: {zygote.rung.name} ({zygote.rung.text})")
    return 0
