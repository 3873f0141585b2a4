"""`make guard`: is every lesson, exercise and notebook as it has to be? Each complaint says what to do."""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError

from autograder import reference
from autograder.making import build, fresh, lessons
from autograder.misconceptions import misconceptions_of
from autograder.reference import bnlib_home
from bnlib import checking, key, store
from bnlib.exercises import LESSONS, NAMES, load
from bnlib.judge import judge
from bnlib.paths import NOTEBOOKS, ROOT, SOLUTIONS

WARM_UP = "batch_size"
HEAD = re.compile(r"# Lesson (\d+): .+\n\n\*\*Question:\*\* .+\?\n\n\*\*Time:\*\* (\d+) minutes")
REGION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n\s*### END SOLUTION", re.DOTALL)


def complaints() -> Iterator[str]:
    """Yield everything that is not as it should be: first what is read, then what has to be run."""
    yield from stray_files()
    for lesson in LESSONS:
        yield from of_lesson(lesson)
    for name in NAMES:
        yield from of_exercise(name)
    yield from leaks()
    yield from fresh.complaints()
    for lesson in LESSONS:
        yield from of_released(lesson)
        yield from of_solution(lesson)


def stray_files():
    """Find files that no command makes and none misses."""
    wanted = {
        ROOT / "lessons": {f"{lesson}.md" for lesson in LESSONS},
        ROOT / "solutions": {"batchnorm", build.STORY.name},
        SOLUTIONS: {f"{lesson}.ipynb" for lesson in LESSONS},
        ROOT / "notebooks": {"batchnorm"},
        NOTEBOOKS: {f"{lesson}.ipynb" for lesson in LESSONS},
        key.PRACTICE: {f"{name}.json" for name in NAMES},
    }
    for folder, names in wanted.items():
        there = {path.name for path in folder.iterdir()} - {".ipynb_checkpoints"}
        for name in sorted(there - names):
            yield f"{_shown(folder / name)} belongs to no lesson: delete it, or enter it in bnlib/exercises/__init__.py."
        for name in sorted(names - there):
            yield f"{_shown(folder / name)} is missing: write it (lessons), or run `make build`."


def of_lesson(lesson):
    """Check a lesson's text: its head, its checks, and that no name comes before it is introduced."""
    cells = lessons.read(lesson).cells
    head = HEAD.match(cells[0].source)
    if not head or head[1] != lesson.split("_")[0]:
        yield f"{lesson}: it should begin with `# Lesson N: Title`, `**Question:** …?` and `**Time:** N minutes`."
    elif not 10 <= int(head[2]) <= 25:
        yield f"{lesson}: it takes {head[2]} minutes; a lesson takes 10 to 25. Split it, or say what is left out."
    found = [lessons.exercise_of(cell) for cell in cells]
    if [name for name in found if name] != list(LESSONS[lesson]):
        yield f"{lesson}: its exercise cells are {[n for n in found if n]}; bnlib/exercises says {list(LESSONS[lesson])}."
    if len(LESSONS[lesson]) > 5:
        yield f"{lesson}: it has {len(LESSONS[lesson])} exercises; five are enough. Split it."
    for index, name in enumerate(found):
        if name and (index + 1 == len(cells) or lessons.checked_by(cells[index + 1]) != name):
            yield f'{lesson}: the exercise {name} is not followed at once by its check: add a cell with check("{name}").'
    yield from _order_of_names(lesson, cells)
    yield from _leaning_on_demos(lesson, cells)


def of_exercise(name):
    """Check an exercise's parts, its reference by itself, and that the key tells its mistakes apart."""
    exercise = load(name)
    if exercise.name != name or (exercise.points <= 0 and name != WARM_UP):
        yield f"{name}: bnlib/exercises/{name}.py has to state its name, and points above 0."
    if len(exercise.hints) != 3 or not all(exercise.hints):
        yield f"{name}: an exercise has three hints; {len(exercise.hints)} are in bnlib/exercises/{name}.py."
    for need in exercise.needs:
        if NAMES.index(need) >= NAMES.index(name):
            yield f"{name}: it needs {need}, which is taught later. Change the order, or the need."
    yield from _docstring(name)
    yield from _stands_alone(name)
    practice = key.practice_key(name)
    if len(misconceptions_of(name)) < 3:
        yield f"{name}: fewer than three misconceptions in autograder/misconceptions/{name}.py. Add some."
    for mistake in practice.mistakes:
        for number, variant in enumerate(mistake.variants):
            verdict = judge(practice, list(variant))
            if verdict.right:
                yield f"{name}: the cases do not catch {mistake.id} (form {number + 1}). Add a case in which it differs."
            elif verdict.diagnoses != (mistake.id,):
                yield f"{name}: {mistake.id} (form {number + 1}) is not named. Add a case that sets it apart from the others."


