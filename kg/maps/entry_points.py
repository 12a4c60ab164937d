"""Entry points of a map that is too large to read at once: its topics, and the concepts to centre it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.graph.catalogue import Catalogue
from kg.graph.records import Concept
from kg.maps.claim_map import selected_links
from kg.maps.limits import MOST_READABLE
from kg.maps.links import Link, lists_of
from kg.maps.overview import TopicSummary, summaries
from kg.maps.ranking import highest_ranked_links, ranked
from kg.maps.selection import Selection

FAR = 2
"""Steps away that a focus view shows."""


@dataclass(frozen=True)
class FocusView:
    """A concept with what is up to two steps away, or with what of it ranks highest.

    `concepts` counts what the view shows; `most` is its limit, where more is two steps away.
    """

    concept: Concept
    depth: int
    concepts: int
    most: int | None


def topics_of(catalogue: Catalogue, seminar: str | None = None) -> list[TopicSummary]:
    """Return the topics of all seminars, or of one, as the overview has them; raises UnknownName."""
    return summaries(catalogue, selected_links(catalogue, Selection(seminar=seminar)))


def focus_views(
    catalogue: Catalogue, focus: str | None = None, most: int = 12, seminar: str | None = None
) -> list[FocusView]:
    """Return the concepts that a map is best centred on, by their rank, highest first.

    Arguments:
        catalogue: what to draw from.
        focus: the concept that they are seen from, which is not among them; None for importance alone.
        most: how many at most.
        seminar: the seminar whose claims count; None for all.

    Raises:
        UnknownName: the focus or the seminar is not in the catalogue.
    """
    seen_from = [concept.slug for concept in catalogue.concepts_called(focus)] if focus else []
    links = selected_links(catalogue, Selection(seminar=seminar))
    views = []
    for slug in [slug for slug in ranked(links, seen_from) if slug not in seen_from][:most]:
        # A view centred on a concept is drawn from all links, those that the whole map leaves off too.
        around = selected_links(catalogue, Selection(focus=slug, depth=FAR, seminar=seminar))
        shown, limit = _concepts(around), None
        if shown > MOST_READABLE:
            kept = highest_ranked_links(around, MOST_READABLE, [slug], lists_of(catalogue, around))
            shown, limit = _concepts(kept), MOST_READABLE
        views.append(FocusView(catalogue.concept(slug), FAR, shown, limit))
    return views


def _concepts(links: Sequence[Link]) -> int:
    return len({end for link in links for end in link.ends})
