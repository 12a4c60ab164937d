"""Queries as people type them: known prefixes left out, and values given as text.

What is sent to an endpoint declares its prefixes; here, on the command line and in the editor they may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

import pyoxigraph as ox

from kg.queries import Term, bind, with_prefixes
from kg.store import QuerySyntaxError
from kg.vocabulary import PREFIXES

Found = TypeVar("Found")

_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


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


def bound(sparql: str, values: Mapping[str, list[str]]) -> str:
    """Return the query with values in its `VALUES ?name { }` blocks, each value a term; see `term`.

    Raises:
        ValueError: the query has no such block, or a value is a broken IRI; the message is one sentence.
    """
    try:
        return bind(sparql, {name: [term(value) for value in given] for name, given in values.items()})
    except KeyError as error:
        said = str(error.args[0])
        block = said[said.index("VALUES") : said.index("}") + 1]
        raise ValueError(f"{said}: write {block} into its WHERE {{ }}, and the term goes there.") from None


def term(value: str) -> Term:
    """Return the term that a text stands for.

    `<iri>`, an http(s) address and `prefix:name` (with a known prefix) are IRIs; `12` and `1.5` are numbers; a
    literal as Turtle writes it is that literal (`"Culture"@en`); anything else is plain text.

    >>> str(term("concept:culture"))
    '<https://w3id.org/seminar-kg/concept/culture>'
    >>> str(term("12"))
    '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'
    >>> str(term('"Culture"@en'))
    '"Culture"@en'
    >>> term('not a "literal" } ').value
    'not a "literal" } '

    Raises:
        ValueError: the IRI is not one.
    """
    prefix, colon, name = value.partition(":")
    if value.startswith("<") and value.endswith(">"):
        return _iri(value[1:-1])
    if colon and prefix in PREFIXES and name and not re.search(r"\s", name):
        return _iri(PREFIXES[prefix] + name)
    if re.match(r"https?://\S+$", value):
        return _iri(value)
    if re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", value):
        kind = "decimal" if "." in value else "integer"
        return ox.Literal(value, datatype=ox.NamedNode(PREFIXES["xsd"] + kind))
    return _literal(value) or ox.Literal(value)


def _iri(text: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(text)
    except ValueError:
        raise ValueError(f"Invalid IRI: “{text[:80]}” holds what an IRI may not.") from None


def _literal(value: str) -> ox.Literal | None:
    """Return the literal of Turtle that the whole value is, or None: it may be anything."""
    if not value.startswith('"'):
        return None
    turtle = _PROLOGUE + f"<urn:s> <urn:p> {value} ."
    try:
        objects = [triple.object for triple in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)]
    except (SyntaxError, ValueError):
        return None
    only = objects[0] if len(objects) == 1 else None
    return only if isinstance(only, ox.Literal) else None
