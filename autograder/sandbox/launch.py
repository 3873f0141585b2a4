"""The trusted side: start a zygote on a rung of the ladder, and let it fork workers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from autograder.sandbox import bubblewrap, seccomp
from autograder.sandbox.talk import NotHere, Worker
from autograder.sandbox.zygote import Settings
from bnlib.paths import ROOT
from bnlib.syllabus import LAB

MEMORY = 2 << 30  # bytes of address space; the warm libraries take about 0.6 of it
CPU_SECONDS = 200  # of a worker's whole life; `grading` bounds each step


@dataclass(frozen=True)
class Rung:
    """A set of layers that isolate a worker; rungs are ordered from the strongest."""

    name: str
    layers: tuple[str, ...]
    text: str


class Zygote:
    """A warm process that forks a worker for each submission; raises NotHere, and OSError of what starts it."""

    def __init__(self, rung: Rung) -> None:
        self.rung = rung
        self._start()

    def worker(self) -> Worker:
        """Start a worker for one submission; a zygote that has died is started again; raises NotHere."""
        if self._process.poll() is not None:
            self.close()
            self._start()
        return Worker(self._control, self.rung.layers)

    def close(self) -> None:
        """End the zygote, and with it whatever still runs in its namespaces."""
        self._control.close()
        self._process.kill()
        self._process.wait()
        assert self._process.stderr
        self._process.stderr.close()
        self._scratch.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="autograder-")
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._launch(self.rung, theirs)
        except BaseException:
            self._control.close()
            self._scratch.cleanup()
            raise

    def _launch(self, rung: Rung, theirs: socket.socket) -> None:
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

    def _command(self, control: int, program: int | None) -> list[str]:
        inside = "bubblewrap" in self.rung.layers
        settings: Settings = {
            "layers": self.rung.layers,
            "control": control,
            "filter": program,
            "memory": MEMORY,
            "cpu": CPU_SECONDS,
            "matplotlib": f"{bubblewrap.PLACE}/matplotlib" if inside else self._scratch.name,
            "lab": LAB,
            "path": [f"{bubblewrap.PLACE}/{part}" for part in ("packages", "own")],
            "readable": ["/usr", "/lib", "/lib64", "/dev/null", "/dev/urandom", bubblewrap.PLACE],
        }
        if inside:
            settings["readable"] += bubblewrap.interpreter_paths()
            script = f"{bubblewrap.PLACE}/own/autograder/sandbox/zygote.py"
            return bubblewrap.command([script, json.dumps(settings)], self._scratch.name)
        packages = bubblewrap.package_paths()
        settings["path"] = [str(ROOT), *sorted({str(Path(path).parent) for path in packages})]
        settings["readable"] = settings["readable"][:5] + bubblewrap.interpreter_paths() + packages
        script = str(ROOT / "autograder/sandbox/zygote.py")
        return [sys.executable, "-I", "-S", script, json.dumps(settings)]
