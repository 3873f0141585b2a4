"""Write files whole or not at all, so that a full disk or a kill leaves what was there before."""

import contextlib
import os
import secrets
from pathlib import Path


def write_whole(path: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Write a file, and the folders above it; raises OSError, and then what was there is as it was.

    What is no ordinary file, such as /dev/stdout, is written to as it stands.
    """
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.parent / f"{secrets.token_hex(8)}.part"  # its own for every writer: two may write the same file
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
