"""Who speaks of what, and how: the concepts of a seminar that matter, its parties, and the ways of saying."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim, Concept, Seminar
from kg.maps.claim_map import selected_links
from kg.maps.ranking import ranked
from kg.maps.selection import Selection
from webapp.claims.parties import Party, parties_in, parties_of

MOST_CONCEPTS = 12
"""Concepts that are told first, and that a table of them has."""


@dataclass(frozen=True)
class Tally:
    """How many claims were made in one way, in the words for it, and the address of the list of them."""

    stance: str
    words: str
    count: int
    address: str


@dataclass(frozen=True)
class MatrixRow:
    """What was said about a concept: for each party of the table how often and in which ways."""

    concept: Concept
    cells: tuple[tuple[Tally, ...], ...]


def leading_concepts(catalogue: Catalogue, seminar: str | None = None) -> list[Concept]:
    """Return the concepts (of one seminar) that matter most, at most twelve by the ranking of maps.

    Those that most claims are about come first.
    """
    slugs = ranked(selected_links(catalogue, Selection(seminar=seminar)))[:MOST_CONCEPTS]
    times = catalogue.times_claimed(seminar)
    return [catalogue.concept(slug) for slug in sorted(slugs, key=lambda slug: -times[slug])]


def matrix(catalogue: Catalogue, seminar: Seminar) -> tuple[list[Party], list[MatrixRow]]:
    """Return the table of a seminar: its parties, and a row for each of the concepts that matter most."""
    claims = catalogue.claims(seminar=seminar.slug)
    parties = parties_in(catalogue, claims)
    rows = []
    for concept in leading_concepts(catalogue, seminar.slug):
        about = [claim for claim in claims if concept.slug in claim.concepts]
        rows.append(MatrixRow(concept, tuple(_cell(catalogue, seminar, concept, party, about) for party in parties)))
    return parties, rows


def address(catalogue: Catalogue, seminar: Seminar, **chosen: str) -> str:
    """Return the address of the claims of a seminar that filters leave."""
    of = {"seminar": seminar.slug} if len(catalogue.seminars()) > 1 else {}
    return f"/claims?{urlencode(of | chosen)}"


def _cell(
    catalogue: Catalogue, seminar: Seminar, concept: Concept, party: Party, claims: list[Claim]
) -> tuple[Tally, ...]:
    times = Counter(claim.stance for claim in claims if parties_of(catalogue)[claim.slug] == party)
    return tuple(
        Tally(
            stance,
            words,
            times[stance],
            address(catalogue, seminar, who=party.slug, how=stance, concept=concept.slug),
        )
        for stance, words in catalogue.stances().items()
        if times[stance]
    )
