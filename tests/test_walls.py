"""The walls of the house: who imports whom. Every import of the repository is read, those inside of functions too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.sandbox import bubblewrap
from bnlib.paths import ROOT

# From the top down. A file imports from its own wing and from those below, and nothing from a neighbour's.
WINGS = (
    ("tests", "docs", "nbgrader_config"),
    ("autograder.__main__",),
    ("autograder.commands",),
    ("autograder.workshop", "autograder.nbgrader_plugin", "autograder.pytest_door"),
    ("autograder.results",),
    ("autograder.grading",),
    ("course",),
    ("autograder.coursebook", "autograder.sandbox"),
    ("autograder.class_folder", "autograder.printable"),
    ("autograder.earlier_place", "autograder.moving"),
    ("bnlib",),
    ("bnlib.judging",),
)
OURS = {"autograder", "bnlib", "course", "tests"}
FOR_A_WORKER = (
    "bnlib.judging.outcome",
    "bnlib.judging.plain",
    "bnlib.judging.runner",
    "bnlib.lab",
    "bnlib.paths",
    "bnlib.syllabus",
)
READERS = ("autograder.coursebook", "course", "tests")
PLACE = "autograder.coursebook.outline.COURSE"
THE_COMMANDS = ("autograder.commands", "autograder.__main__")
TOY = Path("tests/toy_course")  # a course too


@dataclass(frozen=True)
class Import:
    """What a file imports of ours, and whether it does so only when a function is called."""

    by: str
    what: str
    lazily: bool = False


def sources() -> dict[str, str]:
    """Give the source of every Python file of the repository by the name of its module."""
    paths = [ROOT / "nbgrader_config.py"]
    paths += [path for top in (*OURS, "docs") for path in (ROOT / top).rglob("*.py")]
    return {_module(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


def _module(path):
    path = Path("course", "toy", path.relative_to(TOY)) if path.is_relative_to(TOY) else path
    return ".".join(path.with_suffix("").parts)


def imports(by: str, source: str) -> Iterator[Import]:
    """Yield what a file imports of ours, by name or through importlib."""
    tree = ast.parse(source)
    inside = {id(node) for top in ast.walk(tree) if isinstance(top, ast.FunctionDef) for node in ast.walk(top)}
    for node in ast.walk(tree):
        for what in _imported(by, node):
            if what.split(".")[0] in OURS:
                yield Import(by, what, id(node) in inside)


def _imported(by, node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        place = [*(by.split(".")[: -node.level] if node.level else []), *([node.module] if node.module else [])]
        return [".".join([*place, alias.name]) for alias in node.names]
    if isinstance(node, ast.Call) and _name(node.func).endswith("import_module"):
        return [ast.unparse(node.args[0]).strip("f'\"")]
    return []


def _name(function):
    return getattr(function, "id", getattr(function, "attr", ""))


def paths(source: str) -> list[str]:
    """Give the texts of a program that lead into the course's folder."""
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and (text == "course" or text.startswith("course/"))]


def complaints(by: str, source: str) -> Iterator[str]:
    """Say where a file breaks through a wall."""
    for one in imports(by, source):
        above, below = _floor(by), _floor(one.what)
        if _wing(by) != _wing(one.what) and below <= above:
            yield f"{by} climbs to {one.what}"
        if _in(by, "bnlib") and not _in(one.what, "bnlib"):
            yield f"{by}, which learners have, imports {one.what}"
        if _in(one.what, "course", PLACE) and not _in(by, *READERS):
            yield f"{by} reads the course: it imports {one.what}"
        if _in(one.what, "autograder.workshop") and not _may_use_the_workshop(one):
            yield f"{by} needs the workshop: {one.what}"
        if _in(by, "autograder.sandbox") and not _in(one.what, "autograder.sandbox", *FOR_A_WORKER):
            yield f"{by} takes more into the sandbox than a worker needs: {one.what}"
    if paths(source) and not _in(by, *READERS):
        yield f"{by} reads the course: {paths(source)}"


