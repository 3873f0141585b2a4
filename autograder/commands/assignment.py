"""Some of the lessons as an nbgrader assignment of their own, for weekly deadlines."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import Protocol

from autograder import class_folder
from bnlib.paths import SOLUTIONS, solution
from bnlib.refusal import Refused
from bnlib.syllabus import choose


class Options(Protocol):
    """What the command line says."""

    name: str
    lessons: str


def command(options: Options) -> int:
    """Copy the lessons' solutions into nbgrader's source folder, under the assignment's name; raises Refused."""
    chosen, folder = choose(options.lessons), class_folder.folder() / "solutions" / options.name
    if not re.fullmatch(r"\w[\w -]*", options.name) or options.name == SOLUTIONS.name:
        raise Refused(f"{options.name!r} is no name for it: take another one, of letters, digits, - and _.")
    if folder.exists():
        raise Refused(f"{folder} is there already; nothing was touched.")
    try:
        folder.mkdir(parents=True)
        for lesson in chosen:
            shutil.copy(solution(lesson), folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Refused(f"{folder} cannot be made: {error.strerror or error}.") from None
    print(
        f"{folder} holds {', '.join(chosen)}. Next: nbgrader generate_assignment {shlex.quote(options.name)} --create"
    )
    return 0
