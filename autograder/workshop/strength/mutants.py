"""Small changes to a reference's cell, one at a time: operators, constants, names, calls, statements.

Of the tools for this, Cosmic Ray and mutmut change files of a package and start a test command for every change:
our references stand in Markdown, are judged in milliseconds, and need changes that those tools do not make (another
axis, another argument, another array of an object). What a raised exception says is left alone: people read it.
"""

from __future__ import annotations

import ast
import copy
import difflib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self, TypeVar

ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.Pow: (ast.Mult, ast.Div),
}
COMPARISONS: tuple[set[type[ast.cmpop]], ...] = (
    {ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq},
    {ast.In, ast.NotIn},
    {ast.Is, ast.IsNot},
)
CALLS = {
    "mean": ("sum", "median", "max"),
    "sum": ("mean", "max"),
    "sqrt": ("square", "abs", "log"),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "array": ("asarray",),
    "min": ("max",),
    "items": ("keys", "values"),
    "keys": ("values",),
    "values": ("keys",),
    "set": ("list",),
    "enumerate": ("list",),
}
Calls = dict[str, tuple[str, ...]]  # what a call may be changed to
Node = TypeVar("Node", bound=ast.AST)
Item = TypeVar("Item")
SLICES = ("[1:]", "[:-1]", "[:1]", "[::-1]")


@dataclass(frozen=True)
class Mutant:
    """A changed cell, and the change in words: the lines that went, an arrow, the lines that came."""

    change: str
    source: str


def mutants(source: str, calls: Calls | None = None) -> list[Mutant]:
    """Give every cell that one small change makes of `source`; `calls` says what else a call may be changed to."""
    tree = ast.parse(source)
    _drop_docstrings(tree)
    original = ast.unparse(tree)
    texts = dict.fromkeys(text for text in _changed(tree, CALLS | (calls or {})) if text != original)
    seen, made = Counter[str](), list[Mutant]()
    for text in texts:
        change = _change(original, text)
        seen[change] += 1
        made.append(Mutant(change + (f" ({seen[change]})" if seen[change] > 1 else ""), text))
    return made


def _changed(tree: ast.Module, calls: Calls) -> Iterator[str]:
    """Yield the text of the tree after each change; the tree is put back every time."""
    for top in tree.body:
        if isinstance(top, ast.FunctionDef | ast.ClassDef):
            for parent, field, index in list(_places(top, _Names(top, calls))):
                held = getattr(parent.node, field)
                node = held if index is None else held[index]
                for other in _alternatives(node, parent.names):
                    _put(parent.node, field, index, other)
                    yield ast.unparse(tree)
                _put(parent.node, field, index, node)


@dataclass(frozen=True)
class _Parent:
    node: ast.AST
    names: _Names


class _Names:
    """The names that could be confused: a function's own variables, a class's own attributes, what is called."""

    def __init__(self, top: ast.AST, calls: Calls) -> None:
        self.calls = calls
        self.attributes = sorted(
            {n.attr for n in ast.walk(top) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)}
        )
        self.variables: list[str] = []

    def inside(self, function: ast.FunctionDef) -> Self:
        """Give the names inside a function of this class or module."""
        new = copy.copy(self)
        arguments = [argument.arg for argument in function.args.args if argument.arg != "self"]
        assigned = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        new.variables = list(dict.fromkeys(arguments + assigned))
        return new


def _places(node: ast.AST, names: _Names) -> Iterator[tuple[_Parent, str, int | None]]:
    """Yield every place in a tree where something could be changed, from the outside in."""
    if isinstance(node, ast.FunctionDef):
        names = names.inside(node)
    for field, value in ast.iter_fields(node):
        if isinstance(node, ast.Raise):
            continue
        if isinstance(value, ast.AST):
            yield _Parent(node, names), field, None
            yield from _places(value, names)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield _Parent(node, names), field, index
                    yield from _places(item, names)


