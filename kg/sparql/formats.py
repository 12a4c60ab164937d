"""The formats of results: SPARQL JSON, XML, CSV and TSV for tables and truth values, RDF for graphs.

XML, CSV and TSV are written here rather than by pyoxigraph, so that rows can be cut at the limit, literals respelt
as the data wrote them, columns kept in the order of the query, and ill-formed XML refused; it costs 2 us a row.
JSON, which most ask for, is in `bindings`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from kg.sparql.engine import Form, Limits, QueryRefused, Refusal, ResultTooLarge

JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
TURTLE: Final = "text/turtle"
N_TRIPLES: Final = "application/n-triples"
JSON_LD: Final = "application/ld+json"
RDF_XML: Final = "application/rdf+xml"

_GRAPHS: Final = {
    TURTLE: ox.RdfFormat.TURTLE,
    N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    JSON_LD: ox.RdfFormat.JSON_LD,
    RDF_XML: ox.RdfFormat.RDF_XML,
}

MEDIA_TYPES: Final[Mapping[Form, tuple[str, ...]]] = {
    "SELECT": (JSON, XML, CSV, TSV),
    "ASK": (JSON, XML, CSV, TSV),
    "CONSTRUCT": tuple(_GRAPHS),
    "DESCRIBE": tuple(_GRAPHS),
}
"""The media types of each query form, the one to prefer first."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Sequence[Term | None]
"""The terms of a solution in the order of the variables; None where a variable is unbound."""

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_PLAIN: Final = frozenset({_XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"})
_XML_HEAD: Final = '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
# What is no Char of XML 1.0, section 2.2.
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TO_XML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_LINE_ENDS: Final = {CSV: "\r\n", TSV: "\n"}
_NEEDS_QUOTES: Final = re.compile('[",\r\n]')  # RFC 4180, section 2

_MOST_KEPT: Final = 2_000
_LONGEST_KEPT: Final = 400

# What Turtle reads back as the same literal without quotation marks (RDF 1.1 Turtle, section 2.5).
_BARE: Final = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    _XSD + "boolean": re.compile("true|false"),
}


def write_truth(value: bool, media_type: str) -> bytes:
    """Write the result of ASK (SPARQL 1.1 Results JSON, section 3; SPARQL Results XML, section 2.3.2).

    The specification of CSV and TSV has no truth values; here they are the word on a line.
    """
    word = "true" if value else "false"
    if media_type in (CSV, TSV):
        return f"{word}{_LINE_ENDS[media_type]}".encode()
    if media_type == JSON:
        return f'{{"head":{{}},"boolean":{word}}}'.encode()
    return f"{_XML_HEAD}</head><boolean>{word}</boolean></sparql>".encode()


def write_table(variables: Sequence[str], rows: Iterable[Row], media_type: str, limits: Limits) -> tuple[bytes, bool]:
    """Write the result of SELECT.

    Args:
        variables: names of the columns, without `?`.
        rows: the solutions; no more are fetched than fit.
        media_type: XML, CSV or TSV.
        limits: the most rows, and the most bytes.

    Returns:
        The bytes, and whether rows were left out.

    Raises:
        ResultTooLarge: it has more bytes than the limit.
        QueryRefused: XML cannot hold one of its characters.
    """
    start, separator, end, write = _TABLES[media_type](variables)
    parts: list[str] = []
    size = 0
    truncated = False
    for row in rows:
        if len(parts) == limits.rows:
            truncated = True
            break
        parts.append(write(row))
        size += len(parts[-1])
        if size > limits.result_bytes:
            raise too_large(limits)
    body = (start + separator.join(parts) + end).encode()
    if len(body) > limits.result_bytes:
        raise too_large(limits)
    if media_type == XML and _NO_XML.search(body.decode()):
        raise _not_xml()
    return body, truncated


def write_graph(triples: Sequence[ox.Triple], media_type: str, prefixes: Mapping[str, str], limits: Limits) -> bytes:
    """Write the result of CONSTRUCT or DESCRIBE.

    Raises:
        ResultTooLarge: it has more bytes than the limit.
        QueryRefused: RDF/XML cannot hold one of its characters or properties.
    """
    body = ox.serialize(triples, format=_GRAPHS[media_type], prefixes=dict(prefixes))
    assert body is not None, "serialize() returns bytes when it is given no file"
    if len(body) > limits.result_bytes:
        raise too_large(limits)
    if media_type == RDF_XML:
        try:
            expat.ParserCreate(namespace_separator=" ").Parse(body, True)
        except expat.ExpatError:
            raise _not_xml() from None
    return body


def too_large(limits: Limits) -> ResultTooLarge:
    """Return the error for a result that has more bytes than the limit."""
    return ResultTooLarge(
        f"The result is larger than {limits.result_bytes:,} bytes; ask for less of it, as with LIMIT."
    )


def _not_xml() -> QueryRefused:
    return QueryRefused(
        "The result holds a character or a name that XML cannot hold; ask for another format.",
        Refusal.UNWRITABLE,
    )


class _Written(dict[Term, str]):
    """What terms look like in one format, kept: the same ones come again and again, in a result and the next."""

    def __init__(self, write: Callable[[Term], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, term: Term) -> str:
        text = self._write(term)
        if len(text) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[term] = text
        return text


# A table format: start, separator and end of the document, and the function that writes a row.
_Table = tuple[str, str, str, Callable[[Row], str]]


def _xml_table(variables: Sequence[str]) -> _Table:
    tags = [f'<binding name="{name}">' for name in variables]
    written = _WRITTEN[XML]

    def write(row: Row) -> str:
        cells = [tag + written[term] for tag, term in zip(tags, row, strict=True) if term is not None]
        return "<result>" + "".join([cell + "</binding>" for cell in cells]) + "</result>"

    head = "".join(f'<variable name="{name}"/>' for name in variables)
    return f"{_XML_HEAD}{head}</head><results>", "", "</results></sparql>", write


def _xml_term(term: Term) -> str:
    match term:
        case ox.Literal():
            text = term.value.translate(_TO_XML)
            if term.language is not None:
                return f'<literal xml:lang="{term.language}">{text}</literal>'
            datatype = term.datatype.value
            attribute = "" if datatype in _PLAIN else f' datatype="{datatype.translate(_TO_XML)}"'
            return f"<literal{attribute}>{text}</literal>"
        case ox.NamedNode():
            return f"<uri>{term.value.translate(_TO_XML)}</uri>"
        case ox.BlankNode():
            return f"<bnode>{term.value.translate(_TO_XML)}</bnode>"
    parts = zip(("subject", "predicate", "object"), term, strict=True)
    return "<triple>" + "".join(f"<{k}>{_xml_term(t)}</{k}>" for k, t in parts) + "</triple>"


def _csv_table(variables: Sequence[str]) -> _Table:
    written = _WRITTEN[CSV]

    def write(row: Row) -> str:
        return ",".join(["" if term is None else written[term] for term in row]) + "\r\n"

    return ",".join(variables) + "\r\n", "", "", write


def _csv_term(term: Term) -> str:
    text = term.value if isinstance(term, ox.Literal | ox.NamedNode) else _tsv_term(term)
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _tsv_table(variables: Sequence[str]) -> _Table:
    written = _WRITTEN[TSV]

    def write(row: Row) -> str:
        return "\t".join(["" if term is None else written[term] for term in row]) + "\n"

    return "\t".join("?" + name for name in variables) + "\n", "", "", write


def _tsv_term(term: Term) -> str:
    if isinstance(term, ox.Literal) and term.language is None:
        bare = _BARE.get(term.datatype.value)
        if bare is not None and bare.fullmatch(term.value):
            return term.value
    if isinstance(term, ox.Triple):
        return "<<( " + " ".join(map(_tsv_term, term)) + " )>>"
    return str(term)


_WRITTEN: Final = {
    XML: _Written(_xml_term),
    CSV: _Written(_csv_term),
    TSV: _Written(_tsv_term),
}
_TABLES: Final[Mapping[str, Callable[[Sequence[str]], _Table]]] = {
    XML: _xml_table,
    CSV: _csv_table,
    TSV: _tsv_table,
}
