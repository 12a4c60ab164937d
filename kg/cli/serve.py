"""`seminar-kg serve`: the pages and the SPARQL endpoint."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import Any

import click

from kg.cli.common import (
    data_option,
    data_paths,
    examples,
    interrupts,
    lasting,
    local_path,
    no_check_option,
    say_wait,
    web_address,
)


@click.command(
    epilog=examples("seminar-kg serve --port 8080", "seminar-kg serve --no-check --graph urn:graph:1=some.nt")
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free one.")
@click.option(
    "--base-url", metavar="URL", callback=web_address, help="The public address, where it is not the one listened on."
)
@click.option("--trusted-host", "trusted", multiple=True, metavar="NAME", help="A host to answer; repeatable.")
@click.option(
    "--deadline",
    default=3.0,
    show_default=True,
    type=click.FloatRange(0, 3600, min_open=True),
    help="Seconds that a SPARQL query from outside may take.",
)
@click.option(
    "--frame-ancestor",
    "ancestors",
    multiple=True,
    metavar="SITE",
    help="A site that may frame what is under /embed/, such as https://learn.example.org; repeatable. Default: any.",
)
@click.option("--graph", "graphs", multiple=True, metavar="IRI=FILE", help="A file as a named graph; repeatable.")
@click.option(
    "--log-unanswered",
    "log",
    metavar="FILE",
    type=local_path,
    help="Add a line of JSON to FILE for each question that is not answered; visitors are told. Default: off.",
)
@no_check_option
@data_option
@click.pass_context
def serve(
    ctx: click.Context,
    host: str,
    port: int,
    base_url: str | None,
    trusted: tuple[str, ...],
    deadline: float,
    ancestors: tuple[str, ...],
    graphs: tuple[str, ...],
    log: Path | None,
    any_data: bool,
    more: tuple[Path, ...],
) -> int:
    """Serve the pages and the SPARQL endpoint until Ctrl-C."""
    # Not imported above, because `kg` is a library that knows nothing of Flask and this command alone does.
    # There is no circle: the website imports kg.library, never this module.
    with interrupts(signal.SIG_DFL), lasting():
        from webapp.server import Served
        from webapp.server import serve as serve_pages
        from webapp.trusted_hosts import TrustedHosts
    try:
        TrustedHosts(trusted)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param_hint="--trusted-host") from None

    config: dict[str, Any] = {
        "BASE_URL": base_url,
        "TRUSTED_HOSTS": list(trusted) or None,
        "DEADLINE": deadline,
        "UNANSWERED_LOG": log,
    }
    if ancestors:
        config["EMBED_ANCESTORS"] = tuple(_source(ctx, each) for each in ancestors)
    named = dict(_named_graph(ctx, each) for each in graphs)
    if not any_data:
        say_wait(data_paths(ctx, more) or ())
    return serve_pages(host, port, Served(data_paths(ctx, more), named, any_data), config)


def _source(ctx: click.Context, text: str) -> str:
    """Return a source as Content Security Policy Level 3, 2.3.1 writes it; anything else could add rules."""
    if not re.fullmatch(r"'none'|'self'|\*|[a-z][a-z0-9+.-]*:|(https?://)?(\*\.)?[\w.-]+(:(\d+|\*))?", text):
        message = f"“{text}” is no site; write it as https://learn.example.org."
        raise click.BadParameter(message, ctx, param_hint="--frame-ancestor")
    return text


def _named_graph(ctx: click.Context, text: str) -> tuple[str, Path]:
    """Return the IRI and the file of `--graph`; an IRI may hold "=" too, so the last one parts them."""
    iri, equals, name = text.rpartition("=")
    if not (iri and equals and name):
        raise click.BadParameter("write it as IRI=FILE.", ctx, param_hint="--graph")
    return iri, local_path(name)
