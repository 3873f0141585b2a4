"""`make build`: in a copy of the clone, first what everything else imports of the course, then, in a process that has
read it, all the rest; then what is made is put in place.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from autograder.workshop.making import staging
from bnlib.refusal import Refused

ROOT = Path(__file__).resolve().parents[3]
STEPS = ("syllabus", "build")


def main() -> int:
    """Build; where that fails, nothing has changed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # the copy is taken away then, too
    try:
        return _build()
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed.", file=sys.stderr)
        return 130


def _build() -> int:
    with staging.copy_of(ROOT) as copy:
        before = staging.generated(copy)
        environment = os.environ | {"PYTHONPATH": f"{copy}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
        for step in STEPS:
            command = [sys.executable, "-m", f"autograder.workshop.making.{step}"]
            failed = subprocess.run(command, cwd=copy, env=environment).returncode
            if failed:
                print("Nothing was changed.", file=sys.stderr)
                return failed
        changed = staging.put_in_place(before, staging.generated(copy), ROOT)
    print(f"{len(changed)} files changed." if changed else "Everything was up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
