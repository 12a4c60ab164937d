"""The overview of many claims: topics in boxes, and on each arrow how many claims lead from one to the other.

An arrow here is no claim: it counts claims, and lists them. Each topic leads to a map of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.english.numbers import counted
from kg.english.telling import maps as english
from kg.graph.catalogue import Catalogue
from kg.graph.name_lookup import inside_sentence
from kg.graph.records import Theme
from kg.maps.concept_map import ConceptMap, MapClaim, MapConcept, MapError, MapProposition
from kg.maps.links import Link
from kg.maps.ranking import ranked

NAMED = 2
"""Concepts that a topic's box names."""


@dataclass(frozen=True)
class TopicSummary:
    """A topic as the overview tells it.

    `concepts` are the slugs of its concepts that links touch, the most important first; `within` counts the
    claims among them, `between` those that join one of them to another topic.
    """

    theme: Theme
    concepts: tuple[str, ...]
    within: int
    between: int


def summaries(catalogue: Catalogue, links: Sequence[Link]) -> list[TopicSummary]:
    """Return the topics of a catalogue that these links touch, in their own order."""
    order, themes = ranked(links), {concept.slug: concept.theme for concept in catalogue.concepts()}
    within: dict[str | None, set[str]] = defaultdict(set)
    between: dict[str | None, set[str]] = defaultdict(set)
    for link in links:
        ends = {themes[end] for end in link.ends}
        for theme in ends:
            (within if len(ends) == 1 else between)[theme].update(claim.slug for claim in link.claims)
    found = []
    for topic in catalogue.themes():
        if members := tuple(slug for slug in order if themes[slug] == topic.slug):
            found.append(TopicSummary(topic, members, len(within[topic.slug]), len(between[topic.slug])))
    return found


def untold(catalogue: Catalogue, topics: Sequence[TopicSummary], links: Sequence[Link]) -> tuple[int, list[str]]:
    """Return what no arrow of an overview counts: claims within one topic, and the labels of concepts without one."""
    themes = {concept.slug: concept.theme for concept in catalogue.concepts()}
    linked = {end for link in links for end in link.ends}
    alone = [catalogue.label_inside(each) for each in catalogue.concepts() if each.slug in linked and not each.theme]
    across = {c.slug for link in links if len({themes[end] for end in link.ends}) > 1 for c in link.claims}
    within = {claim.slug for link in links for claim in link.claims} - across
    return len(within) if topics else 0, alone


def add_topics(
    drawn: ConceptMap,
    catalogue: Catalogue,
    topics: Sequence[TopicSummary],
    links: Sequence[Link],
    base_url: str | None,
    seminar: str | None = None,
) -> None:
    """Put topics into an empty map, and an arrow for each two of them that claims lead between.

    Arguments:
        drawn: the map.
        catalogue: what is drawn.
        topics: what `summaries` found.
        links: the links that the summaries are of.
        base_url: as for `kg.maps.claim_map.selected_map`.
        seminar: the slug of the seminar that the map is of, which the map of each topic is of too; None for all.

    Raises:
        MapError: none of the concepts has a topic.
    """
    if not topics:
        raise MapError("The concepts have no topics, so there is no overview by topic; centre the map on a concept.")
    themes = {concept.slug: concept.theme for concept in catalogue.concepts()}
    labels = {each.theme.slug: each.theme.label for each in topics}
    for each in topics:
        slug = each.theme.slug
        chosen = urlencode({"seminar": seminar, "theme": slug} if seminar else {"theme": slug})
        href = None if base_url is None else f"{base_url}/map?{chosen}"
        concepts = [catalogue.concept(member) for member in each.concepts]
        names = [catalogue.label_inside(concept) for concept in concepts]
        told = english.topic_definition([concept.label for concept in concepts])
        drawn.add_concept(MapConcept(slug, _box_label(each.theme.label, names), slug, href, told))
    between: dict[tuple[str, str], dict[MapClaim, None]] = {}
    seminars = names_of_several(catalogue, links)
    for link in links:
        source, target = (themes[end] for end in link.ends)
        if source in labels and target in labels and source != target:
            between.setdefault((source, target), {}).update(dict.fromkeys(link.map_claims(base_url, seminars)))
    for number, ((source, target), claims) in enumerate(between.items(), 1):
        text = english.claims_between(len(claims), inside_sentence(labels[source]), inside_sentence(labels[target]))
        words = counted(len(claims), "claim")
        drawn.add_proposition(MapProposition(f"t{number}", source, target, words, text=text, claims=tuple(claims)))


def names_of_several(catalogue: Catalogue, links: Sequence[Link]) -> dict[str, str]:
    """Return the names of the seminars that links are of, by slug, where they are several; else nothing."""
    slugs = dict.fromkeys(claim.seminar for link in links for claim in link.claims)
    return {slug: catalogue.seminar(slug).name for slug in slugs} if len(slugs) > 1 else {}


def _box_label(topic: str, names: Sequence[str]) -> str:
    telling = [name for name in names if name.casefold() != topic.casefold()]
    # "Delivering: getting these leaders" is known by its first word, and a box has no room for a second colon.
    named = [name.partition(":")[0] for name in telling[:NAMED]]
    return english.topic_label(topic, named, len(telling) - len(named))