def _put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _alternatives(node: ast.AST, names: _Names) -> Iterator[ast.AST]:
    """Yield what may stand in a node's place."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.Raise | ast.Return):
        yield ast.Pass()
    maker = _MAKERS.get(type(node))
    if maker:
        yield from maker(node, names)


def _with(node: Node, **fields: object) -> Node:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _without(items: list[Item], index: int) -> list[Item]:
    return items[:index] + items[index + 1 :]


def _swapped(items: list[Item]) -> Iterator[list[Item]]:
    """Yield a list with each two neighbours exchanged."""
    for i in range(len(items) - 1):
        yield [*items[:i], items[i + 1], items[i], *items[i + 2 :]]


def _binary(node: ast.BinOp, names: _Names) -> Iterator[ast.AST]:
    for operator in ARITHMETIC.get(type(node.op), ()):
        yield _with(node, op=operator())
    yield node.left
    yield node.right
    if not isinstance(node.op, ast.Add | ast.Mult):  # the others are changed by an exchange
        yield _with(node, left=node.right, right=node.left)


def _augmented(node: ast.AugAssign, names: _Names) -> Iterator[ast.AST]:
    for operator in ARITHMETIC.get(type(node.op), ()):
        yield _with(node, op=operator())
    yield ast.Assign([node.target], node.value, lineno=0)


def _unary(node: ast.UnaryOp, names: _Names) -> Iterator[ast.AST]:
    yield node.operand


def _constant(node: ast.Constant, names: _Names) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        for other in dict.fromkeys((value + 1, value - 1, -value, 2 * value)):
            if other != value:
                yield ast.Constant(other)
    elif isinstance(value, str):
        yield ast.Constant(value + "x")


def _comparison(node: ast.Compare, names: _Names) -> Iterator[ast.AST]:
    for group in COMPARISONS:
        if type(node.ops[0]) in group:
            for operator in sorted(group - {type(node.ops[0])}, key=lambda kind: kind.__name__):
                yield _with(node, ops=[operator(), *node.ops[1:]])


def _boolean(node: ast.BoolOp, names: _Names) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    yield from node.values


def _condition(node: ast.If | ast.IfExp, names: _Names) -> Iterator[ast.AST]:
    for test in (ast.Constant(True), ast.Constant(False), ast.UnaryOp(ast.Not(), node.test)):
        yield _with(node, test=test)


def _loop(node: ast.For | ast.comprehension, names: _Names) -> Iterator[ast.AST]:
    for part in SLICES:
        yield _with(node, iter=ast.parse(f"list({ast.unparse(node.iter)}){part}", mode="eval").body)


def _try(node: ast.Try, names: _Names) -> Iterator[ast.AST]:
    yield ast.If(ast.Constant(True), node.body + node.finalbody, [])


def _raise(node: ast.Raise, names: _Names) -> Iterator[ast.AST]:
    if isinstance(node.exc, ast.Call):
        yield _with(node, exc=_with(node.exc, func=ast.Name("RuntimeError")))


def _call(node: ast.Call, names: _Names) -> Iterator[ast.AST]:
    for i in range(len(node.keywords)):
        yield _with(node, keywords=_without(node.keywords, i))
    for i in range(len(node.args)):
        yield _with(node, args=_without(node.args, i))
        yield node.args[i]
    for args in _swapped(node.args):
        yield _with(node, args=args)
    if isinstance(node.func, ast.Attribute):
        yield node.func.value
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    for other in names.calls.get(name, ()):
        renamed = {"attr": other} if isinstance(node.func, ast.Attribute) else {"id": other}
        yield _with(node, func=_with(node.func, **renamed))


def _sequence(node: ast.Tuple | ast.List, names: _Names) -> Iterator[ast.AST]:
    for elements in _swapped(node.elts):
        yield _with(node, elts=elements)
    if isinstance(node.ctx, ast.Load):
        for i in range(len(node.elts)):
            yield _with(node, elts=_without(node.elts, i))


def _dict(node: ast.Dict, names: _Names) -> Iterator[ast.AST]:
    for i in range(len(node.keys)):
        yield _with(node, keys=_without(node.keys, i), values=_without(node.values, i))


def _name(node: ast.Name, names: _Names) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load) and node.id in names.variables:
        for other in names.variables:
            if other != node.id:
                yield ast.Name(other)


def _attribute(node: ast.Attribute, names: _Names) -> Iterator[ast.AST]:
    if node.attr in names.attributes:
        for other in names.attributes:
            if other != node.attr:
                yield _with(node, attr=other)


def _subscript(node: ast.Subscript, names: _Names) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load):
        yield node.value


def _text(node: ast.JoinedStr, names: _Names) -> Iterator[ast.AST]:
    for i in range(len(node.values)):
        yield _with(node, values=_without(node.values, i))


def _arguments(node: ast.arguments, names: _Names) -> Iterator[ast.AST]:
    for i in range(len(node.defaults)):
        yield _with(node, defaults=node.defaults[i + 1 :])


_MAKERS: dict[type[ast.AST], Callable[[Any, _Names], Iterator[ast.AST]]] = {
    ast.BinOp: _binary,
    ast.AugAssign: _augmented,
    ast.UnaryOp: _unary,
    ast.Constant: _constant,
    ast.Compare: _comparison,
    ast.BoolOp: _boolean,
    ast.If: _condition,
    ast.IfExp: _condition,
    ast.For: _loop,
    ast.comprehension: _loop,
    ast.Try: _try,
    ast.Raise: _raise,
    ast.Call: _call,
    ast.Tuple: _sequence,
    ast.List: _sequence,
    ast.Dict: _dict,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.JoinedStr: _text,
    ast.arguments: _arguments,
}


def _drop_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]


def _change(before: str, after: str) -> str:
    lines = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+"]
    went, came = ([line[2:].strip() for line in lines if line[0] == sign] for sign in "-+")
    return " ; ".join(went) + " → " + " ; ".join(came)
