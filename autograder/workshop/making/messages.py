"""Every message that names a mistake, written down: to be read in one sitting, and noticed when it changes.

`python -m autograder.workshop.making.messages` writes a text file per exercise (what is said) and a page (as a notebook
shows it, with the evidence). `make build` does it too.
"""

from __future__ import annotations

import html
import shutil
from pathlib import Path

from autograder.coursebook.mistakes import noises_of
from bnlib.judging import key, render
from bnlib.judging.judge import judge
from bnlib.paths import ROOT
from bnlib.syllabus import NAMES

FOLDER = ROOT / "tests" / "golden" / "messages"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{name}</title></head>
<body style="font-family: sans-serif; max-width: 60em; margin: auto">
<h1>{name}</h1>
{sections}
</body>
</html>
"""


def build(folder: Path = FOLDER):
    """Write the files anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file, content in files().items():
        (folder / file).write_text(content, encoding="utf-8")


def files() -> dict[str, str]:
    """Give the content of every file by its name."""
    return {f"{name}.{kind}": make(name) for name in NAMES for kind, make in (("txt", as_text), ("html", as_page))}


def as_text(name: str) -> str:
    """Give what is said of each mistake, and of each pair, of an exercise."""
    parts = [f"{' + '.join(v.diagnoses)}\n\n{render.heading(v)}\n{v.message}" for v in _verdicts(name)]
    exempt = [f"{found.id} (caught, not named: {found.why})" for found in noises_of(name)]
    return "\n\n\n".join(parts + exempt) + "\n"


def as_page(name: str) -> str:
    """Give the same as a page of what a notebook shows."""
    sections = [f"<h2>{html.escape(' + '.join(v.diagnoses))}</h2>\n{render.as_html(v)}" for v in _verdicts(name)]
    return PAGE.format(name=name, sections="\n".join(sections))


def _verdicts(name):
    practice = key.practice_key(name)
    for known in (*practice.mistakes, *practice.pairs):
        yield judge(practice, list(known.variants[0]))


if __name__ == "__main__":
    build()
