"""Records from the rows of the queries in `queries/`: each row is plain text by the name of its column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

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
    Role,
    Seminar,
)
from kg.vocabulary import CITO_LABELS, local_name

Texts = dict[str, str]
"""One row: the columns that are bound, as plain text."""
Details = Mapping[str, list[str]]
"""What else is said of a thing: for each way ("other", "broader") the values."""
Slugs = Mapping[str, str]
"""The slugs of all things of a kind, by IRI; an IRI that is not there is no such thing."""

_CITO_WORDS = {str(iri): words for iri, words in CITO_LABELS.items()}


def details(rows: Iterable[Texts], thing: str) -> Mapping[str, Details]:
    """Return the details of each thing, from rows of the columns `thing`, `how` and `value`."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row[thing]][row["how"]].append(row["value"])
    return found


def concept(row: Texts, more: Details, concepts: Slugs, themes: Container[str]) -> Concept:
    """Return a concept from a row of concepts.rq and its details. `themes` are the slugs of all topics."""
    theme = local_name(row.get("theme", ""))
    return Concept(
        iri=row["concept"],
        slug=concepts[row["concept"]],
        label=row["label"],
        definition=row.get("definition", ""),
        other_labels=tuple(sorted(more["other"], key=str.casefold)),
        hidden_labels=tuple(sorted(more["hidden"], key=str.casefold)),
        theme=theme if theme in themes else None,
        broader=_slugs(more["broader"], concepts),
        narrower=_slugs(more["narrower"], concepts),
        related=_slugs(more["related"], concepts),
    )


def agent(row: Texts, slug: str, more: Details, roles: Iterable[Role]) -> Agent:
    """Return an agent from a row of agents.rq, its details and its roles."""
    kind = {"Person": "person", "Organization": "organisation"}.get(local_name(row.get("type", "")), "unnamed")
    prefix = "".join(f"{each} " for each in sorted(more["prefix"]))
    suffix = "".join(f" {each}" for each in sorted(more["suffix"]))
    employers = sorted(more["employer"])
    return Agent(
        iri=row["agent"],
        slug=slug,
        name=row["name"],
        kind=kind,
        full_name=f"{prefix}{row['name']}{suffix}",
        other_names=tuple(sorted(more["other"])),
        posts=tuple(Post(title, employers[0] if employers else None) for title in sorted(more["post"])),
        roles=tuple(roles),
        note=row.get("note"),
    )


def seminar(row: Texts, slug: str, more: Details, concepts: Slugs) -> Seminar:
    """Return a seminar from a row of seminars.rq and its details."""
    return Seminar(
        iri=row["seminar"],
        slug=slug,
        name=row["name"],
        start=row.get("start"),
        end=row.get("end"),
        conference=row.get("conference"),
        focus_question=row.get("focus"),
        off_map=_slugs(more["off map"], concepts),
        document=Document(
            title=row["title"],
            publisher=row["publisher"],
            address=row.get("address"),
            sha256=row.get("sha256"),
            language=row.get("language", "en"),
        ),
        sections=tuple(more["section"]),
        editor_notes=tuple(more["note"]),
    )


def passage(row: Texts, seminar: str) -> Passage:
    """Return a passage from a row of passages.rq and the slug of its seminar."""
    return Passage(
        iri=row["passage"],
        id=row["id"],
        section=row["section"],
        place=row["place"],
        position=int(row["position"]),
        quote=row["quote"],
        seminar=seminar,
    )


