"""The command line of the learner: `python -m bnlib` shows where you stand."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys

from bnlib import workspace
from bnlib.paths import ROOT, WORK, notebook, own_notebook
from bnlib.refusal import Refused
from bnlib.syllabus import LESSONS


def main(arguments=None):
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1


def show_progress(_):
    from bnlib.standing import states, table

    print(table(states()))
    return 0


def start(options):
    copied = workspace.copy_notebooks()
    if copied:
        print(
            f"{len(copied)} notebooks copied to {workspace.shown(WORK)}/: they are yours, and stay as you leave them."
        )
    port = options.port
    while not _free(port):
        print(f"Port {port} is taken (by another JupyterLab?); trying {port + 1}.")
        port += 1
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--port={port}",
        f"--ServerApp.root_dir={WORK}",
        f"--LabApp.default_url=/lab/tree/{_first_lesson()}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # as in most containers
        command.append("--allow-root")
    if options.no_browser:
        command.append("--no-browser")
        print("Open the address that JupyterLab prints below. Ctrl+C ends it.", flush=True)
    try:
        return subprocess.run(command, cwd=ROOT).returncode
    except KeyboardInterrupt:
        return 0


def reset(options):
    current, kept = workspace.reset(options.lesson)
    print(f"{workspace.shown(current)} is fresh." + (f" Your former one is {workspace.shown(kept)}." if kept else ""))
    return 0


def restore(options):
    for name, result in workspace.restore(options.folder):
        print(f"{name}: {result}")
    return 0


def _first_lesson():
    """Give the first lesson that is at hand: a class may get a part of them."""
    return next(
        (file.name for lesson in LESSONS if (file := own_notebook(lesson))),
        notebook(next(iter(LESSONS))).name,
    )


def _free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _port(text):
    if text.isdecimal() and 1024 <= int(text) <= 65000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port number from 1024 to 65000")


def _parser():
    parser = argparse.ArgumentParser(prog="python -m bnlib", description="Without a command: where you stand.")
    parser.set_defaults(run=show_progress)
    commands = parser.add_subparsers(metavar="COMMAND")
    command = commands.add_parser("start", help="copy the notebooks once and open JupyterLab on the first lesson")
    command.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")
    command.add_argument("--port", type=_port, default=8888)
    command.set_defaults(run=start)
    command = commands.add_parser("reset", help="a fresh copy of a lesson; the old one is kept beside it")
    command.add_argument("lesson", metavar="LESSON", help="its number or its name")
    command.set_defaults(run=reset)
    command = commands.add_parser("restore", help="rebuild your functions from finished notebooks")
    command.add_argument("folder", metavar="FOLDER")
    command.set_defaults(run=restore)
    return parser


if __name__ == "__main__":
    sys.exit(main())
