"""A class's results as a table for a spreadsheet: a row per learner and exercise, and what each mistake is."""

from __future__ import annotations

import csv
import io

from autograder.printable import printable
from autograder.results.summary import Summary
from bnlib.syllabus import lesson_of, stem

FORMULA = ("=", "+", "-", "@")  # what a spreadsheet takes for the beginning of one


def as_csv(summary: Summary) -> str:
    """Give a row per learner and exercise; a spreadsheet takes none of it for a formula."""
    points = {exercise.name: exercise.max_score for exercise in summary.exercises}
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("learner", "lesson", "exercise", "status", "score", "max_score", "diagnoses"))
    for learner in summary.learners:
        name = printable(learner.name).replace("\n", " ")
        name = f"'{name}" if name.startswith(FORMULA) else name
        for entry in learner.entries:
            place = (name, stem(lesson_of(entry.exercise)), entry.exercise)
            rows.writerow((*place, entry.status, entry.score, points[entry.exercise], " ".join(entry.diagnoses)))
    return table.getvalue()
