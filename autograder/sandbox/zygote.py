"""Inside the sandbox: a warm process that forks once per submission. No learner's code runs in it.

It is started as a script with one argument, its settings as JSON, and gets a control socket on a descriptor.
For each submission the grader sends three pipes and a socket over it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Sequence
from typing import NoReturn, TypedDict


class Settings(TypedDict):
    """What the trusted side says on the command line."""

    layers: Sequence[str]
    control: int
    filter: int | None
    memory: int
    cpu: int
    matplotlib: str
    path: list[str]
    readable: list[str]
    lab: dict[str, list[str]]


def main(settings: Settings) -> NoReturn:
    sys.path[:0] = settings["path"]
    warm_up(settings["matplotlib"], settings["lab"])
    if "landlock" in settings["layers"]:
        import_landlock()
    from autograder.sandbox import lockdown

    del sys.path[: len(settings["path"])]
    program = _read_filter(settings["filter"])
    control = socket.socket(fileno=settings["control"])
    os.environ.clear()
    lockdown.not_dumpable()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps supervisors
    gc.collect()
    gc.freeze()
    control.send(b"ready")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 64, 4)
        if not message:
            os._exit(0)
        if os.fork() == 0:
            control.close()
            supervise(settings, program, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def warm_up(matplotlib_folder: str, parts_of_lab: dict[str, list[str]]) -> None:
    """Import what submissions use, once for all; a figure is drawn so that fonts are ready."""
    import tempfile

    # Nothing is writable here: matplotlib would look for a folder of its own.
    tempfile.mkdtemp = lambda *arguments, **options: matplotlib_folder  # type: ignore[assignment]  # of its overloads one
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy.linalg
    import numpy.random
    import numpy.testing

    import autograder.sandbox.worker  # noqa: F401
    from autograder.sandbox import lab
    from bnlib.judging.runner import through_a_file

    lab.put_in_place(parts_of_lab)
    through_a_file({"warm": numpy.zeros(1)})
    plt.figure().gca().set_title("warm")
    plt.gcf().canvas.draw()
    plt.close("all")


def import_landlock() -> None:
    """Load what the worker will need: by then nothing can be imported from outside the standard library."""
    import ctypes.util

    ctypes.util.find_library = lambda name: {"c": "libc.so.6"}.get(name)  # it would call programs that are not here
    import landlockpy  # noqa: F401


def supervise(settings: Settings, program: bytes, requests: int, answers: int, output: int, status: int) -> NoReturn:
    """Trusted, one per submission: make its namespaces, fork the worker, tell the grader how it ended."""
    from autograder.sandbox import lockdown

    report = socket.socket(fileno=status)
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        if "namespaces" in settings["layers"]:
            lockdown.own_namespaces()
        pid = os.fork()
        if pid == 0:
            report.close()
            work(settings, program, requests, answers, output)
        for descriptor in (requests, answers, output):
            os.close(descriptor)
        socket.send_fds(report, [b"started"], [os.pidfd_open(pid)])
        _, ended = os.waitpid(pid, 0)
        report.send(str(os.waitstatus_to_exitcode(ended)).encode())
    except BaseException as error:
        report.send(f"not started: {error!r}"[:200].encode())
    os._exit(0)


def work(settings: Settings, program: bytes, requests: int, answers: int, output: int) -> NoReturn:
    """Become the worker: nothing but five descriptors, every layer in force, and then the learner's code."""
    from autograder.sandbox import lockdown, wire, worker

    try:
        _keep_only(requests, answers, output)
        lockdown.alone()
        lockdown.limits(settings["memory"], settings["cpu"])
        lockdown.no_new_privileges()
        if "landlock" in settings["layers"]:
            lockdown.landlock(settings["readable"])
        if program:
            lockdown.seccomp(program)
        hello = lockdown.state()
    except BaseException as error:
        os.write(worker.ANSWERS, wire.frame({"not started": repr(error)[:200]}))
        os._exit(70)
    os.write(worker.ANSWERS, wire.frame({"hello": hello}))
    worker.serve()
    os._exit(0)


def _keep_only(requests: int, answers: int, output: int) -> None:
    """Put the pipes on 3 and 4, output on 1 and 2, nothing on 0, and close all else."""
    import fcntl

    moved = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 100) for descriptor in (requests, answers, output)]
    nothing = fcntl.fcntl(os.open("/dev/null", os.O_RDONLY), fcntl.F_DUPFD, 100)
    for descriptor, place in ((nothing, 0), (moved[2], 1), (moved[2], 2), (moved[0], 3), (moved[1], 4)):
        os.dup2(descriptor, place, inheritable=False)
    os.closerange(5, 1024)


def _read_filter(descriptor: int | None) -> bytes:
    if descriptor is None:
        return b""
    program = os.pread(descriptor, 1 << 20, 0)
    os.close(descriptor)
    return program


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
