"""The group of all commands: `seminar-kg serve | publish | ask | query | map | check | questions | export`.

Exit codes: 0 done, 1 problems found, 2 wrong use or something that cannot be read. An error is one line on
standard error.
"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.ask import ask
from kg.cli.check import check
from kg.cli.common import CommandLine, data_option, examples
from kg.cli.export import export
from kg.cli.map import draw_map
from kg.cli.publish import publish
from kg.cli.query import query
from kg.cli.questions import questions
from kg.cli.serve import serve


@click.group(
    epilog=examples('seminar-kg ask "Who creates culture?"'),
    cls=CommandLine,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@data_option
@click.version_option(package_name="seminar-kg", prog_name="seminar-kg")
@click.pass_context
def commands(ctx: click.Context, more: tuple[Path, ...]) -> None:
    """Ask, query, draw and check what was claimed at a seminar."""
    ctx.obj = more


for command in (serve, publish, ask, query, draw_map, check, questions, export):
    commands.add_command(command)
