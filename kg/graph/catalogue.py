"""The catalogue: records of what a data set holds, read by SPARQL and kept once read.

Names for people: a concept, agent or claim can be asked for by slug, and a concept or agent by any of its labels.
Slugs are the last part of the IRI (kg/graph/slugs.py); claims carry their seminar's slug in front, so that a link to
one stays right whatever else is loaded.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.graph import record_rows
from kg.graph.load import DataSet
from kg.graph.name_lookup import UnknownName, inside_sentence, pick, pick_all, sorting_label
from kg.graph.record_rows import Texts
from kg.graph.records import Agent, Claim, ClaimLink, Concept, OrderedList, Passage, Proposition, Role, Seminar, Theme
from kg.graph.slugs import agent_slugs, claim_slugs, concept_slugs, seminar_slugs
from kg.sparql.engine import text_of
from kg.sparql.query_text import bind, with_prefixes
from kg.vocabulary import CONCEPT, local_name, namespace

QUERIES = Path(__file__).with_name("queries")
_POSITION = re.compile(r"-?[0-9]{1,9}")
READ_AT_ONCE = 40
"""Claims read by one query, so that it stays within the engine's length limit."""


@cache
def _query(name: str) -> str:
    """Return the text of one of the catalogue's queries, a file each."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


class Catalogue:
    """Reads records from a data set. Records are immutable and the data set does not change, so each is read once."""

    def __init__(self, data: DataSet):
        self.data = data
        self._claims: dict[str, Claim] = {}

    @property
    def version(self) -> str:
        """The data version: a content hash that changes when the data does."""
        return self.data.version

    def rows(self, query: str, **slots: Iterable[str]) -> list[Texts]:
        """Run one of our own queries, with IRIs bound to its slots, and return its rows as plain text."""
        text = bind(query, {name: [ox.NamedNode(iri) for iri in iris] for name, iris in slots.items()})
        found = self.data.engine.select(with_prefixes(text))
        return [{name: text_of(term) for name, term in row.items()} for row in found]

    def _rows(self, name: str, **slots: Iterable[str]) -> list[Texts]:
        """Run a query of the catalogue; what has a position that is no whole number is left out."""
        return [row for row in self.rows(_query(name), **slots) if _POSITION.fullmatch(row.get("position", "0"))]

    # ── Topics and concepts ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _themes(self) -> tuple[Theme, ...]:
        rows = self._rows("themes")
        return tuple(Theme(local_name(r["theme"]), r["label"], int(r["position"])) for r in rows)

    def themes(self) -> tuple[Theme, ...]:
        """Return the topics in their order."""
        return self._themes

    def theme(self, name: str) -> Theme:
        """Return a topic by slug or label; raises UnknownName."""
        return pick("topic", name, self._themes, lambda theme: (theme.label,))

    @cached_property
    def _concepts(self) -> dict[str, Concept]:
        more = record_rows.details(self._rows("concept-links"), "concept")
        rows = {row["concept"]: row for row in self._rows("concepts")}
        slugs = concept_slugs(rows)
        themes = {theme.slug for theme in self._themes}
        found = (record_rows.concept(row, more[iri], slugs, themes) for iri, row in rows.items())
        return {each.iri: each for each in sorted(found, key=lambda concept: sorting_label(concept.label))}

    def concepts(self) -> tuple[Concept, ...]:
        """Return all concepts, A to Z by label (a leading "the" or "a" does not count)."""
        return tuple(self._concepts.values())

    def concept(self, name: str) -> Concept:
        """Return a concept by slug or any of its labels; raises UnknownName."""
        return self.concepts_called(name)[0]

    def concepts_called(self, name: str) -> tuple[Concept, ...]:
        """Return the concepts that a name stands for: one by its slug or own label, else all that share the name.

        Raises UnknownName where there is none.
        """
        found = self._concepts.get(f"{CONCEPT}{name}")
        if found is not None and found.slug == name:
            return (found,)
        return pick_all("concept", name, self.concepts(), lambda c: (c.label, *c.other_labels, *c.hidden_labels))

    def times_claimed(self, seminar: str | None = None) -> Counter[str]:
        """Return how many claims (of one seminar) are about each concept, by its slug."""
        return Counter(slug for claim in self.claims(seminar=seminar) for slug in claim.concepts)

    def most_claimed(self) -> tuple[Concept, ...]:
        """Return the concepts that claims are about, those of most claims first."""
        times = self.times_claimed()
        named = (concept for concept in self.concepts() if times[concept.slug])
        return tuple(sorted(named, key=lambda concept: -times[concept.slug]))

    # ── People and organisations ────────────────────────────────────────────────────────────────────────────

    def label_inside(self, concept: Concept) -> str:
        """Return the label of a concept as it stands inside a sentence, where people and bodies keep their names."""
        named = any(agent.slug == concept.slug for agent in self.agents()) and not concept.label.startswith("The ")
        return concept.label if named else inside_sentence(concept.label)

    @cached_property
    def _agents(self) -> dict[str, Agent]:
        more = record_rows.details(self._rows("agent-details"), "agent")
        roles: dict[str, list[Role]] = defaultdict(list)
        for row in self._rows("agent-roles"):
            if row["seminar"] in self._seminars:
                roles[row["agent"]].append(Role(self._seminars[row["seminar"]].slug, row["role"]))
        rows = {row["agent"]: row for row in self._rows("agents")}
        slugs = agent_slugs(rows)
        agents = (record_rows.agent(row, slugs[iri], more[iri], roles[iri]) for iri, row in rows.items())
        return {each.iri: each for each in sorted(agents, key=lambda agent: sorting_label(agent.name))}

    def agents(self) -> tuple[Agent, ...]:
        """Return people, organisations and unnamed speakers, A to Z by name."""
        return tuple(self._agents.values())

    def agent(self, name: str) -> Agent:
        """Return a person or organisation by slug or any of its names; raises UnknownName."""
        return pick("person or organisation", name, self.agents(), lambda a: (a.name, a.full_name, *a.other_names))

    def seminars_naming(self, agent: Agent) -> tuple[Seminar, ...]:
        """Return the seminars that somebody has a part in, or is named by, oldest first."""
        return tuple(each for each in self.seminars() if agent.iri in self._named_by[each.slug])

    @cached_property
    def _named_by(self) -> dict[str, set[str]]:
        """For each seminar the IRIs of those who have a part in it, and of all concepts that its claims are about."""
        concepts = {concept.slug: iri for iri, concept in self._concepts.items()}
        agents = {agent.slug: iri for iri, agent in self._agents.items()}
        own = {namespace(seminar.iri): seminar.slug for seminar in self.seminars()}
        named: dict[str, set[str]] = defaultdict(set)
        for agent in self.agents():
            for slug in (own.get(namespace(agent.iri)), *(role.seminar for role in agent.roles)):
                named[slug or ""].add(agent.iri)
        for claim in self.claims():
            ends = {(p.subject_kind, p.subject) for p in claim.propositions}
            ends |= {(p.object_kind, p.object) for p in claim.propositions}
            spoken = (*claim.attribution.agents, *claim.attribution.reported_from)
            named[claim.seminar].update(agents[slug] for slug in spoken)
            named[claim.seminar].update(agents[slug] for kind, slug in ends if kind == "agent")
            named[claim.seminar].update(concepts[slug] for slug in claim.concepts)
            named[claim.seminar].update(concepts[slug] for kind, slug in ends if kind == "concept")
        return named

    # ── Seminars and their passages ─────────────────────────────────────────────────────────────────────────

    @cached_property
    def _seminars(self) -> dict[str, Seminar]:
        more = record_rows.details(self._rows("seminar-details"), "seminar")
        rows: dict[str, Texts] = {}
        for row in self._rows("seminars"):
            rows.setdefault(row["seminar"], row)
        slugs = seminar_slugs(rows)
        found = [record_rows.seminar(row, slugs[iri], more[iri], self._concept_slugs) for iri, row in rows.items()]
        return {each.iri: each for each in sorted(found, key=lambda each: (each.start or "~", each.slug))}

    def seminars(self) -> tuple[Seminar, ...]:
        """Return the seminars, oldest first, those without a date last."""
        return tuple(self._seminars.values())

    def seminar(self, name: str) -> Seminar:
        """Return a seminar by slug or name; raises UnknownName."""
        return pick("seminar", name, self.seminars(), lambda seminar: (seminar.name,))

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        seminars = {row["document"]: self._seminars[row["seminar"]].slug for row in self._rows("seminars")}
        rows = [row for row in self._rows("passages") if row.get("document") in seminars]
        return {row["passage"]: record_rows.passage(row, seminars[row["document"]]) for row in rows}

    def passages(self, seminar: str) -> tuple[Passage, ...]:
        """Return a seminar's passages in the source's order."""
        slug = self.seminar(seminar).slug
        found = (passage for passage in self._passages.values() if passage.seminar == slug)
        return tuple(sorted(found, key=lambda passage: (passage.position, passage.iri)))

    def claims_resting_on(self, seminar: str) -> dict[str, tuple[Claim, ...]]:
        """Return for each passage id of a seminar the claims that rest on it."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims(seminar=seminar):
            for identifier in dict.fromkeys(passage.id for passage in claim.passages):
                found[identifier].append(claim)
        return {identifier: tuple(claims) for identifier, claims in found.items()}

    @cached_property
    def _ordered_lists(self) -> tuple[OrderedList, ...]:
        seminars = {iri: each.slug for iri, each in self._seminars.items()}
        return record_rows.ordered_lists(self._rows("ordered-lists"), seminars, self._concept_slugs, self._claim_slugs)

    def ordered_lists(self, seminar: str | None = None) -> tuple[OrderedList, ...]:
        """Return the things that a seminar (or any) numbers: three ingredients, three steps."""
        return tuple(each for each in self._ordered_lists if seminar in (None, each.seminar))

    # ── Claims ──────────────────────────────────────────────────────────────────────────────────────────────

    def claims(
        self,
        *,
        seminar: str | None = None,
        concept: str | None = None,
        agent: str | None = None,
        theme: str | None = None,
        stance: str | None = None,
    ) -> tuple[Claim, ...]:
        """Return the claims that fit every filter given (names or slugs), in the source's order.

        Raises:
            UnknownName: a filter names nothing in the catalogue.
        """
        found: Iterable[Claim] = self.claims_by_iri(self._order_of)
        if seminar is not None:
            slug = self.seminar(seminar).slug
            found = [claim for claim in found if claim.seminar == slug]
        if concept is not None:
            slug = self.concept(concept).slug
            found = [claim for claim in found if slug in claim.concepts]
        if agent is not None:
            speaker = self.agent(agent).slug
            found = [c for c in found if speaker in (*c.attribution.agents, *c.attribution.reported_from)]
        if theme is not None:
            members = {each.slug for each in self._concepts.values() if each.theme == self.theme(theme).slug}
            found = [claim for claim in found if members & set(claim.concepts)]
        if stance is not None:
            if stance not in self.stances():
                raise UnknownName("way of saying", stance, list(self.stances().items()))
            found = [claim for claim in found if claim.stance == stance]
        return tuple(found)

    def stances(self) -> dict[str, str]:
        """Return the ways in which a claim can be made: slug -> words for people ("recommends" -> "recommended")."""
        return {local_name(row["stance"]): row["label"] for row in self._rows("stances")}

    def claim(self, slug: str) -> Claim:
        """Return a claim by its slug or IRI; raises UnknownName."""
        iri = slug if slug in self._order_of else self._claim_of.get(slug)
        if iri is None:
            raise UnknownName("claim", slug, [])
        return self.claims_by_iri([iri])[0]

    @cached_property
    def _claim_rows(self) -> list[Texts]:
        return self._rows("claims")

    @cached_property
    def _claim_row(self) -> dict[str, Texts]:
        """The row of each claim: of several, as where it has two texts, the first."""
        return {row["claim"]: row for row in reversed(self._claim_rows)}

    @cached_property
    def _seminar_of(self) -> dict[str, str]:
        """The IRI of each claim and the slug of its seminar, in the source's order: seminars by date, then where the
        first passage stands, then the claim's own name.

        A claim that is part of no seminar of the catalogue, or rests on no passage of it, is none of the catalogue.
        """
        seminars = {iri: n for n, iri in enumerate(self._seminars)}
        places: dict[tuple[str, str], int] = {}
        for row in self._claim_rows:
            if row["seminar"] in seminars and row["passage"] in self._passages:
                key, position = (row["claim"], row["seminar"]), self._passages[row["passage"]].position
                places[key] = min(position, places.get(key, position))
        found: dict[str, str] = {}
        for claim, seminar in sorted(places, key=lambda key: (seminars[key[1]], places[key], key[0])):
            found.setdefault(claim, self._seminars[seminar].slug)
        return found

    @cached_property
    def _order_of(self) -> dict[str, int]:
        return {claim: n for n, claim in enumerate(self._seminar_of)}

    @cached_property
    def _claim_slugs(self) -> dict[str, str]:
        return claim_slugs(self._seminar_of)

    @cached_property
    def _claim_of(self) -> dict[str, str]:
        return {slug: iri for iri, slug in self._claim_slugs.items()}

    @cached_property
    def _concept_slugs(self) -> dict[str, str]:
        return {iri: concept.slug for iri, concept in self._concepts.items()}

    @cached_property
    def _agent_slugs(self) -> dict[str, str]:
        return {iri: agent.slug for iri, agent in self._agents.items()}

    def has_claim(self, iri: str) -> bool:
        """Whether there is a claim with this IRI."""
        return iri in self._order_of

    def claims_by_iri(self, iris: Iterable[str]) -> list[Claim]:
        """Return the claims with these IRIs, each once, in the source's order; what is not a claim is left out."""
        wanted = sorted({iri for iri in iris if iri in self._order_of}, key=self._order_of.__getitem__)
        missing = [iri for iri in wanted if iri not in self._claims]
        for first in range(0, len(missing), READ_AT_ONCE):
            self._claims.update(self._read_claims(missing[first : first + READ_AT_ONCE]))
        return [self._claims[iri] for iri in wanted]

    def _read_claims(self, iris: list[str]) -> dict[str, Claim]:
        more = record_rows.details(self._rows("claim-links", claim=iris), "claim")
        propositions: dict[str, list[Proposition]] = defaultdict(list)
        for row in self._rows("propositions", claim=iris):
            general = self._general.get(row["relation"], [])
            propositions[row["claim"]].append(record_rows.proposition(row, self._concepts, self._agents, general))
        links: dict[str, list[ClaimLink]] = defaultdict(list)
        for row in self._rows("claim-relations", claim=iris):
            if link := record_rows.claim_link(row, self._claim_slugs):
                links[row["claim"]].append(link)
        claims = {}
        for iri in iris:
            claims[iri] = record_rows.claim(
                self._claim_row[iri],
                self._claim_slugs[iri],
                self._seminar_of[iri],
                more[iri],
                propositions[iri],
                links[iri],
                [self._passages[each] for each in more[iri]["passage"] if each in self._passages],
                self._agent_slugs,
                self._concept_slugs,
            )
        return claims

    @cached_property
    def _general(self) -> dict[str, list[str]]:
        """The slugs of the relations that each relation comes under."""
        general: dict[str, list[str]] = defaultdict(list)
        for row in self._rows("general-relations"):
            general[row["relation"]].append(local_name(row["general"]))
        return dict(general)
