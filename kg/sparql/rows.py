"""The result of a query as Python values: rows to loop over, a pandas table, an rdflib graph."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD

from kg.sparql.engine import Result, Term, text_of
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | Decimal | bool | date | datetime | time
"""What a term becomes; an IRI is its text, and a literal of a type that Python has not is its text too."""

COLUMNS = ("subject", "predicate", "object")
"""The columns of the result of CONSTRUCT and DESCRIBE."""

_INTEGERS = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
    "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
)  # fmt: skip
_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_FLOAT = rf"{_DECIMAL}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_DATE, _TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}", r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
_ZONE = "(?:Z|[+-][0-9]{2}:[0-9]{2})"

_READERS: dict[str, tuple[re.Pattern[str], Callable[[str], Value]]] = {
    str(XSD[name]): (re.compile(form), reader)
    for names, form, reader in (
        (_INTEGERS, "[+-]?[0-9]+", int),
        (("decimal",), _DECIMAL, Decimal),
        (("double", "float"), _FLOAT, float),
        (("boolean",), "true|false|1|0", lambda text: text in ("true", "1")),
        (("date",), f"{_DATE}{_ZONE}?", lambda text: date.fromisoformat(text[:10])),
        (("dateTime",), f"{_DATE}T{_TIME}{_ZONE}?", datetime.fromisoformat),
        (("dateTimeStamp",), f"{_DATE}T{_TIME}{_ZONE}", datetime.fromisoformat),
        (("time",), f"{_TIME}{_ZONE}?", time.fromisoformat),
    )
    for name in names
}
"""For each datatype whose literals become Python values, its lexical form and what reads it (XML Schema Part 2)."""

_QUIET: ContextVar[bool] = ContextVar("_QUIET", default=False)
# rdflib logs a traceback for each literal that is not of its datatype, which is nothing that its reader could mend.
logging.getLogger("rdflib.term").addFilter(lambda record: not _QUIET.get())


class MissingExtraError(ImportError):
    """A package that is an optional extra is not installed; the message says how to get it."""


class Row(tuple[Value | None, ...]):
    """One row: a tuple, whose values also go by the names of their columns (`row["text"]`); None where unbound."""

    columns: tuple[str, ...]

    def __new__(cls, values: Iterable[Value | None], columns: tuple[str, ...]) -> Row:
        """Make a row of its values and the names of its columns, in the same order."""
        row = super().__new__(cls, values)
        row.columns = columns
        return row

    def __getnewargs__(self) -> tuple[tuple[Value | None, ...], tuple[str, ...]]:
        return tuple(self), self.columns

    @overload  # type: ignore[override]
    def __getitem__(self, key: str | int, /) -> Any: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Value | None, ...]: ...
    def __getitem__(self, key: str | int | slice, /) -> Any:
        """Return the value of a column, by its name or its number; raises KeyError or IndexError."""
        if isinstance(key, str):
            if key not in self.columns:
                raise KeyError(f"there is no column {key!r}; the columns are {', '.join(self.columns) or 'none'}")
            return super().__getitem__(self.columns.index(key))
        return super().__getitem__(key)

    def as_dict(self) -> dict[str, Any]:
        """Return the row as a dictionary, the names of its columns in order."""
        return dict(zip(self.columns, self, strict=True))


class Rows(Sequence[Row]):
    """What a query found: a sequence of rows with named columns.

    SELECT gives the columns of its query. CONSTRUCT and DESCRIBE give a row for each triple, with the columns
    `subject`, `predicate` and `object`, and a graph.

    >>> import kg
    >>> rows = kg.open_library().query("SELECT ?label WHERE { concept:culture skos:prefLabel ?label }")
    >>> rows.columns, len(rows), rows[0]["label"]
    (('label',), 1, 'Culture')
    """

    def __init__(
        self, columns: Sequence[str], rows: Sequence[Sequence[Value | None]], triples: Sequence[ox.Triple] | None = None
    ):
        self.columns = tuple(columns)
        self._rows = [Row(row, self.columns) for row in rows]
        self._triples = triples

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """Return a row by its number, or a list of rows."""
        return self._rows[index]

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} of {', '.join(self.columns)}>"

    def to_dataframe(self) -> pd.DataFrame:
        """Return the rows as a pandas table with the same columns.

        Raises:
            MissingExtraError: pandas is not installed; it is the extra `pandas` of this package.
        """
        try:
            import pandas as pd  # an extra, which most who use this package do not need
        except ImportError:
            raise MissingExtraError(
                "to_dataframe() needs pandas, which is not installed; run: pip install 'seminar-kg[pandas]'"
            ) from None
        return pd.DataFrame([tuple(row) for row in self._rows], columns=list(self.columns))

    def to_graph(self) -> Graph:
        """Return the triples of CONSTRUCT or DESCRIBE as an rdflib graph; each call gives a new one.

        Raises:
            TypeError: the query was SELECT, which gives rows and no triples; or there is a triple term of RDF 1.2.
        """
        if self._triples is None:
            raise TypeError("A SELECT query gives rows, not a graph; write CONSTRUCT or DESCRIBE for to_graph().")
        return rdflib_graph(self._triples)


def as_python(result: Result) -> Rows | bool:
    """Return a serialised result as Python values.

    Arguments:
        result: SPARQL 1.1 Query Results JSON of SELECT or ASK, or N-Triples of CONSTRUCT or DESCRIBE.

    Returns:
        True or False for ASK, else rows.
    """
    if result.form in ("CONSTRUCT", "DESCRIBE"):
        found = ox.parse(bytes(result), format=ox.RdfFormat.N_TRIPLES)
        triples = sorted((quad.triple for quad in found), key=str)
        return Rows(COLUMNS, [tuple(map(_value, triple)) for triple in triples], triples)
    document = json.loads(result)
    if "boolean" in document:
        return bool(document["boolean"])
    names = document["head"]["vars"]
    bindings = document["results"]["bindings"]
    return Rows(names, [[_json_value(row.get(name)) for name in names] for row in bindings])


def plain(term: Mapping[str, Any]) -> str:
    """Return a term of SPARQL 1.1 Query Results JSON as plain text, as `kg.sparql.engine.text_of` does."""
    return text_of(_term(term)) if term["type"] in ("triple", "bnode") else str(term["value"])


def _term(term: Mapping[str, Any]) -> Term:
    value = term["value"]
    match term["type"]:
        case "uri":
            return ox.NamedNode(value)
        case "bnode":
            return ox.BlankNode(value)
        case "triple":
            return ox.Triple(*(_term(value[name]) for name in COLUMNS))  # type: ignore[arg-type]
    language, datatype = term.get("xml:lang"), term.get("datatype")
    direction = ox.BaseDirection(term["its:dir"]) if "its:dir" in term else None
    return ox.Literal(
        value, datatype=ox.NamedNode(datatype) if datatype else None, language=language, direction=direction
    )


def rdflib_graph(triples: Iterable[ox.Quad] | Iterable[ox.Triple]) -> Graph:
    """Return an rdflib graph of the engine's triples, with the known prefixes bound."""
    graph = Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri, replace=True)
    with quietly():
        for each in triples:
            graph.add((rdflib_term(each.subject), rdflib_term(each.predicate), rdflib_term(each.object)))
    return graph


