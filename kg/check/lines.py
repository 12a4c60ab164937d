"""Turtle and TriG read with the line of every triple.

rdflib forgets where a triple stood, and its own line counter runs ahead (it stands at the next token by the
time a triple is stored, and counts some lines twice). So this module, the only one that leans on rdflib's
inner parts, takes the character offsets that the parser hands about and counts lines from them.
tests/kg/check/test_lines.py guards it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, MutableSequence
from dataclasses import dataclass, field
from typing import Any

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink, SinkParser
from rdflib.plugins.parsers.trig import TrigSinkParser
from rdflib.term import Node

__all__ = ["BadSyntax", "Triple", "TripleLines", "read_trig", "read_turtle"]

Triple = tuple[Node, Node, Node]

_SPACE = re.compile(r"(?:\s|#[^\r\n]*)*")


@dataclass
class TripleLines:
    """The triples of one text with the line of each, and the line on which each subject is described.

    A triple's line is that of its object. A subject's line is where it is given its type, or, without a type,
    where it is first a subject.
    """

    triples: dict[Triple, int] = field(default_factory=dict)
    subjects: dict[Node, int] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    _typed: set[Node] = field(default_factory=set)

    def add(self, triple: Triple, line: int, subject_line: int) -> None:
        """Note where a triple and its subject stand; the first place of a repeated triple counts."""
        self.triples.setdefault(triple, line)
        subject, predicate, _ = triple
        if predicate == RDF.type and subject not in self._typed:
            self._typed.add(subject)
            self.subjects[subject] = subject_line
        self.subjects.setdefault(subject, subject_line)


class _Sink(RDFSink):
    """Takes the parser's statements and notes their lines instead of storing them; graph names are let go."""

    def __init__(self, found: TripleLines, graph: Graph):
        super().__init__(graph)
        self.found = found
        self.line = 1
        self.subject_line = 1

    def newLiteral(self, s: str, dt: URIRef | None, lang: str | None) -> Literal:  # noqa: N802
        return Literal(s, datatype=dt, lang=lang, normalize=False)  # as written, right or wrong

    def makeStatement(self, quadruple: Any, why: Any = None) -> None:  # noqa: N802
        predicate, subject, object_ = (self.normalise(None, part) for part in quadruple[1:])
        if isinstance(subject, Literal) or not isinstance(predicate, URIRef):
            raise ValueError("a subject is a literal, or a predicate is not an IRI")
        self.found.add((subject, predicate, object_), self.line, self.subject_line)


class _LineMixin:
    """Overrides the parser's rules for subjects, objects and object lists to keep an eye on the offsets."""

    _store: _Sink
    line_of: Callable[[int], int]
    _starts: list[int]
    _ready: deque[int]

    def start(self, line_of: Callable[[int], int]) -> None:
        """Begin a text whose lines `line_of` counts."""
        self.line_of, self._starts, self._ready = line_of, [], deque()

    def property_list(self, argstr: str, i: int, subj: Node) -> int:
        # `i` stands just after the subject, or after the bracket that opens a blank node.
        outer = self._store.subject_line
        self._store.subject_line = self.line_of(i)
        end: int = super().property_list(argstr, i, subj)  # type: ignore[misc]
        self._store.subject_line = outer
        return end

    def objectList(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:  # noqa: N802
        # Objects hold object lists (in brackets), so the outer list waits while an inner one is read. The
        # parser makes the statements of a list, in order, as soon as this returns.
        outer, self._starts = self._starts, []
        end: int = super().objectList(argstr, i, res)  # type: ignore[misc]
        self._ready, self._starts = deque(self._starts), outer
        return end

    def object(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        space = _SPACE.match(argstr, i)
        self._starts.append(self.line_of(space.end() if space else i))
        end: int = super().object(argstr, i, res)  # type: ignore[misc]
        return end

    def makeStatement(self, quadruple: Any) -> None:  # noqa: N802
        self._store.line = self._ready.popleft() if self._ready else self._store.subject_line
        super().makeStatement(quadruple)  # type: ignore[misc]


class _TurtleLines(_LineMixin, SinkParser):  # type: ignore[misc]
    """Turtle with lines."""


class _TrigLines(_LineMixin, TrigSinkParser):  # type: ignore[misc]
    """TriG with lines."""


def read_turtle(text: str, base: str) -> TripleLines:
    """Return the triples of a Turtle text with their lines.

    Raises BadSyntax, ValueError or RecursionError when the text is not Turtle. See
    https://www.w3.org/TR/turtle/.
    """
    return _read(_TurtleLines, text, base)


def read_trig(text: str, base: str) -> TripleLines:
    """Return the triples of all graphs of a TriG text with their lines. See https://www.w3.org/TR/trig/."""
    return _read(_TrigLines, text, base)


def _read(parser_class: type[Any], text: str, base: str) -> TripleLines:
    found = TripleLines()
    sink = _Sink(found, Graph())
    parser = parser_class(sink, baseURI=base, turtle=True)
    newlines = [match.start() for match in re.finditer("\n", text)]
    parser.start(lambda offset: bisect_left(newlines, offset) + 1)
    parser.loadBuf(text)
    found.prefixes = {prefix: str(namespace) for prefix, namespace in parser._bindings.items()}
    return found
