"""The folder of a site of files: it is written beside and put in place at once, and nothing in it is lost.

A list in the folder tells what was published into it, each file with its SHA-256. A folder without the list, or with
anything else in it, is not written to.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from types import TracebackType
from typing import Any, Final, Self

LIST: Final = "seminar-kg-site.json"
"""The list of what was published, in the folder itself."""


class ForeignFolderError(OSError):
    """The folder has something else than what was published into it; the message is one sentence."""


class SiteFolder:
    """A folder that is being written: files go to one beside it, which takes its place at the end.

    Arguments:
        path: the folder; it is made where there is none.

    Raises:
        ForeignFolderError: it has something else in it, or is no folder.
    """

    def __init__(self, path: Path):
        self._path = Path(os.path.realpath(path))
        self._shown = path
        self._before = self._own_files()
        self._hashes: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._part = self._beside("part")
        self._part.mkdir()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        rmtree(self._part, ignore_errors=True)  # where it did not take its place

    def write(self, place: str, content: bytes) -> None:
        """Write a file of the site; `place` is its path within, with slashes."""
        file = self._part / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        self._hashes[place] = _hash(content)

    def read(self, place: str) -> bytes:
        """Return a file that was written."""
        return (self._part / place).read_bytes()

    def finish(self, about: Mapping[str, Any]) -> int:
        """Put the site in place of what was published before, and return the number of its files.

        Arguments:
            about: what the list says besides.

        Raises:
            ForeignFolderError: something else has come into the folder meanwhile.
            OSError: it cannot be put in place.
        """
        listed = {**about, "files": dict(sorted(self._hashes.items()))}
        (self._part / LIST).write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        self._before = self._own_files()
        old = None
        if self._path.exists():
            old = self._beside("old")
            os.rename(self._path, old)
        try:
            os.rename(self._part, self._path)
        except OSError:
            if old is not None:
                os.rename(old, self._path)
            raise
        if old is not None:
            _remove(old, self._before)
        return len(self._hashes)

    def _beside(self, ending: str) -> Path:
        return self._path.with_name(f".{self._path.name}.{secrets.token_hex(8)}.{ending}")

    def _own_files(self) -> list[str]:
        """Return the files that are there, all published; none where the folder is empty or not there yet."""
        if not self._path.exists():
            return []
        if not self._path.is_dir():
            raise ForeignFolderError(f"{self._shown} is a file; name a folder for the site.")
        found = sorted(_files_of(self._path))
        if not found:
            return []
        try:
            listed = json.loads((self._path / LIST).read_text(encoding="utf-8"))["files"]
        except (OSError, ValueError, KeyError, TypeError):
            raise ForeignFolderError(
                f"{self._shown} has files that were not published there; name an empty folder or a new one."
            ) from None
        for place in found:
            file = self._path / place
            if place != LIST and (file.is_symlink() or listed.get(place) != _hash(file.read_bytes())):
                raise ForeignFolderError(
                    f"{self._shown / place} was put there or changed since the site was published; move it away first."
                )
        return found


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _files_of(folder: Path) -> list[str]:
    """Return the paths of all that is within a folder and no folder itself, with slashes."""
    found = []
    for parent, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        found += [Path(parent, name).relative_to(folder).as_posix() for name in (*files, *links)]
    return found


def _remove(folder: Path, files: list[str]) -> None:
    """Remove these files of a folder, and the folders that are empty then; what is left stays."""
    for place in files:
        with suppress(OSError):
            os.unlink(folder / place)
    for parent, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            os.rmdir(parent)
