"""The formats of results: SPARQL JSON, XML, CSV and TSV for tables and truth values, RDF for graphs.

Oxigraph writes them; here results are cut at the limits, and what XML cannot hold is refused. A table that may have
more rows than the limit is written anew as TSV, whose lines are easily counted. CSV is written here: Oxigraph 0.5
leaves an IRI with a comma in it without quotation marks. Spreadsheets are `kg.spreadsheet`'s.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from html import escape
from typing import IO, Final, cast
from xml.parsers import expat

import pyoxigraph as ox

from kg.sparql.engine import Form, QueryRefused, Refusal, Result, ResultTooLarge, Term, text_of
from kg.sparql.limits import Limits
from kg.spreadsheet import XLSX, Cell, UnwritableTable, write_xlsx

JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
TURTLE: Final = "text/turtle"
N_TRIPLES: Final = "application/n-triples"
JSON_LD: Final = "application/ld+json"
RDF_XML: Final = "application/rdf+xml"

MEDIA_TYPES: Final[Mapping[Form, tuple[str, ...]]] = {
    "SELECT": (JSON, XML, CSV, TSV, XLSX),
    "ASK": (JSON, XML, CSV, TSV),
    "CONSTRUCT": (TURTLE, N_TRIPLES, JSON_LD, RDF_XML),
    "DESCRIBE": (TURTLE, N_TRIPLES, JSON_LD, RDF_XML),
}
"""The media types of each query form, the one to prefer first."""

DUMPS: Final[Mapping[str, str]] = {"ttl": TURTLE, "nt": N_TRIPLES, "jsonld": JSON_LD}
"""The media types of all data in one file, by the ending of the file's name."""

SHORT_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "json": (JSON, JSON_LD),
    "xml": (XML, RDF_XML),
    "csv": (CSV,),
    "tsv": (TSV,),
    "xlsx": (XLSX,),
    "ttl": (TURTLE,),
    "turtle": (TURTLE,),
    "nt": (N_TRIPLES,),
    "jsonld": (JSON_LD,),
    "rdf": (RDF_XML,),
    "rdf+xml": (RDF_XML,),
    "json-ld": (JSON_LD,),
}
"""What people and programs may call a format; of several media types the one that fits the form of the query counts."""

