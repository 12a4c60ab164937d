"""Files written whole: others see the old file or the new one, never a part, and a write that fails leaves the old."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from contextlib import suppress
from pathlib import Path

PART = ".part"
"""The ending of a file that is being written."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside the place where it is to be, and put it there in one step (rename(2)).

    A link is followed, and a file that is there already keeps its permissions. What is no regular file (a pipe, a
    terminal, /dev/null) is written to as it is.

    Arguments:
        path: where the file is to be.
        content: all that it is to hold.

    Raises:
        OSError: it cannot be written, which names the path; what stood there is unchanged, and nothing is left beside.
    """
    target = Path(os.path.realpath(path))
    try:
        about = _about(path)
        # The name of a file that was deleted while it is open, as /dev/stdout may be, leads to nothing or to another.
        if about is not None and not (stat.S_ISREG(about.st_mode) and _is_at(target, about)):
            with open(path, "wb") as file:
                file.write(content)
        else:
            _replace(target, about, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _about(path: Path) -> os.stat_result | None:
    """Return what the system knows of a file, None where there is none; raises OSError."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _is_at(path: Path, about: os.stat_result) -> bool:
    found = _about(path)
    return found is not None and os.path.samestat(found, about)


def _replace(target: Path, about: os.stat_result | None, content: bytes) -> None:
    if about is not None:
        os.close(os.open(target, os.O_WRONLY))  # who may not write to a file may not replace it either
    name = f".{target.name[:50]}."
    remove_parts(target.parent, name)
    part, handle = _new_part(target.parent / name)
    try:
        with os.fdopen(handle, "wb") as file:
            if about is not None and sys.platform != "win32":
                with suppress(PermissionError):
                    os.fchown(handle, about.st_uid, about.st_gid)
                os.fchmod(handle, stat.S_IMODE(about.st_mode))
            file.write(content)
            file.flush()
            os.fsync(handle)
            if sys.platform != "win32":  # where an open file cannot be renamed
                os.replace(part, target)
        if sys.platform == "win32":
            os.replace(part, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


def _new_part(beginning: Path) -> tuple[str, int]:
    """Return the path of a new file and its handle, locked, so that nobody takes it for what was left."""
    while True:
        part = f"{beginning}{secrets.token_hex(8)}{PART}"
        # The system takes the umask from 0o666.
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with suppress(OSError):
            _lock(handle)
        if os.path.exists(part):
            return part, handle
        os.close(handle)  # it was removed before it was locked


def remove_parts(folder: Path, beginning: str = "") -> None:
    """Remove the unfinished files that processes which were killed have left in a folder; never raises.

    Arguments:
        folder: where they are.
        beginning: how their names begin.
    """
    with suppress(OSError), os.scandir(folder) as found:
        for each in found:
            if each.name.startswith(beginning) and each.name.endswith(PART) and each.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _remove_if_left(each.path)


def _remove_if_left(part: str) -> None:
    """Remove a file that no process is writing; raises OSError where one is.

    A lock ends with the process that has it. Windows removes no file that is open.
    """
    handle = os.open(part, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        _lock(handle)
        if sys.platform != "win32":
            os.unlink(part)
    finally:
        os.close(handle)
    if sys.platform == "win32":
        os.unlink(part)


def _lock(handle: int) -> None:
    """Take the lock of an open file as long as it is open (flock(2)); raises OSError where another has it."""
    if sys.platform != "win32":
        import fcntl  # there is none on Windows

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
