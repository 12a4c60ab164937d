"""The catalogue: records of what a data set holds, read by SPARQL and kept once read.

Names for people: a concept, agent or claim can be asked for by slug, and a concept or agent by any of its labels.
Slugs are the last part of the IRI; claims carry their seminar's slug in front, so that a link to one stays right
whatever else is loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from kg.graph import readings
from kg.graph.load import DataSet
from kg.graph.names import UnknownName, pick, sorting_label
from kg.graph.records import (
    Agent,
    Attribution,
    Claim,
    ClaimLink,
    Concept,
    Document,
    OrderedItem,
    OrderedList,
    Passage,
    Post,
    Proposition,
    Seminar,
    Theme,
)
from kg.sparql.bind import bind, with_prefixes
from kg.vocabulary import CITO_LABELS, CONCEPT, local_name, seminar_slug

Row = dict[str, str]
READ_AT_ONCE = 40
"""Claims read by one query, so that it stays within the engine's length limit."""


class Catalogue:
    """Reads records from a data set. Records are immutable and the data set does not change, so each is read once."""

    def __init__(self, data: DataSet):
        self.data = data
        self._claims: dict[str, Claim] = {}

    @property
    def version(self) -> str:
        """The data version: a content hash that changes when the data does."""
        return self.data.version

    def rows(self, query: str, **slots: Iterable[str]) -> list[Row]:
        """Run one of our own queries, with IRIs bound to its slots, and return its rows as plain text."""
        text = bind(query, {name: [ox.NamedNode(iri) for iri in iris] for name, iris in slots.items()})
        found = self.data.engine.select(with_prefixes(text))
        return [
            {key: getattr(term, "value", str(term)) for key, term in row.items() if term is not None} for row in found
        ]

    # ── Topics and concepts ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _themes(self) -> tuple[Theme, ...]:
        rows = self.rows(readings.THEMES)
        return tuple(Theme(local_name(r["theme"]), r["label"], int(r["position"])) for r in rows)

    def themes(self) -> tuple[Theme, ...]:
        """Return the topics in their order."""
        return self._themes

    def theme(self, name: str) -> Theme:
        """Return a topic by slug or label; raises UnknownName."""
        return pick("topic", name, self._themes, lambda theme: (theme.label,))

    @cached_property
    def _concepts(self) -> dict[str, Concept]:
        links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self.rows(readings.CONCEPT_LINKS):
            links[row["concept"]][row["how"]].append(row["value"])
        return {
            row["concept"]: Concept(
                iri=row["concept"],
                slug=local_name(row["concept"]),
                label=row["label"],
                definition=row.get("definition", ""),
                other_labels=tuple(sorted(links[row["concept"]]["other"], key=str.casefold)),
                hidden_labels=tuple(sorted(links[row["concept"]]["hidden"], key=str.casefold)),
                theme=local_name(row["theme"]) if "theme" in row else None,
                broader=_slugs(links[row["concept"]]["broader"]),
                narrower=_slugs(links[row["concept"]]["narrower"]),
                related=_slugs(links[row["concept"]]["related"]),
            )
            for row in self.rows(readings.CONCEPTS)
        }

    def concepts(self) -> tuple[Concept, ...]:
        """Return all concepts, A to Z by label (a leading "the" or "a" does not count)."""
        return self._sorted_concepts

    @cached_property
    def _sorted_concepts(self) -> tuple[Concept, ...]:
        return tuple(sorted(self._concepts.values(), key=lambda concept: sorting_label(concept.label)))

    def concept(self, name: str) -> Concept:
        """Return a concept by slug or any of its labels; raises UnknownName."""
        found = self._concepts.get(f"{CONCEPT}{name}")
        return found or pick("concept", name, self.concepts(), lambda c: (c.label, *c.other_labels, *c.hidden_labels))

    # ── People and organisations ────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _agents(self) -> dict[str, Agent]:
        details: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self.rows(readings.AGENT_DETAILS):
            details[row["agent"]][row["how"]].append(row["value"])
        agents: dict[str, Agent] = {}
        taken: dict[str, str] = {}
        for row in self.rows(readings.AGENTS):
            slug = local_name(row["agent"])
            if taken.setdefault(slug, row["agent"]) != row["agent"]:
                slug = f"{slug}-{seminar_slug(row['agent'])}"
            agents[row["agent"]] = _agent(row, slug, details[row["agent"]])
        return agents

    def agents(self) -> tuple[Agent, ...]:
        """Return people, organisations and unnamed speakers, A to Z by name."""
        return self._sorted_agents

    @cached_property
    def _sorted_agents(self) -> tuple[Agent, ...]:
        return tuple(sorted(self._agents.values(), key=lambda agent: sorting_label(agent.name)))

    def agent(self, name: str) -> Agent:
        """Return a person or organisation by slug or any of its names; raises UnknownName."""
        return pick("person or organisation", name, self.agents(), lambda a: (a.name, a.full_name, *a.other_names))

    # ── Seminars and their passages ─────────────────────────────────────────────────────────────────────────

    @cached_property
    def _seminars(self) -> dict[str, Seminar]:
        sections: dict[str, list[str]] = defaultdict(list)
        for row in self.rows(readings.SECTIONS):
            sections[row["seminar"]].append(row["title"])
        notes: dict[str, list[str]] = defaultdict(list)
        for row in self.rows(readings.EDITOR_NOTES):
            notes[row["seminar"]].append(row["note"])
        off_map: dict[str, list[str]] = defaultdict(list)
        for row in self.rows(readings.OFF_MAP):
            off_map[row["seminar"]].append(row["concept"])
        return {
            seminar_slug(row["seminar"]): _seminar(
                row, sections[row["seminar"]], notes[row["seminar"]], off_map[row["seminar"]]
            )
            for row in self.rows(readings.SEMINARS)
        }

    def seminars(self) -> tuple[Seminar, ...]:
        """Return the seminars, oldest first."""
        return tuple(sorted(self._seminars.values(), key=lambda seminar: (seminar.start, seminar.slug)))

    def seminar(self, name: str) -> Seminar:
        """Return a seminar by slug or name; raises UnknownName."""
        return pick("seminar", name, self.seminars(), lambda seminar: (seminar.name,))

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        return {
            row["passage"]: Passage(
                iri=row["passage"],
                id=row["id"],
                section=row["section"],
                place=row["place"],
                position=int(row["position"]),
                quote=row["quote"],
                seminar=seminar_slug(row["passage"]),
            )
            for row in self.rows(readings.PASSAGES)
        }

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
        names: dict[str, str] = {}
        items: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in self.rows(readings.ORDERED_LISTS):
            names[row["list"]] = row["name"]
            items[row["list"]][int(row["position"])].append(row)
        return tuple(
            OrderedList(iri, name, tuple(_ordered_item(n, rows) for n, rows in sorted(items[iri].items())))
            for iri, name in names.items()
        )

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
        found: Iterable[Claim] = self.claims_by_iri(row["claim"] for row in self._claim_order)
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
            kinds = {local_name(row["stance"]): row["label"] for row in self.rows(readings.STANCES)}
            if stance not in kinds:
                raise UnknownName("way of saying", stance, list(kinds.items()))
            found = [claim for claim in found if claim.stance == stance]
        return tuple(found)

    def stances(self) -> dict[str, str]:
        """Return the ways in which a claim can be made: slug -> words for people ("recommends" -> "recommended")."""
        return {local_name(row["stance"]): row["label"] for row in self.rows(readings.STANCES)}

    def claim(self, slug: str) -> Claim:
        """Return a claim by its slug or IRI; raises UnknownName."""
        iri = slug if slug in self._order_of else self._claim_slugs.get(slug)
        if iri is None:
            raise UnknownName("claim", slug, [])
        return self.claims_by_iri([iri])[0]

    @cached_property
    def _claim_order(self) -> list[Row]:
        return self.rows(readings.CLAIM_ORDER)

    @cached_property
    def _order_of(self) -> dict[str, int]:
        return {row["claim"]: n for n, row in enumerate(self._claim_order)}

    @cached_property
    def _claim_slugs(self) -> dict[str, str]:
        return {claim_slug(row["claim"]): row["claim"] for row in self._claim_order}

    def claims_by_iri(self, iris: Iterable[str]) -> list[Claim]:
        """Return the claims with these IRIs, each once, in the source's order; what is not a claim is left out."""
        wanted = sorted({iri for iri in iris if iri in self._order_of}, key=self._order_of.__getitem__)
        missing = [iri for iri in wanted if iri not in self._claims]
        if missing:
            for first in range(0, len(missing), READ_AT_ONCE):
                self._claims.update(self._read_claims(missing[first : first + READ_AT_ONCE]))
        return [self._claims[iri] for iri in wanted]

    def _read_claims(self, iris: list[str]) -> dict[str, Claim]:
        links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self.rows(readings.CLAIM_LINKS, claim=iris):
            links[row["claim"]][row["how"]].append(row["value"])
        propositions: dict[str, list[Proposition]] = defaultdict(list)
        for row in self.rows(readings.PROPOSITIONS, claim=iris):
            propositions[row["claim"]].append(self._proposition(row))
        relations: dict[str, list[ClaimLink]] = defaultdict(list)
        for row in self.rows(readings.CLAIM_RELATIONS, claim=iris):
            words = {str(iri): labels for iri, labels in CITO_LABELS.items()}.get(row["how"])
            if words:
                word = words[0] if row["way"] == "forwards" else words[1]
                relations[row["claim"]].append(ClaimLink(word, claim_slug(row["other"]), row["text"]))
        return {
            row["claim"]: self._claim(row, links[row["claim"]], propositions[row["claim"]], relations[row["claim"]])
            for row in self.rows(readings.CLAIMS, claim=iris)
        }

    def _claim(
        self, row: Row, links: dict[str, list[str]], propositions: list[Proposition], relations: list[ClaimLink]
    ) -> Claim:
        passages = sorted((self._passages[iri] for iri in links["passage"]), key=lambda p: (p.position, p.iri))
        return Claim(
            iri=row["claim"],
            slug=claim_slug(row["claim"]),
            text=row["text"],
            stance=local_name(row["stance"]),
            attribution=Attribution(
                kind=local_name(row["kind"]),
                credit=row["credit"],
                agents=tuple(self._agents[iri].slug for iri in sorted(links["agent"]) if iri in self._agents),
                reported_from=tuple(self._agents[iri].slug for iri in sorted(links["reported"]) if iri in self._agents),
                nobody=bool(links["nobody"]),
            ),
            passages=tuple(passages),
            propositions=tuple(sorted(propositions, key=lambda p: p.position)),
            concepts=_slugs(links["about"]),
            seminar=seminar_slug(row["claim"]),
            links=tuple(sorted(relations, key=lambda link: (link.relation, link.claim))),
            note=row.get("note"),
        )

    def _proposition(self, row: Row) -> Proposition:
        subject, subject_label, subject_kind = self._end(row["subject"], row.get("subjectLabel"))
        object_, object_label, object_kind = self._end(row["object"], row.get("objectLabel"))
        denied = local_name(row["status"]) == "denied"
        phrase = row.get("own") or (row.get("negated") if denied else None) or row.get("label")
        return Proposition(
            position=int(row["position"]),
            status=local_name(row["status"]),
            subject=subject,
            subject_label=subject_label,
            subject_kind=subject_kind,
            relation=local_name(row["relation"]),
            phrase=phrase or local_name(row["relation"]).replace("-", " "),
            own_phrase="own" in row,
            object=object_,
            object_label=object_label,
            object_kind=object_kind,
            general=self._general.get(row["relation"], ()),
        )

    @cached_property
    def _general(self) -> dict[str, tuple[str, ...]]:
        """The IRI of each relation -> the names of the relations that it comes under."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.rows(readings.GENERAL_RELATIONS):
            found[row["relation"]].append(local_name(row["general"]))
        return {relation: tuple(names) for relation, names in found.items()}

    def _end(self, value: str, label: str | None) -> tuple[str, str, str]:
        """Return slug (or text), label and kind of one end of a proposition."""
        if value in self._concepts:
            return self._concepts[value].slug, self._concepts[value].label, "concept"
        if value in self._agents:
            return self._agents[value].slug, self._agents[value].name, "agent"
        return (local_name(value), label, "thing") if label else (value, value, "literal")


# ── Helpers: one record from its rows ───────────────────────────────────────────────────────────────────────────


def claim_slug(iri: str) -> str:
    """Return the library-wide slug of a claim: its seminar's slug, a hyphen, its own name."""
    return f"{seminar_slug(iri)}-{local_name(iri)}"


