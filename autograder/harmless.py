"""Markdown without what could run: a learner wrote it, and formgrader and the feedback page show it.

nbgrader's pages render Markdown as it stands, scripts too, and formgrader's page has the same origin as the
instructor's Jupyter server. `nbgrader_config.py` puts this filter in place of nbconvert's.

formgrader finds its boxes by ids and classes, so texts have none but those that colour code. An address on the
instructor's server, such as that which logs out, is no address for an image, nor for a link.
"""

import html
import re

import bleach
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

BLOCKS = "p br hr h1 h2 h3 h4 h5 h6 pre span div img del sub sup table thead tbody tr th td"
TAGS = bleach.ALLOWED_TAGS | set(BLOCKS.split())
LONGEST = 5_000  # characters: some texts take the renderer quadratic time
LONGEST_IN_ALL = 30_000  # of a notebook: a lesson has up to 12 000 itself
PROTOCOLS = {"http", "https", "mailto", "data"}
COLOURS = re.compile(r"highlight|[a-z][a-z0-9]{0,2}")  # the classes of pygments
ELSEWHERE = re.compile(r"https?://|mailto:", re.IGNORECASE)
IMAGE = re.compile(r"data:image/", re.IGNORECASE)


@pass_context
def markdown(context, source):
    """Render Markdown to HTML of harmless tags only; what is longer than an answer can be is shown as it stands."""
    as_it_stands = f'<pre style="white-space: pre-wrap">{html.escape(source)}</pre>'
    cell = context.get("cell", {})
    if len(source) > LONGEST or _before(context.get("nb"), cell) + len(source) > LONGEST_IN_ALL:
        return as_it_stands
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=cell.get("attachments", {}))
    try:
        page = MarkdownWithMath(renderer=renderer).render(source)
    except Exception:  # whatever a learner's text does to the renderer, such as naming an attachment that is not there
        return as_it_stands
    return bleach.clean(page, tags=TAGS, attributes=_harmless, protocols=PROTOCOLS)


def unchanged(page):
    """Give a page as it is: nbconvert's `strip_files_prefix` takes hours for a long text of brackets."""
    return page


def _before(notebook, cell):
    """Count the characters of the texts above a cell."""
    count = 0
    for other in notebook.cells if notebook else ():
        if other is cell:
            break
        count += len(other.source) if other.cell_type == "markdown" else 0
    return count


def _harmless(tag, name, value):
    """Tell whether an attribute may stay."""
    if name == "class":
        return tag in ("div", "span") and bool(COLOURS.fullmatch(value))
    if name == "href":
        return tag == "a" and bool(ELSEWHERE.match(value))
    if name == "src":
        return tag == "img" and bool(IMAGE.match(value))
    return name == "title" or (tag == "img" and name == "alt")
