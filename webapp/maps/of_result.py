"""The result of a query as a concept map: of claims, or of triples.

A triple between two concepts means that it was claimed, so its arrow is drawn with who claimed it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.english.telling import maps as english
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.maps.claim_map import map_of_claims, source_line, speakers_tag
from kg.maps.concept_map import ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.links import credit_of
from kg.maps.selection import Selection
from kg.vocabulary import CONCEPT, SKOS, local_name, prefixed
from webapp.context import page_of, path_of

MOST_CONCEPTS, MOST_ARROWS = 25, 30
"""The largest map that is drawn while somebody waits: it takes some 4 seconds."""
TITLE = "What this query found"
TRIPLE_COLUMNS = (("s", "p", "o"), ("subject", "predicate", "object"))

LABELS = """
SELECT ?thing (SAMPLE(?name) AS ?label) WHERE {
  VALUES ?thing { }
  ?thing rdfs:label|skos:prefLabel|schema:name|schema:text ?name .
} GROUP BY ?thing
"""

Term = dict[str, str]
"""A term as SPARQL 1.1 Query Results JSON has it."""
Triple = tuple[str, str, str]


def can_be_drawn(columns: Sequence[str], rows: Sequence[dict[str, Term]]) -> bool:
    """Whether a result has claims or triples between things, so that a map of it may be asked for.

    Arguments:
        columns: the names of its columns: one called `claim`, or `s p o`, or `subject predicate object`, or three.
        rows: its rows, name -> term.
    """
    names = _triple_columns(columns)
    return ("claim" in columns and bool(rows)) or (names is not None and bool(_triples(rows, names)))


def concept_map(catalogue: Catalogue, columns: Sequence[str], rows: Sequence[dict[str, Term]]) -> ConceptMap:
    """Return the map of a result that can be drawn.

    Arguments:
        catalogue: the catalogue of the library that the result came from.
        columns: the names of its columns, as for `can_be_drawn`.
        rows: its rows, name -> term.

    Raises:
        MapError: nothing of it reads as an arrow between two concepts, or it is too large to be drawn at once.
    """
    if "claim" in columns:
        found = catalogue.claims_by_iri(
            row["claim"]["value"] for row in rows if row.get("claim", {}).get("type") == "uri"
        )
        drawn = map_of_claims(catalogue, found, Selection(question=TITLE), base_url="")
        _check_size(len(drawn), len(drawn.propositions))
        return drawn
    names = _triple_columns(columns)
    triples = _triples(rows, names) if names else []
    if not triples:
        raise MapError("This result has no links between two things, so there is nothing to draw.")
    things = list(dict.fromkeys(thing for subject, _, object_ in triples for thing in (subject, object_)))
    _check_size(len(things), len(triples))
    return _of_triples(catalogue, triples, things)


def _check_size(concepts: int, arrows: int) -> None:
    if concepts > MOST_CONCEPTS or arrows > MOST_ARROWS:
        raise MapError(
            f"This result has {concepts} concepts and {arrows} arrows, too many for a map that is drawn while you "
            f"wait; ask for less of it, as with LIMIT {MOST_ARROWS}."
        )


def _triple_columns(columns: Sequence[str]) -> Sequence[str] | None:
    named = next((each for each in TRIPLE_COLUMNS if set(each) <= set(columns)), tuple(columns))
    return named if len(named) == 3 else None


def _triples(rows: Sequence[dict[str, Term]], names: Sequence[str]) -> list[Triple]:
    """Return the rows that link two different things by a property, each once."""
    found: dict[Triple, None] = {}
    for row in rows:
        terms = [row.get(name, {}) for name in names]
        if all(term.get("type") == "uri" for term in terms):
            subject, predicate, object_ = (term["value"] for term in terms)
            if subject != object_:
                found[subject, predicate, object_] = None
    return list(found)


def _of_triples(catalogue: Catalogue, triples: list[Triple], things: list[str]) -> ConceptMap:
    predicates = {predicate for _, predicate, _ in triples}
    labels = {row["thing"]: row["label"] for row in catalogue.rows(LABELS, thing=sorted({*things, *predicates}))}
    made = {triple: _claims_of(catalogue, triple) for triple in triples}
    slugs = dict.fromkeys(claim.seminar for claims in made.values() for claim in claims)
    seminars = {slug: catalogue.seminar(slug) for slug in slugs}
    names = {slug: seminar.name for slug, seminar in seminars.items()} if len(seminars) > 1 else {}
    drawn = ConceptMap(
        title=TITLE,
        description=f"Concept map of {len(things)} things and {len(triples)} links that a query found.",
        source_line="; ".join(map(source_line, seminars.values())),
        themes=[(theme.slug, theme.label) for theme in catalogue.themes()],
    )
    themes = {concept.iri: concept.theme for concept in catalogue.concepts()}
    for thing in things:
        label = labels.get(thing) or prefixed(thing) or local_name(thing) or thing
        drawn.add_concept(MapConcept(thing, label, themes.get(thing), page_of(catalogue, thing)))
    for number, triple in enumerate(triples, 1):
        tag = speakers_tag(catalogue, made[triple])
        drawn.add_proposition(replace(_proposition(f"p{number}", triple, labels, made[triple], names), tag=tag))
    return drawn


def _proposition(
    identifier: str,
    triple: Triple,
    labels: dict[str, str],
    claims: tuple[Claim, ...],
    seminars: Mapping[str, str],
) -> MapProposition:
    subject, predicate, object_ = triple
    if predicate == str(SKOS.broader):
        return MapProposition(identifier, subject, object_, english.KIND_OF, "broader")
    phrase = labels.get(predicate) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local_name(predicate)).lower() or predicate
    if not claims:
        return MapProposition(identifier, subject, object_, phrase)
    return MapProposition(
        identifier,
        subject,
        object_,
        phrase,
        stance=claims[0].stance,
        credit=english.credits_joined([credit_of(claim, seminars) for claim in claims]),
        text=claims[0].text,
        href=path_of("claims", claims[0].slug),
    )


def _claims_of(catalogue: Catalogue, triple: Triple) -> tuple[Claim, ...]:
    """Return the claims that a triple stands for; of a general relation, those that join the two concepts."""
    subject, predicate, object_ = triple
    if not (subject.startswith(str(CONCEPT)) and object_.startswith(str(CONCEPT))):
        return ()
    joining = _joining(catalogue).get((local_name(subject), local_name(object_)), ())
    exact = tuple(claim for relation, claim in joining if relation == local_name(predicate))
    return exact or tuple(claim for _, claim in joining)


@lru_cache(maxsize=4)
def _joining(catalogue: Catalogue) -> dict[tuple[str, str], list[tuple[str, Claim]]]:
    """Return for each two concepts the asserted relations between them with their claims. A catalogue never changes."""
    found: dict[tuple[str, str], list[tuple[str, Claim]]] = {}
    for claim in catalogue.claims():
        for each in claim.propositions:
            if each.status == "asserted" and each.object_kind == each.subject_kind == "concept":
                found.setdefault((each.subject, each.object), []).append((each.relation, claim))
    return found
