"""What the zygote gets to see: a read-only system and the few packages that it maps. Nothing is writable."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

from bnlib.paths import ROOT
from bnlib.syllabus import LAB

PLACE = "/sandbox"
LAB_FILES = tuple(f"bnlib/lab/{module}.py" for module in LAB)
# Of our own code only what runs cases, and no key, no misconception, no lesson.
OWN = (
    "autograder/sandbox/lab.py",
    "autograder/sandbox/lockdown.py",
    "autograder/sandbox/wire.py",
    "autograder/sandbox/worker.py",
    "autograder/sandbox/zygote.py",
    "bnlib/judging/outcome.py",
    "bnlib/judging/plain.py",
    "bnlib/judging/runner.py",
    *LAB_FILES,
)
LIST_MODULES = """
import json, sys
import matplotlib; matplotlib.use("Agg")
import matplotlib.pyplot as plt, numpy.random, numpy.testing, numpy.linalg
plt.figure().canvas.draw()
import landlockpy
print(json.dumps(sorted({m.__file__ for m in list(sys.modules.values()) if getattr(m, "__file__", None)})))
"""


def command(interpreter_arguments: list[str], matplotlib_folder: str) -> list[str]:
    """Give the bwrap command that runs the interpreter with these arguments; raises FileNotFoundError without bwrap."""
    bwrap = shutil.which("bwrap")
    if not bwrap:
        raise FileNotFoundError("bubblewrap is not installed (Debian, Ubuntu, Fedora: the package bubblewrap)")
    line = [bwrap, "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--clearenv"]
    line += ["--ro-bind", "/usr", "/usr"]
    for folder in ("/lib", "/lib64", "/bin"):
        if os.path.islink(folder):
            line += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            line += ["--ro-bind", folder, folder]
    for path in interpreter_paths():
        line += ["--ro-bind", path, path]
        packages = os.path.join(path, "site-packages")  # of the interpreter itself: hidden, whatever they are
        if os.path.isdir(packages):
            line += ["--tmpfs", packages, "--remount-ro", packages]
    for source, target in mounts():
        line += ["--ro-bind", source, target]
    line += ["--ro-bind", matplotlib_folder, f"{PLACE}/matplotlib"]
    line += ["--dev-bind", "/dev/null", "/dev/null", "--dev-bind", "/dev/urandom", "/dev/urandom"]
    for name, value in ENVIRONMENT.items():
        line += ["--setenv", name, value]
    line += ["--remount-ro", "/", "--chdir", "/"]
    return [*line, os.path.realpath(sys.executable), "-I", "-S", *interpreter_arguments]


ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def mounts() -> list[tuple[str, str]]:
    """Give (outside, inside) of the packages that the warm process maps, and of our own few files."""
    pairs = [(path, f"{PLACE}/packages/{Path(path).name}") for path in package_paths()]
    return pairs + [(str(ROOT / path), f"{PLACE}/own/{path}") for path in OWN]


@cache
def package_paths() -> list[str]:
    """Give the top-level packages, and the libraries beside them, that the warm imports load."""
    # In "/": the current folder may be one of submissions, and `-c` imports from the current folder first.
    done = subprocess.run([sys.executable, "-c", LIST_MODULES], cwd="/", capture_output=True, text=True, check=True)
    site = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    found = set()
    for file in map(Path, json.loads(done.stdout)):
        for folder in site:
            if file.is_relative_to(folder):
                found.add(folder / file.relative_to(folder).parts[0])
    found |= {folder / f"{path.name}.libs" for path in found for folder in site}  # shared libraries of wheels
    found |= {folder / "pillow.libs" for folder in site}
    return sorted(str(path) for path in found if path.exists())


@cache
def interpreter_paths() -> list[str]:
    """Give what an interpreter outside /usr consists of: its program, its library, its standard library."""
    program = Path(os.path.realpath(sys.executable))
    standard = Path(sysconfig.get_path("stdlib"))
    library = Path(sysconfig.get_config_var("LIBDIR") or "/usr/lib")
    paths = [program, standard, *library.glob("libpython*.so*")]
    if library != Path("/usr/lib") and (library / "libcrypto.so").exists():  # conda brings its system libraries along
        paths.append(library)
    return [str(path) for path in paths if not path.is_relative_to("/usr")]