def ordered_lists(rows: Iterable[Texts], seminars: Slugs, concepts: Slugs, claims: Slugs) -> tuple[OrderedList, ...]:
    """Return all ordered lists from the rows of ordered-lists.rq."""
    names: dict[str, tuple[str, str]] = {}
    items: dict[str, dict[int, list[Texts]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["item"] in concepts:
            names[row["list"]] = (seminars.get(row.get("seminar", ""), ""), row["name"])
            items[row["list"]][int(row["position"])].append(row)
    return tuple(
        OrderedList(
            iri, *named, tuple(_ordered_item(n, found, concepts, claims) for n, found in sorted(items[iri].items()))
        )
        for iri, named in names.items()
    )


def _ordered_item(position: int, rows: list[Texts], concepts: Slugs, claims: Slugs) -> OrderedItem:
    found = _slugs({row["claim"] for row in rows if "claim" in row}, claims)
    return OrderedItem(position, concepts[rows[0]["item"]], rows[0]["label"], found)


def claim_link(row: Texts, claims: Slugs) -> ClaimLink | None:
    """Return how another claim bears on one, from a row of claim-relations.rq; None if not by CiTO."""
    words = _CITO_WORDS.get(row["how"])
    if words is None or row["other"] not in claims:
        return None
    return ClaimLink(words[row["way"] != "forwards"], claims[row["other"]], row["text"])


def claim(
    row: Texts,
    slug: str,
    seminar: str,
    more: Details,
    propositions: Iterable[Proposition],
    links: Iterable[ClaimLink],
    passages: Iterable[Passage],
    agents: Slugs,
    concepts: Slugs,
) -> Claim:
    """Return a claim from a row of claims.rq, its details and the records of what belongs to it.

    `seminar` is the slug of its seminar; `agents` and `concepts` are all there are.
    """
    return Claim(
        iri=row["claim"],
        slug=slug,
        text=row["text"],
        stance=local_name(row["stance"]),
        attribution=Attribution(
            kind=local_name(row["kind"]),
            credit=row["credit"],
            agents=_in_order(more["agent"], agents),
            reported_from=_in_order(more["reported"], agents),
            nobody=bool(more["nobody"]),
            made_in=min(more["part"], default=None),
            presenters=_in_order(more["presenter"], agents),
        ),
        passages=tuple(sorted(passages, key=lambda each: (each.position, each.iri))),
        propositions=tuple(sorted(propositions, key=lambda each: each.position)),
        concepts=_slugs(more["about"], concepts),
        seminar=seminar,
        links=tuple(sorted(links, key=lambda link: (link.relation, link.claim))),
        note=row.get("note"),
    )


def proposition(
    row: Texts, concepts: Mapping[str, Concept], agents: Mapping[str, Agent], general: Iterable[str]
) -> Proposition:
    """Return a proposition from a row of propositions.rq.

    `concepts` and `agents` are all there are, by IRI; `general` the slugs of the relations that its own comes under.
    """

    def end(value: str, label: str | None) -> tuple[str, str, str]:
        """Return slug (or text), label and kind of one end."""
        if value in concepts:
            return concepts[value].slug, concepts[value].label, "concept"
        if value in agents:
            return agents[value].slug, agents[value].name, "agent"
        return (local_name(value), label, "thing") if label else (value, value, "literal")

    subject, subject_label, subject_kind = end(row["subject"], row.get("subjectLabel"))
    object_, object_label, object_kind = end(row["object"], row.get("objectLabel"))
    status = local_name(row["status"])
    phrase = row.get("own") or (row.get("negated") if status == "denied" else None) or row.get("label")
    return Proposition(
        position=int(row["position"]),
        status=status,
        subject=subject,
        subject_label=subject_label,
        subject_kind=subject_kind,
        relation=local_name(row["relation"]),
        phrase=phrase or local_name(row["relation"]).replace("-", " "),
        own_phrase="own" in row,
        object=object_,
        object_label=object_label,
        object_kind=object_kind,
        general=tuple(general),
    )


def _slugs(iris: Iterable[str], known: Slugs) -> tuple[str, ...]:
    return tuple(sorted(known[iri] for iri in iris if iri in known))


def _in_order(iris: Iterable[str], known: Slugs) -> tuple[str, ...]:
    """Return the slugs in the order of their IRIs."""
    return tuple(known[iri] for iri in sorted(iris) if iri in known)
