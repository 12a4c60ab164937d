"""The filters of claims: what each may be, how many claims it leaves, and which claims fit all that are chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.graph.catalogue import Catalogue
from kg.graph.name_lookup import UnknownName
from kg.graph.records import Claim
from webapp.claims.parties import CREDITS, credited, parties_in, parties_of, spoken_by
from webapp.context import library
from webapp.wording import capital


@dataclass(frozen=True)
class Option:
    """A value of a filter: what stands in the address, what people read, and how many claims are left with it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Filter:
    """A filter: its `name` in addresses, what the form calls it, what it calls no choice, and its choices."""

    name: str
    label: str
    unset: str
    chosen: str | None
    choices: tuple[Option, ...]


LABELS = {
    "seminar": ("Seminar", "Every seminar"),
    "who": ("Who said it", "Anyone"),
    "credit": ("Named or not", "Any"),
    "how": ("How it was said", "Any way"),
    "topic": ("Topic", "Every topic"),
    "concept": ("Concept", "Every concept"),
    "arrow": ("Words on the arrow", ""),
    "question": ("Question", ""),
}
"""What the form calls each filter, and no choice of it; those without are in addresses alone."""


class ClaimFilters:
    """Filters with what is chosen of them.

    Arguments:
        catalogue: the catalogue whose claims are narrowed.
        parameters: what is chosen, by name; empty values and other names are passed over. Things may be called by
            their slug or label.

    Raises:
        UnknownName: a value names nothing in the catalogue.
        AskError: the question cannot be asked.
    """

    def __init__(self, catalogue: Catalogue, parameters: Mapping[str, str]):
        self._catalogue = catalogue
        question = parameters.get("question")
        self._answering = {claim.slug for claim in library().ask(question).claims} if question else set[str]()
        self._parties = parties_of(catalogue)
        self._topics = {concept.slug: concept.theme for concept in catalogue.concepts()}
        self._values: dict[str, Callable[[Claim], Iterable[str | None]]] = {
            "seminar": lambda claim: (claim.seminar,),
            "who": lambda claim: {self._parties[claim.slug].slug, *credited(claim)},
            "credit": lambda claim: (claim.attribution.kind,),
            "how": lambda claim: (claim.stance,),
            "topic": lambda claim: {self._topics.get(slug) for slug in claim.concepts},
            "concept": lambda claim: claim.concepts,
            "arrow": lambda claim: {part.relation for part in claim.propositions},
            "question": lambda claim: {question} if claim.slug in self._answering else set[str](),
        }
        given = {name: parameters.get(name) or None for name in LABELS}
        self.chosen = {name: self._resolved(name, value) for name, value in given.items() if value}
        self.found = self._fitting(self.chosen)

    def offered(self) -> list[Filter]:
        """Return the filters that can narrow the list, each with the choices that leave a claim beside all others."""
        filters = []
        for name, (label, unset) in LABELS.items():
            others = self._fitting({other: value for other, value in self.chosen.items() if other != name})
            times = Counter(value for claim in others for value in set(self._values[name](claim)))
            chosen = self.chosen.get(name)
            labels = self._labels(name, others)
            if chosen and chosen not in labels:
                labels[chosen] = self._label(name, chosen)
            choices = tuple(
                Option(value, words, times[value]) for value, words in labels.items() if times[value] or value == chosen
            )
            if unset and (len(choices) > 1 or chosen) and (name != "seminar" or len(self._catalogue.seminars()) > 1):
                filters.append(Filter(name, label, unset, chosen, choices))
        return filters

    def words(self) -> list[str]:
        """Return what is chosen, for people: "Michael West’s talk", "recommended"."""
        return [self._label(name, value) for name, value in self.chosen.items()]

    def to_query(self) -> str:
        """Return what is chosen as the parameters of an address, with the question mark; "" for nothing."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    def _fitting(self, chosen: Mapping[str, str]) -> tuple[Claim, ...]:
        return tuple(
            claim
            for claim in self._catalogue.claims()
            if all(value in self._values[name](claim) for name, value in chosen.items())
        )

    def _resolved(self, name: str, value: str) -> str:
        """Return the slug that a value stands for; raises UnknownName."""
        catalogue = self._catalogue
        if name == "seminar":
            return catalogue.seminar(value).slug
        if name == "topic":
            return catalogue.theme(value).slug
        if name == "concept":
            return catalogue.concept(value).slug
        if name == "who":
            spoken = {party.slug for party in self._parties.values()}
            return value if value in spoken else catalogue.agent(value).slug
        known = {"how": ("way of saying", catalogue.stances()), "credit": ("way of crediting", CREDITS)}
        if name in known and value not in known[name][1]:
            raise UnknownName(known[name][0], value, list(known[name][1].items()))
        return value

    def _labels(self, name: str, claims: Iterable[Claim]) -> dict[str, str]:
        """Return the choices of a filter in their order, value -> words."""
        catalogue = self._catalogue
        if name == "who":
            claims = list(claims)
            parties = {party.slug: party.label for party in parties_in(catalogue, claims)}
            speakers = {slug for claim in claims for slug in (*spoken_by(claim), *claim.attribution.reported_from)}
            people = {agent.slug: capital(agent.name) for agent in catalogue.agents() if agent.slug in speakers}
            return parties | {slug: words for slug, words in people.items() if slug not in parties}
        return {
            "seminar": lambda: {each.slug: each.document.title for each in catalogue.seminars()},
            "credit": lambda: dict(CREDITS),
            "how": lambda: {slug: capital(words) for slug, words in catalogue.stances().items()},
            "topic": lambda: {each.slug: each.label for each in catalogue.themes()},
            "concept": lambda: {each.slug: each.label for each in catalogue.concepts()},
            "arrow": lambda: {p.relation: p.phrase for claim in claims for p in claim.propositions},
            "question": lambda: dict[str, str](),
        }[name]()

    def _label(self, name: str, value: str) -> str:
        labels = self._labels(name, self._catalogue.claims())
        return labels.get(value) or (capital(self._catalogue.agent(value).name) if name == "who" else value)
