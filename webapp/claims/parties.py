"""Who speaks, as readers mean it: somebody's talk, the debate or another part where many speak, the published summary.

The data say which, claim by claim: in which part of the seminar it was made, who gave that part, and whether the source
names the speaker. A claim has one party.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.graph.slugs import own_slug

PartyKind = Literal["talk", "debate", "summary", "person"]
PARTS = "SELECT ?part ?label WHERE { VALUES ?part { } ?part rdfs:label ?label }"
"""What the parts of a seminar are called."""

CREDITS: Mapping[str, str] = MappingProxyType(
    {
        "named": "The speaker is named",
        "presentation": "In the report of a talk, no name beside it",
        "debate": "In the debate, no name given",
        "write-up": "The summary’s own words",
    }
)
"""How the source credits a claim, by the kind of attribution, in the words of a filter."""


@dataclass(frozen=True)
class Party:
    """A party: `slug` in addresses, `label` for people, `agents` the slugs of those whose talk or words it is."""

    slug: str
    label: str
    kind: PartyKind
    agents: tuple[str, ...] = ()


DEBATE = Party("debate", "The debate", "debate")
"""The party of who spoke in a debate, where the data do not say in which part of the seminar that was."""
SUMMARY = Party("summary", "The published summary", "summary")
_ORDER: Mapping[str, int] = {"talk": 0, "person": 1, "debate": 2, "summary": 3}


@lru_cache(maxsize=4)
def parties_of(catalogue: Catalogue) -> Mapping[str, Party]:
    """Return the party of each claim by the claim's slug. A catalogue never changes."""
    said = [claim.attribution for claim in catalogue.claims()]
    talks = {presenters: _talk(catalogue, presenters) for presenters in {about.presenters for about in said}}
    iris = sorted({about.made_in for about in said if about.made_in and not about.presenters})
    labels = {row["part"]: row["label"] for row in catalogue.rows(PARTS, part=iris)} if iris else {}
    parts = {iri: Party(own_slug(iri), label, "debate") for iri, label in labels.items()}
    return MappingProxyType({claim.slug: _party(catalogue, claim, talks, parts) for claim in catalogue.claims()})


def parties_in(catalogue: Catalogue, claims: Iterable[Claim]) -> list[Party]:
    """Return the parties of some claims, each once: talks, single people, the debate, the published summary."""
    found = {parties_of(catalogue)[claim.slug] for claim in claims}
    return sorted(found, key=lambda party: (_ORDER[party.kind], party.label))


def spoken_by(claim: Claim) -> tuple[str, ...]:
    """Return the slugs of those who are said to have spoken, named or not."""
    return claim.attribution.agents if claim.attribution.kind in ("named", "debate") else ()


def credited(claim: Claim) -> tuple[str, ...]:
    """Return the slugs of all to whom a claim may be put down.

    These are who spoke, whose words they passed on, who gave the talk that it is reported of, and who published what
    the summary says itself.
    """
    about = claim.attribution
    agents = about.agents if about.kind != "presentation" else ()
    return (*agents, *about.reported_from, *about.presenters)


def _party(
    catalogue: Catalogue, claim: Claim, talks: Mapping[tuple[str, ...], Party], parts: Mapping[str, Party]
) -> Party:
    about = claim.attribution
    if about.presenters:
        return talks[about.presenters]
    if about.kind == "debate" or about.made_in:
        return parts.get(about.made_in or "", DEBATE)
    if about.kind != "named":
        return SUMMARY
    names = " and ".join(catalogue.agent(slug).name for slug in about.agents)
    return Party("--".join(about.agents), names, "person", about.agents)


def _talk(catalogue: Catalogue, presenters: tuple[str, ...]) -> Party:
    """Return the party of a talk. It has the slug of who gave it where nothing but the talk is put down to them."""
    names = " and ".join(catalogue.agent(slug).name for slug in presenters)
    slug = "--".join(presenters)
    elsewhere = (c for c in catalogue.claims() if c.attribution.presenters != presenters)
    if len(presenters) == 1 and any(slug in credited(claim) for claim in elsewhere):
        slug = f"talk-{slug}"
    return Party(slug, f"{names}’s talk", "talk", presenters)
