"""The concept map of claims: of those that a selection chooses, or of any others.

`kg.maps.links` says which propositions are drawn at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

import networkx as nx

from kg.english.telling import maps as english
from kg.graph.catalogue import Catalogue
from kg.graph.records import Agent, Attribution, Claim, Seminar
from kg.maps.concept_map import ConceptMap, MapClaim, MapConcept, MapError, MapProposition, Status
from kg.maps.left_out import Choice, left_out, off_map, without, without_arrow
from kg.maps.links import Link, completed, links_of, lists_of, map_claim, number_of, steps_from
from kg.maps.origin import origin_of
from kg.maps.overview import add_topics, names_of_several, summaries, untold
from kg.maps.ranking import highest_ranked_links
from kg.maps.selection import OPTIONS, Selection
from kg.maps.titles import chosen_words, title_of


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
    choice = _choice(catalogue, selection)
    if selection.overview:
        return _overview(catalogue, selection, choice, base_url)
    drawn = _linked_map(catalogue, selection, choice, base_url)
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
    selection, made = selection.resolved(catalogue), list(claims)
    links = links_of(made)
    drawn = _linked_map(catalogue, selection, Choice(made, links, without(selection.hide, links)), base_url)
    if selection.hide:
        before = replace(selection, hide=())
        drawn.origin, drawn.stays = partial(map_of_claims, catalogue, made, before, base_url), True
    return drawn


def overview_of(catalogue: Catalogue, selection: Selection, base_url: str | None = None) -> ConceptMap:
    """Return the overview by topic of what a selection chooses, which may be a part of the claims; as `selected_map`.

    Raises:
        UnknownName: a name is not in the catalogue.
        MapError: what is chosen has no topics.
    """
    selection = selection.resolved(catalogue)
    drawn = _overview(catalogue, selection, _choice(catalogue, selection), base_url)
    drawn.title = english.overview_title(drawn.title) if not selection.overview else drawn.title
    return drawn


def unlinked_claims(
    catalogue: Catalogue, selection: Selection, claims: Iterable[Claim] | None = None, base_url: str | None = None
) -> tuple[MapClaim, ...]:
    """Return the claims that belong to a map and have no arrow on it, since they join no two concepts.

    Arguments:
        catalogue: what is drawn.
        selection: what was chosen; raises UnknownName as `selected_map`.
        claims: the claims that the map is of; None for those that the selection chooses.
        base_url: as for `selected_map`.
    """
    selection = selection.resolved(catalogue)
    chosen = _kept_claims(catalogue, selection) if claims is None else list(claims)
    links = links_of(chosen)
    seminars = names_of_several(catalogue, links)
    return tuple(map_claim(claim, base_url, seminars) for claim in without_arrow(catalogue, selection, chosen, links))


def whole_list(catalogue: Catalogue) -> ConceptMap:
    """Return all arrows that claims make, and all links of the editors: for lists, which have room for them."""
    claims = catalogue.claims()
    links = links_of(claims)
    notes = left_out(catalogue, Selection(), Choice(claims, links, links), links)
    concept_map = _empty_map(catalogue, Selection(), links, notes, english.description(0, len(links)), None)
    fill(concept_map, catalogue, dict.fromkeys(end for link in links for end in link.ends), links, None)
    add_broader(catalogue, concept_map, all_of_them=True)
    return concept_map


def selected_links(catalogue: Catalogue, selection: Selection) -> list[Link]:
    """Return the links that a selection chooses, before any are left out for want of room; raises UnknownName."""
    selection = selection.resolved(catalogue)
    return _chosen_links(catalogue, selection, _kept_claims(catalogue, selection))


def _choice(catalogue: Catalogue, selection: Selection) -> Choice:
    claims = _kept_claims(catalogue, selection)
    links = _chosen_links(catalogue, selection, claims)
    unhidden = _chosen_links(catalogue, replace(selection, hide=()), claims) if selection.hide else links
    return Choice(claims, unhidden, links, off_map(catalogue, selection))


def _kept_claims(catalogue: Catalogue, selection: Selection) -> list[Claim]:
    claims = list(catalogue.claims())
    for name, value in selection.chosen().items():
        if keeps := OPTIONS[name].keeps:
            claims = [claim for claim in claims if keeps(claim, value)]
    return claims


def _chosen_links(catalogue: Catalogue, selection: Selection, claims: Sequence[Claim]) -> list[Link]:
    links = visible = without({*selection.hide, *off_map(catalogue, selection)}, links_of(claims))
    if selection.theme:
        members = {concept.slug for concept in catalogue.concepts() if concept.theme == selection.theme}
        links = [link for link in links if members & set(link.ends)]
    if selection.focus:
        near = steps_from(selection.foci(catalogue), selection.depth, links)
        # At the rim only links that lead inwards: those among the outermost concepts would crowd the map.
        links = [link for link in links if min(near.get(end, 99) for end in link.ends) < selection.depth]
    return completed(links, visible, lists_of(catalogue, visible))


def _linked_map(catalogue: Catalogue, selection: Selection, choice: Choice, base_url: str | None) -> ConceptMap:
    """Return the map of links, or of those between its highest ranked concepts; a limit without effect is dropped."""
    links = list(choice.links)
    if selection.most is not None and len({end for link in links for end in link.ends}) <= selection.most:
        selection = replace(selection, most=None)
    if selection.most is not None:
        links = highest_ranked_links(links, selection.most, selection.foci(catalogue), lists_of(catalogue, links))
    if not links:
        raise MapError(english.nothing_fits(chosen_words(catalogue, selection)))
    drawn = dict.fromkeys(end for link in links for end in link.ends)
    foci = [focus for focus in selection.foci(catalogue) if focus in drawn]
    drawn = dict.fromkeys([*foci, *drawn])
    description = english.description(len(drawn), len(links))
    notes = left_out(catalogue, selection, choice, links)
    concept_map = _empty_map(catalogue, selection, links, notes, description, base_url)
    # Of several concepts of one name a reader begins with the one that has most links.
    concept_map.focus = max(foci, key=lambda each: sum(each in link.ends for link in links), default=None)
    fill(concept_map, catalogue, drawn, links, base_url)
    add_broader(catalogue, concept_map)
    return concept_map


def fill(
    concept_map: ConceptMap, catalogue: Catalogue, drawn: Iterable[str], links: Sequence[Link], base_url: str | None
) -> None:
    """Put concepts and links into an empty map."""
    for slug in drawn:
        concept = catalogue.concept(slug)
        href = None if base_url is None else f"{base_url}/concepts/{slug}"
        concept_map.add_concept(MapConcept(slug, concept.label, concept.theme, href, concept.definition))
    seminars = names_of_several(catalogue, links)
    for n, link in enumerate(links, 1):
        claims = link.map_claims(base_url, seminars)
        number, tag = number_of(catalogue, link), speakers_tag(catalogue, link.claims)
        concept_map.add_proposition(_proposition(f"p{n}", link, number, claims, tag))


def _overview(catalogue: Catalogue, selection: Selection, choice: Choice, base_url: str | None) -> ConceptMap:
    topics = summaries(catalogue, choice.links)
    notes = left_out(catalogue, selection, choice, choice.links)
    notes.append(english.within_topics(*untold(catalogue, topics, choice.links)))
    described = english.overview_description(len(topics))
    drawn = _empty_map(catalogue, selection, choice.links, notes, described, base_url)
    add_topics(drawn, catalogue, topics, choice.links, base_url, selection.seminar)
    return drawn


def _empty_map(
    catalogue: Catalogue,
    selection: Selection,
    links: Sequence[Link],
    notes: Sequence[str],
    description: str,
    base_url: str | None,
) -> ConceptMap:
    used_seminars = dict.fromkeys(claim.seminar for link in links for claim in link.claims)
    return ConceptMap(
        title=title_of(catalogue, selection),
        description=description,
        source_line="; ".join(source_line(catalogue.seminar(slug)) for slug in used_seminars),
        themes=[(theme.slug, theme.label) for theme in catalogue.themes()],
        address="" if base_url is None else f"{base_url}/map?{selection.to_query()}".rstrip("?"),
        left_out=notes,
    )


def _proposition(
    identifier: str, link: Link, number: int | None, claims: tuple[MapClaim, ...], tag: str | None
) -> MapProposition:
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
        tag=tag,
    )


def speakers_tag(catalogue: Catalogue, claims: Sequence[Claim]) -> str | None:
    """Return what stands on an arrow for those who made its claims; None where the published summary alone did."""
    names = [_speakers(catalogue, claim.attribution) for claim in claims]
    return english.tag([name or english.SUMMARY for name in names]) if any(names) else None


def _speakers(catalogue: Catalogue, attribution: Attribution) -> str:
    """Return who made a claim, short: "West", "a delegate", "debate"; "" where nobody but the summary is named."""
    if attribution.kind == "debate" and attribution.nobody:
        return english.DEBATE
    if attribution.kind not in ("named", "debate"):
        return ""
    return " and ".join(_short_name(catalogue.agent(slug)) for slug in attribution.agents)


def _short_name(agent: Agent) -> str:
    """Return the last name of a person where they are called by it, else the whole name."""
    last = agent.name.rpartition(" ")[2]
    return last if last in agent.other_names and agent.kind == "person" else agent.name


def add_broader(catalogue: Catalogue, concept_map: ConceptMap, *, all_of_them: bool = False) -> None:
    """Add "is a kind of" where the map would fall apart without it: the editor's links, drawn as such.

    Elsewhere the concept itself names the broader one, so that what nobody claimed takes no room.

    Arguments:
        catalogue: what knows the broader concepts.
        concept_map: a map with all its claimed arrows.
        all_of_them: whether to add every such link.
    """
    joined = nx.utils.UnionFind(concept.id for concept in concept_map.concepts)
    beside = set()
    for each in concept_map.propositions:
        joined.union(each.source, each.target)
        beside.add(frozenset((each.source, each.target)))
    for concept in concept_map.concepts:
        for broader in catalogue.concept(concept.id).broader:
            if broader not in concept_map or frozenset((concept.id, broader)) in beside:
                continue
            if all_of_them or joined[concept.id] != joined[broader]:
                joined.union(concept.id, broader)
                name = f"b-{concept.id}-{broader}"
                concept_map.add_proposition(MapProposition(name, concept.id, broader, english.KIND_OF, "broader"))
            else:
                concept_map.set_kind(concept.id, catalogue.label_inside(catalogue.concept(broader)))


def source_line(seminar: Seminar) -> str:
    """Return the line that stands under a picture: event, conference, date, publisher."""
    document = seminar.document
    return english.source_line(document.title, seminar.start, seminar.conference, document.publisher)
