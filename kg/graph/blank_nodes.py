"""Names for the blank nodes of a file: the same however it is laid out, and those of no other file.

RDF Dataset Canonicalization 1.0 (https://www.w3.org/TR/rdf-canon/) names them too, but needs exponentially long where
many are alike, such as the nodes of a list of equal values. Here each node is told apart by what is said of it, and of
its neighbours, up to some steps away; nodes that are still alike are numbered in the order of the file.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

import pyoxigraph as ox

STEPS = 16
"""How far around a blank node is looked for what tells it apart."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.DefaultGraph | ox.Triple


def with_named_nodes(quads: Sequence[ox.Quad], taken: Collection[str] = ()) -> tuple[frozenset[ox.Quad], str]:
    """Return statements with their blank nodes named, and what all the names begin with ("" without any).

    Arguments:
        quads: the statements of one file, in its order.
        taken: what the names in other files begin with, which files of the same content would share.
    """
    about: defaultdict[ox.BlankNode, list[list[str | ox.BlankNode]]] = defaultdict(list)
    for quad in quads:
        if _has_no_node(quad):  # as nearly all of many thousands
            continue
        parts = list(_parts(quad))
        for node in dict.fromkeys(part for part in parts if isinstance(part, ox.BlankNode)):
            about[node].append(parts)
    if not about:
        return frozenset(quads), ""
    colours = _colours(about)
    numbers = {node: number for number, node in enumerate(sorted(about, key=colours.__getitem__))}
    plain = frozenset(_renamed(quad, lambda node: ox.BlankNode(f"b{numbers[node]}")) for quad in quads)
    content = "b" + hashlib.sha256("\n".join(sorted(map(str, plain))).encode()).hexdigest()[:8]
    begin, copies = f"{content}n", 1
    while begin in taken:
        copies += 1
        begin = f"{content}x{copies}n"
    return frozenset(_renamed(quad, lambda node: ox.BlankNode(f"{begin}{numbers[node]}")) for quad in quads), begin


def _has_no_node(quad: ox.Quad) -> bool:
    plain = isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal)
    return plain and not isinstance(quad.graph_name, ox.BlankNode)


def _colours(about: dict[ox.BlankNode, list[list[str | ox.BlankNode]]]) -> dict[ox.BlankNode, str]:
    """Return a text for each blank node, the same for those that nothing tells apart within some steps."""
    colours = dict.fromkeys(about, "")
    for _ in range(STEPS):
        finer = {node: _colour(node, statements, colours) for node, statements in about.items()}
        done = len(set(finer.values())) == len(set(colours.values()))
        colours = finer
        if done:
            break
    return colours


def _colour(node: ox.BlankNode, statements: list[list[str | ox.BlankNode]], colours: dict[ox.BlankNode, str]) -> str:
    rows = sorted(
        " ".join(part if isinstance(part, str) else "_" if part == node else f"_{colours[part]}" for part in parts)
        for parts in statements
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _parts(term: ox.Quad | Term) -> Iterator[str | ox.BlankNode]:
    """Yield the terms of a statement, those inside triple terms too; all but blank nodes as text."""
    match term:
        case ox.Quad():
            for each in (term.subject, term.predicate, term.object, term.graph_name):
                yield from _parts(each)
        case ox.Triple():
            yield "<<("
            for each in (term.subject, term.predicate, term.object):
                yield from _parts(each)
            yield ")>>"
        case ox.BlankNode():
            yield term
        case _:
            yield str(term)


def _renamed(quad: ox.Quad, name: Callable[[ox.BlankNode], ox.BlankNode]) -> ox.Quad:
    def renamed(term: Term) -> Term:
        if isinstance(term, ox.BlankNode):
            return name(term)
        if isinstance(term, ox.Triple):
            return ox.Triple(renamed(term.subject), term.predicate, renamed(term.object))  # type: ignore[arg-type]
        return term

    subject, object_, graph = map(renamed, (quad.subject, quad.object, quad.graph_name))
    return ox.Quad(subject, quad.predicate, object_, graph)  # type: ignore[arg-type]
