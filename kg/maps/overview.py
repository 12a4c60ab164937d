"""The overview of many claims: topics in boxes, and on each arrow how many claims lead from one to the other.

An arrow here is no claim: it counts claims, and lists them. Each topic leads to a map of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.graph.names import inside_sentence
from kg.graph.records import Concept, Theme
from kg.maps.arrows import Arrow
from kg.maps.concept_map import MOST_CONCEPTS, ConceptMap, MapClaim, MapConcept, MapError, MapProposition
from kg.maps.interest import ranked

NAMED = 2
"""Concepts that a topic's box names."""


@dataclass(frozen=True)
class TopicSummary:
    """A topic as the overview tells it.

    `concepts` are the slugs of its concepts that arrows touch, the most important first; `within` counts the
    claims among them, `between` those that join one of them to another topic.
    """

    theme: Theme
    concepts: tuple[str, ...]
    within: int
    between: int


def summaries(themes: Sequence[Theme], concepts: Mapping[str, Concept], arrows: Sequence[Arrow]) -> list[TopicSummary]:
    """Return the topics that arrows touch, in their own order.

    Arguments:
        themes: all topics.
        concepts: slug -> concept.
        arrows: the arrows of the map that would be drawn.
    """
    order = ranked(arrows)
    found = []
    for theme in themes:
        members = [slug for slug in order if concepts[slug].theme == theme.slug]
        inside, across = set(), set()
        for arrow in arrows:
            touched = [concepts[end].theme == theme.slug for end in arrow.ends]
            made_by = {claim.slug for claim in arrow.claims}
            if all(touched):
                inside |= made_by
            elif any(touched):
                across |= made_by
        if members:
            found.append(TopicSummary(theme, tuple(members), len(inside), len(across)))
    return found


def add_topics(
    drawn: ConceptMap,
    topics: Sequence[TopicSummary],
    concepts: Mapping[str, Concept],
    arrows: Sequence[Arrow],
    as_claims: Callable[[Arrow], tuple[MapClaim, ...]],
    inside: Callable[[Concept], str],
    base_url: str | None,
) -> None:
    """Put topics into an empty map, and an arrow for each two of them that claims lead between.

    Arguments:
        drawn: the map.
        topics: what `summaries` found.
        concepts: slug -> concept.
        arrows: the arrows that the summaries are of.
        as_claims: gives the claims of an arrow as a map has them.
        inside: gives the label of a concept as it stands inside a sentence.
        base_url: as for `kg.maps.selection.draw`.

    Raises:
        MapError: none of the concepts has a topic.
    """
    if not topics:
        raise MapError("The concepts have no topics, so there is no overview by topic; centre the map on a concept.")
    labels = {each.theme.slug: each.theme.label for each in topics}
    for each in topics:
        slug = each.theme.slug
        href = None if base_url is None else f"{base_url}/map?theme={slug}"
        members = [concepts[concept] for concept in each.concepts]
        told = f"{_counted(len(members), 'concept')}: {', '.join(concept.label for concept in members)}"
        label = _box_label(each, [inside(concept) for concept in members])
        drawn.add_concept(MapConcept(slug, label, slug, href, told))
    between: dict[tuple[str, str], dict[MapClaim, None]] = {}
    for arrow in arrows:
        source, target = (concepts[end].theme for end in arrow.ends)
        if source in labels and target in labels and source != target:
            between.setdefault((source, target), {}).update(dict.fromkeys(as_claims(arrow)))
    for number, ((source, target), claims) in enumerate(between.items(), 1):
        words = _counted(len(claims), "claim")
        verb = "leads" if len(claims) == 1 else "lead"
        text = f"{words} {verb} from {inside_sentence(labels[source])} to {inside_sentence(labels[target])}"
        drawn.add_proposition(MapProposition(f"t{number}", source, target, words, text=text, claims=tuple(claims)))


def _box_label(topic: TopicSummary, names: Sequence[str]) -> str:
    telling = [name for name in names if name.casefold() != topic.theme.label.casefold()]
    # "Delivering: getting these leaders" is known by its first word, and a box has no room for a second colon.
    named = [name.partition(":")[0] for name in telling[:NAMED]]
    rest = len(telling) - len(named)
    listed = f"{', '.join(named)} and {rest} more" if rest else " and ".join(named)
    return f"{topic.theme.label}: {listed}" if listed else topic.theme.label


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def too_large(concepts: int, overview: str, *narrower: str) -> str:
    """Return the sentence that refuses a map of so many concepts.

    Arguments:
        concepts: how many it would have.
        overview: how the reader asks for the overview.
        narrower: how the reader asks for less.
    """
    parts = f"{', '.join(narrower[:-1])} or {narrower[-1]}"
    return (
        f"A map of {concepts:,} concepts is too large to draw (the limit is {MOST_CONCEPTS}); "
        f"see the overview by topic with {overview}, or draw a part of it with {parts}."
    )
