"""Sphinx's settings for `make site`."""

from bnlib.syllabus import TITLE

project = TITLE
author = "the maintainers of the course"
extensions = ["myst_nb", "sphinx_design", "sphinx-mathjax-offline"]
html_theme = "furo"
html_title = project
html_show_sourcelink = False
html_static_path = ["style"]
html_css_files = ["answers.css"]
nb_execution_mode = "off"
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
nb_render_markdown_format = "myst"
html_theme_options = {"footer_icons": [], "source_repository": "", "navigation_with_keys": True}
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]
