"""A file of RDF, read whole or not at all.

pyoxigraph, the engine that serves the data, reads each file first: what it refuses would fail at load, it
says where, and it never fetches anything. Only then are lines noted.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from kg.check.lines import BadSyntax, TripleLines, read_trig, read_turtle
from kg.check.problems import UnreadableFile

MAX_BYTES = 50_000_000

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True)
class RdfFile:
    """A file that was read: its path as given, and its triples with their lines (all line 1 in JSON-LD)."""

    path: Path
    lines: TripleLines


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


def read_rdf(path: Path) -> RdfFile:
    """Return the triples of a Turtle, TriG, N-Triples, N-Quads or JSON-LD file.

    The format is that of the file's name. Graph names are let go. Nothing is fetched: a JSON-LD context must
    stand in the file. Raises UnreadableFile with the place of the first fault.
    """
    _refuse_other_than_files(path)
    suffix = path.suffix.lower()
    if suffix not in _FORMATS:
        wanted = ", ".join(_FORMATS)
        raise UnreadableFile(path, f"the name must end in one of {wanted}; RDF/XML is not accepted")
    text = read_text(path)
    base = path.absolute().as_uri()
    with _quiet():
        try:
            if suffix in (".ttl", ".trig"):
                _refuse_faults(text, _FORMATS[suffix], base)
                return RdfFile(path, (read_turtle if suffix == ".ttl" else read_trig)(text, base))
            if suffix == ".jsonld":
                return RdfFile(path, _read_jsonld(text, base))
            return RdfFile(path, _read_line_by_line(text, _FORMATS[suffix]))
        except BadSyntax as error:
            line, column = _place(text, error._i)
            raise UnreadableFile(path, f"this is not RDF: {error._why}", line, column) from None
        except SyntaxError as error:
            raise UnreadableFile(path, _reason(error), error.lineno, error.offset) from None
        except RecursionError:
            line = _deepest_line(text)
            raise UnreadableFile(path, "the brackets are nested too deeply", line) from None
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


def _refuse_faults(text: str, rdf_format: ox.RdfFormat, base: str) -> None:
    for _ in ox.parse(text.encode(), rdf_format, base_iri=base):
        pass


def _read_line_by_line(text: str, rdf_format: ox.RdfFormat) -> TripleLines:
    """Return the triples of N-Triples or N-Quads, which have one statement a line."""
    found, scope = TripleLines(), uuid4().hex
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        try:
            _add_all(found, ox.parse(line.encode(), rdf_format), number, scope)
        except SyntaxError as error:
            error.lineno = number
            raise
    return found


def _read_jsonld(text: str, base: str) -> TripleLines:
    """Return the triples of a JSON-LD text. See https://www.w3.org/TR/json-ld11/."""
    found = TripleLines()
    json.loads(text or "null")  # the JSON parser says more clearly what is wrong with JSON, and where
    _add_all(found, ox.parse(text.encode(), ox.RdfFormat.JSON_LD, base_iri=base), 1, uuid4().hex)
    return found


def _add_all(found: TripleLines, quads: Iterator[ox.Quad], line: int, scope: str) -> None:
    for quad in quads:
        subject, predicate, object_ = (_term(t, scope) for t in (quad.subject, quad.predicate, quad.object))
        found.add((subject, predicate, object_), line, line)


def _term(term: object, scope: str) -> Node:
    """Return rdflib's form of a term of pyoxigraph; `scope` keeps the blank nodes of two files apart."""
    match term:
        case ox.NamedNode(value=value):
            return URIRef(value)
        case ox.BlankNode(value=value):
            return BNode(scope + value)
        case ox.Literal(value=value, language=str(language)):
            return Literal(value, lang=language)
        case ox.Literal(value=value, datatype=datatype):
            plain = datatype.value == "http://www.w3.org/2001/XMLSchema#string"
            return Literal(value, datatype=None if plain else URIRef(datatype.value), normalize=False)
        case _:
            raise ValueError("triple terms of RDF 1.2 are not read")


def _deepest_line(text: str) -> int:
    """Return the line, from 1, on which most brackets are open."""
    level = deepest = line = 0
    for number, row in enumerate(text.splitlines(), start=1):
        level += row.count("(") + row.count("[")
        if level > deepest:
            deepest, line = level, number
        level -= row.count(")") + row.count("]")
    return line


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, from 1, of an offset."""
    before = text[: max(offset, 0)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _reason(error: SyntaxError) -> str:
    """Return the engine's words without the place, which is given beside them."""
    if "LoadDocumentCallback" in error.msg:
        return "its @context is an address (a remote context), and nothing is fetched; write the context into the file"
    said = error.msg.partition("Parser error ")[2].partition(": ")[2] or error.msg
    return f"this is not RDF: {said[:1].lower()}{said[1:]}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging bad literals: the check reports them with their line."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
