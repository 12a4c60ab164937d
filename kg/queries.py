"""SPARQL texts with places to fill: `VALUES ?name { ... }` is where terms go in, and the only place.

A text is a whole, valid query before and after binding, so that what is shown to a person runs unchanged.
Terms are serialised by the engine's own classes, never pasted as text (SPARQL 1.1 Query, section 10.2: VALUES).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from kg.vocabulary import PREFIXES

Term = NamedNode | Literal

_PREFIX_LINE = re.compile(r"^\s*PREFIX\s+([A-Za-z][\w-]*)?:", re.IGNORECASE | re.MULTILINE)


def bind(query: str, slots: Mapping[str, Iterable[Term]]) -> str:
    """Return the query with the terms of each slot in its `VALUES ?slot { }` block.

    Arguments:
        query: a SPARQL text with one `VALUES ?name { ... }` block for each slot.
        slots: for each name the terms to bind; what stood in the block is replaced.

    Raises:
        KeyError: the query has no block for a slot.
    """
    for name, terms in slots.items():
        block = re.compile(rf"VALUES\s+\?{re.escape(name)}\s*\{{[^{{}}]*\}}")
        text = " ".join(_short(term) for term in terms)
        parts = block.split(query)
        if len(parts) == 1:
            raise KeyError(f"the query has no VALUES ?{name} {{ }} block")
        query = f"VALUES ?{name} {{ {text} }}".join(parts)
    return query


def _short(term: Term) -> str:
    """Return a term as SPARQL text: a prefixed name where that is safe, else in full."""
    if isinstance(term, NamedNode):
        for prefix in ("concept", "relation", "theme", "sk"):
            rest = term.value.removeprefix(PREFIXES[prefix])
            if rest != term.value and re.fullmatch(r"[A-Za-z0-9](?:[\w-]*[A-Za-z0-9])?", rest, re.ASCII):
                return f"{prefix}:{rest}"
    return str(term)


def with_prefixes(query: str) -> str:
    """Return the query with a PREFIX line for each known prefix that it uses and does not declare itself."""
    declared = {match.group(1) or "" for match in _PREFIX_LINE.finditer(query)}
    needed = [
        f"PREFIX {prefix}: <{iri}>"
        for prefix, iri in PREFIXES.items()
        if prefix not in declared and re.search(rf"(?<![\w<?$-]){prefix}:(?!//)", query)
    ]
    return "\n".join([*needed, query]) if needed else query


def union_of(queries: Iterable[str]) -> str:
    """Return one SELECT of `?claim` with the claims of several (SPARQL 1.1 Query, sections 7 and 12)."""
    prefixes: list[str] = []
    blocks: list[str] = []
    for query in queries:
        lines = query.splitlines()
        prefixes += [line for line in lines if _PREFIX_LINE.match(line)]
        body = [f"    {line}" for line in lines if not _PREFIX_LINE.match(line)]
        blocks.append("\n".join(["  {", *body, "  }"]))
    return "\n".join(
        [*dict.fromkeys(prefixes), "SELECT DISTINCT ?claim WHERE {", " UNION\n".join(blocks), "} ORDER BY ?claim"]
    )


def in_full(query: str) -> str:
    """Return the SELECT of `?claim` that also finds the claims which the same statement goes on to make.

    Those are claims that extend or support one found, or the other way round (CiTO), and rest on a passage of the same
    numbered statement.
    """
    lines = query.splitlines()
    prefixes = [line for line in lines if _PREFIX_LINE.match(line)]
    body = [f"    {line}" for line in lines if not _PREFIX_LINE.match(line)]
    around = "(cito:extends|^cito:extends|cito:supports|^cito:supports)?"
    return with_prefixes(
        "\n".join(
            [
                *prefixes,
                "SELECT DISTINCT ?claim WHERE {",
                "  { SELECT (?claim AS ?found) WHERE { {",
                *body,
                "  } } }",
                f"  ?found {around} ?claim .",
                "  FILTER EXISTS {",  # a join would pair all passages of all seminars that have the same number
                "    ?found prov:wasDerivedFrom/dcterms:identifier ?statement .",
                "    ?claim prov:wasDerivedFrom/dcterms:identifier ?statement .",
                "  }",
                "} ORDER BY ?claim",
            ]
        )
    )
