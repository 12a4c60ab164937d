"""SPARQL texts with places to fill: `VALUES ?name { ... }` is where terms go in, and the only place.

A text is a whole, valid query before and after binding, so that what is shown to a person runs unchanged.
Terms are serialised by the engine's own classes, never pasted as text (SPARQL 1.1 Query, section 10.2: VALUES).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from pyoxigraph import Literal, NamedNode

from kg.sparql.lexer import shape_of, tokens_of, undeclared
from kg.vocabulary import PREFIXES

Term = NamedNode | Literal

_SHORTENED = ("concept", "relation", "theme", "sk")
_STOP = re.compile(r"\s*\.")
_SAFE_NAME = re.compile(r"[A-Za-z0-9](?:[\w-]*[A-Za-z0-9])?", re.ASCII)


def bind(query: str, slots: Mapping[str, Iterable[Term]], *, declares: bool = True) -> str:
    """Return the query with the terms of each slot in its `VALUES ?slot { }` block.

    Arguments:
        query: a SPARQL text with one `VALUES ?name { ... }` block for each slot; `VALUES (?name) { ... }` is one too.
            What only looks like one in a string or a comment stays as it is.
        slots: for each name, without its `?`, the terms to bind; what stood in the block is replaced.
        declares: whether a prefix that its terms bring in is declared too; else that is left to `with_prefixes`.

    Raises:
        KeyError: the query has no block for a slot.
    """
    if not slots:
        return query
    blocks, prefixes = _blocks(query), _prefixes(query)
    filled: list[tuple[int, int, str]] = []
    for name, terms in slots.items():
        if name not in blocks:
            raise KeyError(f"the query has no VALUES ?{name} {{ }} block")
        text = f"VALUES ?{name} {{ {' '.join([_short(term, prefixes) for term in terms])} }}"
        filled += [(start, end, text) for start, end in blocks[name]]
    parts, done = [], 0
    for start, end, text in sorted(filled):
        parts += [query[done:start], text]
        done = end
    text = "".join([*parts, query[done:]])
    brought = {prefix for prefix, _, is_declared in prefixes if not is_declared and f" {prefix}:" in "".join(parts)}
    return with_prefixes(text) if declares and brought else text


@lru_cache(maxsize=256)  # a question fills the same few texts some hundred times
def _blocks(query: str) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Return where the blocks of each variable begin and end (SPARQL 1.1 Query, section 19.8, InlineData)."""
    blocks: dict[str, list[tuple[int, int]]] = {}
    tokens = list(tokens_of(query))
    for index, (kind, text, start) in enumerate(tokens):
        if kind != "word" or text.upper() != "VALUES":
            continue
        after = tokens[index + 1 : index + 5]
        form = "".join({"variable": "?", "mark": token.text}.get(token.kind, "-") for token in after)
        if form.startswith("?{") or form == "(?){":
            variable = after[form.index("?")].text
            behind = islice(tokens, index + 1, None)  # a brace in a string or comment is no token
            end = next((token.start + 1 for token in behind if (token.kind, token.text) == ("mark", "}")), None)
            if end is not None:
                blocks.setdefault(variable[1:], []).append((start, end))
    return blocks


@lru_cache(maxsize=256)
def _prefixes(query: str) -> tuple[tuple[str, str, bool], ...]:
    """Return the prefixes that may shorten a term in a query, and whether it declares them; none of another meaning."""
    declared = dict(shape_of(query).prefixes)
    usable = ((prefix, PREFIXES[prefix]) for prefix in _SHORTENED)
    return tuple((prefix, iri, prefix in declared) for prefix, iri in usable if declared.get(prefix, iri) == iri)


def unbound(query: str, names: Iterable[str]) -> str:
    """Return the query without the `VALUES ?name { ... }` blocks of these variables, and without lines left empty."""
    blocks = sorted(block for name in names for block in _blocks(query).get(name, ()))
    for start, end in reversed(blocks):
        if stop := _STOP.match(query, end):  # a full stop may follow a block, and may not stand alone
            end = stop.end()
        line, rest = query.rfind("\n", 0, start) + 1, query.find("\n", end)
        if rest >= 0 and not (query[line:start] + query[end:rest]).strip():
            start, end = line, rest + 1
        query = query[:start] + query[end:]
    return query


def _short(term: Term, prefixes: Iterable[tuple[str, str, bool]]) -> str:
    """Return a term as SPARQL text: a prefixed name where that is safe, else in full."""
    if isinstance(term, NamedNode):
        for prefix, iri, _ in prefixes:
            rest = term.value.removeprefix(iri)
            if rest != term.value and _SAFE_NAME.fullmatch(rest):
                return f"{prefix}:{rest}"
    return str(term)


def with_prefixes(query: str) -> str:
    """Return the query with a PREFIX line for each known prefix that it uses and does not declare itself."""
    missing = undeclared(query)
    needed = [f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items() if prefix in missing]
    return "\n".join([*needed, query]) if needed else query


def union_of(queries: Iterable[str]) -> str:
    """Return one SELECT of `?claim` with the claims of several (SPARQL 1.1 Query, sections 7 and 12)."""
    parts = [_prologue_and_body(query) for query in queries]
    prefixes = dict.fromkeys(line for prologue, _ in parts for line in prologue)
    blocks = ["\n".join(["  {", *body, "  }"]) for _, body in parts]
    return "\n".join([*prefixes, "SELECT DISTINCT ?claim WHERE {", " UNION\n".join(blocks), "} ORDER BY ?claim"])


def _prologue_and_body(query: str) -> tuple[list[str], list[str]]:
    """Return the PREFIX lines of a query, and its other lines as a part of another query has them."""
    body = shape_of(query).body
    return query[:body].splitlines(), [f"    {line}" for line in query[body:].splitlines()]


def limited_to(query: str, pattern: str) -> str:
    """Return the SELECT of `?claim` that finds those claims of another for which a graph pattern holds, too.

    Arguments:
        query: a SELECT of `?claim`.
        pattern: what is to hold of `?claim` (SPARQL 1.1 Query, section 5); it shares no variable with the query.
    """
    prefixes, body = _prologue_and_body(query)
    lines = [f"  {line}" for line in pattern.strip().splitlines()]
    return with_prefixes(
        "\n".join(
            [
                *prefixes,
                "SELECT DISTINCT ?claim WHERE {",
                *lines,
                "  { SELECT ?claim WHERE { {",
                *body,
                "  } } }",
                "} ORDER BY ?claim",
            ]
        )
    )


def of_seminar(query: str, seminar: str) -> str:
    """Return the SELECT of `?claim` that finds those claims of another which are part of one seminar, by its IRI."""
    return limited_to(query, f"VALUES ?seminar {{ {NamedNode(seminar)} }}\n?claim dcterms:isPartOf ?seminar .")


def in_full(query: str) -> str:
    """Return the SELECT of `?claim` that also finds the claims which the same statement goes on to make.

    Those are claims that extend or support one found, or the other way round (CiTO), and rest on a passage of the same
    numbered statement.
    """
    prefixes, body = _prologue_and_body(query)
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
