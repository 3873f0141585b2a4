"""Grade notebooks, Python files, or folders of either: a line each, and JSON if asked."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from autograder import class_folder
from autograder.coursebook import exam
from autograder.grading.grader import Grader
from autograder.results import changes
from autograder.results.as_json import as_json, line, read_results
from autograder.sandbox import ladder
from bnlib.refusal import Refused, write


class Options(Protocol):
    """What the command line says."""

    paths: list[Path]
    json: Path | None
    seed: int | None
    workers: int
    require_sandbox: str | None
    allow_unsafe: bool


def command(options: Options) -> int:
    """Grade files and folders; print a line each, and write the JSON if asked; raises Refused."""
    paths = list(_submissions(options.paths))
    if not paths:
        print(f"There is no .ipynb or .py file in {', '.join(map(str, options.paths))}.", file=sys.stderr)
        return 1
    root = class_folder.folder()
    seed = exam.seed(root) if options.seed is None else options.seed
    with Grader(seed, options.require_sandbox, options.allow_unsafe, kept=class_folder.verdicts(root)) as grader:
        grader.announce()
        if grader.rung is ladder.UNSAFE:
            print("WARNING: submissions run WITHOUT isolation, as you asked.", file=sys.stderr)
        results = []
        for result in tqdm(grader.grade_all(paths, options.workers), total=len(paths), unit="file", disable=None):
            tqdm.write(line(result), file=sys.stdout)
            results.append(result)
        if options.json:
            if options.json.is_file() and options.json.stat().st_size:
                before = changes.of_json(read_results(options.json))
                print("\n".join(changes.lines(changes.between(before, results, grader))))
            text = json.dumps([as_json(result) for result in results], ensure_ascii=False, indent=1)
            write(options.json, text + "\n", kept=" What was graded is kept: run this again with another FILE.")
    return 0


def _submissions(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise Refused(f"There is no {path}.")
        yield from sorted(_inside(path), key=_by_number) if path.is_dir() else [path]


def _inside(folder: Path) -> Iterator[Path]:
    """Give the files in a folder that may be submissions; not the copies that Jupyter and macOS put beside them."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__MACOSX"]
        yield from (Path(place, name) for name in files if name.endswith((".ipynb", ".py")) and name[0] != ".")


def _by_number(path: Path) -> list[int | str]:
    """Give the key by which lesson 10 comes after lesson 9."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", str(path))]
