"""Numbered lists on maps: a map that leaves something out has all items of a list, or none of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from kg.graph.catalogue import Catalogue
from kg.maps.links import Link
from kg.maps.ranking import highest_ranked


def number_of(catalogue: Catalogue, link: Link) -> int | None:
    """Return the place of a link's object in a numbered list, where one of its claims puts it there."""
    found = _item(catalogue, link)
    return found and found[1]


def lists_of(catalogue: Catalogue, links: Iterable[Link]) -> list[list[Link]]:
    """Return the links that lead to the items of each numbered list, a list each."""
    found: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if item := _item(catalogue, link):
            found[item[0], link.ends[0]].append(link)
    return list(found.values())


def completed(links: Sequence[Link], among: Sequence[Link], lists: Iterable[Sequence[Link]]) -> list[Link]:
    """Return links with those that are lacking of the lists of which they have a part.

    Arguments:
        links: what was chosen.
        among: all that could be, in the order of the result.
        lists: the lists among these.
    """
    chosen = set(links)
    chosen |= {link for each in lists if chosen.intersection(each) for link in each}
    return [link for link in among if link in chosen]


def highest_ranked_links(
    links: Sequence[Link], most: int, foci: Collection[str], lists: Sequence[Sequence[Link]]
) -> list[Link]:
    """Return the links between the concepts that rank highest; a list for which there is no room is left out as one.

    Arguments:
        links: what was chosen.
        most: how many concepts there may be.
        foci: the concepts that they are seen from; none for importance alone.
        lists: the lists among the links.
    """
    kept = highest_ranked(links, most, foci, [{link.ends[1] for link in each} for each in lists])
    drawn = [link for link in links if kept.issuperset(link.ends)]
    split = next((each for each in lists if 0 < len(set(each).intersection(drawn)) < len(each)), None)
    if split is None:
        return drawn
    rest = [link for link in links if link not in split]
    return highest_ranked_links(rest, most, foci, [each for each in lists if each is not split])


def _item(catalogue: Catalogue, link: Link) -> tuple[str, int] | None:
    """Return the list that a link's object is an item of, and its place there."""
    made_by = {claim.slug for claim in link.claims}
    return next(
        (
            (each.iri, item.position)
            for each in catalogue.ordered_lists()
            for item in each.items
            if item.concept == link.ends[1] and made_by & set(item.claims)
        ),
        None,
    )
