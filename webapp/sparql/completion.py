"""What the query editor offers while a query is typed: the words of the vocabulary and the things of the data."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kg.library import Library
from kg.vocabulary import PREFIXES, prefixed

TERMS = """
SELECT ?term ?kind (SAMPLE(?name) AS ?label) WHERE {
  { SELECT DISTINCT ?term ("class" AS ?kind) WHERE { ?thing a ?term } }
  UNION
  { SELECT DISTINCT ?term ("property" AS ?kind) WHERE { ?subject ?term ?object } }
  UNION
  { SELECT DISTINCT ?term ("relation" AS ?kind) WHERE {
      ?proposition rdf:predicate/rdfs:subPropertyOf* ?term . FILTER(STRSTARTS(STR(?term), STR(relation:))) } }
  UNION
  { SELECT DISTINCT ?term ("value" AS ?kind) WHERE {
      ?claim sk:stance|sk:attributionKind|sk:proposition/sk:status ?term } }
  OPTIONAL { ?term rdfs:label|skos:prefLabel ?name }
} GROUP BY ?term ?kind ORDER BY ?term ?kind
"""


@lru_cache(maxsize=4)
def completions(source: Library) -> dict[str, Any]:
    """Return the prefixes, prefix -> IRI, and the terms as name, kind, label and other labels.

    A term is offered where it has a prefixed name, so by its IRI alone it is none. A library never changes.
    """
    terms: dict[str, dict[str, Any]] = {}
    for concept in source.catalogue.concepts():
        _add(terms, concept.iri, "concept", concept.label, concept.other_labels)
    for theme in source.catalogue.themes():
        _add(terms, f"{PREFIXES['theme']}{theme.slug}", "topic", theme.label)
    for row in source.catalogue.rows(TERMS):
        _add(terms, row["term"], row["kind"], row.get("label", ""))
    return {"prefixes": PREFIXES, "terms": list(terms.values())}


def _add(terms: dict[str, dict[str, Any]], iri: str, kind: str, label: str, others: tuple[str, ...] = ()) -> None:
    name = prefixed(iri)
    if name and "/" not in name and "#" not in name:
        known = terms.setdefault(name, {"name": name, "kind": kind, "label": label, "others": list(others)})
        if kind == "relation":
            known["kind"] = kind
