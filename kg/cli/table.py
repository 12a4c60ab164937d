"""A query's result as a table for people. It needs rich, which takes long to load and which little else needs."""

from __future__ import annotations

import sys
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.common import printable
from kg.english.numbers import counted
from kg.sparql.rows import plain
from kg.vocabulary import prefixed

NARROWEST = 8
"""Columns of the terminal that each column of a table needs to be readable; with fewer, each value has its own line."""

RULED = box.Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
"""A table with a rule under its head, and nothing else drawn."""


def print_table(result: dict[str, Any]) -> None:
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
    return printable(value)
