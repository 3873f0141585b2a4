"""What cannot be done is said in a sentence, never in a traceback."""

from pathlib import Path

from bnlib.files import write_whole


class Refused(RuntimeError):
    """What was asked for cannot be done here; the text says why."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Unreadable(ValueError):
    """What was given cannot be read as what it should be; the text says why."""


def write(path: Path, content: str | bytes, mode: int = 0o666, kept: str = "") -> None:
    """Write a file whole or not at all; raises Refused with a sentence, and with `kept` behind it."""
    try:
        write_whole(path, content, mode)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror or error}.{kept}") from None
