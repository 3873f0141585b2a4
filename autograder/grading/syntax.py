"""IPython's syntax (magics, `!`, `?`) made plain Python, and cells parsed: the grader never runs what they hold."""

from __future__ import annotations

import ast
import re
import warnings

from IPython.core.inputtransformer2 import TransformerManager

MOST_CHARACTERS = 20_000  # of a cell
MOST_MAGICS = 20  # in a cell
LONGEST_TO_TRANSFORM = 5_000  # characters: IPython's own transformation takes quadratic time
RUN_THEIR_CELL = (["time"], ["timeit"], ["capture"])  # cell magics that run their body, once; the others do nothing
SYNTAX = re.compile(r"^[ \t]*[%!?]|[?][ \t]*$|=[ \t]*[%!]", re.MULTILINE)


def plain(source: str) -> str:
    """Turn IPython's syntax into Python calls on `get_ipython()`, which does nothing."""
    if len(source) > MOST_CHARACTERS:
        return f"raise ValueError('a cell of {len(source)} characters is not run')"
    while source.lstrip().startswith("%%"):
        first, _, source = source.lstrip().partition("\n")
        if first[2:].split(maxsplit=1)[:1] not in RUN_THEIR_CELL:
            return ""
    if len(source) > LONGEST_TO_TRANSFORM or not 0 < len(SYNTAX.findall(source)) <= MOST_MAGICS:
        return source
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of invalid escapes in the learner's strings
            return TransformerManager().transform_cell(source)
    except Exception:
        return source  # running it will say what is wrong


def parsed(source: str) -> ast.Module | None:
    """Parse a cell; give None where it is no Python."""
    if len(source) > MOST_CHARACTERS:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(plain(source) if SYNTAX.search(source) else source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def definitions(source: str) -> list[str]:
    """Give a cell's imports, definitions and assignments, each at the line where it stands; no call by itself."""
    program = parsed(source)
    lines = plain(source).splitlines(keepends=True)
    kept = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    found = [one for one in program.body if isinstance(one, kept)] if program else []
    return ["\n" * (_first_line(one) - 1) + "".join(lines[_first_line(one) - 1 : one.end_lineno]) for one in found]


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])
