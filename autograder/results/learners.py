"""Whose file is it? The folders in which a class's files lie tell."""

from collections.abc import Iterable
from pathlib import PurePath

from bnlib.paths import SOLUTIONS
from bnlib.syllabus import lesson_in_name

SUBMITTED = "submitted"  # nbgrader's folder of what was handed in


def learners_of(paths: list[str]) -> list[str]:
    """Name the learner whom each file belongs to.

    In nbgrader's submitted/LEARNER/ASSIGNMENT/LESSON.ipynb it says so. Elsewhere it is the folder in which the file
    lies directly below the common root of all paths. A file that lies in the root itself, as all do that lie in one
    folder, is named by its stem. When all files lie in one folder and are lessons by name, they are one learner's,
    and the folder names the learner, or the one above it where it is the assignment's.
    """
    files = [PurePath(path) for path in paths]
    folders = {file.parent for file in files}
    if all(len(file.parts) > 3 and file.parts[-4] == SUBMITTED for file in files):
        return [file.parts[-3] for file in files]
    if len(folders) == 1 and all(lesson_in_name(file.stem) for file in files):
        folder = folders.pop()
        name = folder.parent.name if folder.name == SOLUTIONS.name else folder.name
        return [name or "one learner"] * len(files)
    root = _common(folders)
    below = [file.parts[len(root) :] for file in files]
    return [parts[0] if len(parts) > 1 else file.stem for parts, file in zip(below, files, strict=True)]


def _common(folders: Iterable[PurePath]) -> list[str]:
    """Give the parts that all folders begin with."""
    common: list[str] = []
    for parts in zip(*(folder.parts for folder in folders), strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return common
