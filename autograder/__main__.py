"""The command line of the instructor: `python -m autograder COMMAND`; `--help` lists the commands."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path

from tqdm import tqdm

from autograder.commands import assignment, doctor, gradescope_zip, handout, replay
from autograder.results.as_json import changes, gradescope, page
from autograder import class_folder
from autograder.coursebook import exam
from autograder.grading.grader import Grader
from bnlib.refusal import Refused, write
from autograder.results.as_json import as_json, line, read_results
from autograder.sandbox import ladder


def main(arguments=None):
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was graded is kept: the same command goes on from there.", file=sys.stderr)
        return 130


def grade(options):
    """Grade files and folders; print a line each, and write the JSON if asked."""
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


def _regrade(options):
    from autograder.commands import regrade

    return regrade.command(options)


def _submissions(paths):
    for path in paths:
        if not path.exists():
            raise Refused(f"There is no {path}.")
        yield from sorted(_inside(path), key=_by_number) if path.is_dir() else [path]


def _inside(folder):
    """Give the files in a folder that may be submissions; not the copies that Jupyter and macOS put beside them."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__MACOSX"]
        yield from (Path(place, name) for name in files if name.endswith((".ipynb", ".py")) and name[0] != ".")


def _by_number(path):
    """Give the key by which 10_backward comes after 9_robust_and_folded."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", str(path))]


def _seed(text):
    try:
        return exam.from_text(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no seed: a number from 0 on is one") from None


def _workers(text):
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no number of workers: 1 or more work")
    return int(text)


def _parser():
    parser = argparse.ArgumentParser(prog="python -m autograder")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    command = commands.add_parser("grade", help="grade notebooks, Python files, or folders of either")
    command.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    command.add_argument("--json", metavar="FILE", type=Path, help="write the results there")
    command.add_argument("--seed", type=_seed, help="of the exam key; without it, the class's own")
    command.add_argument("--workers", type=_workers, default=1)
    command.add_argument("--require-sandbox", choices=[rung.name for rung in ladder.RUNGS], metavar="RUNG")
    command.add_argument("--allow-unsafe", action="store_true", help="grade even where no isolation holds")
    command.set_defaults(run=grade)
    command = commands.add_parser("assignment", help="some lessons as an nbgrader assignment of their own")
    command.add_argument("name", metavar="NAME", help="such as week1")
    command.add_argument("--lessons", metavar="NUMBERS", required=True, help="3, 1-4 or 0,2,5")
    command.set_defaults(run=assignment.command)
    command = commands.add_parser("regrade", help="after a correction: whose marks change, then the gradebook")
    command.add_argument("assignment", metavar="ASSIGNMENT", help="nbgrader's name of it, such as batchnorm")
    command.add_argument("--yes", action="store_true", help="write the changes without asking")
    command.set_defaults(run=_regrade)
    command = commands.add_parser("replay", help="one file, graded anew with every case shown, for an appeal")
    command.add_argument("file", metavar="FILE", type=Path)
    command.set_defaults(run=replay.command)
    command = commands.add_parser("doctor", help="which sandbox is in force here, and what is missing")
    command.set_defaults(run=doctor.command)
    command = commands.add_parser("report", help="a class's results as one HTML page")
    command.add_argument("results", metavar="RESULTS.json", type=Path, help="what `grade --json` wrote")
    command.add_argument("--out", metavar="FILE.html", type=Path, help="beside the results without it")
    command.set_defaults(run=page.command)
    command = commands.add_parser("handout", help="a folder with what a class gets, without any solution")
    command.add_argument("folder", metavar="FOLDER", type=Path, help="a new or an empty one")
    command.add_argument("--lessons", metavar="NUMBERS", help="3, 1-4 or 0,2,5; all without it")
    command.set_defaults(run=handout.command)
    command = commands.add_parser("gradescope", help="results as Gradescope reads them, a file for each learner")
    command.add_argument("results", metavar="RESULTS.json", type=Path, help="what `grade --json` wrote")
    command.add_argument("--out", metavar="FOLDER", type=Path, required=True)
    command.add_argument("--one", action="store_true", help="all are one learner's: write FOLDER/results.json")
    command.set_defaults(run=gradescope.command)
    command = commands.add_parser("gradescope-zip", help="this autograder as Gradescope runs it")
    command.add_argument("file", metavar="FILE.zip", type=Path)
    command.add_argument("--seed", type=_seed, help="of the exam key; without it, the class's own")
    command.set_defaults(run=gradescope_zip.command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