def leaks():
    """Look for solutions and model answers where a learner's notebook or bnlib would give them away."""
    open_text = {path: path.read_text(encoding="utf-8") for path in NOTEBOOKS.glob("*.ipynb")}
    open_text = {path: "\n".join(c.source for c in nbformat.reads(text, 4).cells) for path, text in open_text.items()}
    open_text |= {path: path.read_text(encoding="utf-8") for path in (ROOT / "bnlib").rglob("*.py") if "mine" not in path.parts}
    secrets = [(name, region) for name, cell in lessons.exercise_sources().items() for region in REGION.findall(cell)]
    secrets += [
        (cell.metadata.nbgrader.grade_id, cell.source)
        for lesson in LESSONS
        for cell in lessons.read(lesson).cells
        if cell.cell_type == "markdown" and "nbgrader" in cell.metadata
    ]
    for path, text in open_text.items():
        squeezed = re.sub(r"\s+", " ", text)
        for name, secret in secrets:
            if re.sub(r"\s+", " ", secret).strip() in squeezed or "BEGIN SOLUTION" in text:
                yield f"{_shown(path)} gives the answer to {name} away: take it out (notebooks: run `make build`)."


def of_released(lesson):
    """Run a learner's notebook as released: every check has to fail, but for the warm-up's."""
    with tempfile.TemporaryDirectory() as home, bnlib_home(home):
        for name, source in lessons.exercise_sources().items():
            if name not in LESSONS[lesson]:
                store.save(name, source)
        try:
            notebook = _run(NOTEBOOKS / f"{lesson}.ipynb", allow_errors=True)
        except CellTimeoutError:
            yield f"notebooks/batchnorm/{lesson}.ipynb takes longer than {build.TIME_LIMIT} s in a cell. Make it faster."
            return
    for cell in notebook.cells:
        name = lessons.checked_by(cell)
        failed = any(output.output_type == "error" for output in cell.get("outputs", []))
        if name and failed == (name == WARM_UP):
            yield f"notebooks/batchnorm/{lesson}.ipynb: check({name!r}) {'fails' if failed else 'passes'} as released. Look at its cell."


def of_solution(lesson):
    """Run a solution: nothing may fail or write to stderr, and it has to say what the stored one says."""
    with tempfile.TemporaryDirectory() as home, bnlib_home(home):
        for name, source in lessons.exercise_sources().items():
            if name not in LESSONS[lesson]:
                store.save(name, source)
        notebook = _run(SOLUTIONS / f"{lesson}.ipynb", allow_errors=True)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield f"{lesson}: the cell {cell.id} stops with {output.ename}: {output.evalue}. Mend it in lessons/{lesson}.md."
            elif output.output_type == "stream" and output.name == "stderr":
                yield f"{lesson}: the cell {cell.id} writes to stderr: {output.text.strip()[:200]}. Mend it in lessons/{lesson}.md."
    yield from fresh.other_outputs(lesson, notebook)


def _run(path, allow_errors):
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        client = NotebookClient(notebook, timeout=build.TIME_LIMIT, allow_errors=allow_errors, resources=resources)
        client.execute()
    return notebook


def _docstring(name):
    function = reference.load()[name]
    text = function.__doc__ or ""
    for part in ("Example\n", "Source:" if name != WARM_UP else ""):
        if part not in text:
            yield f"{name}: its docstring has no {part.strip()!r}. Complete it in the lesson."
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard):
        globs = {"np": __import__("numpy"), name: function}
        doctest.run_docstring_examples(function, globs, name=name)
    if heard.getvalue():
        yield f"{name}: the example in its docstring does not come out:\n{heard.getvalue()}"


def _stands_alone(name):
    with tempfile.TemporaryDirectory() as home, bnlib_home(home):
        for need in load(name).needs:
            store.save(need, _with_needs(need))
        try:
            verdict = checking.judge_source(name, lessons.exercise_sources()[name])
        except Exception as error:
            yield f"{name}: its cell does not run by itself ({type(error).__name__}: {error}). Put its imports into it."
            return
    if not verdict.right:
        yield f"{name}: the reference fails its own check by itself: {verdict.message}"


def _with_needs(name):
    for need in load(name).needs:
        store.save(need, _with_needs(need))
    return lessons.exercise_sources()[name]


def _order_of_names(lesson, cells):
    known = {name for earlier in list(LESSONS)[: list(LESSONS).index(lesson)] for name in LESSONS[earlier]}
    for cell in cells:
        if cell.cell_type != "code":
            continue
        known.add(lessons.exercise_of(cell))
        for name in sorted(_names(cell, ast.Load) & set(NAMES) - known):
            yield f"{lesson}: {name} is used before the lesson introduces it. Move the cell {cell.id} down."


def _leaning_on_demos(lesson, cells):
    shown, sure = set(), set()
    for cell in cells:
        if cell.cell_type != "code":
            continue
        if "demo" in cell.metadata.get("tags", []):
            shown |= _names(cell, ast.Store)
            continue
        for name in sorted(_names(cell, ast.Load) & shown - sure - _names(cell, ast.Store)):
            yield f"{lesson}: the cell {cell.id} leans on `{name}` of a demo cell. Define it in a cell that is no demo."
        sure |= _names(cell, ast.Store)


def _names(cell, context):
    """Give the names that a cell reads (with imported ones) or defines at its top level."""
    tree = ast.parse(cell.source)
    imported = {alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import) for alias in node.names}
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, context)}
    if context is ast.Store:
        found |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return found | imported


def _shown(path):
    return Path(path).relative_to(ROOT).as_posix()


if __name__ == "__main__":
    found = list(complaints())
    print("\n".join(found) if found else "The guard has nothing to complain about.")
    sys.exit(bool(found))
