"""All data in one file: RDF, or claims as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph.catalogue import Catalogue
from kg.graph.load import DataSet
from kg.graph.records import Claim
from kg.sparql.formats import N_TRIPLES
from kg.vocabulary import PREFIXES

COLUMNS = (
    "claim",
    "text",
    "credit",
    "attribution",
    "stance",
    "passages",
    "quotations",
    "concepts",
    "address",
    "seminar",
)
"""The columns of claims as a table; docs/model.md says what each holds."""
DESCRIBED_AT_ONCE = 40
"""Things described by one query, so that it stays within the engine's length limit."""


def all_triples(data: DataSet) -> Iterator[ox.Triple]:
    """Yield every triple of the default graph, those worked out included."""
    engine = data.engines.inside(whole=True)
    found = engine.execute("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", N_TRIPLES)
    return (quad.triple for quad in ox.parse(bytes(found), format=ox.RdfFormat.N_TRIPLES))


def data_as_rdf(data: DataSet, media_type: str) -> bytes:
    """Return every triple in a format of RDF, sorted: the same bytes each time."""
    return _sorted_rdf(all_triples(data), media_type)


def claims_as_rdf(data: DataSet, claims: Iterable[Claim], media_type: str) -> bytes:
    """Return what the graph says of claims and of their passages, sorted: the same bytes each time.

    It is the concise bounded description of each (W3C member submission CBD): its triples, and those of its
    propositions and selectors, which have no name.

    Arguments:
        data: where the claims stand.
        claims: the claims.
        media_type: a format of RDF.
    """
    engine = data.engines.inside(whole=True)
    iris = list(dict.fromkeys(iri for claim in claims for iri in (claim.iri, *(each.iri for each in claim.passages))))
    found: set[ox.Triple] = set()
    for first in range(0, len(iris), DESCRIBED_AT_ONCE):
        names = " ".join(str(ox.NamedNode(iri)) for iri in iris[first : first + DESCRIBED_AT_ONCE])
        body = engine.execute(f"DESCRIBE {names}", N_TRIPLES)
        found.update(quad.triple for quad in ox.parse(bytes(body), format=ox.RdfFormat.N_TRIPLES))
    return _sorted_rdf(found, media_type)


def _sorted_rdf(triples: Iterable[ox.Triple], media_type: str) -> bytes:
    syntax = ox.RdfFormat.from_media_type(media_type)
    body = ox.serialize(sorted(triples, key=str), format=syntax, prefixes=PREFIXES)
    assert body is not None, "serialize() returns bytes when it is given no file"
    return body


def claims_as_csv(catalogue: Catalogue, claims: Iterable[Claim] | None = None, base_url: str = "") -> str:
    """Return a row for each claim in the source's order (RFC 4180); "; " parts several values of a cell.

    Arguments:
        catalogue: where the names of the concepts stand.
        claims: the claims; None for all.
        base_url: where the pages of the claims are; "" for their paths within the site.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for claim in catalogue.claims() if claims is None else claims:
        writer.writerow(
            (
                claim.iri,
                claim.text,
                claim.attribution.credit,
                claim.attribution.kind,
                claim.stance,
                "; ".join(dict.fromkeys(passage.id for passage in claim.passages)),
                "; ".join(passage.quote for passage in claim.passages),
                "; ".join(catalogue.concept(slug).label for slug in claim.concepts),
                f"{base_url}/claims/{claim.slug}",
                catalogue.seminar(claim.seminar).name,
            )
        )
    return text.getvalue()
