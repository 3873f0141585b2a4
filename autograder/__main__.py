"""The command line of the instructor: `python -m autograder COMMAND`; `--help` lists the commands."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from importlib import metadata
from pathlib import Path

from autograder import exam, gradescope, gradescope_zip, handout, report
from autograder.grader import VERDICTS, Grader
from autograder.refusal import Refused, write
from autograder.results import as_json, line
from autograder.sandbox import ladder
from bnlib.paths import ROOT


def main(arguments=None):
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1


def grade(options):
    """Grade files and folders; print a line each, and write the JSON if asked."""
    paths = list(_submissions(options.paths))
    if not paths:
        print(f"There is no .ipynb or .py file in {', '.join(map(str, options.paths))}.", file=sys.stderr)
        return 1
    seed = exam.seed() if options.seed is None else options.seed
    with Grader(seed, options.require_sandbox, options.allow_unsafe, kept=ROOT / VERDICTS) as grader:
        print(f"Sandbox: {grader.rung.name} ({grader.rung.text})", file=sys.stderr)
        if grader.rung is ladder.UNSAFE:
            print("WARNING: submissions run WITHOUT isolation, as you asked.", file=sys.stderr)
        results = []
        for result in grader.grade_all(paths, options.workers):
            print(line(result), flush=True)
            results.append(result)
    if options.json:
        text = json.dumps([as_json(result) for result in results], ensure_ascii=False, indent=1)
        write(options.json, text + "\n", kept=" What was graded is kept: run the same command again with another FILE.")
    return 0


def doctor(options):
    """Say which sandbox is in force here, and what the stronger ones lack."""
    print(f"Python {platform.python_version()} on {platform.platform()}")
    for package in ("numpy", "matplotlib", "nbgrader", "pyseccomp", "landlockpy"):
        try:
            print(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            print(f'{package} is missing: pip install -e ".[grader]"')
    try:
        zygote, reasons = ladder.strongest()
    except ladder.NotHere as error:
        print(error)
        return 1
    zygote.close()
    for reason in reasons:
        print(f"not available: {reason}")
    print(f"Sandbox in force: {zygote.rung.name} ({zygote.rung.text})")
    return 0


def _submissions(paths):
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in (".ipynb", ".py") and p.is_file())
        else:
            yield path


def _parser():
    parser = argparse.ArgumentParser(prog="python -m autograder")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    command = commands.add_parser("grade", help="grade notebooks, Python files, or folders of either")
    command.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    command.add_argument("--json", metavar="FILE", type=Path, help="write the results there")
    command.add_argument("--seed", type=int, help="of the exam key; without it, the class's own")
    command.add_argument("--workers", type=int, default=1)
    command.add_argument("--require-sandbox", choices=[rung.name for rung in ladder.RUNGS], metavar="RUNG")
    command.add_argument("--allow-unsafe", action="store_true", help="grade even where no isolation holds")
    command.set_defaults(run=grade)
    command = commands.add_parser("doctor", help="which sandbox is in force here, and what is missing")
    command.set_defaults(run=doctor)
    command = commands.add_parser("report", help="a class's results as one HTML page")
    command.add_argument("results", metavar="RESULTS.json", type=Path, help="what `grade --json` wrote")
    command.add_argument("--out", metavar="FILE.html", type=Path, help="beside the results without it")
    command.set_defaults(run=report.command)
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
    command.add_argument("--seed", type=int, help="of the exam key; without it, the class's own")
    command.set_defaults(run=gradescope_zip.command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
