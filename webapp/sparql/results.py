"""Query results as a page shows them: a table with links, the text of a file, or yes or no."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.sparql.engine import Result
from kg.sparql.rows import COLUMNS, plain
from kg.vocabulary import prefixed
from webapp.context import catalogue, page_of

MOST_ROWS = 1_000
MOST_CELL = 2_000
"""Characters of a value that the table shows."""
MOST_SHOWN = 300_000
"""Characters that the table shows in all; the rows beyond are left out as those beyond MOST_ROWS are."""
MOST_RAW = 200_000
"""Characters of a file that a page shows; the files below it have all."""

Term = dict[str, Any]
"""A term as SPARQL 1.1 Query Results JSON has it."""


@dataclass(frozen=True)
class Cell:
    """One value of the table: its words, and the address it leads to."""

    text: str
    href: str | None


@dataclass(frozen=True)
class Shown:
    """A result ready for the page.

    `total` counts the rows, of which `rows` holds the first MOST_ROWS as cells and `terms` all of them as terms; a
    graph has its triples as rows. `raw` is the text of the file that the result is: JSON, or Turtle.
    """

    columns: tuple[str, ...] = ()
    terms: tuple[dict[str, Term], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    boolean: bool | None = None
    is_graph: bool = False
    raw: str = ""
    truncated: bool = False


def shown(result: Result) -> Shown:
    """Return a result for the page: Turtle where it is a graph, else SPARQL 1.1 Query Results JSON."""
    text = result.decode("utf-8")
    if result.form in ("CONSTRUCT", "DESCRIBE"):
        columns: tuple[str, ...] = COLUMNS
        triples = ox.parse(bytes(result), format=ox.RdfFormat.TURTLE)
        terms = [dict(zip(columns, map(_term, triple), strict=False)) for triple in triples]
    else:
        document = json.loads(text)
        if "boolean" in document:
            return Shown(boolean=document["boolean"], raw=text)
        columns, terms = tuple(document["head"]["vars"]), document["results"]["bindings"]
        text = json.dumps(document, ensure_ascii=False, indent=1) if len(text) <= MOST_RAW else text
    return Shown(
        columns=columns,
        terms=tuple(terms),
        rows=_rows(columns, terms),
        total=len(terms),
        is_graph=result.form in ("CONSTRUCT", "DESCRIBE"),
        raw=text if len(text) <= MOST_RAW else f"{text[:MOST_RAW]}\n…",
        truncated=result.truncated,
    )


def _term(term: Any) -> Term:
    if isinstance(term, ox.Triple):
        return {"type": "triple", "value": dict(zip(COLUMNS, map(_term, term), strict=True))}
    if isinstance(term, ox.Literal):
        more = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **more}
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}


def _rows(columns: Sequence[str], terms: Sequence[Mapping[str, Term]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows that the table shows."""
    rows: list[tuple[Cell, ...]] = []
    room = MOST_SHOWN
    for row in terms[:MOST_ROWS]:
        cells = tuple(_cell(row.get(name)) for name in columns)
        room -= sum(len(cell.text) for cell in cells)
        if rows and room < 0:
            break
        rows.append(cells)
    return tuple(rows)


def _cell(term: Term | None) -> Cell:
    if term is None:
        return Cell("", None)
    value = plain(term)
    if len(value) > MOST_CELL:
        return Cell(f"{value[:MOST_CELL]}…", None)
    return Cell(value, None) if term["type"] != "uri" else Cell(prefixed(value) or value, page_of(catalogue(), value))
