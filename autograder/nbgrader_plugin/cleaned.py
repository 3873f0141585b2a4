"""Make of what was handed in a notebook that holds its texts, and nothing else that a learner can write into a file.

nbformat lets through whatever a newer format might allow, takes minutes for metadata that is only large, and refuses
a notebook for one odd cell. So nothing of the file reaches it: each cell is made anew, of its source, its grade_id,
whether it is an experiment, and the images in a text. Malformed parts count as empty, as in `submission.py`.
"""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.making.lessons import KERNEL


def cleaned(notebook: dict) -> NotebookNode:
    """Give a notebook of nbformat's current version; raw and unknown cells become text."""
    found = enumerate((cell for cell in notebook["cells"] if isinstance(cell, dict)), start=1)
    metadata = NotebookNode(kernelspec=NotebookNode(KERNEL), language_info=NotebookNode(name="python"))
    return new_notebook(cells=[_cell(cell, number) for number, cell in found], metadata=metadata)


def _cell(cell, number):
    new = new_code_cell if cell.get("cell_type") == "code" else new_markdown_cell
    made = new(source=_text(cell.get("source")), id=f"cell-{number}", metadata=_metadata(cell))
    images = _images(cell)
    if images and made.cell_type == "markdown":
        made.attachments = images
    return made


def _metadata(cell):
    metadata = _dict(cell, "metadata")
    tags, grade_id = metadata.get("tags"), _dict(metadata, "nbgrader").get("grade_id")
    demo = {"tags": ["demo"]} if isinstance(tags, list) and "demo" in tags else {}
    marks = {"nbgrader": {"grade_id": _text(grade_id)}} if isinstance(grade_id, str) else {}
    return demo | marks


def _images(cell):
    """Give the images that lie in a text, by name."""
    found = {}
    for name, kinds in _dict(cell, "attachments").items():
        for kind, content in kinds.items() if isinstance(kinds, dict) else ():
            if kind.startswith("image/"):
                found[_text(name)] = {_text(kind): _text(content)}
    return found


def _dict(data, name):
    return data[name] if isinstance(data.get(name), dict) else {}


def _text(value):
    """Give a text that can be written: halves of a character are written as escapes."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    return value.encode(errors="backslashreplace").decode() if isinstance(value, str) else ""
