"""`seminar-kg map`: the concept map of a seminar, a part of it, or a file of propositions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.common import data_option, examples, local_path, open_data, text_of, web_address
from kg.maps.concept_map import MOST_CONCEPTS, ConceptMap, MapError
from kg.maps.drawing.frame import PAGES
from kg.maps.formats import FORMATS, choices_of, format_for, read_propositions
from kg.maps.layout.kept import laid_out
from kg.maps.overview import too_large
from kg.maps.text import control_characters, missing_words
from kg.vocabulary import BASE


@click.command(
    "map",
    epilog=examples(
        "seminar-kg map -o seminar.svg",
        "seminar-kg map --focus culture --depth 2 --scale 3 -o culture.png",
        "seminar-kg map --overview -o topics.svg",
        "seminar-kg map --propositions my-map.cxl --page a4 -o my-map.pdf",
    ),
)
@click.option("--focus", metavar="CONCEPT", help="The concept to centre on.")
@click.option("--depth", type=click.IntRange(1, 3), help="Steps away from the focus; 1 when left out.")
@click.option("--seminar", metavar="NAME", help="Only claims of this seminar.")
@click.option("--theme", metavar="TOPIC", help="Only claims about this topic.")
@click.option("--speaker", metavar="PERSON", help="Only claims of this person or organisation.")
@click.option("--stance", metavar="STANCE", help="Only claims made in this way, such as recommends.")
@click.option("--hide", multiple=True, metavar="CONCEPT", help="A concept to leave out; repeatable.")
@click.option("--most", type=click.IntRange(2, 500), help="Keep so many concepts, those of most interest.")
@click.option("--overview", is_flag=True, help="Draw the topics, and how many claims lead from one to another.")
@click.option("--question", metavar="TEXT", help="Draw the claims that answer this question.")
@click.option(
    "--propositions",
    metavar="FILE.(tsv|cxl)",
    type=local_path,
    help="Draw lines of concept TAB linking phrase TAB concept, or a map of CmapTools, instead of a seminar.",
)
@click.option("--title", metavar="TEXT", help="What stands above the map.")
@click.option(
    "--page", default="16:9", show_default=True, type=click.Choice(list(PAGES)), help="The shape of the page."
)
@click.option("--scale", type=click.IntRange(1, 3), help="PNG only: pixels for each px of the page; 2 when left out.")
@click.option("--transparent", is_flag=True, help="PNG only: no white page behind the map.")
@click.option(
    "--base-url",
    metavar="URL",
    default=BASE.rstrip("/"),
    show_default=True,
    callback=web_address,
    help="Where the pages are that the map links to.",
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
def draw_map(
    ctx: click.Context, /, page: str, output: Path, base_url: str, more: tuple[Path, ...], **options: Any
) -> int:
    """Draw the concept map of a seminar, of a part of it, or of a list of propositions.

    Concepts, people and topics go by slug or label.
    """
    if not output.suffix:
        raise click.BadParameter(f"{output} has no ending to choose the format by.", ctx, param_hint="--output")
    form = format_for(output.suffix)
    given = {name: value for name, value in options.items() if value}
    choices = {name: given.pop(name) for name in ("scale", "transparent") if name in given}
    for name in choices.keys() - choices_of(form):
        fitting = ", ".join(f".{each}" for each in FORMATS if name in choices_of(FORMATS[each]))
        raise click.UsageError(f"--{name} goes with {fitting} only, not with .{form.EXTENSION}.", ctx)
    concept_map = _chosen_map(ctx, more, given, page, base_url)
    if len(concept_map) > MOST_CONCEPTS and "propositions" not in given:
        raise MapError(too_large(len(concept_map), "--overview", "--theme", "--focus", "--most"))
    geometry = laid_out(concept_map, page)
    output.write_bytes(form.write(geometry, concept_map, **choices))
    if geometry.missing:
        click.echo(f"seminar-kg: {missing_words(geometry.missing)}", err=True)
    concepts, propositions = len(concept_map), len(concept_map.propositions)
    click.echo(f"{output}: {_count(concepts, 'concept')}, {_count(propositions, 'proposition')}")
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


ALONE = {"propositions": {"title"}, "question": {"title", "hide", "most"}}
"""Options that choose what to draw by themselves, with those that go with them."""


def _chosen_map(
    ctx: click.Context, more: Sequence[Path], options: dict[str, Any], page: str, base_url: str
) -> ConceptMap:
    for alone, fitting in ALONE.items():
        others = sorted(options.keys() - fitting - {alone})
        if alone in options and others:
            named = ", ".join(f"--{each}" for each in sorted({*fitting, "page"}))
            raise click.UsageError(f"--{alone} goes with {named} only, not with --{others[0]}.", ctx)
    if "depth" in options and "focus" not in options:
        raise click.UsageError("--depth counts the steps from a --focus; give one.", ctx)
    title = options.get("title", "")
    if wrong := control_characters(title):
        raise MapError(f"The title has the control character {wrong[0]}; leave it out.")
    if "propositions" in options:
        return read_propositions(text_of(options["propositions"]), options["propositions"].name, title)
    library = open_data(ctx, more)
    if "question" not in options:
        return library.concept_map(**options, page=page, base_url=base_url)
    answer = library.ask(options.pop("question"))
    if not answer.answered:
        raise MapError(f"{answer.answer} So there is nothing to draw.")
    return library.answer_map(answer, base_url, **options, page=page)
