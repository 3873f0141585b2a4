"""A copy of the clone with a course of one short lesson, for tests that build."""

import os
import re
import shutil
import subprocess
import sys

from bnlib.paths import ROOT

COURSE = """\
title = "A small course"
assignment = "small"
warm_up = "batch_size"

[[lesson]]
name = "start_here"
exercises = ["batch_size"]

# Which answers stand where.
[answers]
in_readme = []
"""
DEMO = re.compile(r"^```\{code-cell\} ipython3\n:tags: \[demo\].*?^```\n", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\{(?:lesson|Lesson|number|link) \w+\}")
STORY = "```{code-cell} ipython3\n:tags: [demo, story]\n\nplt.plot([0, 1])\nplt.show()\n```\n"
COPIED = ("autograder", "bnlib", "docs", "README.md", "nbgrader_config.py", "pyproject.toml", "course/inputs.py")
LEFT_OUT = shutil.ignore_patterns("mine", ".*", "__pycache__", "practice_key", "syllabus.json", "strength.json")


class SmallCourse:
    """A clone of its own: commands run in it, and its files can be compared."""

    def __init__(self, root):
        self.root = root

    @classmethod
    def made(cls, root):
        """Make one, nothing built yet."""
        for name in COPIED:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, root / name, **({"ignore": LEFT_OUT} if (ROOT / name).is_dir() else {}))
        shutil.copytree(ROOT / "course" / "batch_size", root / "course" / "batch_size", ignore=LEFT_OUT)
        text = DEMO.sub("", (ROOT / "course" / "lessons" / "start_here.md").read_text(encoding="utf-8"))
        text = LINK.sub("later", text.replace("## What happened", STORY + "\n## What happened"))
        (root / "course" / "lessons").mkdir()
        (root / "course" / "lessons" / "start_here.md").write_text(text, encoding="utf-8")
        (root / "course" / "course.toml").write_text(COURSE)
        (root / "course" / "sample.toml").write_text('hostile_at = "batch_size"\n')
        return cls(root)

    def copy(self, root):
        """Give another one like it."""
        shutil.copytree(self.root, root)
        return SmallCourse(root)

    @property
    def environment(self):
        """Give the environment in which commands find this clone's packages."""
        return os.environ | {"PYTHONPATH": str(self.root)}

    def run(self, *arguments):
        """Run a module of this clone; give its status and what it says."""
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=self.root, env=self.environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def does(self, *arguments):
        """Run a module of this clone, which has to succeed; give what it says."""
        status, said = self.run(*arguments)
        assert status == 0, said
        return said

    def build(self):
        """Build; give the lessons that were executed."""
        return re.findall(r"^executing \d+_(\w+)", self.does("autograder.workshop.making"), re.MULTILINE)

    def change(self, name, old, new):
        """Replace a text in a file, where it stands once."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def files(self):
        """Give the content of every file but those that Python and a build keep for themselves."""
        every = {path.relative_to(self.root).as_posix(): path for path in self.root.rglob("*") if path.is_file()}
        kept = {name: path for name, path in every.items() if "__pycache__" not in name and name[:6] != "build/"}
        return {name: path.read_bytes() for name, path in kept.items()}