@contextmanager
def quietly() -> Iterator[None]:
    """Keep rdflib from logging what it cannot convert; other threads are not concerned."""
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)


def rdflib_term(term: Any, scope: str = "") -> URIRef | BNode | Literal:
    """Return rdflib's form of a term of pyoxigraph, literals as they are written: rdflib would spell "01" as "1".

    Arguments:
        term: the term.
        scope: what the names of blank nodes begin with, to keep those of two files apart.

    Raises:
        TypeError: it is a triple term of RDF 1.2.
    """
    match term:
        case ox.NamedNode(value=value):
            return URIRef(value)
        case ox.BlankNode(value=value):
            return BNode(scope + value)
        case ox.Literal(value=value, language=str(language)):
            return Literal(value, lang=language)
        case ox.Literal(value=value, datatype=datatype):
            plain = datatype.value == str(XSD.string)
            return Literal(value, datatype=None if plain else URIRef(datatype.value), normalize=False)
    raise TypeError(f"rdflib 7 has no term for {text_of(term)}; take the rows, or the bytes of an N-Triples file.")


def _value(term: Term) -> Value:
    return _typed(term.value, term.datatype.value) if isinstance(term, ox.Literal) else text_of(term)


def _json_value(term: dict[str, Any] | None) -> Value | None:
    if term is None:
        return None
    return _typed(term["value"], term.get("datatype", "")) if term["type"] == "literal" else plain(term)


def _typed(text: str, datatype: str) -> Value:
    """Return the Python value of a literal; its text where Python has no such type or value, or it is ill-typed."""
    form, reader = _READERS.get(datatype, (None, str))
    if form is None or not form.fullmatch(text):
        return text
    try:
        return reader(text)
    except (ArithmeticError, ValueError):  # a year 0000, a 31st of June, an integer of ten thousand digits
        return text
