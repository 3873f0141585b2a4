"""The command line of the instructor: `python -m autograder COMMAND`; `--help` lists the commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.commands import (
    assignment,
    doctor,
    grade,
    gradescope,
    gradescope_zip,
    handout,
    new_exercise,
    new_lesson,
    remove_exercise,
    replay,
    report,
)
from autograder.coursebook import exam
from autograder.sandbox import ladder
from bnlib.refusal import Refused, Unreadable


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        return status
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was graded is kept: the same command goes on from there.", file=sys.stderr)
        return 130


def _regrade(options: argparse.Namespace) -> int:
    from autograder.commands import regrade

    return regrade.command(options)


def _move_class(options: argparse.Namespace) -> int:
    from autograder.commands import move_class

    return move_class.command(options)


def _seed(text: str) -> int:
    try:
        return exam.from_text(text)
    except Unreadable as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _workers(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no number of workers: 1 or more work")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m autograder")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    command = commands.add_parser("grade", help="grade notebooks, Python files, or folders of either")
    command.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    command.add_argument("--json", metavar="FILE", type=Path, help="write the results there")
    command.add_argument("--seed", type=_seed, help="of the exam key; without it, the class's own")
    command.add_argument("--workers", type=_workers, default=1)
    command.add_argument("--require-sandbox", choices=[rung.name for rung in ladder.RUNGS], metavar="RUNG")
    command.add_argument("--allow-unsafe", action="store_true", help="grade even where no isolation holds")
    command.set_defaults(run=grade.command)
    command = commands.add_parser("assignment", help="some lessons as an nbgrader assignment of their own")
    command.add_argument("name", metavar="NAME", help="such as week1")
    command.add_argument("--lessons", metavar="NUMBERS", required=True, help="3, 1-4, names, or 0,2,5")
    command.set_defaults(run=assignment.command)
    command = commands.add_parser("regrade", help="after a correction: whose marks change, then the gradebook")
    command.add_argument("assignment", metavar="ASSIGNMENT", help="nbgrader's name of it")
    command.add_argument("--yes", action="store_true", help="write the changes without asking")
    command.set_defaults(run=_regrade)
    command = commands.add_parser("move-class", help="of an earlier version: from where it lay to where it lies now")
    command.set_defaults(run=_move_class)
    command = commands.add_parser("replay", help="one file, graded anew with every case shown, for an appeal")
    command.add_argument("file", metavar="FILE", type=Path)
    command.set_defaults(run=replay.command)
    command = commands.add_parser("doctor", help="which sandbox is in force here, and what is missing")
    command.set_defaults(run=doctor.command)
    command = commands.add_parser("report", help="a class's results as one HTML page")
    command.add_argument("results", metavar="RESULTS.json", type=Path, help="what `grade --json` wrote")
    command.add_argument("--out", metavar="FILE.html", type=Path, help="beside the results without it")
    command.set_defaults(run=report.command)
    command = commands.add_parser("handout", help="a folder with what a class gets, without any solution")
    command.add_argument("folder", metavar="FOLDER", type=Path, help="a new or an empty one")
    command.add_argument("--lessons", metavar="NUMBERS", help="3, 1-4, names, or 0,2,5; all without it")
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
    command = commands.add_parser("new-exercise", help="a skeleton of an exercise in a lesson, which passes")
    command.add_argument("name", metavar="NAME", help="of the function that is to be written")
    command.add_argument("--lesson", metavar="LESSON", required=True, help="its name or its number")
    command.set_defaults(run=new_exercise.command)
    command = commands.add_parser("new-lesson", help="a skeleton of a lesson, which passes")
    command.add_argument("name", metavar="NAME", help="of its file, without a number")
    command.add_argument("--after", metavar="LESSON", help="its name or its number; without it, the last one")
    command.set_defaults(run=new_lesson.command)
    command = commands.add_parser("remove-exercise", help="take an exercise out, unless something uses it")
    command.add_argument("name", metavar="NAME")
    command.set_defaults(run=remove_exercise.command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
