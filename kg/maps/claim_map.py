"""The concept map of claims: of those that a selection chooses, or of any others.

`kg.maps.links` says which propositions are drawn at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import cast

from kg.english.telling import maps as english
from kg.graph.catalogue import Catalogue
from kg.graph.name_lookup import inside_sentence
from kg.graph.records import Claim, Seminar
from kg.maps.concept_map import ConceptMap, MapClaim, MapConcept, MapError, MapProposition, Status
from kg.maps.links import Link, links_of, steps_from
from kg.maps.origin import origin_of
from kg.maps.overview import add_topics, names_of_several, summaries
from kg.maps.ranking import highest_ranked
from kg.maps.selection import OPTIONS, Selection


def selected_map(catalogue: Catalogue, selection: Selection | None = None, base_url: str | None = None) -> ConceptMap:
    """Return the concept map of the claims that a selection chooses.

    Arguments:
        catalogue: what to draw from.
        selection: what to draw, but for its question; without one, all seminars but for the concepts that they leave
            off their maps.
        base_url: where the pages are that boxes and arrows link to ("" for links within a site); None for no
            links.

    Raises:
        UnknownName: a name is not in the catalogue.
        MapError: nothing is left to draw.
    """
    selection = (selection or Selection()).resolved(catalogue)
    links = selected_links(catalogue, selection)
    if selection.overview:
        topics = summaries(catalogue, links)
        drawn = _empty_map(catalogue, selection, links, english.overview_description(len(topics)), base_url)
        add_topics(drawn, catalogue, topics, links, base_url, selection.seminar)
        return drawn
    drawn = _linked_map(catalogue, selection, links, base_url)
    if (before := origin_of(selection)) is not None:
        drawn.origin, drawn.stays = partial(selected_map, catalogue, before, base_url), bool(selection.hide)
    return drawn


def map_of_claims(
    catalogue: Catalogue, claims: Iterable[Claim], selection: Selection, base_url: str | None = None
) -> ConceptMap:
    """Return the concept map of some claims, such as an answer's; raises MapError when none can be drawn.

    Arguments:
        catalogue: the catalogue that the claims are of.
        claims: the claims.
        selection: the question that they answer, and what may be chosen beside it.
        base_url: as for `selected_map`.
    """
    selection, claims = selection.resolved(catalogue), list(claims)
    drawn = _linked_map(catalogue, selection, _without(selection.hide, links_of(claims)), base_url)
    if selection.hide:
        before = replace(selection, hide=())
        drawn.origin, drawn.stays = partial(map_of_claims, catalogue, claims, before, base_url), True
    return drawn


def selected_links(catalogue: Catalogue, selection: Selection) -> list[Link]:
    """Return the links that a selection chooses, before any are left out for want of room; raises UnknownName."""
    selection = selection.resolved(catalogue)
    hidden = set(selection.hide)
    if selection.whole:
        slug = selection.seminar
        seminars = catalogue.seminars() if slug is None else (catalogue.seminar(slug),)
        hidden |= {concept for seminar in seminars for concept in seminar.off_map}
    claims: Iterable[Claim] = catalogue.claims()
    for name, value in selection.chosen().items():
        if keeps := OPTIONS[name].keeps:
            claims = [claim for claim in claims if keeps(claim, value)]
    links = _without(hidden, links_of(claims))
    if selection.theme:
        members = {concept.slug for concept in catalogue.concepts() if concept.theme == selection.theme}
        links = [link for link in links if members & set(link.ends)]
    if selection.focus:
        near = steps_from(selection.focus, selection.depth, links)
        # At the rim only links that lead inwards: those among the outermost concepts would crowd the map.
        links = [link for link in links if min(near.get(end, 99) for end in link.ends) < selection.depth]
    return links


def _without(hidden: Iterable[str], links: list[Link]) -> list[Link]:
    return [link for link in links if not set(hidden) & set(link.ends)]


def _linked_map(catalogue: Catalogue, selection: Selection, links: list[Link], base_url: str | None) -> ConceptMap:
    """Return the map of links, or of those between its highest ranked concepts; a limit without effect is dropped."""
    if selection.most is not None and len({end for link in links for end in link.ends}) <= selection.most:
        selection = replace(selection, most=None)
    if selection.most is not None:
        kept = highest_ranked(links, selection.most, selection.focus)
        links = [link for link in links if kept.issuperset(link.ends)]
    drawn = dict.fromkeys(end for link in links for end in link.ends)
    if selection.focus:
        drawn = dict.fromkeys([selection.focus, *drawn])
    if not drawn:
        raise MapError("No claim that can be drawn fits this choice; choose another topic, speaker or concept.")
    concept_map = _empty_map(catalogue, selection, links, english.description(len(drawn), len(links)), base_url)
    concept_map.focus = selection.focus
    for slug in drawn:
        concept = catalogue.concept(slug)
        href = None if base_url is None else f"{base_url}/concepts/{slug}"
        concept_map.add_concept(MapConcept(slug, concept.label, concept.theme, href, concept.definition))
    seminars = names_of_several(catalogue, links)
    for n, link in enumerate(links, 1):
        claims = link.map_claims(base_url, seminars)
        concept_map.add_proposition(_proposition(f"p{n}", link, _number(catalogue, link), claims))
    _add_broader(catalogue, concept_map)
    return concept_map


def _empty_map(
    catalogue: Catalogue, selection: Selection, links: list[Link], description: str, base_url: str | None
) -> ConceptMap:
    used_seminars = dict.fromkeys(claim.seminar for link in links for claim in link.claims)
    return ConceptMap(
        title=selection.title or selection.question or _title(catalogue, selection),
        description=description,
        source_line="; ".join(source_line(catalogue.seminar(slug)) for slug in used_seminars),
        themes=[(theme.slug, theme.label) for theme in catalogue.themes()],
        address="" if base_url is None else f"{base_url}/map?{selection.to_query()}".rstrip("?"),
    )


def _number(catalogue: Catalogue, link: Link) -> int | None:
    """Return the place of the link's object in an ordered list, where one of its claims puts it there."""
    made_by = {claim.slug for claim in link.claims}
    items = (item for ordered in catalogue.ordered_lists() for item in ordered.items)
    return next((i.position for i in items if i.concept == link.ends[1] and made_by & set(i.claims)), None)


