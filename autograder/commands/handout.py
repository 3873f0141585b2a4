"""What a class gets: notebooks and the learner's package, ready to install, without any solution."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Protocol

from autograder import class_folder
from bnlib.paths import NOTEBOOKS, ROOT, notebook
from bnlib.refusal import Refused
from bnlib.syllabus import LESSONS, TITLE, choose, number

AS_THEY_ARE = ("LICENSE", "environment.yml", "constraints.txt")
NOT_COPIED = shutil.ignore_patterns("mine", "__pycache__", ".*", "*.part")

PYPROJECT = """\
[build-system]
requires = {requires}
build-backend = {backend}

[project]
name = {name}
version = {version}
description = {description}
readme = "START.md"
license = {license}
license-files = ["LICENSE"]
requires-python = {python}
dependencies = {dependencies}

[tool.setuptools]
packages = {packages}

[tool.setuptools.package-data]
bnlib = {data}
"""

ENVIRONMENT = re.compile(r"^name: (.+)$", re.MULTILINE)
START = Path(__file__).with_suffix(".md")
EARLIER = """
The functions of the lessons before are needed here. If you wrote them in another folder, bring them over:
`python -m bnlib restore THAT_FOLDER/my_notebooks`.
"""


class Options(Protocol):
    """What the command line says."""

    folder: Path
    lessons: str | None


def command(options: Options) -> int:
    """Make the folder; raises Refused."""
    chosen = choose(options.lessons)
    make(options.folder, chosen)
    count = "1 lesson" if len(chosen) == 1 else f"{len(chosen)} lessons"
    print(f"{options.folder} holds {count}. START.md in it says how to start.")
    return 0


def make(folder: Path, chosen: list[str]) -> None:
    """Make the handout whole or not at all; raises Refused with a sentence."""
    missing = [lesson for lesson in chosen if not notebook(lesson).is_file()]
    if missing:
        raise Refused(f"{notebook(missing[0]).name} is not in {NOTEBOOKS}: run `make build` first.")
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise Refused(f"{folder} is there and is not an empty folder; nothing was touched.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".handout-") as place:
            ready = Path(place) / "handout"
            _fill(ready, chosen)
            if folder.exists():
                folder.rmdir()
            ready.rename(folder)
    except OSError as error:
        raise Refused(f"{folder} cannot be made: {error.strerror or error}.") from None


def pyproject(full: dict[str, Any]) -> str:
    """Give the learner's part of the course's pyproject as text."""
    project, tools = full["project"], full["tool"]["setuptools"]
    values = {
        "requires": full["build-system"]["requires"],
        "backend": full["build-system"]["build-backend"],
        "name": project["name"],
        "version": project["version"],
        "description": project["description"],
        "license": project["license"],
        "python": project["requires-python"],
        "dependencies": project["dependencies"],
        "packages": packages(ROOT / "bnlib"),
        "data": tools["package-data"]["bnlib"],
    }
    return PYPROJECT.format(**{name: json.dumps(value, ensure_ascii=False) for name, value in values.items()})


def packages(folder: Path) -> list[str]:
    """Name a package and those in it."""
    found = sorted(path.parent for path in folder.rglob("__init__.py"))
    return [".".join(path.relative_to(folder.parent).parts) for path in found]


def start(chosen: list[str]) -> str:
    """Give the text of START.md."""
    first, whole = chosen[0], chosen[0] == next(iter(LESSONS))
    file = notebook(first).name
    where = (
        f"Begin with `{file}`."
        if whole
        else f"It looks for lesson 0, which is not part of this folder: close its message and open `{file}` "
        "in the list on the left."
    )
    return START.read_text(encoding="utf-8").format(
        where=where,
        lessons="\n".join(f"- `{notebook(lesson).name}`" for lesson in chosen),
        exercise=LESSONS[first][0],
        number=number(first),
        title=TITLE,
        environment=_environment(),
        earlier="" if whole else EARLIER,
    )


def _environment() -> str:
    found = ENVIRONMENT.search((ROOT / "environment.yml").read_text(encoding="utf-8"))
    if not found:
        raise Refused(f"{ROOT / 'environment.yml'} names no environment: its `name:` is missing.")
    return found[1]


def _fill(folder: Path, chosen: list[str]) -> None:
    notebooks = folder / NOTEBOOKS.relative_to(ROOT)
    notebooks.mkdir(parents=True)
    for lesson in chosen:
        shutil.copy(notebook(lesson), notebooks)
    shutil.copytree(ROOT / "bnlib", folder / "bnlib", ignore=_left_out)
    for name in AS_THEY_ARE:
        shutil.copy(ROOT / name, folder)
    full = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (folder / "pyproject.toml").write_text(pyproject(full), encoding="utf-8")
    (folder / "START.md").write_text(start(chosen), encoding="utf-8")


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Name what a class does not get: caches, hidden files, and the instructor's own functions."""
    own = class_folder.own_functions()
    return NOT_COPIED(folder, names) | {name for name in names if Path(folder, name).resolve() in own}
