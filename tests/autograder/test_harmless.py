"""A learner's Markdown on the instructor's pages: shown, never run, and never the work of hours."""

import time

import pytest

from autograder.harmless import LONGEST, markdown


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "<a href='javascript:alert(1)'>a</a>",
        "<iframe src=//evil></iframe><object data=x></object><style>*{display:none}</style><form action=x>",
        "![a](attachment:none)<svg onload=alert(1)>",
        "<script>" + "x" * LONGEST,
        "$<script>alert(1)</script>$",
    ],
)
def test_nothing_runs(source):
    page = markdown({}, source).casefold()
    for tag in ("<script", "<iframe", "<object", "<style", "<form", "<svg"):
        assert tag not in page
    assert "onerror=alert" not in page.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    assert 'href="javascript' not in page and "href='javascript" not in page


def test_what_is_written_well_is_shown_well():
    page = markdown({}, "**bold** `code` $x < y$\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    for words in ("<strong>bold</strong>", "<code>code</code>", "<td>1</td>", "$x &lt; y$"):
        assert words in page


@pytest.mark.parametrize("part", ["<div>", "x|y\n-|-\n", "\\begin{x}", "[", "`", "*a ", "> "])
def test_a_long_text_takes_seconds_at_most(part):
    begun = time.monotonic()
    for length in (LONGEST, 100 * LONGEST):
        assert markdown({}, (part * length)[:length])
    assert time.monotonic() - begun < 30
