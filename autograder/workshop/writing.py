"""Write several files, all of them or none."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from bnlib.refusal import Refused


def write_all(files: Mapping[Path, str | bytes | None]) -> None:
    """Write files, or (None) remove them; raises Refused with a sentence, and then everything is as it was.

    What can fail for want of room or of rights comes before the first change.
    """
    parts: dict[Path, Path] = {}
    kept: dict[Path, Path] = {}
    path = None
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is not None:
                parts[path] = _beside(path)
                parts[path].write_bytes(content.encode() if isinstance(content, str) else content)
            if path.exists():
                kept[path] = _beside(path)
                shutil.copy2(path, kept[path])
        _put(files, parts, kept)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror or error}. Nothing was changed.") from None
    finally:
        for left in (*parts.values(), *kept.values()):
            left.unlink(missing_ok=True)


def _put(files: Iterable[Path], parts: dict[Path, Path], kept: dict[Path, Path]) -> None:
    try:
        for path in files:
            if path in parts:
                parts[path].replace(path)
            else:
                path.unlink(missing_ok=True)
    except BaseException:  # Ctrl+C too
        for path in files:
            if path in kept:
                kept[path].replace(path)
            else:
                path.unlink(missing_ok=True)
        raise


def _beside(path: Path) -> Path:
    return path.with_name(f"{secrets.token_hex(8)}.part")
