"""A file of RDF, read whole or not at all.

pyoxigraph, the engine that serves the data, reads each file first: what it refuses would fail at load, it
says where, and it never fetches anything. Only then are lines noted.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pyoxigraph as ox

from kg.check.lines import BadSyntax, Triple, TripleLines, triple_lines
from kg.check.problems import UnreadableFile
from kg.graph.load import SUFFIXES, WORDINGS
from kg.sparql.lexer import position
from kg.sparql.rows import quietly, rdflib_term

MAX_BYTES = 50_000_000


def read_text(path: Path) -> str:
    """Return the text of a file of UTF-8, without a byte order mark.

    Raises UnreadableFile when it is no regular file, too big, or not UTF-8.
    """
    _refuse_other_than_files(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(path, f"the file is bigger than {MAX_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, f"the file cannot be read ({error.strerror})") from None
    null = data.find(b"\0")  # UTF-8, but nobody writes it: UTF-16 has it beside every letter
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        null, text = error.start, ""
    if null >= 0:
        line = data.count(b"\n", 0, null) + 1
        raise UnreadableFile(path, "the text is not UTF-8; save it as UTF-8", line)
    return text


def read_lines(path: Path) -> TripleLines:
    """Return the triples of a Turtle, TriG, N-Triples, N-Quads or JSON-LD file with their lines, all 1 in JSON-LD.

    The format is that of the file's name. Graph names are let go. Nothing is fetched: a JSON-LD context must
    stand in the file. Raises UnreadableFile with the place of the first fault.
    """
    with _readable(path) as (text, form):
        base = path.absolute().as_uri()
        if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
            deque(ox.parse(text.encode(), form, base_iri=base), maxlen=0)  # raises at its faults
            return triple_lines(text, base)
        found, scope = TripleLines(), uuid4().hex
        for number, part in _parts(text, form):
            for triple in _parsed(part, form, base, scope, number):
                found.add(triple, number, number)
        return found


def read_triples(path: Path) -> set[Triple]:
    """Return the triples of a file that others lean on, without what says how people ask, which nothing leans on.

    Raises UnreadableFile, as `read_lines` does.
    """
    with _readable(path) as (text, form):
        triples = _parsed(text, form, path.absolute().as_uri(), uuid4().hex)
        return {triple for triple in triples if str(triple[1]) not in WORDINGS}


@contextmanager
def _readable(path: Path) -> Iterator[tuple[str, ox.RdfFormat]]:
    """Yield the text of a file and its format; whatever is wrong with either becomes UnreadableFile."""
    _refuse_other_than_files(path)
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise UnreadableFile(path, f"the name must end in one of {', '.join(SUFFIXES)}; RDF/XML is not accepted")
    text = read_text(path)
    with quietly():
        try:
            yield text, form
        except BadSyntax as error:
            line, column = position(text, max(error._i, 0))
            raise UnreadableFile(path, f"this is not RDF: {error._why}", line, column) from None
        except SyntaxError as error:
            raise UnreadableFile(path, _reason(error), error.lineno, error.offset) from None
        except RecursionError:
            raise UnreadableFile(path, "the brackets are nested too deeply", _deepest_line(text)) from None
        except json.JSONDecodeError as error:
            raise UnreadableFile(path, f"this is not JSON: {error.msg}", error.lineno, error.colno) from None
        except ValueError as error:
            raise UnreadableFile(path, f"this is not RDF: {error}") from None


def _refuse_other_than_files(path: Path) -> None:
    if str(path).lower().startswith(("http:", "https:", "ftp:", "file:")):
        raise UnreadableFile(path, "this is an address, not a file; save it to disk first")
    if not path.exists():
        raise UnreadableFile(path, "there is no such file")
    if path.is_dir():
        raise UnreadableFile(path, "this is a directory, not a regular file")
    if not path.is_file():
        raise UnreadableFile(path, "this is not a regular file")


def _parts(text: str, form: ox.RdfFormat) -> Iterable[tuple[int, str]]:
    """Return a text of N-Triples or N-Quads line by line, one of JSON-LD whole, each part with its line."""
    if form == ox.RdfFormat.JSON_LD:
        json.loads(text or "null")  # the JSON parser says more clearly what is wrong with JSON, and where
        return [(1, text)]
    return enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)


def _parsed(text: str, form: ox.RdfFormat, base: str, scope: str, line: int = 1) -> Iterator[Triple]:
    """Yield the triples of a text that begins on a line of its file; a SyntaxError names the line in the file."""
    try:
        for quad in ox.parse(text.encode(), form, base_iri=base):
            if isinstance(quad.object, ox.Triple):
                raise ValueError("triple terms of RDF 1.2 are not read")
            subject, predicate, object_ = (rdflib_term(term, scope) for term in quad.triple)
            yield subject, predicate, object_
    except SyntaxError as error:
        error.lineno = error.lineno and error.lineno + line - 1
        raise


def _deepest_line(text: str) -> int:
    """Return the line, from 1, on which most brackets are open."""
    level = deepest = line = 0
    for number, row in enumerate(text.splitlines(), start=1):
        level += row.count("(") + row.count("[")
        if level > deepest:
            deepest, line = level, number
        level -= row.count(")") + row.count("]")
    return line


def _reason(error: SyntaxError) -> str:
    """Return the engine's words without the place, which is given beside them."""
    if "LoadDocumentCallback" in error.msg:
        return "its @context is an address (a remote context), and nothing is fetched; write the context into the file"
    said = error.msg.partition("Parser error ")[2].partition(": ")[2] or error.msg
    return f"this is not RDF: {said[:1].lower()}{said[1:]}"
