"""This autograder as the zip that Gradescope runs.

https://gradescope-autograders.readthedocs.io/en/latest/specs/ says what has to be in it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Protocol

from autograder import class_folder
from autograder.coursebook import exam, outline
from bnlib.paths import ROOT
from bnlib.refusal import write

CODE = ("autograder", "bnlib")
FILES = ("pyproject.toml", "constraints.txt", "README.md", "LICENSE")
KINDS = {".py", ".json", ".md", ".html", ".npz", ".toml"}
LEFT_OUT = {"__pycache__", "class", "mine"}
SEED_FILE = "exam_seed"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same files give the same zip

SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when it builds the autograder's image.
set -eu
root=${AUTOGRADER_ROOT:-/autograder}
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y bubblewrap || echo "No bubblewrap here: a weaker rung of the sandbox is used."
python=
for version in 3.13 3.12 3.11; do
    if apt-get install -y "python$version" "python$version-venv"; then
        python=python$version
        break
    fi
done
if [ -z "$python" ]; then
    echo "This image has no Python 3.11 or newer. Choose a newer Ubuntu for the autograder."
    exit 1
fi
"$python" -m venv "$root/env"
cd "$root/source"
"$root/env/bin/python" -m pip install -c constraints.txt -e ".[grader]"
chmod -R go= "$root/source"
"$root/env/bin/python" -m autograder doctor || true
"""

RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for every submission. What it prints, instructors see; learners see results.json.
# Where grading is refused (no sandbox holds) no results.json is written, and Gradescope says that grading failed:
# nobody gets 0 points for it.
set -eu
root=${AUTOGRADER_ROOT:-/autograder}
python=$root/env/bin/python
cd "$root/source"
graded=$(mktemp)
find "$root/submission" -type l -delete  # a link could point at the course's own files
if [ -n "$(find "$root/submission" -type f \\( -name '*.ipynb' -o -name '*.py' \\) -print -quit)" ]; then
    "$python" -m autograder grade "$root/submission" --json "$graded" --seed "$(cat exam_seed)"
else
    echo "[]" > "$graded"
fi
"$python" -m autograder gradescope "$graded" --out "$root/results" --one
"""


class Options(Protocol):
    """What the command line says."""

    file: Path
    seed: int | None


def command(options: Options) -> int:
    """Write the zip for Gradescope; it holds the seed, so that only its owner may read it; raises Refused."""
    content = zipped(exam.seed() if options.seed is None else options.seed)
    write(options.file, content, 0o600)
    print(f"{options.file} is written. It holds the solutions and the exam key's seed: keep it to yourself.")
    return 0


def zipped(seed: int) -> bytes:
    """Give the zip's bytes; the same course and seed give the same."""
    texts = {file.relative_to(ROOT).as_posix(): file.read_bytes() for file in _course_files()}
    texts |= {"setup.sh": SETUP.encode(), "run_autograder": RUN.encode(), SEED_FILE: f"{seed}\n".encode()}
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(texts):
            info = zipfile.ZipInfo(name, LONG_AGO)
            mode = 0o755 if name in ("setup.sh", "run_autograder") else 0o600 if name == SEED_FILE else 0o644
            info.external_attr = (0o100000 | mode) << 16
            info.create_system = 3  # Unix, so that the modes count on whatever machine this runs
            archive.writestr(info, texts[name], zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def _course_files() -> Iterator[Path]:
    yield from (ROOT / name for name in FILES)
    private, own = class_folder.private(ROOT), class_folder.own_functions()
    files = (file for folder in CODE for file in (ROOT / folder).rglob("*"))
    for file in chain(files, outline.files()):
        parts = file.relative_to(ROOT).parts
        left_out = any(part in LEFT_OUT or part.startswith(".") for part in parts) or file.resolve() in own
        if file.is_file() and file.suffix in KINDS and not left_out and not file.is_relative_to(private):
            yield file
