"""Files of RDF, each read whole or not at all: the one reader, so that the check and what loads cannot disagree.

The ending of a file's name says its format, in capitals or not. Text is UTF-8, with a byte order mark or without.
Relative addresses belong to `BASE_IRI`. Nothing is fetched.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.graph import syntax
from kg.vocabulary import BASE

SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
BASE_IRI = BASE + "file/"
"""What relative addresses in files belong to."""
MOST_FAULTS = 10
"""Faults of one file that are reported."""
Paths = Path | str | Iterable[Path | str]
"""A file or folder, or several."""


class UnreadableData(ValueError):
    """A file or folder cannot be read as RDF. The message says which, where and what to do, in one sentence."""


class UnreadableFile(UnreadableData):
    """A file that cannot be read as RDF or, for a source, as text, so that nothing of it was taken.

    Attributes:
        file: the file.
        reason: what is wrong and what to do, without the place.
        line: where, counted from 1; None when it is not at one place.
        column: where on the line, counted from 1, or None.
        others: the faults behind this one, if reading went on after it.
        rest: what could be read before and behind the faults.
        broken: the lines of the statements with the faults.
    """

    def __init__(self, file: Path, reason: str, line: int | None = None, column: int | None = None):
        super().__init__(file, reason, line, column)
        self.file, self.reason, self.line, self.column = file, reason, line, column
        self.others: tuple[UnreadableFile, ...] = ()
        self.rest: Written | None = None
        self.broken: tuple[range, ...] = ()

    def __str__(self) -> str:
        """Return `FILE, line N, column M: reason.`"""
        place = f", line {self.line}" if self.line else ""
        place += f", column {self.column}" if self.line and self.column else ""
        return f"{self.file}{place}: {self.reason}."


@dataclass(frozen=True)
class Written:
    """What a file says.

    Attributes:
        quads: its statements in their order, each with the line on which it ends, from 1; JSON-LD has no order, and
            the line is where reading was.
        prefixes: the prefixes that it declares, in Turtle and TriG.
    """

    quads: list[tuple[ox.Quad, int]]
    prefixes: Mapping[str, str]


# ── Which files ─────────────────────────────────────────────────────────────────────────────────────────────


def files_of(given: Paths) -> Iterator[Path]:
    """Yield the files that were named, and those of the folders that were, each once.

    Of a folder these are the files with an ending of `SUFFIXES`, by name. Hidden ones are left out: editors and
    operating systems put them there.

    Raises:
        TypeError: a path is neither text nor a Path.
        UnreadableData: there is no such file or folder, or nothing to read in it.
    """
    paths = [given] if isinstance(given, str | os.PathLike) else given
    if isinstance(paths, bytes | bytearray | Mapping) or not isinstance(paths, Iterable):
        raise TypeError(f"Files are named by a str or a Path, or a list of them, not by {type(given).__name__}.")
    found: dict[Path, Path] = {}
    for each in paths:
        if not isinstance(each, str | os.PathLike):
            raise TypeError(f"A file is named by a str or a Path, not by {type(each).__name__}.")
        if not os.fspath(each):
            raise UnreadableData("The name of a file is empty; name a file or folder.")
        for file in _inside(Path(each)) if Path(each).is_dir() else [Path(each)]:
            refuse_other_than_files(file)
            found.setdefault(file.resolve(), file)
    yield from found.values()


def _inside(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise UnreadableData(f"{folder}: the folder cannot be read ({error.strerror}).") from None
    found = [each for each in entries if each.suffix.lower() in SUFFIXES and not each.name.startswith(".")]
    if not found:
        raise UnreadableData(f"{folder}: the folder has no {', '.join(SUFFIXES)} file; name one that has.")
    return found


def refuse_other_than_files(path: Path) -> None:
    """Raise UnreadableFile unless there is a regular file: a pipe, for one, would be waited for without end."""
    if str(path).lower().startswith(("http:", "https:", "ftp:", "file:")):
        raise UnreadableFile(path, "this is an address, not a file; save it to disk first")
    if path.is_symlink() and not path.exists():
        raise UnreadableFile(path, "this is a link to a file that is not there; remove it or name another file")
    if not path.exists():
        raise UnreadableFile(path, "there is no such file or folder; check the path")
    if not path.is_file():
        kind = "a folder" if path.is_dir() else "a pipe, device or the like"
        raise UnreadableFile(path, f"this is {kind}, not a regular file; name a file, or take it out of its folder")


# ── What they say ───────────────────────────────────────────────────────────────────────────────────────────


def read_text(path: Path) -> str:
    """Return the text of a file of UTF-8, without a byte order mark; raises UnreadableFile."""
    refuse_other_than_files(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, f"the file cannot be read ({error.strerror})") from None
    start = data[:1000]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start.count(0) * 4 > len(start) > 20:
        raise UnreadableFile(path, "the text is not UTF-8 but UTF-16, as it seems; save it as UTF-8", 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(path, "the text is not UTF-8; save it as UTF-8", line) from None


def format_of(path: Path) -> ox.RdfFormat:
    """Return the format that the ending of a file's name says; raises UnreadableFile."""
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        ways = f"the name must end in one of {', '.join(SUFFIXES)}; rename or convert the file"
        raise UnreadableFile(
            path, f"{ways}; RDF/XML is not accepted" if path.suffix.lower() in (".rdf", ".owl") else ways
        )
    return form


