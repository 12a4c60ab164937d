"""A log of questions that were not answered, for a curator to read: what the next thesaurus entry should be about.

Only the question, the day and the edition of the data are kept; nothing about who asked.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

MOST_BYTES = 5 * 1024 * 1024
"""The size at which the log is full; some 40,000 questions."""


class UnansweredLog:
    """A file to which each question adds one line of JSON: `date`, `question`, `edition`.

    Several processes may write to one file: each line is one write to the end of it, which a local POSIX file
    system does not mix with others. A question that cannot be written is lost; `complain` is told the reason once.

    Arguments:
        path: the file; it is made when the first question comes, readable by its owner alone.
        complain: what takes the sentence that says why nothing is written.
        most: the size in bytes that the file does not outgrow.
    """

    def __init__(self, path: Path | str, complain: Callable[[str], object], most: int = MOST_BYTES):
        self._path, self._complain, self._most = Path(path), complain, most
        self._complained = False

    def add(self, question: str, edition: str) -> None:
        """Write a question down, as asked on this day (UTC); never raises."""
        day = datetime.now(UTC).date().isoformat()
        line = json.dumps({"date": day, "question": question, "edition": edition}, ensure_ascii=False) + "\n"
        try:
            self._append(line.encode("utf-8", "backslashreplace"))
        except (OSError, ValueError) as error:
            if not self._complained:
                self._complained = True
                reason = getattr(error, "strerror", None) or str(error)
                self._complain(f"Unanswered questions are not logged: {self._path}: {reason}.")

    def _append(self, line: bytes) -> None:
        """Add a line; raises OSError where that cannot be done, and where the file is full or no regular file."""
        # Without O_NONBLOCK, opening a named pipe that nobody reads would hang.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        file = os.open(self._path, flags, 0o600)
        try:
            about = os.fstat(file)
            if not stat.S_ISREG(about.st_mode):
                raise OSError("it is not a regular file")
            if about.st_size + len(line) > self._most:
                raise OSError(f"it has reached {self._most:,} bytes; move it away to go on")
            written = os.write(file, line)
            if written < len(line):
                # The disk is full, and half a line would spoil the next one too.
                os.ftruncate(file, os.fstat(file).st_size - written)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(file)
