"""A file of RDF as triples with their lines, read as whatever loads it reads it (`kg.graph.files`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from kg.graph.files import UnreadableFile, Written, read, read_text, refuse_other_than_files
from kg.graph.load import WORDINGS
from kg.sparql.rows import quietly, rdflib_term
from kg.vocabulary import RDF

MAX_BYTES = 50_000_000
Triple = tuple[Node, Node, Node]


class TripleTerm(BNode):
    """A triple term of RDF 1.2, for which rdflib has none: a blank node that knows the terms in it."""

    parts: Triple


@dataclass
class TripleLines:
    """The triples of one text with the line of each, and the line on which each subject is described.

    A triple's line is that of its object, where it begins. A subject's line is where it is given its type, or, without
    a type, where it is first a subject.
    """

    triples: dict[Triple, int] = field(default_factory=dict)
    subjects: dict[Node, int] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    _typed: set[Node] = field(default_factory=set)

    def add(self, triple: Triple, line: int, subject_line: int) -> None:
        """Note where a triple and its subject stand; the first place of a repeated triple counts."""
        subject, predicate, object_ = triple
        if isinstance(object_, BNode):  # what is said between brackets comes before the triple that they are part of
            line = min(line, self.subjects.get(object_, line))
        self.triples.setdefault(triple, line)
        if predicate == RDF.type and subject not in self._typed:
            self._typed.add(subject)
            self.subjects[subject] = subject_line
        self.subjects.setdefault(subject, subject_line)


def read_source(path: Path) -> str:
    """Return the text of a source; raises UnreadableFile when it is too big or not UTF-8."""
    _refuse_too_big(path)
    return read_text(path)


def read_lines(path: Path) -> TripleLines:
    """Return the triples of a file with their lines, all 1 in JSON-LD, of whatever graph; raises UnreadableFile."""
    _refuse_too_big(path)
    return lines_of(path, read(path))


def lines_of(path: Path, written: Written) -> TripleLines:
    """Return the triples of what was read of a file, with their lines."""
    found = TripleLines()
    texts = [] if path.suffix.lower() == ".jsonld" else read_text(path).split("\n")
    found.prefixes = dict(written.prefixes)
    scope = uuid4().hex
    with quietly():
        for quad, end in written.quads:
            line = _beginning(texts, end, quad.object) if texts else 1
            begins = line if isinstance(quad.subject, ox.BlankNode) else _first_of_statement(texts, line)
            found.add(_triple(quad, scope), line, begins)
    return found


def read_triples(path: Path) -> set[Triple]:
    """Return the triples of a file that others lean on, without what says how people ask, which nothing leans on.

    Raises UnreadableFile, as `read_lines` does.
    """
    _refuse_too_big(path)
    scope = uuid4().hex
    with quietly():
        return {_triple(quad, scope) for quad, _ in read(path).quads if quad.predicate.value not in WORDINGS}


def _refuse_too_big(path: Path) -> None:
    refuse_other_than_files(path)
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(path, f"the file is bigger than {MAX_BYTES // 1_000_000} MB; split it into several")


def _triple(triple: ox.Quad | ox.Triple, scope: str) -> Triple:
    return _term(triple.subject, scope), _term(triple.predicate, scope), _term(triple.object, scope)


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, scope: str) -> URIRef | BNode | Literal:
    if not isinstance(term, ox.Triple):
        return rdflib_term(term, scope)
    parts = _triple(term, scope)
    found = TripleTerm(" ".join(part.n3() for part in parts))
    found.parts = parts
    return found


def _beginning(lines: list[str], end: int, term: object) -> int:
    """Return the line on which a term begins that ends on a line: a text may have several."""
    if isinstance(term, ox.Literal) and (breaks := term.value.count("\n")) and end > breaks:
        first = end - breaks
        if any(mark in lines[first - 1] for mark in ('"""', "'''")):
            return first
    return end


def _first_of_statement(lines: list[str], line: int) -> int:
    """Return the line of a subject that stands above its first object, with nothing between that ends or parts."""
    while 1 < line <= len(lines) and lines[line - 1][:1].isspace():
        above = lines[line - 2].split(" #")[0].rstrip()
        if not above or above.startswith("#") or above.endswith((".", ";", ",", "[", "(", "{")):
            break
        line -= 1
    return line


def terms_inside(term: Node) -> Iterator[Node]:
    """Yield a term, and the terms inside a triple term."""
    if isinstance(term, TripleTerm):
        for part in term.parts:
            yield from terms_inside(part)
    else:
        yield term
