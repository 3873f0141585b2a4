"""The trusted side: a worker's process, to kill it and to hear from its supervisor how it ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from pathlib import Path

from bnlib.judging.outcome import Kind

SECONDS = 2  # for the supervisor, which is ours, to answer


class Ended(Exception):
    """A worker is gone, or has to go; `how` is the kind of failure."""

    def __init__(self, how: Kind, text: str) -> None:
        super().__init__(text)
        self.how = how


class Process:
    """The handle on a worker's process; `supervisors_end` is the socket that its supervisor gets."""

    def __init__(self) -> None:
        self._pid = -1
        self._status, self.supervisors_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def kill(self) -> None:
        """Kill the worker: as pid 1 of its namespace it takes every descendant with it."""
        self._take_handle()
        if self._pid >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pid, signal.SIGKILL)
            self._exit_code()
            os.close(self._pid)
        self._pid = -1
        self._status.close()

    def how_it_ended(self) -> Ended:
        """Say what became of a worker that hung up."""
        self._take_handle()
        code = self._exit_code()
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return Ended(Kind.TIMEOUT, "the limit of computing time")
        if code is None:
            return Ended(Kind.CRASHED, "the process ended")
        name = signal.Signals(-code).name if code < 0 and -code in signal.valid_signals() else f"exit status {code}"
        return Ended(Kind.CRASHED, f"the process ended ({name})")

    def computing_time(self) -> tuple[float, bool]:
        """Give the seconds that the worker has computed, and whether it would compute on if the machine let it."""
        self._take_handle()
        try:
            fields = Path(f"/proc/self/fdinfo/{self._pid}").read_text().split("Pid:")[1].split()
            state, *times = Path(f"/proc/{fields[0]}/stat").read_text().rpartition(")")[2].split()
        except (OSError, IndexError):  # it is gone, or this system has no /proc
            return 0.0, False
        return (int(times[10]) + int(times[11])) / os.sysconf("SC_CLK_TCK"), state == "R"

    def _take_handle(self) -> None:
        """Take the handle on the worker's process from its supervisor, once."""
        if self._pid >= 0:
            return
        self._status.settimeout(SECONDS)
        with contextlib.suppress(OSError):
            _, descriptors, _, _ = socket.recv_fds(self._status, 256, 1)
            self._pid = descriptors[0] if descriptors else -1

    def _exit_code(self) -> int | None:
        self._status.settimeout(SECONDS)
        try:
            return int(self._status.recv(64))
        except (OSError, ValueError):
            return None
