"""Make nbgrader's notebook of the cells that were read: nothing else of a learner's file reaches nbformat."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.coursebook import lessons
from autograder.grading.cells import Cell, Notebook


def cleaned(notebook: Notebook) -> NotebookNode:
    """Give a notebook of nbformat's current version, with the marks that the course gave its cells."""
    marks = {mark: given for lesson in notebook.lessons for mark, given in lessons.marks(lesson).items()}
    cells = [_cell(cell, marks, number) for number, cell in enumerate(notebook.cells, start=1)]
    metadata = NotebookNode(kernelspec=NotebookNode(lessons.KERNEL), language_info=NotebookNode(name="python"))
    made: NotebookNode = new_notebook(cells=cells, metadata=metadata)
    return made


def _cell(cell: Cell, marks: Mapping[str, NotebookNode], number: int) -> NotebookNode:
    new: Callable[..., NotebookNode] = new_code_cell if cell.kind == "code" else new_markdown_cell
    metadata = {"nbgrader": copy.deepcopy(marks[cell.mark])} if cell.mark else {}
    made = new(source=cell.source, id=f"cell-{number}", metadata=metadata | ({"tags": ["demo"]} if cell.demo else {}))
    if cell.images and cell.kind == "markdown":
        made.attachments = cell.images
    return made
