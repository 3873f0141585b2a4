"""Tables in hand-written pages: each stands between two marks, and `make build` writes it."""

from __future__ import annotations


def between(text: str, name: str, lines: list[str]) -> str:
    """Put lines between the two marks of `name`."""
    head, begin, rest = text.partition(f"<!-- {name}: `make build` writes this -->\n")
    _, end, tail = rest.partition(f"<!-- end of {name} -->")
    if not (begin and end):
        raise SystemExit(f"A page has lost the two marks between which its {name} stand.")
    return head + begin + "\n" + "\n".join(lines) + "\n\n" + end + tail
