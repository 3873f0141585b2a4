"""Where a learner stands: as data, as a table, and as a picture."""

from __future__ import annotations

from dataclasses import dataclass

from bnlib import store
from bnlib.checking import saved_is_right
from bnlib.paths import file_of
from bnlib.syllabus import LESSONS, load, stem

WORDS = {"right": "right", "borrowed": "borrowed", "broken": "no longer right", "open": "to do"}
LOOKS = {
    "right": ("#2f6f4f", "white"),
    "borrowed": ("#d9b44a", "black"),
    "broken": ("#a33b2e", "white"),
    "open": ("white", "black"),
}


@dataclass(frozen=True)
class State:
    """How one exercise stands: right, borrowed, broken (saved, and wrong since) or open."""

    lesson: str
    exercise: str
    points: int
    state: str


def states():
    """Check everything saved; give a `State` per exercise."""
    return [State(lesson, name, load(name).points, _state(name)) for lesson, names in LESSONS.items() for name in names]


def table(found):
    """Give the progress as text."""
    rows = [("lesson", "exercise", "points", "")]
    rows += [(stem(s.lesson), s.exercise, str(s.points), WORDS[s.state]) for s in found]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, "", summary(found)])


def summary(found):
    """Give the progress in a sentence."""
    done = [s for s in found if s.state == "right"]
    to_do = [s for s in found if s.state != "right"]
    text = f"{len(done)} of {len(done) + len(to_do)} exercises right."
    return text + (f" Next: {to_do[0].exercise}, in {file_of(to_do[0].lesson)}." if to_do else " All done.")


def progress():
    """Show where you stand: a picture in a notebook, a table elsewhere."""
    from bnlib.show import in_notebook

    found = states()
    if not in_notebook():
        print(table(found))
        return None
    from IPython.display import Image

    return Image(data=_png(found), alt=summary(found), retina=True)


def _png(found):
    from io import BytesIO

    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 0.38 * len(LESSONS) + 0.6), dpi=144, layout="none")
    axes = figure.add_axes((0, 0, 1, 0.88))
    axes.set(xlim=(0, 9), ylim=(len(LESSONS) - 0.4, -0.6))
    axes.axis("off")
    figure.suptitle(summary(found), x=0.02, ha="left", fontsize=11)
    for row, lesson in enumerate(LESSONS):
        axes.text(0.1, row, stem(lesson).replace("_", " "), va="center", fontsize=9)
        for column, s in enumerate(s for s in found if s.lesson == lesson):
            fill, ink = LOOKS[s.state]
            box = {"boxstyle": "round,pad=0.35", "facecolor": fill, "edgecolor": "#555555"}
            label = f"{s.exercise} · {WORDS[s.state]}"
            axes.text(2.6 + 3.2 * column, row, label, va="center", fontsize=8.5, color=ink, bbox=box)
    buffer = BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def _state(name):
    text = store.source(name)
    if text is None:
        return "open"
    if not saved_is_right(name):
        return "broken"
    return "borrowed" if text.startswith(store.BORROWED) else "right"
