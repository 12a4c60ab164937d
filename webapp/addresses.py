"""From the names of things in the graph to the pages about them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kg.api import Library
from kg.vocabulary import BASE, THEME


@lru_cache(maxsize=4)
def pages(source: Library) -> Mapping[str, str]:
    """Return the page of everything in a library that has one, IRI -> path. A library never changes."""
    found = {f"{THEME}{theme.slug}": f"/claims?topic={theme.slug}" for theme in source.themes()}
    for seminar in source.seminars():
        found[seminar.iri] = f"/seminars/{seminar.slug}"
        for passage in source.passages(seminar.slug):
            found[passage.iri] = f"/seminars/{seminar.slug}#{passage.id}"
    found |= {agent.iri: f"/people/{agent.slug}" for agent in source.agents()}
    found |= {concept.iri: f"/concepts/{concept.slug}" for concept in source.concepts()}
    found |= {claim.iri: f"/claims/{claim.slug}" for claim in source.claims()}
    return MappingProxyType(found)


def page_of(source: Library, iri: str) -> str | None:
    """Return where an IRI leads: to its page, to the redirect for another name of ours, or to itself."""
    if iri in pages(source):
        return pages(source)[iri]
    if iri.startswith(BASE):
        return "/" + iri.removeprefix(BASE)
    return iri if iri.startswith(("http://", "https://")) else None
