"""A learner's Markdown on the instructor's pages: shown, never run, and never the work of hours."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.nbgrader_plugin.harmless import LONGEST, LONGEST_IN_ALL, code, markdown

from ...conftest import computing_at_most


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


@pytest.mark.parametrize(
    "source",
    [
        '<span id="check_normalize" class="nbgrader_cell score">x</span>',
        "# check_normalize",
        '<h1 id="check_normalize">x</h1>',
        "![x](../../logout)",
        "![x](/logout)",
        "![x](http://127.0.0.1:8888/logout)",
        "<img src=//127.0.0.1/logout>x",
        "[x](../../logout)",
        "[x](http:logout)",
        "[x](data:text/html,x)",
    ],
)
def test_nothing_takes_the_place_of_a_box_or_reaches_the_server(source):
    page = markdown({}, source)
    assert "x" in page or "check_normalize" in page
    assert not re.search(r" (id|class|src|href)=", page)


def test_what_a_learner_shows_is_seen():
    images = {"plot.png": {"image/png": "iVBORw0KGgo="}}
    page = markdown({"cell": {"attachments": images}}, "![a plot](attachment:plot.png) and [a page](https://a.org/b)")
    assert '<img src="data:image/png;base64,iVBORw0KGgo=" alt="a plot"' in page
    assert '<a href="https://a.org/b">' in page
    assert '<span class="k">def</span>' in markdown({}, "```python\ndef f(): pass\n```")


def test_a_long_text_is_shown_in_full():
    text = "A long answer, and an honest one. " * 200
    assert len(text) > LONGEST
    assert text in markdown({}, text)


def shown(cells, how):
    """Show a notebook's cells, in seconds."""
    notebook = new_notebook(cells=cells)
    with computing_at_most(20):
        return "".join(how({"nb": notebook, "cell": cell}, cell.source) for cell in notebook.cells)


def test_much_code_is_shown_in_full_and_coloured_up_to_a_limit():
    cells = [f"def f{number}(): return 0\n" + "f'{" * (LONGEST // 3 - 10) for number in range(100)]
    page = shown([new_code_cell(source) for source in (*cells, "f'{" * 300_000, "<script>")], code)
    assert page.count('<span class="k">def</span>') == LONGEST_IN_ALL["code"] // len(cells[-1])
    assert all(f"f{number}</span>" in page or f"def f{number}()" in page for number in range(100))
    assert page.count("{") == sum(source.count("{") for source in cells) + 300_000
    assert "<script>" not in page


def test_code_of_other_languages_is_shown_plain():
    assert "<span" not in markdown({}, "```perl\nmy $x = 1;\n```")


def test_many_long_texts_are_shown_in_full_and_rendered_up_to_a_limit():
    texts = [f"**text {number}** " + "\\\\[" * (LONGEST // 3 - 10) for number in range(100)]
    page = shown([new_markdown_cell(text) for text in texts], markdown)
    assert page.count("<strong>text ") == LONGEST_IN_ALL["markdown"] // len(texts[-1])
    assert all(f"text {number}*" in page or f"text {number}<" in page for number in range(100))


@pytest.mark.parametrize("part", ["<div>", "\\\\[", "x|y\n-|-\n", "\\begin{x}", "[", "`", "*a ", "> "])
def test_a_long_text_takes_seconds_at_most(part):
    with computing_at_most(20):
        for length in (LONGEST, 100 * LONGEST):
            assert markdown({}, (part * length)[:length])
