"""Ways into a map that is too large to take in at once: its topics, and the concepts to centre it on."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.catalogue import Catalogue
from kg.graph.records import Concept
from kg.maps.arrows import steps_from
from kg.maps.interest import MOST_READABLE, most_interesting, ranked
from kg.maps.overview import TopicSummary, summaries
from kg.maps.selection import Selection, chosen_arrows

FAR = 2
"""Steps away that a focus view shows."""


@dataclass(frozen=True)
class FocusView:
    """A concept with what is up to two steps away, or with what of it is of most interest.

    `concepts` counts what the view shows; `most` is its limit, where more is two steps away.
    """

    concept: Concept
    depth: int
    concepts: int
    most: int | None


def topics_of(catalogue: Catalogue, seminar: str | None = None) -> list[TopicSummary]:
    """Return the topics of all seminars, or of one, as the overview has them; raises UnknownName."""
    arrows = chosen_arrows(catalogue, Selection(seminar=seminar))
    return summaries(catalogue.themes(), {concept.slug: concept for concept in catalogue.concepts()}, arrows)


def focus_views(catalogue: Catalogue, focus: str | None = None, most: int = 12) -> list[FocusView]:
    """Return the concepts that a map is best centred on, by their degree of interest, highest first.

    Arguments:
        catalogue: what to draw from.
        focus: the concept that they are seen from, which is not among them; None for importance alone.
        most: how many at most.

    Raises:
        UnknownName: the focus is not in the catalogue.
    """
    seen_from = catalogue.concept(focus).slug if focus else None
    arrows = chosen_arrows(catalogue, Selection())
    views = []
    for slug in [slug for slug in ranked(arrows, seen_from) if slug != seen_from][:most]:
        # A view centred on a concept is drawn from all arrows, those that the whole map leaves off too.
        around = chosen_arrows(catalogue, Selection(focus=slug, depth=FAR))
        shown = len(steps_from(slug, FAR, around))
        if shown > MOST_READABLE:
            kept = len(most_interesting(around, MOST_READABLE, slug))
            views.append(FocusView(catalogue.concept(slug), FAR, kept, MOST_READABLE))
        else:
            views.append(FocusView(catalogue.concept(slug), FAR, shown, None))
    return views
