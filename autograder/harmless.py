"""Markdown without what could run: a learner wrote it, and formgrader and the feedback page show it.

nbgrader's pages render Markdown as it stands, scripts too, and formgrader's page has the same origin as the
instructor's Jupyter server. `nbgrader_config.py` puts this filter in place of nbconvert's.
"""

import html

import bleach
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

BLOCKS = "p br hr h1 h2 h3 h4 h5 h6 pre span div img del sub sup table thead tbody tr th td"
TAGS = bleach.ALLOWED_TAGS | set(BLOCKS.split())
LONGEST = 50_000  # characters: some texts take the renderer quadratic time
ATTRIBUTES = {"*": ["class", "id"], "a": ["href", "title"], "img": ["src", "alt", "title"]}


@pass_context
def markdown(context, source):
    """Render Markdown to HTML of harmless tags only; what is longer than an answer can be is shown as it stands."""
    if len(source) > LONGEST:
        return f"<pre>{html.escape(source)}</pre>"
    renderer = IPythonRenderer(escape=False, attachments=context.get("cell", {}).get("attachments", {}))
    try:
        page = MarkdownWithMath(renderer=renderer).render(source)
    except Exception:  # whatever a learner's text does to the renderer, such as naming an attachment that is not there
        page = f"<pre>{html.escape(source)}</pre>"
    return bleach.clean(page, tags=TAGS, attributes=ATTRIBUTES)
