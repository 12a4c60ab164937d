"""Queries as people type them: known prefixes left out, and values given as text or as Python values.

What is sent to an endpoint declares its prefixes; here, on the command line and in the editor they may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from numbers import Integral
from typing import TypeVar
from urllib.parse import urljoin

import pyoxigraph as ox
import rdflib

from kg.sparql.engine import QuerySyntaxError
from kg.sparql.lexer import NAME_OF_VARIABLE, PREFIX, shape_of
from kg.sparql.query_text import Term, bind, with_prefixes
from kg.vocabulary import BASE, PREFIXES

Found = TypeVar("Found")

Scalar = str | int | float | Decimal | date | time | rdflib.Literal | Term
"""What stands for one term: text as `term` reads it, a number, a date, or a term of rdflib or pyoxigraph."""

Values = Scalar | Iterable[Scalar]
"""What may be bound to a name: one term, or several."""

# The numbers of SPARQL 1.1 Query, section 19.8: INTEGER, DECIMAL and DOUBLE with their signs.
_NUMBER = re.compile(
    r"[+-]?(?:(?P<integer>[0-9]+)|(?P<decimal>[0-9]*\.[0-9]+)"
    r"|(?P<double>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+))"
)
_ADDRESS = re.compile(r"(?:urn:|mailto:|tel:|[a-z][a-z0-9+.-]*://)\S+", re.IGNORECASE)
_NAME = re.compile(rf"(?P<prefix>_|{PREFIX}):\S+")
_QUOTED = re.compile(rf"""(?:"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')(?:@\S*|\^\^(?:(?P<prefix>{PREFIX}):)?\S*)?""")


def run(sparql: str, execute: Callable[[str], Found]) -> Found:
    """Run a query with the prefixes that it leaves out; return what `execute` makes of it.

    Raises:
        QuerySyntaxError: as `execute`, with the line as the text given has it: the PREFIX lines put in front are
            not counted.
    """
    whole = with_prefixes(sparql)
    added = whole.count("\n") - sparql.count("\n")
    try:
        return execute(whole)
    except QuerySyntaxError as error:
        line = max(error.line - added, 1)
        message = str(error).replace(f"line {error.line}", f"line {line}", 1)
        raise QuerySyntaxError(message, line, error.column) from None


def bound(sparql: str, values: Mapping[str, Values]) -> str:
    """Return the query with values in its `VALUES ?name { }` blocks, each value a term.

    Arguments:
        sparql: a SPARQL text.
        values: for each name, with or without its `?`, what to bind; text is read as `term` does, with the prefixes
            that the query declares beside the known ones.

    Raises:
        TypeError: a value is nothing that stands for a term; the message is one sentence that names the binding.
        ValueError: the query has no such block, or a value is a broken IRI or the like; the message is as above.
    """
    if not values:
        return sparql
    prefixes = {**PREFIXES, **dict(shape_of(sparql).prefixes)}
    slots: dict[str, list[Term]] = {}
    for given, value in values.items():
        name = _name(given)
        if name in slots:
            raise ValueError(f"?{name} is bound twice; give its values in one list.")
        try:
            slots[name] = [_scalar(each, prefixes) for each in _several(value)]
        except (TypeError, ValueError) as error:
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"?{name}: {error}") from None
    try:
        return bind(sparql, slots, declares=False)  # `run` counts the lines that it adds
    except KeyError as error:
        said = str(error.args[0])
        block = said[said.index("VALUES") : said.index("}") + 1]
        raise ValueError(f"{said}: write {block} into its WHERE {{ }}, and the term goes there.") from None


def _name(given: object) -> str:
    """Return the name of a variable without its mark; what is bound to "?x" is bound to "x"."""
    if not isinstance(given, str):
        raise TypeError(f"{_shown(given)} is no name of a binding; give the name of a variable as text, such as “x”.")
    name = given[1:] if given[:1] in ("?", "$") else given
    if not NAME_OF_VARIABLE.fullmatch(name):
        raise ValueError(f"“{given[:80]}” is no name of a binding; give the name of a variable, such as “x”.")
    return name


def _several(value: object) -> Iterable[object]:
    """Return the values of a list or of what else can be looped over; bytes and mappings are one value, and none."""
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | bytearray | memoryview | Mapping):
        return value
    return [value]


