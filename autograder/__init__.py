"""What an instructor and a maintainer run: keys, misconceptions, grading, and the making of notebooks."""

import os
import sys

# `python -m autograder` looks for modules in the current folder first, and that may be one of submissions: a learner's
# numpy.py would run here, outside the sandbox.
if sys.argv[:1] == ["-m"] and sys.path[0] in ("", os.getcwd()):
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
