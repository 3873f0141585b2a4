"""`make bench`: what bnlib costs, as ratios to `import numpy` in the same run."""

import contextlib
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time

from autograder.coursebook import lessons
from autograder.coursebook.reference import bnlib_home
from bnlib import checking, store
from bnlib.syllabus import NAMES, load

RUNS = 15


def main():
    start = whole_process("pass")
    numpy = whole_process("import numpy") - start
    library = whole_process("import bnlib") - start
    ready = whole_process("from bnlib import check") - start
    print(f"median of {RUNS} runs, less the start of Python; `import numpy` = 1")
    print(f"import bnlib                {library / numpy:6.2f}")
    print(f"from bnlib import check     {ready / numpy:6.2f}   (numpy included)")
    first, later = zip(*(check_times(name) for name in NAMES), strict=True)
    print(f"first check, the slowest    {max(first) / numpy:6.2f}")
    print(f"later checks, the slowest   {max(later) / numpy:6.2f}   = {max(later) * 1000:.0f} ms here")


def whole_process(code):
    """Give the median time of a fresh Python that runs `code`."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=os.environ)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def check_times(name):
    """Give the seconds of the first and of the median later check of the reference, the saving included."""
    cells = lessons.exercise_sources()
    with tempfile.TemporaryDirectory() as home, bnlib_home(home), contextlib.redirect_stdout(io.StringIO()):
        for need in NAMES[: NAMES.index(name)]:
            store.save(need, cells[need])
        load(name)
        times = []
        for _ in range(RUNS):
            began = time.perf_counter()
            checking.judge_source(name, cells[name])
            checking.judge_source(name, cells[name])  # a right function is judged where it stands, and alone
            store.save(name, cells[name])
            times.append(time.perf_counter() - began)
    return times[0], statistics.median(times[1:])


if __name__ == "__main__":
    main()
