"""Texts and code without what could run or take hours: a learner wrote it, and formgrader and the feedback show it.

nbgrader's pages render Markdown as it stands, scripts too, and formgrader's page has the same origin as the
instructor's Jupyter server. `nbgrader_config.py` puts these filters in place of nbconvert's.

formgrader finds its boxes by ids and classes, so texts have none but those that colour code. An address on the
instructor's server, such as that which logs out, is no address for an image, nor for a link.
"""

from __future__ import annotations

import html
import re

import bleach
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

BLOCKS = "p br hr h1 h2 h3 h4 h5 h6 pre span div img del sub sup table thead tbody tr th td"
TAGS = bleach.ALLOWED_TAGS | set(BLOCKS.split())
LONGEST = 5_000  # characters: some texts, and some code, take quadratic time
LONGEST_IN_ALL = {"markdown": 30_000, "code": 60_000}  # of a notebook: a lesson has up to 12 000 and 20 000 itself
PROTOCOLS = {"http", "https", "mailto", "data"}
COLOURS = re.compile(r"highlight|[a-z][a-z0-9]{0,2}")  # the classes of pygments
ELSEWHERE = re.compile(r"https?://|mailto:", re.IGNORECASE)
IMAGE = re.compile(r"data:image/", re.IGNORECASE)


@pass_context
def markdown(context: Context, source: str) -> str:
    """Render Markdown to HTML of harmless tags only; what is longer than an answer can be is shown as it stands."""
    as_it_stands = f'<pre style="white-space: pre-wrap">{html.escape(source)}</pre>'
    cell = context.get("cell", {})
    if _too_long(context, source, "markdown"):
        return as_it_stands
    renderer = _Renderer(escape=False, exclude_anchor_links=True, attachments=cell.get("attachments", {}))
    try:
        page = MarkdownWithMath(renderer=renderer).render(source)
    except Exception:  # whatever a learner's text does to the renderer, such as naming an attachment that is not there
        return as_it_stands
    harmless: str = bleach.clean(page, tags=TAGS, attributes=_harmless, protocols=PROTOCOLS)
    return harmless


@pass_context
def code(context: Context, source: str, language: str | None = None, metadata: object = None) -> str:
    """Colour a cell's code; what is too long for that is shown as it stands."""
    if _too_long(context, source, "code"):
        return f'<div class="highlight"><pre>{html.escape(source, quote=False)}</pre></div>'
    coloured: str = Highlight2HTML()(source)
    return coloured


def unchanged(page: str) -> str:
    """Give a page as it is: nbconvert's `strip_files_prefix` takes hours for a long text of brackets."""
    return page


class _Renderer(IPythonRenderer):
    """Colours Python only: a learner would choose the slowest of pygments' languages."""

    def block_code(self, code: str, info: str | None = None) -> str:
        """Give a block of code."""
        return super().block_code(code, "python" if (info or "").strip() in ("python", "py") else None)


def _too_long(context: Context, source: str, kind: str) -> bool:
    """Tell whether a text is too long, or those above it in its notebook and it together are."""
    above = 0
    for other in context.get("nb", {}).get("cells", ()):
        if other is context.get("cell"):
            break
        above += len(other.source) if other.cell_type == kind else 0
    return len(source) > LONGEST or above + len(source) > LONGEST_IN_ALL[kind]


def _harmless(tag: str, name: str, value: str) -> bool:
    """Tell whether an attribute may stay."""
    if name == "class":
        return tag in ("div", "span") and bool(COLOURS.fullmatch(value))
    if name == "href":
        return tag == "a" and bool(ELSEWHERE.match(value))
    if name == "src":
        return tag == "img" and bool(IMAGE.match(value))
    return name == "title" or (tag == "img" and name == "alt")
