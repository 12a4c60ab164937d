"""Query results as a page shows them: a table with links, yes or no, or a graph as text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kg.store.engine import Result
from kg.vocabulary import PREFIXES
from webapp.addresses import page_of
from webapp.context import library

MOST_ROWS = 500


@dataclass(frozen=True)
class Cell:
    """One value of the table: its words, and the address it leads to."""

    text: str
    href: str | None


@dataclass(frozen=True)
class Shown:
    """A result ready for the page; `total` counts the rows, of which `rows` holds the first MOST_ROWS."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    boolean: bool | None = None
    graph: str | None = None


def shown(result: Result) -> Shown:
    """Return a result for the page: Turtle where it is a graph, else SPARQL 1.1 Query Results JSON."""
    if result.form in ("CONSTRUCT", "DESCRIBE"):
        return Shown(graph=result.decode("utf-8"))
    document = json.loads(result)
    if "boolean" in document:
        return Shown(boolean=document["boolean"])
    columns = tuple(document["head"]["vars"])
    found = document["results"]["bindings"]
    rows = tuple(tuple(_cell(row.get(name)) for name in columns) for row in found[:MOST_ROWS])
    return Shown(columns=columns, rows=rows, total=len(found))


def _cell(term: dict[str, Any] | None) -> Cell:
    if term is None:
        return Cell("", None)
    if term["type"] != "uri":
        return Cell(term["value"], None)
    iri = str(term["value"])
    return Cell(_short(iri), page_of(library(), iri))


def _short(iri: str) -> str:
    """Return an IRI with its known prefix ("concept:culture"), or whole."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and iri != start:
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri
