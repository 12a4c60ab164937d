"""`seminar-kg export`: all data in one file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import data_option, examples, open_data
from kg.graph.export import claims_as_csv, data_as_rdf
from kg.maps.claim_map import whole_list
from kg.maps.concept_map import ConceptMap
from kg.maps.formats import propositions_tsv
from kg.maps.layout.archive import draw
from kg.sparql.formats import DUMPS


@click.command(epilog=examples("seminar-kg export --format csv > claims.csv"))
@click.option(
    "--format",
    "form",
    type=click.Choice([*DUMPS, "csv", "propositions"]),
    default="ttl",
    show_default=True,
    help="What to write; see above.",
)
@data_option
@click.pass_context
def export(ctx: click.Context, form: str, more: tuple[Path, ...]) -> int:
    """Write all data to standard output.

    csv has a row for each claim; propositions has every arrow that claims make, and the editor's links, as lines of
    concept TAB linking phrase TAB concept TAB status TAB how it was said TAB who said it. Claims that make no arrow,
    such as those about the event, are counted in its last line and on standard error.
    """
    library = open_data(ctx, more)
    if form == "csv":
        body = claims_as_csv(library.catalogue).encode()
    elif form == "propositions":
        concept_map = whole_list(library.catalogue)
        # This format has words alone, so that nothing needs to be arranged.
        body = propositions_tsv.write(draw(ConceptMap()).geometry, concept_map)
        for each in concept_map.left_out:
            click.echo(f"seminar-kg: {each}", err=True)
    else:
        body = data_as_rdf(library.data, DUMPS[form])
    click.echo(body, nl=False)
    return 0