def read(path: Path) -> Written:
    """Return what a file says.

    See https://www.w3.org/TR/rdf12-turtle/ and its neighbours for TriG, N-Triples and N-Quads, and
    https://www.w3.org/TR/json-ld11/, whose contexts must stand in the file.

    Raises:
        UnreadableFile: with the first fault, and in Turtle the others behind it.
    """
    refuse_other_than_files(path)
    form, text = format_of(path), read_text(path)
    lines = _Lines(text)
    parser = ox.parse(cast(IO[bytes], lines), form, base_iri=BASE_IRI)
    quads: list[tuple[ox.Quad, int]] = []
    try:
        for quad in parser:
            quads.append((quad, lines.number))
    except SyntaxError as error:
        fault = UnreadableFile(path, syntax.reason(text, error), error.lineno, error.offset)
        if form == ox.RdfFormat.TURTLE and error.lineno:
            _read_on(fault, text, error, Written(quads, dict(parser.prefixes)))
        raise fault from None
    except (OSError, ValueError) as error:
        raise UnreadableFile(path, f"this is not RDF ({error}); correct it") from None
    return Written(quads, parser.prefixes)


def _read_on(fault: UnreadableFile, text: str, error: SyntaxError, rest: Written) -> None:
    """Read what is behind a fault of Turtle, from the next line on which a statement seems to begin, and so on."""
    first, others, broken = 1, list[UnreadableFile](), list[range]()
    prefixes = dict(rest.prefixes)
    rows = text.split("\n")
    while True:
        start = syntax.next_statement(text, error, first) or len(rows) + 1
        broken.append(range(syntax.statement_at(text, error, first), start))
        if start > len(rows) or len(others) == MOST_FAULTS - 1:
            break
        # The prefixes take the place of all lines before it.
        known = "".join(f"@prefix {prefix}: <{iri}> . " for prefix, iri in prefixes.items())
        lines = _Lines(known + "\n" * (start - 1) + "\n".join(rows[start - 1 :]))
        parser = ox.parse(cast(IO[bytes], lines), ox.RdfFormat.TURTLE, base_iri=BASE_IRI)
        try:
            for quad in parser:
                rest.quads.append((quad, lines.number))
            break
        except SyntaxError as found:
            error, first = found, start
            others.append(UnreadableFile(fault.file, syntax.reason(text, error), error.lineno, error.offset))
        finally:
            prefixes |= parser.prefixes
    fault.others, fault.broken, fault.rest = tuple(others), tuple(broken), Written(rest.quads, prefixes)


class _Lines:
    """A text to be read a line at a time, which knows how far it has been read.

    The engine reads no further than it needs to make a statement, so that this is the line where it ends.
    """

    def __init__(self, text: str):
        self.number = 0
        self._data = text.encode()
        self._at = 0

    def read(self, most: int = -1, /) -> bytes:
        """Return the next line, or as much of it as is asked for; nothing at the end."""
        if self._at == 0 or self._data[self._at - 1 : self._at] == b"\n":
            self.number += self._at < len(self._data)
        end = self._data.find(b"\n", self._at) + 1 or len(self._data)
        if most >= 0:
            end = min(end, self._at + most)
        part = self._data[self._at : end]
        self._at = end
        return part
