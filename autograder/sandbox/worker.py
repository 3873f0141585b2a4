"""Inside the sandbox: run a submission's cells and the cases on what they define.

From the first cell on the learner's code may do as it likes with this process, and nothing that it
says is believed except as data. Requests come on descriptor 3, answers go out on 4.
"""

import linecache
import os
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, cast

from autograder.sandbox import wire
from bnlib.judging.outcome import Failure, Kind
from bnlib.judging.plain import Array, Tree
from bnlib.judging.runner import PREFIX, run_case

REQUESTS, ANSWERS = 3, 4
MESSAGE = 500  # characters of an exception's text

Answer = tuple[wire.Header, list[bytes]]


def serve() -> NoReturn:
    """Answer requests until the grader hangs up."""
    submission = Submission()
    while True:
        request, trees = _receive()
        try:
            answer, body = getattr(submission, request["do"])(*trees)
        except BaseException as error:
            answer, body = {"raised": _describe(error)}, []
        _send(answer, body)


class Submission:
    """The namespace in which a submission's cells run, and the `bnlib` that they can import."""

    def __init__(self) -> None:
        shell = _Shell()
        self.namespace: dict[str, Any] = {
            "__name__": "__main__",
            "get_ipython": lambda: shell,
            "display": shell.display,
        }
        self.library = _Library(self.namespace)
        sys.modules["bnlib"] = self.library

    def cell(self, source: str, name: str) -> Answer:
        """Run a cell."""
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        exec(compile(source, name, "exec", dont_inherit=True), self.namespace)
        return {}, []

    def reference(self, names: Sequence[str], source: str) -> Answer:
        """Let `bnlib` have the reference of an exercise that is not, or no longer, judged."""
        self.library.sources |= dict.fromkeys(names, source)
        for name in names:
            if name in self.namespace:
                self.namespace[name] = getattr(self.library, name)
        return {}, []

    def case(self, names: Sequence[str], script: str, results: Sequence[str], inputs: Mapping[str, Tree]) -> Answer:
        """Run a case on what the submission calls by an exercise's names; answer with its outcome."""
        if names[0] not in self.namespace:
            return {"missing": True}, []
        own = {name: self.namespace[name] for name in names if name in self.namespace}
        outcome = run_case(script, tuple(results), inputs, own)
        found = {name: v.astype(v.dtype.newbyteorder("="), copy=False) for name, v in outcome.values.items()}
        failure = outcome.failure or _too_much(found)
        body: list[bytes] = []
        try:
            values = wire.encode({} if failure else found, body)
            changed = wire.encode({} if failure else outcome.changed, body)
        except wire.Malformed as error:
            failure, body = _unusable(f"What came back cannot be taken: {error}"), []
            values = changed = {"dict": {}}
        failed = failure and [str(part)[:MESSAGE] for part in (failure.kind, failure.error, failure.text, failure.line)]
        warned = outcome.warned[:MESSAGE]
        return {"values": values, "changed": changed, "failure": failed, "warned": warned}, body


def _too_much(values: Mapping[str, Array]) -> Failure | None:
    """Say which result cannot cross the border, for its dtype or its size."""
    for name, value in values.items():
        if value.nbytes > wire.MAX_BODY // 4:
            return _unusable(f"`{name}` has the shape {value.shape}: far too many numbers")
        if value.dtype.str not in wire.DTYPES:
            return _unusable(f"`{name}` holds {value.dtype} numbers; they should be float64")
    return None


def _unusable(text: str) -> Failure:
    return Failure(Kind.UNUSABLE, "Unusable", text[:MESSAGE])


class _Library(types.ModuleType):
    """What `import bnlib` gives: our lab, references as far as they are due, and helpers that do nothing here."""

    def __init__(self, own: dict[str, Callable[..., object]]) -> None:
        super().__init__("bnlib")
        self.__path__ = []
        self.own = own
        self.sources: dict[str, str] = {}
        for helper in ("check", "hint", "borrow", "reveal", "progress"):
            setattr(self, helper, lambda *arguments, **options: None)

    def __getattr__(self, name: str) -> object:
        if name == "lab":
            return sys.modules["bnlib.lab"]
        if name not in self.sources:
            if name.startswith("__") or name not in self.own:
                raise AttributeError(name)
            return self.own[name]  # not due yet: as in a notebook, `bnlib` has the submission's own
        module = types.ModuleType(PREFIX + name)
        exec(compile(self.sources[name], f"<the reference's {name}>", "exec"), module.__dict__)
        setattr(self, name, getattr(module, name))
        return getattr(module, name)


class _Shell:
    """IPython as far as cells need it: magics and shell commands do nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments, **options: None


def _receive() -> tuple[wire.Header, Sequence[Tree]]:
    def exactly(count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            part = os.read(REQUESTS, min(count - len(data), 1 << 20))
            if not part:
                os._exit(0)
            data += part
        return bytes(data)

    head, tail = wire.lengths(exactly(wire.LENGTHS.size))
    request = wire.parse(exactly(head))
    arguments = wire.Decoder(exactly(tail)).tree(request["arguments"])
    return request, cast(Sequence[Tree], arguments)  # the trusted side sends a list


def _send(answer: wire.Header, body: list[bytes]) -> None:
    data = memoryview(wire.frame(answer, body))
    while data:
        data = data[os.write(ANSWERS, data) :]


def _describe(error: BaseException) -> list[str]:
    try:
        text = str(error)
    except BaseException:
        text = "its text cannot be printed"
    return [type(error).__name__[:MESSAGE], text[:MESSAGE]]
