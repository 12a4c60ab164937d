"""`seminar-kg query`: a SPARQL query of one's own, as a table that fits the terminal or as a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.common import data_option, examples, local_path, no_check_option, open_data, spinner, text_of
from kg.english.numbers import counted
from kg.sparql.deviations import deviations
from kg.sparql.formats import CSV, DUMPS, JSON, MEDIA_TYPES, RDF_XML, TSV, XML
from kg.sparql.lexer import NAME_OF_VARIABLE, shape_of
from kg.sparql.query_text import with_prefixes
from kg.sparql.rows import plain
from kg.sparql.terms import bound, run
from kg.sparql.unknown_terms import unknown_terms
from kg.spreadsheet import XLSX
from kg.vocabulary import prefixed

QUERY_SECONDS = 60.0
"""How long a query may take here: longer than on a server, since nobody else waits."""

FORMATS = {"json": (JSON,), "xml": (XML, RDF_XML), "csv": (CSV,), "tsv": (TSV,), "xlsx": (XLSX,)} | {
    ending: (media_type,) for ending, media_type in DUMPS.items()
}
"""What `--format` may say besides `table`; the media type that fits the form of the query counts."""

NARROWEST = 8
"""Columns of the terminal that each column of a table needs to be readable; with fewer, each value has its own line."""

RULED = box.Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
"""A table with a rule under its head, and nothing else drawn."""


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
        _print_table(json.loads(result))
    else:
        click.echo(bytes(result), nl=result[-1:] != b"\n" and form not in ("csv", "xlsx"))
    unknown = unknown_terms(with_prefixes(sparql), result, library.data.engine)
    for hint in (*map(str, unknown), *deviations(sparql, has_unknown_terms=bool(unknown))):
        click.echo(f"seminar-kg: {_printable(hint)}", err=True)
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


def _print_table(result: dict[str, Any]) -> None:
    """Print a table for people: known prefixes for IRIs, the bare text of literals, long texts in several lines."""
    if "boolean" in result:
        click.echo("yes" if result["boolean"] else "no")
        return
    names = result["head"]["vars"]
    rows = [[_cell(row.get(name)) for name in names] for row in result["results"]["bindings"]]
    console = Console(width=None if sys.stdout.isatty() else _whole_width(names, rows), highlight=False)
    if console.width < NARROWEST * len(names):
        click.echo("\n\n".join("\n".join(map("{}: {}".format, names, row)) for row in rows))
    else:
        click.echo(_table(console, names, rows))
    click.echo(f"({counted(len(rows), 'row')})")


def _table(console: Console, names: list[str], rows: list[list[str]]) -> str:
    table = Table(box=RULED, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="")
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    with console.capture() as printed:
        console.print(table)
    return "\n".join(line.rstrip() for line in printed.get().splitlines())


def _whole_width(names: list[str], rows: list[list[str]]) -> int:
    """Return the columns of text that keep every row on one line."""
    widths = (max(Text(cell).cell_len for cell in column) for column in zip(names, *rows, strict=True))
    return max(sum(width + 3 for width in widths), 20)


def _cell(term: dict[str, Any] | None) -> str:
    value = plain(term) if term else ""
    if term and term["type"] == "uri":
        value = prefixed(value) or value
    return _printable(value)


def _printable(text: str) -> str:
    """Return a text without what is not printable and could move the cursor of a terminal."""
    return "".join(each if each.isprintable() else " " for each in text)
