"""Shut the doors behind a worker, one layer after the other. Runs inside the sandbox, before any learner's code."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Iterable

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_GET_SECCOMP, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 21, 22, 38
SECCOMP_MODE_FILTER = 2
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID = 0x8000000, 0x10000000, 0x20000000

LIBC = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def not_dumpable() -> None:
    """Keep other processes of the same user from tracing this one or reading its memory."""
    LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def own_namespaces() -> None:
    """Enter user, pid and ipc namespaces of one's own: the next fork is pid 1 in them."""
    if LIBC.unshare(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWIPC):
        raise OSError(ctypes.get_errno(), "unshare")


def alone() -> None:
    """Leave the process group, whose `kill(0)` reaches out of a pid namespace, and die with the parent."""
    os.setsid()
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def limits(memory: int, cpu_seconds: int) -> None:
    """Bound what the worker may use; `memory` counts addresses, the warm libraries' included."""
    for what, most in {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_NPROC: 1,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_STACK: 8 << 20,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_SIGPENDING: 64,
    }.items():
        resource.setrlimit(what, (most, most))


def no_new_privileges() -> None:
    """Let no later exec gain rights; also what Landlock and seccomp ask for."""
    if LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")


def landlock(readable: Iterable[str]) -> None:
    """Let the worker read below `readable` only, and signal nobody outside."""
    from landlockpy import AccessFS, Ruleset, Scope

    rules = Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET)
    for path in filter(os.path.exists, readable):
        below = AccessFS.READ_DIR if os.path.isdir(path) else AccessFS.READ_FILE
        rules.allow_path(path, AccessFS.READ_FILE | below)
    rules.restrict()
    rules.close()


def seccomp(program: bytes) -> None:
    """Install the filter that the trusted side has built: from here on only its system calls exist."""
    code = _Program(len(program) // 8, program)
    if LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(code), 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp")


def state() -> dict[str, int]:
    """Tell what is in force, for the trusted side to compare with what it asked for."""
    return {"pid": os.getpid(), "seccomp": LIBC.prctl(PR_GET_SECCOMP, 0, 0, 0, 0)}
