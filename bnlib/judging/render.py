"""Turn a verdict into what a learner reads: plain text, or HTML for a notebook."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import numpy as np

from bnlib.judging.judge import Evidence, Verdict
from bnlib.judging.plain import Array, Tree
from bnlib.judging.status import Status

GREEN, RED = "#1a7f37", "#b42318"
LINES, COLUMNS = 8, 200  # of what a learner's code has printed
BOX = "border-left: 4px solid {}; padding: 0.3em 1em; margin: 0.2em 0; overflow-x: auto"


def text(verdict: Verdict, notes: Sequence[str] = ()) -> str:
    """Give the message of a verdict as plain text, `notes` at its end."""
    parts = [heading(verdict), verdict.message]
    for title, content in _evidence(verdict):
        parts.append(f"{title}:\n" + _indent(content))
    return "\n".join(parts + list(notes)) + "\n"


def as_html(verdict: Verdict, notes: Sequence[str] = ()) -> str:
    """Give the same as HTML; everything that came from the learner's code is escaped."""
    colour = GREEN if verdict.right else RED
    rows = "".join(
        f'<tr><td style="vertical-align: top; text-align: left"><b>{title}</b></td>'
        f'<td style="text-align: left"><pre>{html.escape(content)}</pre></td></tr>'
        for title, content in _evidence(verdict)
    )
    table = f"<table>{rows}</table>" if rows else ""
    paragraphs = "".join(f"<p>{with_code(line)}</p>" for line in verdict.message.split("\n"))
    remarks = "".join(f"<p><i>{with_code(note)}</i></p>" for note in notes)
    title = f'<p style="color: {colour}"><b>{with_code(heading(verdict))}</b></p>'
    return f'<div style="{BOX.format(colour)}">{title}{paragraphs}{table}{remarks}</div>'


def heading(verdict: Verdict) -> str:
    """Give a verdict in one line."""
    if verdict.right:
        return f"✓ {verdict.exercise} is right in all {verdict.cases} cases."
    if verdict.status == Status.MISSING:
        return f"○ {verdict.exercise} is still to be written."
    head = f"✗ {verdict.exercise} is not right yet: {verdict.cases_passed} of {verdict.cases} cases pass."
    return f"{head} The first that does not: {verdict.evidence.case.name}." if verdict.evidence else head


def array(value: Tree, digits: int = 6) -> str:
    """Show an array or a number as a learner would write it down."""
    if isinstance(value, list):
        return _hang("[" + ",\n".join(array(item, digits) for item in value) + "]", 1)
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_hang(array(item, digits), len(name) + 2)}" for name, item in value.items())
    if not isinstance(value, np.ndarray):
        return repr(value)
    return np.array2string(
        value,
        precision=digits,
        suppress_small=_plain_size(value),
        separator=", ",
        threshold=40,
        floatmode="maxprec_equal",
    )


def _plain_size(value: Array) -> bool:
    size = np.abs(value[np.isfinite(value)]).max(initial=0.0) if value.dtype.kind == "f" else 0
    return bool(size > 1e-3)


def _evidence(verdict: Verdict) -> list[tuple[str, str]]:
    return evidence(verdict.evidence) if verdict.evidence and verdict.status != Status.MISSING else []


def evidence(found: Evidence) -> list[tuple[str, str]]:
    """Give titles and contents: what was called, with what, what came back and what should have."""
    case, got = found.case, found.got
    rows = [("Called", case.script), ("With", _names(case.inputs))]
    if got.values:
        shown = _told_apart(got.values, case.expected.values)
        if not got.changed or shown[0] != shown[1]:
            rows += zip(("Came back", "Expected"), shown, strict=True)
    if got.changed:
        changed = {f"{name} afterwards": value for name, value in got.changed.items()}
        rows.append(("Changed", _names(changed)))
    if got.printed:
        rows.append(("Printed", _shorten(got.printed)))
    return rows


def _told_apart(got: Mapping[str, Array], expected: Mapping[str, Array]) -> tuple[str, str]:
    """Write two results with as many digits as it takes to see that they differ."""
    for digits in (4, 6, 9, 12):
        shown = _names(got, digits), _names(expected, digits)
        if shown[0] != shown[1]:
            break
    return shown


def _names(values: Mapping[str, Tree], digits: int = 6) -> str:
    width = max(map(len, values))
    return "\n".join(f"{name:{width}} = {_hang(array(value, digits), width + 3)}" for name, value in values.items())


def _hang(content: str, width: int) -> str:
    return content.replace("\n", "\n" + " " * width)


def _indent(content: str) -> str:
    return "\n".join("    " + line for line in content.split("\n"))


def _shorten(content: str) -> str:
    kept = [line[:COLUMNS] for line in content.strip().split("\n")]
    return "\n".join(kept[:LINES] + ["…"] * (len(kept) > LINES))


def with_code(line: str) -> str:
    """Escape a line, and set what stands between backticks as code."""
    parts = html.escape(line).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))
