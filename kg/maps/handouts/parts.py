"""Parts of a concept map that have room enough on a page of a handout."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from kg.maps.concept_map import ConceptMap, MapConcept, MapProposition


def copied(
    concept_map: ConceptMap,
    concepts: Iterable[MapConcept],
    propositions: Iterable[MapProposition],
    *,
    title: str | None = None,
    source_line: str | None = None,
    left_out: Sequence[str] | None = None,
) -> ConceptMap:
    """Return a map of these concepts and propositions that has everything else from another one.

    Arguments:
        concept_map: that other map.
        concepts: the concepts.
        propositions: the propositions between them.
        title: another title; None for the same.
        source_line: likewise.
        left_out: likewise.
    """
    made = ConceptMap(
        concept_map.title if title is None else title,
        concept_map.description,
        concept_map.source_line if source_line is None else source_line,
        concept_map.themes,
        concept_map.address,
        concept_map.left_out if left_out is None else left_out,
    )
    for concept in concepts:
        made.add_concept(concept)
    for proposition in propositions:
        made.add_proposition(proposition)
    made.focus = concept_map.focus if concept_map.focus in made else None
    return made


def renamed(concept_map: ConceptMap, **other: Any) -> ConceptMap:
    """Return the same map with another title, source line or notes; the keyword arguments are those of `copied`."""
    return copied(concept_map, concept_map.concepts, concept_map.propositions, **other)


def topics_of(concept_map: ConceptMap) -> list[str | None]:
    """Return the topics of a map's concepts in their order; None, for what has no topic, comes last."""
    used = {concept.theme for concept in concept_map.concepts}
    found: list[str | None] = [topic for topic in concept_map.topics if topic in used]
    return [*found, None] if None in used else found


def of_topic(concept_map: ConceptMap, topic: str | None) -> ConceptMap | None:
    """Return the part with all that touches a topic, or with what is between concepts that have none.

    None where nothing is.
    """
    themes = {concept.id: concept.theme for concept in concept_map.concepts}
    lines = [
        each
        for each in concept_map.propositions
        if (topic in (themes[each.source], themes[each.target]) if topic else _ends(each, themes) == {None})
    ]
    alone = {c.id for c in concept_map.concepts if c.theme == topic and concept_map.graph.degree(c.id) == 0}
    if not lines and not alone:
        return None
    return _part(concept_map, lines, alone)


def halves(concept_map: ConceptMap) -> list[ConceptMap]:
    """Return two maps, with about as many concepts each, that have all of this one; few arrows lead from one to the
    other, and each of those is on the smaller one.
    """
    concepts, lines = concept_map.concepts, concept_map.propositions
    if len(lines) < 2 and len(concepts) < 4:
        return [concept_map]
    # Numbers stand for names, since the order of a set of texts is another in every process.
    number = {concept.id: n for n, concept in enumerate(concepts)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(concepts)))
    for each in lines:
        ends = number[each.source], number[each.target]
        graph.add_edge(*ends, weight=graph.get_edge_data(*ends, {"weight": 0})["weight"] + 1)
    sides = nx.community.kernighan_lin_bisection(graph, weight="weight", seed=1)
    inner = [[each for each in lines if {number[each.source], number[each.target]} <= side] for side in sides]
    for each in lines:
        if not any(each in found for found in inner):
            min(inner, key=len).append(each)
    alone = [{c.id for c in concepts if number[c.id] in side and not graph.degree(number[c.id])} for side in sides]
    made = [_part(concept_map, found, rest) for found, rest in zip(inner, alone, strict=True) if found or rest]
    if len(made) == 2 and all(len(each.propositions) < len(lines) or len(each) < len(concepts) for each in made):
        return made
    middle = len(lines) // 2
    return [_part(concept_map, lines[:middle], ()), _part(concept_map, lines[middle:], {*alone[0], *alone[1]})]


def _ends(proposition: MapProposition, themes: Mapping[str, str | None]) -> set[str | None]:
    return {themes[proposition.source], themes[proposition.target]}


def _part(concept_map: ConceptMap, lines: Iterable[MapProposition], alone: Collection[str]) -> ConceptMap:
    """Return the part with these arrows, and with concepts that have none, in the order of the whole."""
    ids = {each.id for each in lines}
    kept = [each for each in concept_map.propositions if each.id in ids]
    named = {end for each in kept for end in (each.source, each.target)} | set(alone)
    return copied(concept_map, [c for c in concept_map.concepts if c.id in named], kept, left_out=())
