"""`seminar-kg map`: the concept map of a seminar, a part of it, or a file of propositions."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli.common import data_option, examples, local_path, no_check_option, open_data, text_of, web_address
from kg.english.numbers import counted
from kg.english.telling import maps as english
from kg.maps.concept_map import MapError
from kg.maps.drawing.marks import UnpaintableText
from kg.maps.formats import FORMATS, PICTURES, choices_of, format_for, read_propositions
from kg.maps.layout.archive import draw
from kg.maps.limits import MOST_CONCEPTS
from kg.maps.selection import BESIDE_QUESTION, OPTIONS, Selection
from kg.maps.text import missing_words
from kg.vocabulary import BASE
from kg.whole_file import write_whole

CJK = "The extra seminar-kg[cjk] has fonts for Chinese, Japanese and Korean."
IN_EXCEL = " (in Excel: CSV UTF-8, or Unicode Text)"

WITH_PROPOSITIONS = ("page", "title", "numbers", "step")

Command = TypeVar("Command", bound=Callable[..., Any])


def selection_options(command: Command) -> Command:
    """Give a command an option for each of a `Selection`."""
    for each in reversed(fields(Selection)):
        option = OPTIONS[each.name]
        settings: dict[str, Any] = {}
        if isinstance(each.default, bool):
            settings["is_flag"] = True
        elif isinstance(each.default, tuple):
            settings["multiple"] = True
        elif option.bounds:
            least, most = option.bounds
            settings["type"] = click.IntRange(least, None if option.most_of_map else most)
        elif option.among:
            settings |= {"type": click.Choice(option.among), "default": each.default, "show_default": True}
        command = click.option(f"--{each.name}", metavar=option.metavar, help=option.help, **settings)(command)
    return command


@click.command(
    "map",
    epilog=examples(
        "seminar-kg map -o seminar.svg",
        "seminar-kg map --focus culture --depth 2 --scale 3 -o culture.png",
        "seminar-kg map --overview -o topics.svg",
        "seminar-kg map --focus culture --step 3 -o culture.svg",
        "seminar-kg map --focus culture --build-up -o culture.pdf",
        "seminar-kg map --propositions my-map.cxl --page a4 -o my-map.pdf",
    ),
)
@selection_options
@click.option(
    "--propositions",
    metavar="FILE.(tsv|csv|cxl)",
    type=local_path,
    help="Draw lines of concept TAB linking phrase TAB concept, or of CSV, or a map of CmapTools, not a seminar.",
)
@click.option("--scale", type=click.IntRange(1, 3), help="PNG only: pixels for each px of the page; 2 when left out.")
@click.option("--transparent", is_flag=True, help="PNG only: no white page behind the map.")
@click.option("--build-up", is_flag=True, help="PDF only: a page a step, each with one more arrow or fan.")
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
@no_check_option
@data_option
@click.pass_context
def draw_map(
    ctx: click.Context, /, output: Path, base_url: str, any_data: bool, more: tuple[Path, ...], **options: Any
) -> int:
    """Draw the concept map of a seminar, of a part of it, or of a list of propositions.

    Concepts, people and topics go by slug or label.
    """
    if not output.suffix:
        raise click.BadParameter(f"{output} has no ending to choose the format by.", ctx, param_hint="--output")
    form = format_for(output.suffix)
    given = {name: value for name, value in options.items() if value not in (None, False, ())}
    choices = {name: given.pop(name) for name in ("scale", "transparent", "build_up") if name in given}
    for name in choices.keys() - choices_of(form):
        fitting = ", ".join(f".{each}" for each in FORMATS if name in choices_of(FORMATS[each]))
        raise click.UsageError(f"--{_flag(name)} goes with {fitting} only, not with .{form.EXTENSION}.", ctx)
    if "step" in given and (form.EXTENSION not in PICTURES or "build_up" in choices):
        other = "--build-up" if "build_up" in choices else f".{form.EXTENSION}, which has the whole map"
        raise click.UsageError(f"--step goes with .{', .'.join(PICTURES)} only, not with {other}.", ctx)
    propositions = given.pop("propositions", None)
    _check_together(ctx, given, propositions)
    selection = Selection(**given)
    if propositions:
        concept_map = read_propositions(text_of(propositions, IN_EXCEL), propositions.name, selection.title or "")
        selection.shown_on(concept_map)
        for each in concept_map.undrawn:
            click.echo(f"seminar-kg: {propositions.name}: {each}", err=True)
    else:
        concept_map = open_data(ctx, more, check=not any_data).concept_map(selection, base_url=base_url)
        if len(concept_map) > MOST_CONCEPTS:
            narrower = ("--theme", "--focus", "--most")
            raise MapError(english.too_large(len(concept_map), MOST_CONCEPTS, "--overview", narrower))
    drawing = draw(concept_map, selection.page)
    missing = drawing.geometry.missing
    wide = [each for each in missing if unicodedata.east_asian_width(each) == "W" and each.isalpha()]
    extra = f" {CJK}" if wide else ""
    try:
        write_whole(output, form.write(drawing.geometry, concept_map, **choices))
    except UnpaintableText as error:
        raise UnpaintableText(f"{error}{extra}") from None
    for each in concept_map.left_out:
        click.echo(f"seminar-kg: {each}", err=True)
    if missing:
        click.echo(f"seminar-kg: {missing_words(missing)}{extra}", err=True)
    links = counted(len(concept_map.propositions), "proposition")
    click.echo(f"{output}: {counted(len(concept_map), 'concept')}, {links}")
    return 0


def _flag(name: str) -> str:
    return name.replace("_", "-")


def _check_together(ctx: click.Context, given: dict[str, Any], propositions: Path | None) -> None:
    for alone, fitting in (("propositions", WITH_PROPOSITIONS), ("question", BESIDE_QUESTION)):
        others = sorted(given.keys() - {*fitting, alone})
        if (propositions if alone == "propositions" else alone in given) and others:
            named = ", ".join(f"--{each}" for each in sorted(fitting))
            raise click.UsageError(f"--{alone} goes with {named} only, not with --{others[0]}.", ctx)
    if "depth" in given and "focus" not in given:
        raise click.UsageError("--depth counts the steps from a --focus; give one.", ctx)
