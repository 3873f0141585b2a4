"""The trusted side: talk to one worker, without ever waiting too long for it."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import time
from typing import Self

from autograder.sandbox import wire
from autograder.sandbox.process import Ended, Process
from bnlib.judging.outcome import Kind
from bnlib.judging.plain import Tree

OUTPUT = 1 << 20  # bytes of print() for one request
PATIENCE = 4  # times the seconds of a request, for a worker that a busy machine does not let compute


class NotHere(RuntimeError):
    """This isolation cannot be had on this machine."""


class Worker:
    """One throw-away process; raises NotHere. Every request has a deadline, every answer a size."""

    def __init__(self, control: socket.socket, layers: tuple[str, ...]) -> None:
        self._printed_bytes = 0
        self._process = Process()
        theirs, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        self._printed, printed = os.pipe()
        status = self._process.supervisors_end
        socket.send_fds(control, [b"fork"], [theirs, answers, printed, status.fileno()])
        for descriptor in (theirs, answers, printed):
            os.close(descriptor)
        status.close()
        for descriptor in (self._requests, self._answers, self._printed):
            os.set_blocking(descriptor, False)
        self._received, self._to_send = bytearray(), memoryview(b"")
        self._begin(layers)

    def ask(self, what: str, *arguments: Tree, seconds: float) -> tuple[wire.Header, wire.Decoder]:
        """Send a request; give the answer's header and a decoder of its body; raises Ended and Malformed."""
        self._printed_bytes = 0
        body: list[bytes] = []
        form = wire.encode(list(arguments), body)
        self._to_send = memoryview(wire.frame({"do": what, "arguments": form}, body))
        header, tail = self._answer(seconds)
        return header, wire.Decoder(tail)

    def close(self) -> None:
        """Kill the worker, whatever it is at."""
        self._process.kill()
        for descriptor in {self._requests, self._answers, self._printed} - {-1}:
            os.close(descriptor)
        self._requests = self._answers = self._printed = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, layers: tuple[str, ...]) -> None:
        """Compare what is in force with what was asked for, before any learner's code runs."""
        try:
            answer, _ = self._answer(20)
            if "not started" in answer:
                raise NotHere(str(answer["not started"]))
            hello = answer.get("hello", {})
            if ("seccomp" in layers) != (hello.get("seccomp") == 2):
                raise NotHere("the system call filter is not in force")
            if "namespaces" in layers and hello.get("pid") != 1:
                raise NotHere("the worker has no namespaces of its own")
        except BaseException:
            self.close()
            raise

    def _answer(self, seconds: float) -> tuple[wire.Header, bytes]:
        began, (before, _) = time.monotonic(), self._process.computing_time()
        deadline = began + seconds
        while True:
            found = self._whole_frame()
            if found:
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                computed, would_compute = self._process.computing_time()
                owed = seconds - (computed - before)
                if owed <= 0 or not would_compute or time.monotonic() > began + PATIENCE * seconds:
                    raise Ended(Kind.TIMEOUT, "the time limit")
                deadline = time.monotonic() + min(owed, 1)
            for descriptor, _ in self._waiting().poll(max(left, 0) * 1000 + 1):
                with contextlib.suppress(BlockingIOError):  # somebody else has emptied the pipe
                    self._serve(descriptor)

    def _waiting(self) -> select.poll:
        poll = select.poll()
        poll.register(self._answers, select.POLLIN)
        if self._printed >= 0:
            poll.register(self._printed, select.POLLIN)
        if self._to_send:
            poll.register(self._requests, select.POLLOUT)
        return poll

    def _serve(self, descriptor: int) -> None:
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
                raise self._process.how_it_ended()
            self._received += part

    def _take_print(self, part: bytes) -> None:
        if not part:
            os.close(self._printed)
            self._printed = -1
        self._printed_bytes += len(part)
        if self._printed_bytes > OUTPUT:
            raise Ended(Kind.CRASHED, "more than a million characters printed")

    def _whole_frame(self) -> tuple[wire.Header, bytes] | None:
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
