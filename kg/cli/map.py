"""`seminar-kg map`: the concept map of a seminar, a part of it, or a file of propositions."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from kg.cli.common import data_option, examples, local_path, no_check_option, open_data, text_of, web_address
from kg.english.numbers import counted
from kg.english.telling import handouts
from kg.english.telling import maps as english
from kg.maps.concept_map import MapError
from kg.maps.drawing.marks import UnpaintableText
from kg.maps.formats import (
    FORMATS,
    PAGED,
    PICTURES,
    Format,
    choices_of,
    format_for,
    read_propositions,
    write_handout,
)
from kg.maps.handouts.booklet import handout_of_map
from kg.maps.handouts.exercise import check_size
from kg.maps.layout.archive import draw
from kg.maps.limits import MOST_CONCEPTS
from kg.maps.paper import HANDOUT, SIZES
from kg.maps.selection import BESIDE_QUESTION, OPTIONS, Selection
from kg.maps.text import missing_words
from kg.vocabulary import BASE
from kg.whole_file import write_whole

CJK = "The extra seminar-kg[cjk] has fonts for Chinese, Japanese and Korean."
IN_EXCEL = " (in Excel: CSV UTF-8, or Unicode Text)"

CHOICES = ("scale", "transparent", "exercise", "build_up")
"""What may be chosen of some formats."""
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
        "seminar-kg map --size handout -o handout.pdf",
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
@click.option(
    "--size",
    type=click.Choice(tuple(SIZES)),
    help="What it is for, instead of --page: slide is 16:9, poster a3-landscape; a handout is several pages of A4.",
)
@click.option("--exercise", is_flag=True, help="PDF only: gaps to fill in, the missing words, and the answers.")
@click.option("--scale", type=click.IntRange(1, 3), help="PNG only: pixels for each px of the page; 2 when left out.")
@click.option("--transparent", is_flag=True, help="PNG only: no white page behind the map.")
@click.option("--build-up", is_flag=True, help="PDF only: a page a step, each with one more arrow or fan.")
@click.option(
    "--base-url",
    metavar="URL",
    default=BASE.rstrip("/"),
    show_default=True,
    callback=web_address,
    help="Where the pages are that the map links to; '' for a map without links.",
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
    choices = {name: given.pop(name) for name in CHOICES if name in given}
    for name in choices.keys() - choices_of(form):
        fitting = ", ".join(f".{each}" for each in FORMATS if name in choices_of(FORMATS[each]))
        raise click.UsageError(f"--{_flag(name)} goes with {fitting} only, not with .{form.EXTENSION}.", ctx)
    propositions, size = given.pop("propositions", None), given.pop("size", None)
    given["page"] = _page(ctx, given["page"], size, "exercise" in choices)
    several = [f"--size {HANDOUT}"] if size == HANDOUT else []
    several += [f"--{_flag(name)}" for name in ("exercise", "build_up") if name in choices]
    _check_pages(ctx, form, given, several)
    _check_together(ctx, given, propositions)
    selection, library = Selection(**given), None
    if propositions:
        concept_map = read_propositions(text_of(propositions, IN_EXCEL), propositions.name, selection.title or "")
        selection.shown_on(concept_map)
        for each in concept_map.undrawn:
            click.echo(f"seminar-kg: {propositions.name}: {each}", err=True)
    else:
        library = open_data(ctx, more, check=not any_data)
        concept_map = library.concept_map(selection, base_url=base_url or None)
        if len(concept_map) > MOST_CONCEPTS:
            narrower = ("--theme", "--focus", "--most")
            raise MapError(english.too_large(len(concept_map), MOST_CONCEPTS, "--overview", narrower))
    if "exercise" in choices:
        check_size(len(concept_map))
    try:
        if size == HANDOUT:
            leaves = library.handout(selection, base_url=base_url or None) if library else handout_of_map(concept_map)
            write_whole(output, write_handout(form, lambda: leaves))
            click.echo(f"{output}: {counted(len(leaves), 'page')}")
            return 0
        drawing = draw(concept_map, selection.page)
        write_whole(output, form.write(drawing.geometry, concept_map, **choices))
    except UnpaintableText as error:
        raise UnpaintableText(_with_extra(str(error))) from None
    for each in concept_map.left_out:
        click.echo(f"seminar-kg: {each}", err=True)
    if drawing.geometry.missing:
        click.echo(f"seminar-kg: {_with_extra(missing_words(drawing.geometry.missing))}", err=True)
    links = counted(len(concept_map.propositions), "proposition")
    click.echo(f"{output}: {counted(len(concept_map), 'concept')}, {links}")
    return 0


def _flag(name: str) -> str:
    return name.replace("_", "-")


def _check_pages(ctx: click.Context, form: Format, given: dict[str, Any], several: list[str]) -> None:
    """Refuse what a file of several pages cannot be, and a step where the whole map is drawn."""
    if len(several) > 1:
        raise click.UsageError(handouts.ONE_OF_THREE, ctx)
    if f"--size {HANDOUT}" in several:
        if form.EXTENSION not in PAGED:
            raise click.UsageError(handouts.no_pages(form.EXTENSION, PAGED), ctx)
        if "numbers" in given:
            raise click.UsageError(f"--numbers goes with one map only, not with --size {HANDOUT}.", ctx)
    if "step" in given and (several or form.EXTENSION not in PICTURES):
        other = several[0] if several else f".{form.EXTENSION}, which has the whole map"
        raise click.UsageError(f"--step goes with .{', .'.join(PICTURES)} only, not with {other}.", ctx)


def _page(ctx: click.Context, page: str, size: str | None, exercise: bool) -> str:
    """Return the page that was asked for, by its name or by what it is for; an exercise is on paper anyway."""
    chosen = ctx.get_parameter_source("page") is not ParameterSource.DEFAULT
    if size and chosen:
        raise click.UsageError(f"--size {size} is --page {SIZES[size]}; give one of the two.", ctx)
    return SIZES[size] if size else SIZES[HANDOUT] if exercise and not chosen else page


def _with_extra(sentence: str) -> str:
    """Return a sentence on characters that no font has, with what draws them where they are Chinese or the like."""
    wide = any(unicodedata.east_asian_width(each) == "W" and each.isalpha() for each in sentence)
    return f"{sentence} {CJK}" if wide else sentence


def _check_together(ctx: click.Context, given: dict[str, Any], propositions: Path | None) -> None:
    for alone, fitting in (("propositions", WITH_PROPOSITIONS), ("question", BESIDE_QUESTION)):
        others = sorted(given.keys() - {*fitting, alone})
        if (propositions if alone == "propositions" else alone in given) and others:
            named = ", ".join(f"--{each}" for each in sorted(fitting))
            raise click.UsageError(f"--{alone} goes with {named} only, not with --{others[0]}.", ctx)
    if "depth" in given and "focus" not in given:
        raise click.UsageError("--depth counts the steps from a --focus; give one.", ctx)
