"""The strongest isolation that holds on this machine: each rung is started and probed before it is believed."""

from __future__ import annotations

import subprocess
import sys
import tempfile

from autograder.sandbox.launch import Rung, Zygote
from autograder.sandbox.process import Ended
from autograder.sandbox.talk import NotHere, Worker
from autograder.sandbox.wire import Malformed

RUNGS = (
    Rung("A", ("bubblewrap", "namespaces", "landlock", "seccomp"), "bubblewrap, own namespaces, Landlock, seccomp"),
    Rung("B", ("bubblewrap", "landlock", "seccomp"), "bubblewrap, Landlock, seccomp"),
    Rung("C", ("bubblewrap", "seccomp"), "bubblewrap, seccomp"),
    Rung("D", ("landlock", "seccomp"), "Landlock, seccomp"),
    Rung("E", ("seccomp", "no open"), "seccomp that opens no file"),
)
ELSEWHERE = "Submissions are graded on Linux only: on Windows in WSL 2, on a Mac in a virtual machine."
UNSAFE = Rung("none", (), "limits on memory and time only: NO isolation")

# What a learner's code must not be able to do; each is tried as it would try.
PROBES = {
    "read a file of this machine": "open(SECRET)",
    "list processes": "os.listdir('/proc')",
    "write a file": "open('/tmp/autograder-probe', 'w')",
    "open a network socket": "socket.socket(socket.AF_INET)",
    "open a local socket": "socket.socket(socket.AF_UNIX)",
    "fork": "os.fork() or os._exit(0)",
    "run a program": "os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)",
    "signal its parent": "os.kill(os.getppid() or 2, 0)",
    "make namespaces": "[][0] if ctypes.CDLL(None).unshare(0x10000000) else 0",
    "trace a process": "[][0] if ctypes.CDLL(None).ptrace(16, os.getppid() or 2, 0, 0) else 0",
}


def strongest(allow_unsafe: bool = False) -> tuple[Zygote, list[str]]:
    """Give a zygote on the strongest rung that holds, and a sentence for each rung that does not.

    Raises NotHere when none holds; `allow_unsafe` then settles for limits alone.
    """
    if sys.platform != "linux":
        raise NotHere(ELSEWHERE)
    reasons = []
    for rung in RUNGS:
        try:
            zygote = Zygote(rung)
        except (NotHere, OSError, ImportError, subprocess.SubprocessError) as error:
            reasons.append(f"{rung.name} ({rung.text}): {error}")
            continue
        leaks = probe(zygote)
        if not leaks:
            return zygote, reasons
        zygote.close()
        reasons.append(f"{rung.name} ({rung.text}): code in it could {', '.join(leaks)}")
    if allow_unsafe:
        return Zygote(UNSAFE), reasons
    raise NotHere("No isolation that holds is to be had here.\n" + "\n".join(reasons))


def probe(zygote: Zygote) -> list[str]:
    """Give what a learner's code could do and must not."""
    with tempfile.NamedTemporaryFile("w") as secret:
        secret.write("secret")
        secret.flush()
        try:
            with zygote.worker() as worker:
                return [what for what, code in PROBES.items() if _can(worker, code, secret.name)]
        except (Ended, Malformed, NotHere, OSError) as error:
            return [f"not be probed ({error})"]


def _can(worker: Worker, code: str, secret: str) -> bool:
    source = f"import ctypes, os, socket\nSECRET = {secret!r}\n{code}"
    answer, _ = worker.ask("cell", source, "<probe>", seconds=10)
    return "raised" not in answer