LINKED: Final = frozenset((JSON, XML))
"""The formats whose head can say that rows were left out; in the others a result that was cut looks whole."""

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final = tuple(f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float"))
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")

_COUNTS: Final = 1_000  # bytes of a table of counts at most
_ZERO: Final = re.compile(rb"""[">\n,\t]0["<\r\n,\t]""")

_LINE_ENDS: Final = {CSV: b"\r\n", TSV: b"\n"}
# What stands between two rows, or ends each. Texts may hold it too, so that it counts the rows that there are at most.
_ROW_ENDS: Final = {JSON: b"},{", XML: b"</result>", TSV: b"\n"}


def content_type(media_type: str) -> str:
    """Return the Content-Type for a media type: with its character set where it is text."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def write_truth(answer: ox.QueryBoolean, media_type: str) -> bytes:
    """Write the result of ASK (SPARQL 1.1 Results JSON, section 3; SPARQL Results XML, section 2.3.2).

    The specification of CSV and TSV has no truth values; here they are the word on a line.
    """
    return _serialized(answer, media_type) + _LINE_ENDS.get(media_type, b"")


def write_table(solve: Callable[[], ox.QuerySolutions], media_type: str, limits: Limits) -> tuple[bytes, bool]:
    """Write the result of SELECT.

    Args:
        solve: returns the solutions; it is called again for a result that may have more rows than the limit.
        media_type: JSON, XML, CSV, TSV or XLSX.
        limits: the most rows, and the most bytes.

    Returns:
        The bytes, and whether rows were left out.

    Raises:
        ResultTooLarge: it has more bytes than the limit.
        QueryRefused: XML cannot hold one of its characters, or a sheet one of its values.
    """
    if media_type == CSV:
        return _csv(solve(), limits)
    if media_type == XLSX:
        return _xlsx(solve(), limits)
    sink = _Sink(_ROW_ENDS[media_type], limits.rows, limits.result_bytes)
    body, truncated = sink.filled(solve(), media_type), False
    if sink.is_full:
        body, truncated = _tsv(solve(), limits)
        if media_type != TSV:
            first = ox.parse_query_results(body, format=ox.QueryResultsFormat.TSV)
            body = _serialized(cast(ox.QuerySolutions, first), media_type)
    if len(body) > limits.result_bytes:
        raise _too_large(limits)
    if media_type == XML:
        body = body.replace(b"\r", b"&#13;")  # a line end that is written plainly is read as LF
        _check_xml(body)
    return body, truncated


def write_graph(triples: Sequence[ox.Triple], media_type: str, prefixes: Mapping[str, str], limits: Limits) -> bytes:
    """Write the result of CONSTRUCT or DESCRIBE.

    Raises:
        ResultTooLarge: it has more bytes than the limit.
        QueryRefused: RDF/XML cannot hold one of its characters or properties.
    """
    body = ox.serialize(triples, format=ox.RdfFormat.from_media_type(media_type), prefixes=dict(prefixes))
    assert body is not None, "serialize() returns bytes when it is given no file"
    if len(body) > limits.result_bytes:
        raise _too_large(limits)
    if media_type == RDF_XML:
        _check_xml(body)
    return body


def is_empty(result: Result) -> bool:
    """Whether a result has no row and no triple, or is false; of a spreadsheet that is not looked at."""
    if result.media_type == XLSX:
        return False
    if result.form == "ASK":
        return result.find(b"false") >= 0
    if result.media_type in _LINE_ENDS:
        return result.count(b"\n") == 1
    if result.form == "SELECT":
        return result.endswith(b'"bindings":[]}}') if result.media_type == JSON else result.find(b"<result>") < 0
    return not any(ox.parse(bytes(result), format=ox.RdfFormat.from_media_type(result.media_type)))


def counts_nothing(result: Result) -> bool:
    """Whether a result is a table of one row whose values are all 0, as of a COUNT of what is not there."""
    if result.form != "SELECT" or result.media_type == XLSX or len(result) > _COUNTS or not _ZERO.search(result):
        return False
    if result.media_type == CSV:
        _, *rows = csv.reader(io.StringIO(result.decode(), newline=""))
        return len(rows) == 1 and set(rows[0]) == {"0"}
    found = cast(ox.QuerySolutions, ox.parse_query_results(bytes(result), format=_format(result.media_type)))
    table = [[None if term is None else text_of(term) for term in row] for row in found]
    return len(table) == 1 and set(table[0]) == {"0"}


def with_link(table: bytes, media_type: str, address: str) -> bytes:
    """Return a table with a link in its head to what is to be known about it.

    SPARQL 1.1 Results JSON, section 3.1.2 (`link`); SPARQL Results XML, section 2.2 (`link`, behind the variables).

    Args:
        table: as `write_table` returns it.
        media_type: one of LINKED.
        address: where the link leads.
    """
    if media_type == JSON:
        end, link = b"]}", f'],"link":[{json.dumps(address)}]}}'
    else:
        end, link = b"</head>", f'<link href="{escape(address)}"/></head>'
    return table.replace(end, link.encode(), 1)  # no name of a variable holds these signs, so the first is the head's


def _csv(solutions: ox.QuerySolutions, limits: Limits) -> tuple[bytes, bool]:
    """Write a table as CSV (SPARQL 1.1 Results CSV and TSV, section 3; RFC 4180); raises ResultTooLarge."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([variable.value for variable in solutions.variables])
    truncated = False
    for number, row in enumerate(solutions):
        truncated = number == limits.rows
        if truncated or text.tell() > limits.result_bytes:
            break
        writer.writerow(["" if term is None else text_of(term) for term in row])
    body = text.getvalue().encode()
    if len(body) > limits.result_bytes:
        raise _too_large(limits)
    return body, truncated


def _xlsx(solutions: ox.QuerySolutions, limits: Limits) -> tuple[bytes, bool]:
    """Write a table as a spreadsheet; raises ResultTooLarge and QueryRefused."""
    truncated = False

    def rows() -> Iterator[list[Cell]]:
        nonlocal truncated
        size = 0
        for number, row in enumerate(solutions):
            truncated = number == limits.rows
            if truncated:
                return
            size += sum(0 if term is None else len(text_of(term)) for term in row)
            if size > limits.result_bytes:
                raise _too_large(limits)
            yield [None if term is None else _cell(term) for term in row]

    try:
        return write_xlsx([variable.value for variable in solutions.variables], rows()), truncated
    except UnwritableTable as error:
        raise QueryRefused(str(error), Refusal.UNSUPPORTED) from None


def _cell(term: Term) -> Cell:
    """Return a term as a cell: a number or a truth value as what it is, all else as its text."""
    value = text_of(term)
    datatype = term.datatype.value if isinstance(term, ox.Literal) else ""
    if datatype == f"{_XSD}boolean" and value in ("true", "false"):
        return value == "true"
    if datatype in _NUMBERS and _NUMBER.fullmatch(value):
        return float(value) if datatype in _NUMBERS[-2:] else Decimal(value)
    return value


class _FullError(Exception):
    """A sink takes no more."""


class _Sink:
    """A file in memory for a table; it is full with more row ends, or more bytes, than may be."""

    def __init__(self, row_end: bytes, most_rows: int, most_bytes: int) -> None:
        self._row_end, self._most_rows, self._most_bytes = row_end, most_rows, most_bytes
        self._body = bytearray()
        self._rows = 0  # but for row ends that two writes share

    def filled(self, solutions: ox.QuerySolutions, media_type: str) -> bytes:
        """Return the table, or its beginning if it is full then."""
        with suppress(_FullError):
            solutions.serialize(cast(IO[bytes], self), format=_format(media_type))
        return bytes(self._body)

    @property
    def is_full(self) -> bool:
        """Whether there are as many row ends as may be."""
        return self._body.count(self._row_end) >= self._most_rows

    def write(self, data: bytes) -> int:
        """Take some bytes; raises _FullError."""
        self._body += data
        self._rows += data.count(self._row_end)
        if self._rows >= self._most_rows or len(self._body) > self._most_bytes:
            raise _FullError
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is in memory."""


def _tsv(solutions: ox.QuerySolutions, limits: Limits) -> tuple[bytes, bool]:
    """Return no more solutions than may be as TSV, and whether some were left out; raises ResultTooLarge.

    In TSV a row is a line and no text holds a line end (SPARQL 1.1 Results CSV and TSV, section 4).
    """
    table = _Sink(_ROW_ENDS[TSV], limits.rows + 2, limits.result_bytes).filled(solutions, TSV)
    *lines, rest = table.split(b"\n", limits.rows + 1)  # the head, the rows, and what comes after them
    if len(lines) <= limits.rows and len(table) > limits.result_bytes:
        raise _too_large(limits)
    return b"\n".join([*lines, b""]), bool(rest)


def _serialized(result: ox.QueryBoolean | ox.QuerySolutions, media_type: str) -> bytes:
    body = result.serialize(format=_format(media_type))
    assert body is not None, "serialize() returns bytes when it is given no file"
    return body


def _format(media_type: str) -> ox.QueryResultsFormat:
    found = ox.QueryResultsFormat.from_media_type(media_type)
    assert found is not None, "the media types of tables are those of Oxigraph"
    return found


def _too_large(limits: Limits) -> ResultTooLarge:
    return ResultTooLarge(
        f"The result is larger than {limits.result_bytes:,} bytes; ask for less of it, as with LIMIT."
    )


def _check_xml(body: bytes) -> None:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(body, True)
    except expat.ExpatError:
        raise QueryRefused(
            "The result holds a character or a name that XML cannot hold; ask for another format.",
            Refusal.UNWRITABLE,
        ) from None
