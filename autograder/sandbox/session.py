"""The trusted side: start a zygote, and talk to one worker at a time without ever waiting too long for it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import bubblewrap, seccomp, wire

MEMORY = 2 << 30  # bytes of address space; the warm libraries take about 0.6 of it
CPU_SECONDS = 200  # of a worker's whole life; `grading` bounds each step
OUTPUT = 1 << 20  # bytes of print() for one request


class Ended(Exception):
    """A worker is gone, or has to go; `how` is "timeout", "memory" or "crashed"."""

    def __init__(self, how, text):
        super().__init__(text)
        self.how = how


class NotHere(RuntimeError):
    """This isolation cannot be had on this machine."""


@dataclass(frozen=True)
class Rung:
    """A set of layers that isolate a worker; rungs are ordered from the strongest."""

    name: str
    layers: tuple[str, ...]
    text: str


class Zygote:
    """A warm process that forks a worker for each submission."""

    def __init__(self, rung: Rung):
        self.rung = rung
        self._scratch = tempfile.TemporaryDirectory(prefix="autograder-")
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._start(rung, theirs)
        except BaseException:
            self._control.close()
            self._scratch.cleanup()
            raise

    def _start(self, rung, theirs):
        program = seccomp.build("no open" not in rung.layers) if "seccomp" in rung.layers else None
        kept = [theirs.fileno(), *([program] if program is not None else [])]
        try:
            self._process = subprocess.Popen(
                self._command(theirs.fileno(), program),
                pass_fds=kept,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd="/",
                env=bubblewrap.ENVIRONMENT,
            )
        finally:
            theirs.close()
            if program is not None:
                os.close(program)
        self._control.settimeout(60)
        if self._control.recv(64) != b"ready":
            said = self._process.communicate(timeout=10)[1].decode(errors="replace").strip().splitlines()
            self.close()
            raise NotHere(said[-1] if said else "the sandbox did not start")

    def worker(self):
        """Start a worker for one submission."""
        return Worker(self._control, self.rung)

    def close(self):
        """End the zygote, and with it whatever still runs in its namespaces."""
        self._control.close()
        self._process.kill()
        self._process.wait()
        self._process.stderr.close()
        self._scratch.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _command(self, control, program):
        inside = "bubblewrap" in self.rung.layers
        settings = {
            "layers": self.rung.layers,
            "control": control,
            "filter": program,
            "memory": MEMORY,
            "cpu": CPU_SECONDS,
            "matplotlib": f"{bubblewrap.PLACE}/matplotlib" if inside else self._scratch.name,
            "path": [f"{bubblewrap.PLACE}/{part}" for part in ("packages", "own")],
            "readable": ["/usr", "/lib", "/lib64", "/dev/null", "/dev/urandom", bubblewrap.PLACE],
        }
        if inside:
            settings["readable"] += bubblewrap.interpreter_paths()
            script = f"{bubblewrap.PLACE}/own/autograder/sandbox/zygote.py"
            return bubblewrap.command([script, json.dumps(settings)], self._scratch.name)
        packages = bubblewrap.package_paths()
        settings["path"] = [str(bubblewrap.ROOT), *sorted({str(Path(path).parent) for path in packages})]
        settings["readable"] = settings["readable"][:5] + bubblewrap.interpreter_paths() + packages
        script = str(bubblewrap.ROOT / "autograder/sandbox/zygote.py")
        return [sys.executable, "-I", "-S", script, json.dumps(settings)]


class Worker:
    """One throw-away process. Every request has a deadline, every answer a size."""

    def __init__(self, control, rung):
        self.output = bytearray()
        self._pid = -1
        theirs, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        self._printed, printed = os.pipe()
        self._status, status = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        socket.send_fds(control, [b"fork"], [theirs, answers, printed, status.fileno()])
        for descriptor in (theirs, answers, printed):
            os.close(descriptor)
        status.close()
        for descriptor in (self._requests, self._answers, self._printed):
            os.set_blocking(descriptor, False)
        self._received, self._to_send = bytearray(), memoryview(b"")
        self._begin(rung)

    def ask(self, what, *arguments, seconds):
        """Send a request; give the answer's header and a decoder of its body."""
        self.output.clear()
        body: list[bytes] = []
        form = wire.encode(list(arguments), body)
        self._to_send = memoryview(wire.frame({"do": what, "arguments": form}, body))
        header, tail = self._answer(time.monotonic() + seconds)
        return header, wire.Decoder(tail)

    def close(self):
        """Kill the worker: as pid 1 of its namespace it takes every descendant with it."""
        if self._pid < 0:
            self._started(2)
        if self._pid >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pid, signal.SIGKILL)
            self._how_it_ended()
            os.close(self._pid)
        for descriptor in {self._requests, self._answers, self._printed} - {-1}:
            os.close(descriptor)
        self._requests = self._answers = self._printed = self._pid = -1
        self._status.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _begin(self, rung):
        """Compare what is in force with what was asked for, before any learner's code runs."""
        try:
            answer, _ = self._answer(time.monotonic() + 20)
            if "not started" in answer:
                raise NotHere(str(answer["not started"]))
            hello = answer.get("hello", {})
            if ("seccomp" in rung.layers) != (hello.get("seccomp") == 2):
                raise NotHere("the system call filter is not in force")
            if "namespaces" in rung.layers and hello.get("pid") != 1:
                raise NotHere("the worker has no namespaces of its own")
        except BaseException:
            self.close()
            raise

    def _answer(self, deadline):
        while True:
            found = self._whole_frame()
            if found:
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                raise Ended("timeout", "the time limit")
            for descriptor, _ in self._waiting().poll(left * 1000 + 1):
                with contextlib.suppress(BlockingIOError):  # somebody else has emptied the pipe
                    self._serve(descriptor)

    def _waiting(self):
        poll = select.poll()
        poll.register(self._answers, select.POLLIN)
        if self._printed >= 0:
            poll.register(self._printed, select.POLLIN)
        if self._to_send:
            poll.register(self._requests, select.POLLOUT)
        return poll

    def _serve(self, descriptor):
        if descriptor == self._requests:
            try:
                self._to_send = self._to_send[os.write(descriptor, self._to_send[: 1 << 16]) :]
            except BrokenPipeError:
                self._to_send = memoryview(b"")
        elif descriptor == self._printed:
            self._take_print(os.read(descriptor, 1 << 16))
        else:
            part = os.read(descriptor, 1 << 20)
            if not part:
                raise self._gone()
            self._received += part

    def _take_print(self, part):
        if not part:
            os.close(self._printed)
            self._printed = -1
        self.output += part
        if len(self.output) > OUTPUT:
            raise Ended("crashed", "more than a million characters printed")

    def _whole_frame(self):
        start = wire.LENGTHS.size
        if len(self._received) < start:
            return None
        head, tail = wire.lengths(bytes(self._received[:start]))
        end = start + head + tail
        if len(self._received) < end:
            return None
        if self._to_send:
            raise wire.Malformed("an answer came before its request")
        header = wire.parse(bytes(self._received[start : start + head]))
        body = bytes(self._received[start + head : end])
        del self._received[:end]
        return header, body

    def _gone(self):
        self._started(2)
        code = self._how_it_ended()
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return Ended("timeout", "the limit of computing time")
        if code is None:
            return Ended("crashed", "the process ended")
        name = signal.Signals(-code).name if code < 0 and -code in signal.valid_signals() else f"exit status {code}"
        return Ended("crashed", f"the process ended ({name})")

    def _started(self, seconds):
        """Take the handle on the worker's process from its supervisor, once."""
        if self._pid >= 0:
            return
        self._status.settimeout(seconds)
        with contextlib.suppress(OSError):
            _, descriptors, _, _ = socket.recv_fds(self._status, 256, 1)
            self._pid = descriptors[0] if descriptors else -1

    def _how_it_ended(self):
        self._status.settimeout(2)
        try:
            return int(self._status.recv(64))
        except (OSError, ValueError):
            return None
