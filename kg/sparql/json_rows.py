"""Tables as SPARQL 1.1 Query Results JSON, written by Oxigraph and then cut, respelt and given its columns.

Oxigraph writes in a third of the time that a loop over terms takes here. What it does not know is done to its text:
JSON has no quotation mark within a string but an escaped one, so a row, a name and a literal are found without fail.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import IO, Final, cast

import pyoxigraph as ox

from kg.sparql.engine import Limits
from kg.sparql.formats import too_large

_BETWEEN: Final = b"},{"  # two rows; elsewhere only within strings
_STRING: Final = rb'"(?:[^"\\]++|\\.)*+"'
_ROW: Final = re.compile(rb'(?:[^"}]++|%s|\}(?!,\{))*+\},\{' % _STRING, re.DOTALL)
_TYPED: Final = re.compile(rb'"([^"\\]*+)":(\{"type":"literal","value":%s,"datatype":"[^"]*+"\})' % _STRING, re.DOTALL)
_BINDINGS: Final = b'"bindings":['
_END: Final = b"]}}"
_DATATYPE: Final = b'"datatype":'
_SHORTEST: Final = len(b"{},")  # bytes of a row

Forms = Mapping[bytes, bytes]
"""For a literal as Oxigraph writes it the literal as the data has it, both in JSON."""


def forms(spellings: Mapping[ox.Literal, ox.Literal]) -> Forms:
    """Return the spellings of literals in JSON."""
    return {_typed(stored): _typed(written) for stored, written in spellings.items()}


def write_bindings(
    found: ox.QuerySolutions, columns: Sequence[str], limits: Limits, spelt: Forms, kept: Collection[str]
) -> tuple[bytes, bool]:
    """Write the result of SELECT.

    Args:
        found: the solutions; none may have been taken yet, and few more are taken than fit.
        columns: the names of the variables in the order of the query.
        limits: the most rows, and the most bytes.
        spelt: the literals to respell.
        kept: the columns to leave as they are.

    Returns:
        The bytes, and whether rows were left out.

    Raises:
        ResultTooLarge: it has more bytes than the limit.
    """
    in_order = list(columns) == [variable.value for variable in found.variables]
    sink = _Sink(limits)
    with suppress(_FullError):
        found.serialize(cast(IO[bytes], sink), format=ox.QueryResultsFormat.JSON)
    body, truncated = sink.cut()
    if not in_order:
        body = _reordered(body, columns)
    if spelt and _DATATYPE in body:
        left = [name.encode() for name in kept]
        body = _TYPED.sub(
            lambda match: match[0] if match[1] in left else b'"' + match[1] + b'":' + spelt.get(match[2], match[2]),
            body,
        )
    if len(body) > limits.result_bytes:
        raise too_large(limits)
    return body, truncated


class _FullError(Exception):
    """No more fits, or no more is needed."""


class _Sink:
    """A file in memory that takes no more than the limits allow, and little more than it gives."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._few = min(limits.rows * _SHORTEST, limits.result_bytes)  # bytes that break no limit
        self._body = bytearray()
        self._likely = 0  # ends of rows, those in strings included, since they were last counted
        self._ends = 0
        self._place = 0

    def write(self, data: bytes) -> int:
        """Take some bytes; raises _FullError."""
        few_before = len(self._body) <= self._few
        self._body += data
        if len(self._body) <= self._few:
            return len(data)
        self._likely += (self._body if few_before else data).count(_BETWEEN)
        if self._likely >= self._limits.rows:
            self._count()
        if self._ends >= self._limits.rows or len(self._body) > self._limits.result_bytes:
            raise _FullError
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is in memory."""

    def cut(self) -> tuple[bytes, bool]:
        """Return the document with no more rows than may be, and whether some were left out; raises ResultTooLarge."""
        if len(self._body) <= self._few:
            return bytes(self._body), False
        if self._ends < self._limits.rows and self._body.count(_BETWEEN) >= self._limits.rows:
            self._count()
        if self._ends >= self._limits.rows:
            return bytes(self._body[: self._place - 1]) + _END, True
        if len(self._body) > self._limits.result_bytes:
            raise too_large(self._limits)
        return bytes(self._body), False

    def _count(self) -> None:
        """Find where rows end in what came since the last time, up to the last row that may be."""
        self._likely = self._ends
        place = self._place or self._body.index(_BINDINGS) + len(_BINDINGS)
        while self._ends < self._limits.rows:
            match = _ROW.match(self._body, place)
            if match is None:
                break
            place = self._place = match.end() - 1
            self._ends += 1


def _reordered(body: bytes, columns: Sequence[str]) -> bytes:
    """Return the document with its columns in this order, within rows too: some take a row's order for the table's."""
    rows = json.loads(body)["results"]["bindings"]
    rows = [{name: row[name] for name in columns if name in row} for row in rows]
    document = {"head": {"vars": columns}, "results": {"bindings": rows}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _typed(literal: ox.Literal) -> bytes:
    datatype = json.dumps(literal.datatype.value, ensure_ascii=False)
    value = json.dumps(literal.value, ensure_ascii=False)
    return f'{{"type":"literal","value":{value},"datatype":{datatype}}}'.encode()