def _slugs(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(local_name(iri) for iri in iris))


def _agent(row: Row, slug: str, details: dict[str, list[str]]) -> Agent:
    kind = {"Person": "person", "Organization": "organisation"}.get(local_name(row.get("type", "")), "unnamed")
    name = row["name"]
    prefix = "".join(f"{each} " for each in sorted(details["prefix"]))
    suffix = "".join(f" {each}" for each in sorted(details["suffix"]))
    employers = sorted(details["employer"])
    return Agent(
        iri=row["agent"],
        slug=slug,
        name=name,
        kind=kind,
        full_name=f"{prefix}{name}{suffix}",
        other_names=tuple(sorted(details["other"])),
        posts=tuple(Post(title, employers[0] if employers else None) for title in sorted(details["post"])),
        roles=tuple(sorted(set(details["role"]))),
        note=row.get("note"),
    )


def _seminar(row: Row, sections: list[str], notes: list[str], off_map: list[str]) -> Seminar:
    return Seminar(
        iri=row["seminar"],
        slug=seminar_slug(row["seminar"]),
        name=row["name"],
        start=row["start"],
        end=row.get("end"),
        conference=row.get("conference"),
        focus_question=row.get("focus"),
        off_map=_slugs(off_map),
        document=Document(
            title=row["title"],
            publisher=row["publisher"],
            address=row.get("address"),
            sha256=row.get("sha256"),
            language=row.get("language", "en"),
        ),
        sections=tuple(sections),
        editor_notes=tuple(notes),
    )


def _ordered_item(position: int, rows: list[Row]) -> OrderedItem:
    claims = sorted({claim_slug(row["claim"]) for row in rows if "claim" in row})
    return OrderedItem(position, local_name(rows[0]["item"]), rows[0]["label"], tuple(claims))
