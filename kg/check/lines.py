"""Turtle and TriG read with the line of every triple.

rdflib does not keep the place of a triple, and its own line counter is ahead (it is at the next token when a triple
is stored, and counts some lines twice). So this module, the only one that depends on rdflib's internals, takes the
character offsets that the parser passes and counts lines from them. tests/kg/check/test_lines.py tests that.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import MutableSequence
from dataclasses import dataclass, field
from typing import Any

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink
from rdflib.plugins.parsers.trig import TrigSinkParser
from rdflib.term import Node

__all__ = ["BadSyntax", "Triple", "TripleLines", "triple_lines"]

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
    """Makes the terms for the parser."""

    def newLiteral(self, s: str, dt: URIRef | None, lang: str | None) -> Literal:  # noqa: N802
        return Literal(s, datatype=dt, lang=lang, normalize=False)  # as written, right or wrong


class _Parser(TrigSinkParser):
    """Reads TriG, of which Turtle is a part, and notes the lines of its statements; graph names are let go."""

    def __init__(self, text: str, base: str):
        super().__init__(_Sink(Graph()), baseURI=base, turtle=True)
        self.found = TripleLines()
        self._newlines = [match.start() for match in re.finditer("\n", text)]
        self._subject_line = 1
        self._starts: list[int] = []
        self._ready: deque[int] = deque()

    def _line(self, offset: int) -> int:
        return bisect_left(self._newlines, offset) + 1

    def property_list(self, argstr: str, i: int, subj: Node) -> int:
        # `i` stands just after the subject, or after the bracket that opens a blank node.
        outer, self._subject_line = self._subject_line, self._line(i)
        end: int = super().property_list(argstr, i, subj)
        self._subject_line = outer
        return end

    def objectList(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:  # noqa: N802
        # Objects hold object lists (in brackets), so the outer list waits while an inner one is read. The
        # parser makes the statements of a list, in order, as soon as this returns.
        outer, self._starts = self._starts, []
        end: int = super().objectList(argstr, i, res)
        self._ready, self._starts = deque(self._starts), outer
        return end

    def object(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        space = _SPACE.match(argstr, i)
        self._starts.append(self._line(space.end() if space else i))
        end: int = super().object(argstr, i, res)
        return end

    def makeStatement(self, quadruple: Any) -> None:  # noqa: N802
        line = self._ready.popleft() if self._ready else self._subject_line
        predicate, subject, object_ = (self._store.normalise(None, part) for part in quadruple[1:])
        if isinstance(subject, Literal) or not isinstance(predicate, URIRef):
            raise ValueError("a subject is a literal, or a predicate is not an IRI")
        self.found.add((subject, predicate, object_), line, self._subject_line)


def triple_lines(text: str, base: str) -> TripleLines:
    """Return the triples of a text of Turtle or of all graphs of one of TriG, with their lines.

    Raises BadSyntax, ValueError or RecursionError when the text is neither. See https://www.w3.org/TR/turtle/ and
    https://www.w3.org/TR/trig/.
    """
    parser = _Parser(text, base)
    parser.loadBuf(text)
    parser.found.prefixes = {prefix: str(namespace) for prefix, namespace in parser._bindings.items()}
    return parser.found
