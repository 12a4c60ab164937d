"""`seminar-kg query`: a SPARQL query of one's own, as a table that fits the terminal or as a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from kg.cli.common import data_option, examples, local_path, no_check_option, open_data, printable, spinner, text_of
from kg.sparql.deviations import deviations
from kg.sparql.formats import CSV, DUMPS, JSON, MEDIA_TYPES, RDF_XML, TSV, XML
from kg.sparql.lexer import NAME_OF_VARIABLE, shape_of
from kg.sparql.query_text import with_prefixes
from kg.sparql.terms import bound, run
from kg.sparql.unknown_terms import unknown_terms
from kg.spreadsheet import XLSX

QUERY_SECONDS = 60.0
"""How long a query may take here: longer than on a server, since nobody else waits."""

FORMATS = {"json": (JSON,), "xml": (XML, RDF_XML), "csv": (CSV,), "tsv": (TSV,), "xlsx": (XLSX,)} | {
    ending: (media_type,) for ending, media_type in DUMPS.items()
}
"""What `--format` may say besides `table`; the media type that fits the form of the query counts."""


@click.command(
    epilog=examples(
        'seminar-kg query --text "SELECT ?text { ?claim schema:text ?text }"',
        "seminar-kg query question.rq --bind concept=concept:culture --format csv",
        "cat question.rq | seminar-kg query -",
    )
)
@click.argument("file", required=False, metavar="[FILE|-]", type=local_path)
@click.option("--text", metavar="SPARQL", help="The query itself, instead of a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *FORMATS]),
    help="Default: table, or ttl for CONSTRUCT and DESCRIBE.",
)
@click.option(
    "--bind",
    "bindings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Put a term into VALUES ?NAME { }; repeatable. VALUE is <iri>, https://... or urn:..., prefix:name with a "
    "prefix that is known or that the query declares, a number (12, .5, 1e3), a literal as SPARQL writes it "
    """("Culture"@en, "2014-06-06"^^xsd:date), or else text. In quotation marks it is always text: 'x="foo:bar"'. """
    "A relative <iri> belongs to https://w3id.org/seminar-kg/.",
)
@no_check_option
@data_option
@click.pass_context
def query(
    ctx: click.Context,
    file: Path | None,
    text: str | None,
    form: str | None,
    bindings: tuple[str, ...],
    any_data: bool,
    more: tuple[Path, ...],
) -> int:
    """Run a read-only SPARQL query from a FILE, or from standard input.

    Known prefixes (skos:, schema:, concept: ...) may be left out. A table is made to fit the terminal; written to
    a file or another program, its rows are whole lines. A table has the first 10,000 rows; the other formats have all.
    """
    if (file is None) == (text is None):
        raise click.UsageError("Give either a file (or - for standard input) or --text.", ctx)
    sparql = _bound(text if file is None else text_of(file), bindings, ctx)  # type: ignore[arg-type]
    form, media_type = _format(sparql, form, ctx)
    if form == "xlsx" and sys.stdout.isatty():
        raise click.UsageError("A spreadsheet cannot be shown here; send it to a file, as in “> result.xlsx”.", ctx)
    with spinner("Running the query; Ctrl-C ends it"):
        library = open_data(ctx, more, check=not any_data)
        # In the confined child process it can reach no network and be stopped.
        engine = library.outside_engine(whole=form != "table")
        result = run(sparql, lambda whole: engine.execute(whole, media_type, QUERY_SECONDS))
    if form == "table":
        from kg.cli.table import print_table

        print_table(json.loads(result))
    else:
        click.echo(bytes(result), nl=result[-1:] != b"\n" and form not in ("csv", "xlsx"))
    unknown = unknown_terms(with_prefixes(sparql), result, library.data.engine)
    for hint in (*map(str, unknown), *deviations(sparql, has_unknown_terms=bool(unknown))):
        click.echo(f"seminar-kg: {printable(hint)}", err=True)
    if result.truncated:
        words = "only the first rows are shown; add LIMIT and OFFSET for the others, or --format csv for all of them."
        click.echo(f"seminar-kg: {words}", err=True)
    return 0


def _bound(sparql: str, bindings: Iterable[str], ctx: click.Context) -> str:
    values: dict[str, list[str]] = {}
    try:
        for binding in bindings:
            name, equals, value = binding.partition("=")
            name = name[1:] if name[:1] in ("?", "$") else name
            if not equals or not NAME_OF_VARIABLE.fullmatch(name):
                raise ValueError(f"“{binding}” is not NAME=VALUE.")
            values.setdefault(name, []).append(value)
        return bound(sparql, values)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param_hint="--bind") from None


def _format(sparql: str, form: str | None, ctx: click.Context) -> tuple[str, str]:
    """Return the format and its media type for the form of this query."""
    shape = shape_of(sparql)
    form = form or ("ttl" if shape.form in ("CONSTRUCT", "DESCRIBE") else "table")
    offered = MEDIA_TYPES[shape.form or "SELECT"]
    media_type = next((kind for kind in FORMATS["json" if form == "table" else form] if kind in offered), None)
    if media_type is None:
        raise click.BadParameter(f"the result of {shape.form} does not come as {form}.", ctx, param_hint="--format")
    return form, media_type
