"""What a map leaves out of what was chosen, in sentences: a reader must be able to tell a part from the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Choice:
    """What was chosen for a map, on its way to what is drawn.

    Attributes:
        claims: the claims that were chosen, before anything is left out.
        unhidden: the links that were chosen, those of hidden concepts too.
        links: the links that were chosen, before any is left out for want of room.
        finer: the concepts that were left off as too fine.
    """

    claims: Sequence[Claim]
    unhidden: Sequence[Link]
    links: Sequence[Link]
    finer: Collection[str] = ()


def left_out(catalogue: Catalogue, selection: Selection, choice: Choice, drawn: Sequence[Link]) -> list[str]:
    """Return what a map leaves out, a sentence each.

    Arguments:
        catalogue: what it is drawn from.
        selection: what was chosen, resolved.
        choice: the same as claims and links.
        drawn: the links on the map.
    """
    all_links, notes = links_of(choice.claims), []
    visible = without(selection.hide, all_links)
    if lower := _concepts(choice.links) - _concepts(drawn):
        notes.append(english.ranked_lower(_labels(catalogue, lower), len(choice.links) - len(drawn)))
    if fine := _concepts(all_links) & set(choice.finer) - set(selection.hide):
        notes.append(english.left_off(_labels(catalogue, fine), len(all_links) - len(without(fine, all_links))))
    if on_request := _concepts(choice.unhidden) & set(selection.hide):
        notes.append(english.hidden(_labels(catalogue, on_request), len(choice.unhidden) - len(choice.links)))
    if selection.focus and (rim := _at_the_rim(choice.links, visible)):
        notes.append(english.outermost(rim))
    if silent := without_arrow(catalogue, selection, choice.claims, all_links):
        notes.append(english.without_arrow([claim.text for claim in silent]))
    return notes


def _labels(catalogue: Catalogue, slugs: Iterable[str]) -> list[str]:
    return [catalogue.label_inside(each) for each in catalogue.concepts() if each.slug in set(slugs)]


def _concepts(links: Iterable[Link]) -> set[str]:
    return {end for link in links for end in link.ends}


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


def without_arrow(
    catalogue: Catalogue, selection: Selection, claims: Sequence[Claim], links: Sequence[Link]
) -> list[Claim]:
    """Return the claims that make no link, those about what was chosen; arguments as for `left_out`."""
    linked = {claim.slug for link in links for claim in link.claims}
    members = _about(catalogue, selection)
    about = [claim for claim in claims if members is None or members & set(claim.concepts)]
    return [claim for claim in about if claim.slug not in linked]
