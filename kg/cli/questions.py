"""`seminar-kg questions`: the ready-made questions, each one a query."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.common import data_option, examples, open_data
from kg.questions.as_rdf import executables
from kg.questions.templates import QuestionTemplate


@click.command(
    epilog=examples(
        "seminar-kg questions",
        "seminar-kg questions about-concept",
        "seminar-kg questions --format ttl > questions.ttl",
    )
)
@click.argument("name", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "ttl"]),
    default="table",
    show_default=True,
    help="What to print; ttl is sh:SPARQLSelectExecutable, for other SPARQL tools.",
)
@data_option
@click.pass_context
def questions(ctx: click.Context, name: str | None, form: str, more: tuple[Path, ...]) -> int:
    """List the ready-made questions, or show the query of one."""
    library = open_data(ctx, more)
    found = [each for each in library.questions() if name in (None, each.name)]
    if not found:
        raise click.UsageError(f"There is no ready-made question called “{name}”; `seminar-kg questions` lists them.")
    if form == "ttl":
        click.echo(executables(library.catalogue, found), nl=False)
    elif form == "json":
        told = [_template(each) for each in found]
        click.echo(json.dumps(told[0] if name else told, ensure_ascii=False, indent=2))
    elif name:
        click.echo(f"{found[0].title}\nFor example: {found[0].example}\n\n{found[0].sparql}")
    else:
        width = max(len(each.name) for each in found)
        click.echo("\n".join(f"{each.name:{width}}  {each.example}" for each in found))
    return 0


def _template(template: QuestionTemplate) -> dict[str, Any]:
    return {
        "name": template.name,
        "title": template.title,
        "example": template.example,
        "slots": template.slots,
        "sparql": template.sparql,
    }
