"""nbgrader's settings: where the course's folders are, and how notebooks are released."""

import os

from traitlets.config import Application

from bnlib.syllabus import ASSIGNMENT

c = get_config()  # noqa: F821 - nbgrader provides it

CLASS = "class"  # the class's own things: git ignores them
EARLIER = "autograder/class"  # where they lay before

# nbgrader's commands begin no new gradebook beside a class that lies there; those of `python -m autograder` read
# this file to the end, and then say it themselves (autograder/earlier_place.py).
if Application.initialized() and CLASS != EARLIER:
    earlier = os.path.join(os.path.dirname(os.path.abspath(__file__)), EARLIER)
    if os.path.isdir(earlier) and os.access(earlier, os.R_OK) and os.listdir(earlier):
        raise SystemExit(f"A class lies in {earlier}: run `python -m autograder move-class` first.")

c.CourseDirectory.course_id = f"{ASSIGNMENT}_course"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.submitted_directory = f"{CLASS}/submitted"
c.CourseDirectory.autograded_directory = f"{CLASS}/autograded"
c.CourseDirectory.feedback_directory = f"{CLASS}/feedback"
c.CourseDirectory.solution_directory = f"{CLASS}/solution"
c.CourseDirectory.db_url = f"sqlite:///{CLASS}/gradebook.db"  # docs/term.md: on a server instead
c.ClassFolder.private = CLASS  # the exam key's seed and the verdicts; autograder/class_folder.py reads it

# Where a class exchanges notebooks on one machine; a folder that all its users can write to.
c.Exchange.root = os.environ.get("NBGRADER_EXCHANGE", os.path.abspath(f"{CLASS}/exchange"))

# What learners hand in comes in as plain files: nbgrader would follow links in it, with the instructor's rights.
c.ExchangeFactory.collect = "autograder.nbgrader_plugin.intake.Collect"
c.Autograde.pre_convert_hook = "autograder.nbgrader_plugin.intake.only_plain_files"

# Submissions run in our sandbox instead of a Jupyter kernel. `STOCK_NBGRADER=1` grades as nbgrader does by itself.
if not os.environ.get("STOCK_NBGRADER"):
    c.Autograde.exporter_class = "autograder.nbgrader_plugin.reading.Submissions"
    c.Autograde.sanitize_preprocessors = [
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        "autograder.nbgrader_plugin.grading.SandboxGrade",
        "nbgrader.preprocessors.SaveAutoGrades",
        "autograder.nbgrader_plugin.grading.SaveMessages",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.GenerateFeedback.exporter_class = "autograder.nbgrader_plugin.reading.FeedbackPages"

# Formgrader and feedback show what learners wrote, and nothing in it may run.
c.HTMLExporter.filters = {
    "markdown2html": "autograder.nbgrader_plugin.harmless.markdown",
    "highlight_code": "autograder.nbgrader_plugin.harmless.code",
    "strip_files_prefix": "autograder.nbgrader_plugin.harmless.unchanged",
}

c.ClearSolutions.code_stub = {"python": "# Write your code here.\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "Write your answer here."
c.IncludeHeaderFooter.header = ""
