"""The claims that are near to a question which nobody answers outright, and why each of them is near.

A claim is near that has a good part of what the question asks about (core.py), and at least one telling word of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.answering.answer import Near
from kg.answering.nearby.core import ITSELF, Core
from kg.answering.silence import lacking
from kg.english.telling.refusals import asks_for_date, why_near
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim

MOST_NEAR = 3
#: The least share of a question's core that a near claim has, and the least of what the nearest one has.
LEAST_SHARE, LEAST_OF_NEAREST = 0.3, 0.75
#: The least share where a claim has no more of the core than the name of a person.
LEAST_OF_PERSON = 0.45
#: The kinds of thing of which a claim's words tell that it has none.
TELLABLE = ("money", "quantity", "time", "reason")


@dataclass(frozen=True)
class Closeness:
    """A claim and the share of a question's core that it has."""

    claim: Claim
    core: Core
    share: float


def closest(catalogue: Catalogue, cores: Iterable[Core], *, most: int) -> list[Closeness]:
    """Return the claims that have most of a question's core, those of most first.

    Arguments:
        catalogue: the claims of all seminars.
        cores: what the question asks about, for each seminar that was asked.
        most: how many of them.
    """
    found = []
    for core in cores:
        iris = {iri for place in core.places for iri in core.match.strengths[place]}
        shares = {iri: core.share(iri) for iri in iris}
        found += [Closeness(claim, core, shares[claim.iri]) for claim in catalogue.claims_by_iri(shares)]
    return sorted(found, key=lambda each: (-round(each.share, 2), len(each.claim.text)))[:most]


def nearest(
    catalogue: Catalogue,
    cores: Sequence[Core],
    *,
    among: Iterable[str] | None = None,
    why: Callable[[Claim], str | None] = lambda claim: None,
) -> tuple[Near, ...]:
    """Return the claims near to a question that is not answered, at most `MOST_NEAR`, the nearest first.

    Arguments:
        catalogue: the claims of all seminars.
        cores: what the question asks about, for each seminar that was asked.
        among: the IRIs of the claims that are near whatever words they have, in their order; without it they are those
            that have enough of the core.
        why: why a claim is near, as a sentence; where it gives None, that is told by the words that the claim has.
    """
    if among is not None:
        claims = {claim.iri: claim for claim in catalogue.claims_by_iri(among)}
        found = [_closeness(claims[iri], cores) for iri in dict.fromkeys(among) if iri in claims]
    else:
        ranked = closest(catalogue, cores, most=MOST_NEAR)
        least = max(LEAST_SHARE, LEAST_OF_NEAREST * ranked[0].share) if ranked else 1.0
        found = [each for each in ranked if each.share >= least and _has_enough(each)]
    return tuple(Near(each.claim, why(each.claim) or _why(each, cores)) for each in found[:MOST_NEAR])


def _closeness(claim: Claim, cores: Sequence[Core]) -> Closeness:
    return max((Closeness(claim, core, core.share(claim.iri)) for core in cores), key=lambda each: each.share)


def _has_enough(near: Closeness) -> bool:
    """Whether a claim has two words of what is asked about, or one itself; the name of a person alone is less."""
    core, claim = near.core, near.claim.iri
    had = core.had(claim)
    if len(had) < 2 and not any(core.strength(place, claim) >= ITSELF for place in had):
        return False
    return near.share >= LEAST_OF_PERSON or not core.people.issuperset(had)


# ── Why a claim is near ──


def _why(near: Closeness, cores: Sequence[Core]) -> str:
    core, claim, question = near.core, near.claim, near.core.match.question
    nowhere = [n for n in core.absent if all(n in each.absent for each in cores)]
    elsewhere = [n for n in core.places if n not in nowhere and not core.strength(n, claim.iri)]
    kinds = (kind for kind in lacking(question.text, [claim]) if not kind.told_in(claim.texts))
    kinds = (kind for kind in kinds if kind.name in TELLABLE and (kind.name != "time" or asks_for_date(question.text)))
    others = core.voices and not any(claim.iri in each.said | each.reported for each in core.voices)
    has, credit = core.names(shown(core, claim.iri)), claim.attribution.credit
    return why_near(
        [each for each in has if not others or each.split()[-1] not in credit.split()],
        lacks=next((kind.name for kind in kinds), None),
        credit=credit if others else None,
        not_of=[*core.phrases(nowhere), *(each for each in core.names(elsewhere) if each not in has)],
    )


def shown(core: Core, claim: str) -> list[int]:
    """Return the places of the words to tell people that a claim has itself."""
    return [n for n in core.had(claim) if core.strength(n, claim) >= ITSELF]
