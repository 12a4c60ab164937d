"""Where the parties of a seminar differ: claims that bear against others, and what is said in different ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim, Concept, Seminar
from webapp.claims.criticism import CRITICISES
from webapp.claims.matrix import leading_concepts
from webapp.claims.parties import Party, parties_in, parties_of

AGAINST = ("disputes", "qualifies")
"""How a claim bears against another one, in the words for it."""
MOST_ROWS, MOST_CLAIMS = 5, 3
"""Concepts that are set side by side, and claims of one party about one of them."""


@dataclass(frozen=True)
class Dispute:
    """A claim that bears against another, and the words for how."""

    claim: Claim
    relation: str
    other: Claim


@dataclass(frozen=True)
class Contrast:
    """A concept of which parties speak in different ways: for each party some claims, and how many there are."""

    concept: Concept
    cells: tuple[tuple[Party, tuple[Claim, ...], int], ...]


def disputes(catalogue: Catalogue, seminar: Seminar) -> list[Dispute]:
    """Return the claims of a seminar that bear against another claim, as the data say."""
    return [
        Dispute(claim, link.relation, catalogue.claim(link.claim))
        for claim in catalogue.claims(seminar=seminar.slug)
        for link in claim.links
        if link.relation in AGAINST
    ]


def contrasts(catalogue: Catalogue, seminar: Seminar) -> list[Contrast]:
    """Return what people at a seminar spoke of in different ways, of the concepts that matter most.

    The published summary's own words are left out: it speaks for nobody who was there.
    """
    claims = [c for c in catalogue.claims(seminar=seminar.slug) if parties_of(catalogue)[c.slug].kind != "summary"]
    parties = parties_in(catalogue, claims)
    found = []
    for concept in leading_concepts(catalogue, seminar.slug):
        said: dict[Party, list[Claim]] = defaultdict(list)
        for claim in claims:
            if concept.slug in claim.concepts:
                said[parties_of(catalogue)[claim.slug]].append(claim)
        ways = {party: {claim.stance for claim in made} for party, made in said.items()}
        if len(ways) < 2 or all(way == next(iter(ways.values())) for way in ways.values()):
            continue
        cells = tuple((party, _telling(said[party], ways, party), len(said[party])) for party in parties if said[party])
        found.append(Contrast(concept, cells))
    return sorted(found, key=lambda each: not _is_criticised_by_some(each))[:MOST_ROWS]


def _is_criticised_by_some(contrast: Contrast) -> bool:
    """Whether some parties criticise where others do not, which is the plainest difference."""
    ways = [any(claim.stance == CRITICISES for claim in claims) for _, claims, _ in contrast.cells]
    return any(ways) and not all(ways)


def _telling(claims: Sequence[Claim], ways: dict[Party, set[str]], party: Party) -> tuple[Claim, ...]:
    """Return some claims of a party, those first that are made in a way in which not every party speaks."""
    shared = set.intersection(*ways.values())
    chosen = sorted(claims, key=lambda claim: claim.stance in shared)[:MOST_CLAIMS]
    return tuple(claim for claim in claims if claim in chosen)
