"""`seminar-kg export`: all data in one file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click
import pyoxigraph as ox

from kg.cli.common import data_option, examples, open_data
from kg.library import Library
from kg.maps.concept_map import ConceptMap
from kg.maps.formats import propositions_tsv
from kg.maps.layout.archive import draw
from kg.vocabulary import PREFIXES

RDF_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
CSV_COLUMNS = ("claim", "text", "credit", "attribution", "stance", "passages", "quotations", "concepts")


@click.command(epilog=examples("seminar-kg export --format csv > claims.csv"))
@click.option(
    "--format",
    "form",
    type=click.Choice([*RDF_FORMATS, "csv", "propositions"]),
    default="ttl",
    show_default=True,
    help="What to write; see above.",
)
@data_option
@click.pass_context
def export(ctx: click.Context, form: str, more: tuple[Path, ...]) -> int:
    """Write all data to standard output.

    csv has a row for each claim; propositions has the arrows of the map as lines of
    concept TAB linking phrase TAB concept.
    """
    library = open_data(ctx, more)
    if form == "csv":
        body = _claims_as_csv(library).encode()
    elif form == "propositions":
        concept_map = library.concept_map()
        # This format has words alone, so that nothing needs to be arranged.
        body = propositions_tsv.write(draw(ConceptMap()).geometry, concept_map)
    else:
        triples = sorted(library.data.triples, key=str)
        body = ox.serialize(triples, format=RDF_FORMATS[form], prefixes=PREFIXES) or b""
    click.echo(body, nl=False)
    return 0


def _claims_as_csv(library: Library) -> str:
    """Return a row for each claim in the source's order (RFC 4180); "; " parts several values of a cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for claim in library.catalogue.claims():
        writer.writerow(
            (
                claim.iri,
                claim.text,
                claim.attribution.credit,
                claim.attribution.kind,
                claim.stance,
                "; ".join(dict.fromkeys(passage.id for passage in claim.passages)),
                "; ".join(passage.quote for passage in claim.passages),
                "; ".join(library.catalogue.concept(slug).label for slug in claim.concepts),
            )
        )
    return text.getvalue()
