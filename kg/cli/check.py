"""`seminar-kg check`: what is wrong with a file of claims."""

from __future__ import annotations

from pathlib import Path

import click

from kg.check import beside_faults
from kg.check import check as check_files
from kg.cli.common import data_option, data_paths, examples, local_path, say_wait
from kg.graph.files import UnreadableFile, files_of, refuse_other_than_files
from kg.graph.load import packaged_data


@click.command(epilog=examples("seminar-kg check data/seminar.ttl --source seminar.txt"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=local_path)
@click.option(
    "--source",
    metavar="TEXT",
    type=local_path,
    help="The text that the quotations were taken from, to compare them with.",
)
@data_option
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], source: Path | None, more: tuple[Path, ...]) -> int:
    """Check each FILE of claims, with a line for each problem found."""
    data = list(files_of(data_paths(ctx, more) or [packaged_data()]))
    try:
        for file in files:
            refuse_other_than_files(file)
        say_wait(files)
        report = check_files(files, data=data, source=source)
    except UnreadableFile as error:
        for each in (error, *error.others):
            click.echo(f"seminar-kg: {each}", err=True)
        for problem in beside_faults(error):
            click.echo(str(problem), err=True)
        return 2
    for problem in report:
        click.echo(str(problem), err=True)
    if not report:
        click.echo("No problems." if source else "No problems; quotations were not compared, which needs --source.")
    return 1 if report else 0
