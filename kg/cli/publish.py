"""`seminar-kg publish`: the pages as a site of files, for any web space and for a disk."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from kg.cli.common import (
    data_option,
    examples,
    interrupts,
    local_path,
    no_check_option,
    open_data,
    spinner,
    web_address,
)
from kg.english.numbers import counted
from kg.maps.formats import FORMATS


@click.command(
    epilog=examples(
        "seminar-kg publish site --base-url https://example.org/seminar",
        "seminar-kg publish site --base-url https://example.org/seminar --leave-out png --leave-out pdf",
    )
)
@click.argument("folder", type=local_path, metavar="DIR")
@click.option(
    "--base-url",
    metavar="URL",
    required=True,
    callback=web_address,
    help="Where the site will be: what is taken from it, such as a map, names this address.",
)
@click.option(
    "--leave-out",
    "left_out",
    multiple=True,
    type=click.Choice(tuple(FORMATS)),
    metavar="FORMAT",
    help=f"A format of maps to do without, such as png, which takes longest; repeatable. Of {', '.join(FORMATS)}.",
)
@no_check_option
@data_option
@click.pass_context
def publish(
    ctx: click.Context,
    folder: Path,
    base_url: str,
    left_out: tuple[str, ...],
    any_data: bool,
    more: tuple[Path, ...],
) -> int:
    """Write every page, map, ready-made question and download into DIR.

    The site works from any web space, under any address, and from a disk: open index.html. DIR is a new folder, an
    empty one, or one that holds what was published before and nothing else; it is replaced when all is written.
    Questions in any words, queries, and choices of a map take a server, `seminar-kg serve`; a search stands for them.
    """
    # Not imported above: see kg.cli.serve.
    with interrupts(signal.SIG_DFL):
        from webapp.publishing.site import publish as publish_site

    library = open_data(ctx, more, check=not any_data)
    if not library.data.has_claims:
        raise click.UsageError("There is no claim in these files, so there are no pages to publish.", ctx)
    with spinner("Writing the pages, which takes up to a minute a seminar ..."):
        done = publish_site(library, folder, base_url, left_out)
    pages, files = counted(done.pages, "page"), counted(done.files, "other file")
    click.echo(f"{folder}: {pages}, {files}, {done.size / 1e6:.0f} MB")
    return 0
