"""Criticism: who or what was criticised at a seminar, and what was asked of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim, Seminar
from webapp.claims.parties import spoken_by

CRITICISES, RECOMMENDS = "criticises", "recommends"
SAID = ("asserted", "denied")
"""The status of a proposition that a claim makes itself: no condition, aim, or what somebody else told."""


@dataclass(frozen=True)
class Criticism:
    """Those of whom the same was criticised and the same asked.

    Attributes:
        slugs: their slugs, by which the page has a place for each.
        labels: their names, with the address of the page of each.
        criticised: the claims that criticise them.
        asked: the claims that recommend something of them.
        silent: the names of those among them that could have spoken, and to whom no claim is put down.
    """

    slugs: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    criticised: tuple[Claim, ...]
    asked: tuple[Claim, ...]
    silent: tuple[str, ...]


def criticisms(catalogue: Catalogue, seminar: Seminar) -> list[Criticism]:
    """Return who or what claims of a seminar criticise, those first of whom something was asked.

    Somebody is criticised, or asked for something, where an arrow begins with them that the claim makes itself.
    """
    claims = catalogue.claims(seminar=seminar.slug)
    criticised = _by_subject(claim for claim in claims if claim.stance == CRITICISES)
    asked = _by_subject(claim for claim in claims if claim.stance == RECOMMENDS)
    alike: dict[tuple[tuple[Claim, ...], tuple[Claim, ...]], list[tuple[str, str, str]]] = defaultdict(list)
    for subject, made in criticised.items():
        alike[made, asked.get(subject, ())].append(subject)
    heard = {slug for claim in claims for slug in (*spoken_by(claim), *claim.attribution.reported_from)}
    found = [_criticism(catalogue, subjects, *made, heard) for made, subjects in alike.items()]
    return sorted(found, key=lambda each: not each.asked)


def criticism_of(catalogue: Catalogue, slug: str) -> list[tuple[Seminar, Criticism]]:
    """Return the criticism of a concept or body at each seminar where it was criticised."""
    found = ((seminar, each) for seminar in catalogue.seminars() for each in criticisms(catalogue, seminar))
    return [(seminar, each) for seminar, each in found if slug in each.slugs]


def _criticism(
    catalogue: Catalogue,
    subjects: list[tuple[str, str, str]],
    criticised: tuple[Claim, ...],
    asked: tuple[Claim, ...],
    heard: set[str],
) -> Criticism:
    pages = {"concept": "/concepts/", "agent": "/people/"}
    bodies = {agent.slug for agent in catalogue.agents()}
    return Criticism(
        slugs=tuple(slug for slug, _, _ in subjects),
        labels=tuple((label, f"{pages[kind]}{slug}") for slug, label, kind in subjects),
        criticised=criticised,
        asked=asked,
        silent=tuple(label for slug, label, _ in subjects if slug in bodies - heard),
    )


def _by_subject(claims: Iterable[Claim]) -> dict[tuple[str, str, str], tuple[Claim, ...]]:
    """Return for each concept or agent (slug, label, kind) the claims with an arrow that begins there."""
    found: dict[tuple[str, str, str], dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        for part in claim.propositions:
            if part.status in SAID and part.subject_kind in ("concept", "agent"):
                found[part.subject, part.subject_label, part.subject_kind][claim.slug] = claim
    return {subject: tuple(made.values()) for subject, made in found.items()}