def _scalar(value: object, prefixes: Mapping[str, str]) -> Term:
    """Return the term that one Python value stands for."""
    match value:
        case ox.NamedNode() | ox.Literal():
            return value
        case rdflib.Literal():
            return _typed(str(value), value.language, value.datatype)
        case rdflib.URIRef():
            return _iri(str(value))
        case rdflib.BNode() | ox.BlankNode():
            raise ValueError("a blank node has no name that a query could use; bind an IRI or a literal.")
        case rdflib.Variable():
            raise TypeError("a variable cannot be bound to another; bind an IRI or a literal.")
        case str():
            return term(value, prefixes)
        case bool():
            return _xsd("true" if value else "false", "boolean")
        case Integral():
            return _xsd(str(int(value)), "integer")
        case float():
            infinite = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}
            return _xsd(infinite.get(text := repr(float(value)), text), "double")
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"xsd:decimal has no {value}; bind a float for it.")
            return _xsd(format(value, "f"), "decimal")
        case date() | time():  # a datetime is a date
            kind = "dateTime" if isinstance(value, datetime) else "date" if isinstance(value, date) else "time"
            return _xsd(value.isoformat(), kind)
    raise TypeError(
        f"{_shown(value)} stands for no term; bind text, a number, a date, an IRI or literal of rdflib or pyoxigraph, "
        "or a list of these."
    )


def _shown(value: object) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"


def _xsd(text: str, name: str) -> ox.Literal:
    return _typed(text, datatype=PREFIXES["xsd"] + name)


def _typed(text: str, language: str | None = None, datatype: str | None = None) -> ox.Literal:
    """Return a literal; raises ValueError, with what is wrong with it."""
    try:
        if language:
            return ox.Literal(text, language=language)
        return ox.Literal(text, datatype=ox.NamedNode(datatype) if datatype else None)
    except ValueError:
        pass
    if any("\ud800" <= each <= "\udfff" for each in text):
        raise ValueError("the text holds half of a surrogate pair, which is no character; take it out.")
    wrong = f"language tag “{language[:80]}”" if language else f"datatype “{str(datatype)[:80]}”"
    raise ValueError(f"the literal has the {wrong}, which is not a right one; correct it.")


def term(value: str, prefixes: Mapping[str, str] = PREFIXES) -> Term:
    """Return the term that a text stands for.

    `<iri>`, an address such as `https://...` or `urn:...`, and `prefix:name` are IRIs; what is in `<>` and is
    relative belongs to `https://w3id.org/seminar-kg/`, as in a query. `12`, `.5` and `1e3` are numbers. A literal as
    SPARQL writes it is that literal (`"Culture"@en`), so in quotation marks all is text (`"foo:bar"`). Anything else
    is plain text, unless it is a word with a colon that looks like a name with an unknown prefix.

    >>> str(term("concept:culture"))
    '<https://w3id.org/seminar-kg/concept/culture>'
    >>> str(term("12"))
    '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'
    >>> str(term('"Culture"@en'))
    '"Culture"@en'
    >>> term('not a "literal" } ').value
    'not a "literal" } '

    Arguments:
        value: the text.
        prefixes: the known prefixes.

    Raises:
        ValueError: the IRI is not one, or the prefix is not known.
    """
    if value.startswith("<") and value.endswith(">"):
        return _iri(value[1:-1], BASE)
    if _ADDRESS.fullmatch(value):
        return _iri(value)
    name = _NAME.fullmatch(value)
    if name:
        return _iri(_known(name["prefix"], value, prefixes) + value[name.end("prefix") + 1 :])
    number = _NUMBER.fullmatch(value)
    if number and number.lastgroup:
        return _xsd(value, number.lastgroup)
    return _literal(value, prefixes) or _typed(value)


def _known(prefix: str, value: str, prefixes: Mapping[str, str]) -> str:
    """Return the IRI of a prefix; raises ValueError, with what to write instead."""
    if prefix == "_":
        raise ValueError(f"“{value[:80]}” is a blank node, which has no name that a query could use; bind an IRI.")
    if prefix not in prefixes:
        known = ", ".join(f"{each}:" for each in prefixes)
        shown = value[:80]
        instead = "" if value[:1] in "\"'" else f'; write <{shown}> for an IRI, or "{shown}" in its quotes for text'
        raise ValueError(f"Unknown prefix “{prefix[:80]}:”: known are {known}{instead}.")
    return prefixes[prefix]


def _iri(text: str, base: str = "") -> ox.NamedNode:
    for iri in (text, urljoin(base, text)) if base else (text,):
        try:
            return ox.NamedNode(iri)
        except ValueError:
            continue
    raise ValueError(f"Invalid IRI: “{text[:80]}” is not absolute, or holds what an IRI may not.")


def _literal(value: str, prefixes: Mapping[str, str]) -> ox.Literal | None:
    """Return the literal of Turtle that the whole value is, or None: it may be anything.

    Raises:
        ValueError: it is written as a literal and is none.
    """
    if value[:1] not in ('"', "'"):
        return None
    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())
    turtle = f"{prologue}<urn:s> <urn:p> {value} ."
    try:
        objects = [each.object for each in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE, base_iri=BASE)]
    except (SyntaxError, ValueError):
        written = _QUOTED.fullmatch(value)
        if written and written["prefix"]:
            _known(written["prefix"], value, prefixes)
        if written:
            raise ValueError(f"“{value[:80]}” is not a literal as SPARQL writes one; correct it.") from None
        return None
    only = objects[0] if len(objects) == 1 else None
    return only if isinstance(only, ox.Literal) else None
