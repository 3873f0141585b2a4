"""A sample class: made-up learners with right, wrong, unfinished, hostile and broken notebooks."""

from __future__ import annotations

import random
import re
from pathlib import Path

import nbformat

from autograder.coursebook import lessons
from bnlib.syllabus import LESSONS, NAMES
from bnlib.paths import NOTEBOOKS

WRONG = {
    "ewa_update": [("momentum * average + (1 - momentum) * value", "(1 - momentum) * average + momentum * value")],
    "ewa_bias_corrected": [("momentum**t", "momentum ** (t - 1)"), ("average / (1 - momentum**t)", "average")],
    "batch_statistics": [("axis=0", "axis=1"), ("np.mean((Z - mean) ** 2, axis=0)", "np.var(Z, axis=0, ddof=1)")],
    "normalize": [("np.sqrt(var + eps)", "(np.sqrt(var) + eps)"), ("np.sqrt(var + eps)", "np.sqrt(var)")],
    "scale_and_shift": [("gamma * Z_norm + beta", "beta * Z_norm + gamma")],
    "batch_norm_forward": [("normalize(Z, mean, var, eps)", "normalize(Z, mean, var)")],
    "update_running": [("running_var, var, momentum", "running_var, mean, momentum")],
    "running_statistics": [("for epoch in epochs:", "for epoch in epochs[-1:]:")],
    "batch_norm_inference": [
        ("normalize(Z, running_mean, running_var, eps)", "normalize(Z, Z.mean(0), Z.var(0), eps)")
    ],
    "BatchNorm": [("if not self.training:", "if False:"), ("self.momentum\n", "0.9\n")],
    "population_statistics": [("m / (m - 1) * np.mean", "np.mean")],
    "dataset_statistics": [(" + share * (1 - share) * step**2", "")],
    "fold_into_linear": [("(b - running_mean) * scale + beta", "b - running_mean * scale + beta")],
    "batch_norm_backward": [(" + dvar * 2 * distance / m + dmean / m", ""), ("dmean / m", "dmean")],
    "predict": [("if training:", "if True:")],
    "network_state": [("array.copy()", "array"), ("if own.keys() != state.keys():", "if False:")],
}
MARKS = re.compile(r" +### (BEGIN|END) SOLUTION\n?")
# What one learner each of a class hands in as `normalize`, beside honest work.
HOSTILE = {
    "ends the process": "import os\nos._exit(0)",
    "never ends": "def normalize(Z, mean, var, eps=1e-5):\n    while True:\n        pass",
    "imports the reference": "from bnlib import normalize",
    "reads the gradebook": """from pathlib import Path

GRADEBOOK = next(Path.cwd().rglob("gradebook.db")).read_bytes()


def normalize(Z, mean, var, eps=1e-5):
    return Z""",
}
BROKEN = "3_normalise.ipynb is no notebook"


def make(folder: Path, learners: int, hostile: bool = True, seed: int = 0) -> list[Path]:
    """Write submissions as nbgrader collects them, FOLDER/LEARNER/batchnorm/LESSON.ipynb; give their paths."""
    solved = {name: MARKS.sub("", source) for name, source in lessons.exercise_sources().items()}
    written = []
    for number in range(learners):
        rng = random.Random(f"{seed}/{number}")
        own = {name: _answer(name, solved[name], rng, number) for name in NAMES}
        own["normalize"] = HOSTILE.get(kind(number), own["normalize"]) if hostile else own["normalize"]
        place = folder / f"learner_{number:03d}" / "batchnorm"
        place.mkdir(parents=True, exist_ok=True)
        for lesson in LESSONS:
            broken = hostile and kind(number) == BROKEN and lesson == "3_normalise"
            written.append(place / f"{lesson}.ipynb")
            written[-1].write_text("{ no notebook" if broken else _filled_in(lesson, own), encoding="utf-8")
    return written


def kind(number: int) -> str:
    """Say what a learner of a class with hostile ones hands in, from the number."""
    kinds = ["everything right", *HOSTILE, BROKEN]
    return kinds[number] if number < len(kinds) else "typical mistakes"


def _answer(name, solved, rng, number):
    """Give a learner's cell: right, with a typical mistake, or (None) not written. Learner 0 is always right."""
    luck = rng.random()
    if number == 0 or luck < 0.7 or name not in WRONG:
        return solved
    return None if luck < 0.8 else solved.replace(*rng.choice(WRONG[name]))


def _filled_in(lesson, own):
    notebook = nbformat.read(NOTEBOOKS / f"{lesson}.ipynb", as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = own.get(name) or cell.source
    return nbformat.writes(notebook)