def _may_use_the_workshop(one):
    """Tell whether an import is the workshop's own, a test's, or that of a command which is called."""
    return _in(one.by, "autograder.workshop", "tests") or (_in(one.by, *THE_COMMANDS) and one.lazily)


def _in(module, *packages):
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def _wing(module):
    """Give the wing that a module is in, the innermost."""
    return max((wing for floor in WINGS for wing in floor if _in(module, wing)), key=len, default="autograder")


def _floor(module):
    """Give how far down a module is; `autograder` itself is below all."""
    return next((number for number, floor in enumerate(WINGS) if _wing(module) in floor), len(WINGS))


def test_the_walls_stand():
    read = sources()
    assert len(read) > 200
    assert [said for module, source in read.items() for said in complaints(module, source)] == []


def test_what_the_sandbox_holds_needs_nothing_that_it_does_not_hold():
    held = {_module(Path(place)) for place in bubblewrap.OWN}
    for place in bubblewrap.OWN:
        for one in imports(_module(Path(place)), (ROOT / place).read_text(encoding="utf-8")):
            found = [module for module in held if _in(one.what, module) or _in(module, one.what)]
            assert found or one.what == "bnlib.lab.{module}", one


@pytest.mark.parametrize(
    ("by", "source", "complaint"),
    [
        ("bnlib.store", "from autograder import printable", "which learners have"),
        ("bnlib.store", "def load():\n    import course.inputs", "which learners have"),
        ("bnlib.judging.judge", "from bnlib import store", "climbs to bnlib.store"),
        ("autograder.grading.run", "from course.inputs import means", "reads the course"),
        ("autograder.commands.handout", "FILE = ROOT / 'course' / 'course.toml'", "reads the course"),
        ("autograder.commands.handout", "(ROOT / 'course/course.toml').read_text()", "reads the course"),
        ("autograder.commands.handout", f"from {PLACE[:-7]} import COURSE", "reads the course"),
        ("autograder.results.page", "def page():\n    from autograder.workshop import sample", "needs the workshop"),
        ("autograder.commands.grade", "from autograder.workshop import sample", "needs the workshop"),
        ("autograder.sandbox.worker", "from autograder.coursebook import exam", "more into the sandbox"),
        ("autograder.sandbox.worker", "import bnlib.store", "more into the sandbox"),
        ("autograder.sandbox.__init__", "from ..coursebook import exam", "more into the sandbox"),
        ("autograder.sandbox.lab", "import_module(f'bnlib.judging.{key}')", "more into the sandbox"),
        ("autograder.grading.run", "from autograder.results import summary", "climbs to autograder.results.summary"),
        ("autograder.coursebook.keys", "from autograder.sandbox import wire", "climbs to autograder.sandbox.wire"),
        ("autograder.class_folder", "import autograder.grading.run", "climbs to autograder.grading.run"),
        ("autograder.class_folder", "from .grading import run", "climbs to autograder.grading.run"),
        ("autograder.workshop.sample", "from tests import damage", "climbs to tests.damage"),
    ],
)
def test_a_hole_in_a_wall_is_seen(by, source, complaint):
    assert any(complaint in said for said in complaints(by, source))


@pytest.mark.parametrize(
    ("by", "source"),
    [
        ("autograder.commands.grade", "def new():\n    from autograder.workshop import sample"),
        ("autograder.workshop.guard.files", "from autograder.workshop.making import build"),
        ("autograder.grading.run", "from autograder import printable\nfrom bnlib.judging.judge import judge"),
        ("course.normalize.cases", "from course.inputs import means\nfrom autograder.coursebook import exercise"),
        ("autograder.workshop.guard.files", "say = 'enter it in course/course.toml.'"),
    ],
)
def test_a_door_is_no_hole(by, source):
    assert list(complaints(by, source)) == []
