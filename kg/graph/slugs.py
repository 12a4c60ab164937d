"""Slugs: what stands for a thing in the addresses of pages, each for one thing only in a whole library.

A slug is the last part of an IRI where that is free. Things of our own namespace come first, so that nothing at another
address takes the page of one of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count

from kg.vocabulary import BASE, local_name, seminar_slug

_OTHER = re.compile(r"[^\w.~-]+")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:/*")


def slug_of(text: str) -> str:
    """Return a text as part of an address: letters, digits, dots and hyphens; "" where it has none of them."""
    return _OTHER.sub("-", text).strip("-.~")


def whole_slug(iri: str) -> str:
    """Return the slug of an IRI that has no last part: what stands behind its scheme."""
    return slug_of(_SCHEME.sub("", iri)) or "unnamed"


def own_slug(iri: str) -> str:
    """Return the slug that a thing has by its own IRI, which another may have as well."""
    return slug_of(local_name(iri)) or whole_slug(iri)


def agent_slugs(iris: Iterable[str]) -> dict[str, str]:
    """Return the slug of each agent: of several with one last part all but the first have their seminar's behind it."""
    return _given({iri: (own_slug(iri), f"{own_slug(iri)}-{seminar_slug(iri) or whole_slug(iri)}") for iri in iris})


def concept_slugs(iris: Iterable[str]) -> dict[str, str]:
    """Return the slug of each concept."""
    return _given({iri: (own_slug(iri), whole_slug(iri)) for iri in iris})


def seminar_slugs(iris: Iterable[str]) -> dict[str, str]:
    """Return the slug of each seminar: of its namespace, of its IRI where it is in none of ours."""
    return _given({iri: _seminar_choices(iri) for iri in iris})


def _seminar_choices(iri: str) -> tuple[str, ...]:
    namespace = slug_of(seminar_slug(iri))
    return (namespace, f"{namespace}-{own_slug(iri)}") if namespace else (own_slug(iri), whole_slug(iri))


def claim_slugs(seminars: Mapping[str, str]) -> dict[str, str]:
    """Return the slug of each claim: that of its seminar, a hyphen, its own.

    Arguments:
        seminars: for the IRI of each claim the slug of its seminar.
    """
    return _given({iri: (f"{slug}-{own_slug(iri)}", f"{slug}-{whole_slug(iri)}") for iri, slug in seminars.items()})


def _given(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return a slug of its own for each IRI: the first of its choices that is free, else the last with a number.

    Every first choice is given before any second one, so that what loses its slug takes nobody else's.
    """
    in_order = sorted(choices, key=lambda iri: (not iri.startswith(BASE), iri))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for iri in in_order:
        if (first := choices[iri][0]) not in taken:
            found[iri] = first
            taken.add(first)
    for iri in in_order:
        if iri not in found:
            numbered = (f"{choices[iri][-1]}-{n}" for n in count(2))
            found[iri] = next(each for each in chain(choices[iri], numbered) if each not in taken)
            taken.add(found[iri])
    return found
