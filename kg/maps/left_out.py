"""What a map leaves out of what was chosen, in sentences: a reader must be able to tell a part from the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kg.english.telling import maps as english
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.maps.links import Link, links_of
from kg.maps.selection import Selection


def without(concepts: Collection[str], links: Iterable[Link]) -> list[Link]:
    """Return the links that touch none of these concepts."""
    return [link for link in links if not set(concepts) & set(link.ends)]


def off_map(catalogue: Catalogue, selection: Selection) -> set[str]:
    """Return the concepts that the seminars leave off this map, as too fine: those of a whole map alone."""
    if not selection.whole:
        return set()
    slug = selection.seminar
    seminars = catalogue.seminars() if slug is None else (catalogue.seminar(slug),)
    return {concept for seminar in seminars for concept in seminar.off_map}


def left_out(
    catalogue: Catalogue,
    selection: Selection,
    claims: Sequence[Claim],
    drawn: Sequence[Link],
    chosen: Sequence[Link],
    finer: Collection[str] | None = None,
) -> list[str]:
    """Return what a map leaves out, a sentence each.

    Arguments:
        catalogue: what it is drawn from.
        selection: what was chosen, resolved.
        claims: the claims that were chosen, before anything is left out.
        drawn: the links on the map.
        chosen: the links that were chosen, before any is left out for want of room.
        finer: the concepts that were left off as too fine; None for those that the seminars leave off.
    """
    all_links, notes = links_of(claims), []
    fine = off_map(catalogue, selection) if finer is None else set(finer)
    on_request = set(selection.hide)
    if fine:
        kept = without(on_request, all_links)
        gone = {end for link in kept for end in link.ends} & fine
        notes += [english.left_off(_labels(catalogue, gone), len(kept) - len(without(fine, kept)))] if gone else []
    if on_request:
        before = _within(catalogue, selection, without(fine, all_links))
        gone = {end for link in before for end in link.ends} & on_request
        notes += [english.hidden(_labels(catalogue, gone), len(before) - len(without(gone, before)))] if gone else []
    if lower := _concepts(chosen) - _concepts(drawn):
        notes.append(english.ranked_lower(_labels(catalogue, lower), len(chosen) - len(drawn)))
    if selection.focus and (rim := _at_the_rim(chosen, without(on_request, all_links))):
        notes.append(english.outermost(rim))
    if silent := _without_arrow(catalogue, selection, claims, all_links):
        notes.append(english.without_arrow([claim.text for claim in silent]))
    return notes


def _labels(catalogue: Catalogue, slugs: Iterable[str]) -> list[str]:
    return [catalogue.label_inside(each) for each in catalogue.concepts() if each.slug in set(slugs)]


def _concepts(links: Iterable[Link]) -> set[str]:
    return {end for link in links for end in link.ends}


def _within(catalogue: Catalogue, selection: Selection, links: list[Link]) -> list[Link]:
    """Return the links that touch the focus or topic of a selection, if it has one: those that hiding takes away."""
    members = _about(catalogue, selection)
    return links if members is None else [link for link in links if members & set(link.ends)]


def _about(catalogue: Catalogue, selection: Selection) -> set[str] | None:
    """Return the concepts that a selection is about, None for all."""
    if selection.focus:
        return set(selection.foci(catalogue))
    if selection.theme:
        return {concept.slug for concept in catalogue.concepts() if concept.theme == selection.theme}
    return None


def _at_the_rim(chosen: Sequence[Link], links: Sequence[Link]) -> int:
    """Return how many links join two concepts of a map around a concept and are not on it."""
    on_it, taken = _concepts(chosen), set(chosen)
    return sum(link not in taken and on_it.issuperset(link.ends) for link in links)


def _without_arrow(
    catalogue: Catalogue, selection: Selection, claims: Sequence[Claim], links: Sequence[Link]
) -> list[Claim]:
    """Return the claims that make no link, those about what was chosen."""
    linked = {claim.slug for link in links for claim in link.claims}
    members = _about(catalogue, selection)
    about = [claim for claim in claims if members is None or members & set(claim.concepts)]
    return [claim for claim in about if claim.slug not in linked]
