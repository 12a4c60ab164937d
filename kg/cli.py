"""The command line: `seminar-kg serve | ask | query | map | check | questions | export`.

Exit codes: 0 done, 1 problems found, 2 wrong use or something that cannot be read. An error is one line on
standard error.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.commandline import CommandLine, data_option, examples, local_path, open_data, text_of
from kg.commands.ask import ask
from kg.commands.check import check
from kg.commands.export import export
from kg.commands.query import query
from kg.commands.questions import questions
from kg.commands.serve import serve
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.formats import FORMATS, format_for, propositions_tsv
from kg.maps.frame import PAGES
from kg.maps.layouts import laid_out


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


for command in (serve, ask, query, check, questions, export):
    commands.add_command(command)


def main() -> None:
    """Run the command line of this process."""
    commands.main(prog_name="seminar-kg")


# ── map ─────────────────────────────────────────────────────────────────────────────────────────────────


@commands.command(
    "map",
    epilog=examples("seminar-kg map -o seminar.svg", "seminar-kg map --focus culture --depth 2 -o culture.svg"),
)
@click.option("--focus", metavar="CONCEPT", help="The concept to centre on.")
@click.option("--depth", type=click.IntRange(1, 3), help="Steps away from the focus; 1 when left out.")
@click.option("--seminar", metavar="NAME", help="Only claims of this seminar.")
@click.option("--theme", metavar="TOPIC", help="Only claims about this topic.")
@click.option("--speaker", metavar="PERSON", help="Only claims of this person or organisation.")
@click.option("--stance", metavar="STANCE", help="Only claims made in this way, such as recommends.")
@click.option("--hide", multiple=True, metavar="CONCEPT", help="A concept to leave out; repeatable.")
@click.option("--question", metavar="TEXT", help="Draw the claims that answer this question.")
@click.option(
    "--propositions",
    metavar="FILE.tsv",
    type=local_path,
    help="Draw lines of concept TAB linking phrase TAB concept instead of a seminar.",
)
@click.option("--title", metavar="TEXT", help="What stands above the map.")
@click.option(
    "--page", default="16:9", show_default=True, type=click.Choice(list(PAGES)), help="The shape of the page."
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=local_path,
    metavar=f"OUT.({'|'.join(FORMATS)})",
    help="The file to write; its ending chooses the format.",
)
@data_option
@click.pass_context
def draw_map(ctx: click.Context, /, page: str, output: Path, more: tuple[Path, ...], **options: Any) -> int:
    """Draw the concept map of a seminar, of a part of it, or of a list of propositions.

    Concepts, people and topics go by slug or label.
    """
    form = format_for(output.suffix)
    concept_map = _chosen_map(ctx, more, {name: value for name, value in options.items() if value})
    output.write_bytes(form.write(laid_out(concept_map, page), concept_map))
    click.echo(f"{output}: {len(concept_map)} concepts, {len(concept_map.propositions)} propositions")
    return 0


def _chosen_map(ctx: click.Context, more: Sequence[Path], options: dict[str, Any]) -> ConceptMap:
    for alone in ("propositions", "question"):
        others = sorted(options.keys() - {alone, "title"})
        if alone in options and others:
            raise click.UsageError(f"--{alone} goes with --title and --page only, not with --{others[0]}.", ctx)
    if "depth" in options and "focus" not in options:
        raise click.UsageError("--depth counts the steps from a --focus; give one.", ctx)
    title = options.get("title", "")
    if "propositions" in options:
        return propositions_tsv.read(text_of(options["propositions"]), title)
    library = open_data(ctx, more)
    if "question" not in options:
        return library.concept_map(**options)
    answer = library.ask(options["question"])
    if not answer.answered:
        raise MapError(f"{answer.answer} So there is nothing to draw.")
    concept_map = library.answer_map(answer)
    concept_map.title = title or concept_map.title
    return concept_map


if __name__ == "__main__":
    main()
