"""The user's cache folder: results that take seconds to work out, kept as files until others need the room.

It is never needed and never trusted: what is not there, cannot be read or is not what was written counts as absent, and
what cannot be written is not kept. Each file begins with a checksum of its kind, its key and its content.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from kg.whole_file import remove_parts, write_whole

T = TypeVar("T")

SUFFIX = ".kept"
_MARK = b"seminar-kg 1\n"
"""What a kept file begins with; the number is to be raised when files are written in another way."""
HEADER = len(_MARK) + hashlib.blake2b().digest_size
"""Bytes before the content of a kept file."""


@dataclass(frozen=True)
class Room:
    """What the files of a kind may take: their number, and their bytes together. The oldest make room."""

    files: int
    bytes: int


ROOM = {
    "questions": Room(36, 130_000_000),
    "layouts": Room(1_000, 40_000_000),
    "checks": Room(200, 1_000_000),
    "vectors": Room(200, 20_000_000),
}
"""The kinds that are kept. All together take less than 200 MB, however many processes write."""


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


@contextmanager
def shared_by_processes() -> Iterator[None]:
    """Give the processes that are started meanwhile a temporary cache folder where the user's is of no use.

    Each of them would else work out by itself what takes seconds, as they do where there is no place for one.
    """
    probe = key_of("whether it can be written and read")
    keep("checks", probe, b"yes")
    if kept("checks", probe, bytes):
        yield
        return
    with ExitStack() as stack:
        with suppress(OSError):
            folder = stack.enter_context(TemporaryDirectory(prefix="seminar-kg-"))
            name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
            before = os.environ.get(name)
            os.environ[name] = folder
            stack.callback(lambda: os.environ.pop(name) if before is None else os.environ.update({name: before}))
        yield


def key_of(*depends_on: str) -> str:
    """Return the key of a result: a hash (SHA-256, 32 digits) of all that it depends on, its version included."""
    return hashlib.sha256("\0".join(depends_on).encode()).hexdigest()[:32]


def keep(kind: str, key: str, content: bytes) -> None:
    """Put a result in the cache folder: whole or not at all, and silently not at all where that fails.

    Arguments:
        kind: one of `ROOM`.
        key: see `key_of`.
        content: the result.
    """
    folder = cache_folder(kind)
    if folder is None or len(content) + HEADER > ROOM[kind].bytes:
        return
    with suppress(OSError, ValueError):  # ValueError: a path with a null character
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{key}{SUFFIX}"
        path.unlink(missing_ok=True)  # it may be damaged, a link, a pipe
        write_whole(path, _MARK + _checksum(kind, key, content) + content)
        _make_room(folder.parent)


def kept(kind: str, key: str, read: Callable[[bytes], T]) -> T | None:
    """Return a result that was put in the cache folder under this kind and key, or None where there is none.

    Arguments:
        kind: one of `ROOM`.
        key: see `key_of`.
        read: makes the result from its bytes. Another version may have written them, so that whatever this raises
            counts as absent.
    """
    folder = cache_folder(kind)
    if folder is None:
        return None
    try:
        path = folder / f"{key}{SUFFIX}"
        held = _held(path, ROOM[kind].bytes)
        content = held[HEADER:]
        if held[:HEADER] != _MARK + _checksum(kind, key, content):
            return None
        result = read(content)
    except Exception:
        return None
    with suppress(OSError):
        os.utime(path)  # what is used is not among the oldest
    return result


def _checksum(kind: str, key: str, content: bytes) -> bytes:
    # A name never has a null character, so that no two of them run into the same bytes.
    return hashlib.blake2b(b"%b\0%b\0%b" % (kind.encode(), key.encode(), content)).digest()


def _held(path: Path, most: int) -> bytes:
    """Return what a regular file of at most so many bytes holds; raises OSError, and for another returns nothing."""
    # Without O_NONBLOCK, opening a named pipe would hang.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        return file.read(most) if stat.S_ISREG(about.st_mode) and about.st_size <= most else b""


def _make_room(folder: Path) -> None:
    """Remove what was left unfinished, and the oldest files of each kind that has more than its room."""
    for each in folder.iterdir():
        if each.is_symlink() or not each.is_dir():
            continue
        remove_parts(each)
        room = ROOM.get(each.name, Room(0, 0))  # another version may have kept other kinds
        files, size = 0, 0
        for _, bytes_, file in sorted(_kept_files(each), reverse=True):
            files, size = files + 1, size + bytes_
            if files > room.files or size > room.bytes:
                with suppress(OSError):
                    file.unlink()


def _kept_files(folder: Path) -> list[tuple[float, int, Path]]:
    """Return the time, the size and the path of each kept file, those of earlier versions included."""
    found = []
    for file in folder.iterdir():
        if re.match(r"[0-9a-f]{32}\.", file.name):
            with suppress(OSError):  # another process has removed it
                about = file.lstat()
                found.append((about.st_mtime, about.st_size, file))
    return found
