"""The user's cache folder: results that take seconds to work out, kept as files until others need the room."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path


def cache_folder(kind: str) -> Path | None:
    """Return where this user's results of a kind are kept, or None where there is no place for them.

    It follows the XDG Base Directory Specification (a relative XDG_CACHE_HOME is ignored); on Windows it is
    in LOCALAPPDATA.

    Arguments:
        kind: what is kept, such as "layouts"; the name of its folder.
    """
    try:
        if sys.platform == "win32":
            named, usual = os.environ.get("LOCALAPPDATA", ""), Path.home() / "AppData" / "Local"
        else:
            named, usual = os.environ.get("XDG_CACHE_HOME", ""), Path.home() / ".cache"
    except RuntimeError:  # the user has no home folder
        return None
    base = Path(named) if os.path.isabs(named) else usual
    return base / "seminar-kg" / kind


def keep(kind: str, name: str, content: bytes, most: int) -> None:
    """Put a file in the cache folder: whole or not at all, and silently not at all where that fails.

    Arguments:
        kind: the folder of what is kept.
        name: the file's name, with an ending that all files of this kind have.
        content: what it holds.
        most: how many files of this kind are kept; the oldest make room.
    """
    folder = cache_folder(kind)
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(folder / name, content)
        kept = sorted(folder.glob(f"*{Path(name).suffix}"), key=lambda file: file.stat().st_mtime)
        for oldest in kept[:-most]:
            oldest.unlink(missing_ok=True)


def kept(kind: str, name: str) -> bytes | None:
    """Return what a file of the cache folder holds, or None where there is no such file."""
    folder = cache_folder(kind)
    if folder is None:
        return None
    with suppress(OSError):
        return (folder / name).read_bytes()
    return None


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that others see the old or the new one, never a part; raises OSError."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
