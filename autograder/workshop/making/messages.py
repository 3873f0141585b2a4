"""Every message that names a mistake, written down: to be read in one sitting, and noticed when it changes.

`python -m autograder.workshop.making.messages` writes a text file per exercise (what is said), and one page that
shows a message of each form as a notebook does, with the evidence. `make build` does it too.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

from autograder.coursebook.mistakes import noises_of
from bnlib.judging import key, render
from bnlib.judging.judge import Verdict, judge
from bnlib.judging.key import Mistake, Pair
from bnlib.judging.outcome import Failure, Kind, Outcome
from bnlib.paths import ROOT
from bnlib.syllabus import NAMES, WARM_UP

FOLDER = ROOT / "tests" / "golden" / "messages"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>One message of each form</title></head>
<body style="font-family: sans-serif; max-width: 60em; margin: auto">
{sections}
</body>
</html>
"""


def build(folder: Path = FOLDER) -> None:
    """Write the files anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file, content in files().items():
        (folder / file).write_text(content, encoding="utf-8")


def files() -> dict[str, str]:
    """Give the content of every file by its name."""
    texts = {f"{name}.txt": _as_text(name) for name in NAMES}
    return texts | {"forms.html": _as_page()}


@cache
def verdicts(name: str) -> tuple[Verdict, ...]:
    """Judge every known mistake, and every pair, of an exercise, in its first form."""
    practice = key.practice_key(name)
    known: list[Mistake | Pair] = [*practice.mistakes, *practice.pairs]
    return tuple(judge(practice, one.variants[0]) for one in known)


def _as_text(name: str) -> str:
    parts = [f"{' + '.join(v.diagnoses)}\n\n{render.heading(v)}\n{v.message}" for v in verdicts(name)]
    exempt = [f"{noise.id} (caught, not named: {noise.why})" for noise in noises_of(name)]
    return "\n\n\n".join(parts + exempt) + "\n"


def _as_page() -> str:
    """Show the first message of each form, and what is said of a right answer and of none."""
    practice = key.practice_key(next((name for name in NAMES if name != WARM_UP), WARM_UP))
    right = judge(practice, [case.expected for case in practice.cases])
    none = judge(
        practice, [Outcome(failure=Failure(Kind.NOT_WRITTEN, "NotImplementedError", ""))] * len(practice.cases)
    )
    forms: dict[tuple[str, ...], Verdict] = {}
    for verdict in (right, none, *(verdict for name in NAMES for verdict in verdicts(name))):
        forms.setdefault(_form(verdict), verdict)
    sections = [f"<h2>{', '.join(form)}</h2>\n{render.as_html(verdict)}" for form, verdict in sorted(forms.items())]
    return PAGE.format(sections="\n".join(sections))


def _form(verdict: Verdict) -> tuple[str, ...]:
    """Name what a message is made of: the status, how many mistakes it names, and the rows of its table."""
    rows = re.findall(r"<td[^>]*><b>([\w ]+)</b>", render.as_html(verdict))
    return (verdict.status, f"{len(verdict.diagnoses)} named", *rows)


if __name__ == "__main__":
    build()