def _proposition(identifier: str, link: Link, number: int | None, claims: tuple[MapClaim, ...]) -> MapProposition:
    return MapProposition(
        id=identifier,
        source=link.proposition.subject,
        target=link.proposition.object,
        phrase=link.proposition.phrase,
        status=cast(Status, link.proposition.status),
        stance=link.claims[0].stance,
        credit=english.credits_joined([claim.credit for claim in claims]),
        text=claims[0].text,
        href=claims[0].href,
        number=number,
        claims=claims,
    )


def _add_broader(catalogue: Catalogue, concept_map: ConceptMap) -> None:
    """Add "is a kind of" between concepts that no claim joins already: the editor's links, drawn as such."""
    joined = {frozenset((each.source, each.target)) for each in concept_map.propositions}
    for concept in concept_map.concepts:
        for broader in catalogue.concept(concept.id).broader:
            pair = frozenset((concept.id, broader))
            if broader in concept_map and pair not in joined:
                joined.add(pair)
                name = f"b-{concept.id}-{broader}"
                concept_map.add_proposition(MapProposition(name, concept.id, broader, english.KIND_OF, "broader"))


def _title(catalogue: Catalogue, selection: Selection) -> str:
    if selection.focus:
        return english.title_about(catalogue.label_inside(catalogue.concept(selection.focus)))
    if selection.theme:
        return english.title_about(inside_sentence(catalogue.theme(selection.theme).label))
    if selection.speaker:
        return english.title_by(catalogue.agent(selection.speaker).name)
    if selection.stance:
        return english.title_said(catalogue.stances()[selection.stance])
    seminars = [catalogue.seminar(selection.seminar)] if selection.seminar else catalogue.seminars()
    questions = [seminar.focus_question for seminar in seminars if seminar.focus_question]
    return questions[0] if len(questions) == 1 else english.NO_QUESTION


def source_line(seminar: Seminar) -> str:
    """Return the line that stands under a picture: event, conference, date, publisher."""
    document = seminar.document
    return english.source_line(document.title, seminar.start, seminar.conference, document.publisher)
