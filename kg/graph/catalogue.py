"""The catalogue: records of what a data set holds, read by SPARQL and kept once read.

Names for people: a concept, agent or claim can be asked for by slug, and a concept or agent by any of its labels.
Slugs are the last part of the IRI; claims carry their seminar's slug in front, so that a link to one stays right
whatever else is loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.graph import record_rows
from kg.graph.load import DataSet
from kg.graph.name_lookup import UnknownName, inside_sentence, pick, sorting_label
from kg.graph.record_rows import Texts, claim_slug
from kg.graph.records import Agent, Claim, ClaimLink, Concept, OrderedList, Passage, Proposition, Seminar, Theme
from kg.sparql.engine import text_of
from kg.sparql.query_text import bind, with_prefixes
from kg.vocabulary import CONCEPT, local_name, seminar_slug

QUERIES = Path(__file__).with_name("queries")
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
        return self.rows(_query(name), **slots)

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
        found = (record_rows.concept(row, more[row["concept"]]) for row in self._rows("concepts"))
        return {each.iri: each for each in sorted(found, key=lambda concept: sorting_label(concept.label))}

    def concepts(self) -> tuple[Concept, ...]:
        """Return all concepts, A to Z by label (a leading "the" or "a" does not count)."""
        return tuple(self._concepts.values())

    def concept(self, name: str) -> Concept:
        """Return a concept by slug or any of its labels; raises UnknownName."""
        found = self._concepts.get(f"{CONCEPT}{name}")
        return found or pick("concept", name, self.concepts(), lambda c: (c.label, *c.other_labels, *c.hidden_labels))

    # ── People and organisations ────────────────────────────────────────────────────────────────────────────

    def label_inside(self, concept: Concept) -> str:
        """Return the label of a concept as it stands inside a sentence, where people and bodies keep their names."""
        named = any(agent.slug == concept.slug for agent in self.agents()) and not concept.label.startswith("The ")
        return concept.label if named else inside_sentence(concept.label)

    @cached_property
    def _agents(self) -> dict[str, Agent]:
        more = record_rows.details(self._rows("agent-details"), "agent")
        agents: list[Agent] = []
        taken: dict[str, str] = {}
        for row in self._rows("agents"):
            slug = local_name(row["agent"])
            if taken.setdefault(slug, row["agent"]) != row["agent"]:
                slug = f"{slug}-{seminar_slug(row['agent'])}"
            agents.append(record_rows.agent(row, slug, more[row["agent"]]))
        return {each.iri: each for each in sorted(agents, key=lambda agent: sorting_label(agent.name))}

    def agents(self) -> tuple[Agent, ...]:
        """Return people, organisations and unnamed speakers, A to Z by name."""
        return tuple(self._agents.values())

    def agent(self, name: str) -> Agent:
        """Return a person or organisation by slug or any of its names; raises UnknownName."""
        return pick("person or organisation", name, self.agents(), lambda a: (a.name, a.full_name, *a.other_names))

    # ── Seminars and their passages ─────────────────────────────────────────────────────────────────────────

    @cached_property
    def _seminars(self) -> tuple[Seminar, ...]:
        more = record_rows.details(self._rows("seminar-details"), "seminar")
        found = (record_rows.seminar(row, more[row["seminar"]]) for row in self._rows("seminars"))
        return tuple(sorted(found, key=lambda seminar: (seminar.start, seminar.slug)))

    def seminars(self) -> tuple[Seminar, ...]:
        """Return the seminars, oldest first."""
        return self._seminars

    def seminar(self, name: str) -> Seminar:
        """Return a seminar by slug or name; raises UnknownName."""
        return pick("seminar", name, self.seminars(), lambda seminar: (seminar.name,))

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        return {row["passage"]: record_rows.passage(row) for row in self._rows("passages")}

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
        return record_rows.ordered_lists(self._rows("ordered-lists"))

    def ordered_lists(self, seminar: str | None = None) -> tuple[OrderedList, ...]:
        """Return the things that a seminar (or any) numbers: three ingredients, three steps."""
        return tuple(each for each in self._ordered_lists if seminar in (None, seminar_slug(each.iri)))

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
        iri = slug if slug in self._order_of else self._claim_slugs.get(slug)
        if iri is None:
            raise UnknownName("claim", slug, [])
        return self.claims_by_iri([iri])[0]

    @cached_property
    def _order_of(self) -> dict[str, int]:
        return {row["claim"]: n for n, row in enumerate(self._rows("claim-order"))}

    @cached_property
    def _claim_slugs(self) -> dict[str, str]:
        return {claim_slug(iri): iri for iri in self._order_of}

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
            if link := record_rows.claim_link(row):
                links[row["claim"]].append(link)
        claims = {}
        for row in self._rows("claims", claim=iris):
            iri = row["claim"]
            passages = [self._passages[each] for each in more[iri]["passage"]]
            claims[iri] = record_rows.claim(row, more[iri], propositions[iri], links[iri], passages, self._agents)
        return claims

    @cached_property
    def _general(self) -> dict[str, list[str]]:
        """The slugs of the relations that each relation comes under."""
        general: dict[str, list[str]] = defaultdict(list)
        for row in self._rows("general-relations"):
            general[row["relation"]].append(local_name(row["general"]))
        return dict(general)
