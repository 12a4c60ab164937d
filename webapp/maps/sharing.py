"""Sharing a map: its addresses, and the texts that put the very same view elsewhere.

All come from the map's own address, which holds every choice: what is shown, hidden, its title and the page.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, fields
from html import escape
from urllib.parse import parse_qsl, urlencode

from kg.graph.load import is_packaged
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.drawing import Drawing
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats import FORMATS, PICTURES, Format, html, pdf, png, svg
from kg.maps.formats.page.embed import BAR
from kg.maps.selection import Selection
from kg.maps.text import clean
from webapp.context import dataset, is_local, public_address
from webapp.maps import on_paper

WIDTH = 960
"""The width of a frame in px where nobody asks for another."""
LEAST_WIDTH, LEAST_HEIGHT = 320, 420
"""In a narrower frame the map is moved about instead of shrunk, so it needs some height."""
SANDBOX = "allow-scripts allow-popups"
LISTED = tuple(sorted(FORMATS, key=lambda name: name != html.EXTENSION))
"""The formats, in the order in which a page lists them: first the one that works anywhere and has all."""
FLAGS = tuple(each.name for each in fields(Selection) if isinstance(each.default, bool))
"""Parameters that the command line takes without a value."""


@dataclass(frozen=True)
class Sharing:
    """A map's full addresses, and what to paste where.

    `files` are (format, address); `pictures` (label, address) of the PNG in its sizes, `sheets` likewise what else the
    PDF can be; `exercise` is where an exercise is, if there can be one; `command` makes the SVG.
    """

    address: str
    embed: str
    iframe: str
    figure: str
    markdown: str
    command: str
    files: tuple[tuple[Format, str], ...]
    pictures: tuple[tuple[str, str], ...]
    sheets: tuple[tuple[str, str], ...]
    exercise: str | None


def of(drawing: Drawing, full: Drawing) -> Sharing:
    """Return how to share a drawn map.

    Arguments:
        drawing: the drawing, whose links lead within the site.
        full: the same as it is taken elsewhere: with full addresses, or with none where they would lead nowhere.
    """
    concept_map, geometry = drawing.concept_map, drawing.geometry
    query, address = query_of(concept_map.address), public_address(concept_map.address)
    title, embed = name_of(concept_map), public_address(f"/embed/map{query}")
    # What is no picture has the whole map, whatever step is drawn.
    kept = [(name, value) for name, value in parse_qsl(query.removeprefix("?")) if name != "step"]
    whole = f"?{urlencode(kept)}" if kept else ""
    picture = f"/map.png{query}{'&' if query else '?'}"
    # Where no font of ours has all characters, there is no PNG and no PDF.
    lacking = (png.EXTENSION, pdf.EXTENSION) if geometry.missing else ()
    sizes = [
        (f"{geometry.width * scale:.0f} × {geometry.height * scale:.0f} pixels", f"{picture}scale={scale}")
        for scale in png.SCALES
    ]
    return Sharing(
        address=address,
        embed=embed,
        iframe=iframe(embed, title, *size_of(geometry)),
        figure=_figure(full),
        markdown=_markdown(concept_map, public_address(f"/map.{'svg' if lacking else 'png'}{query}"), address, title),
        command=command(query, "" if is_local() else public_address(""), "svg"),
        files=tuple(
            (FORMATS[name], f"/map.{name}{query if name in PICTURES else whole}")
            for name in LISTED
            if name not in lacking
        ),
        pictures=() if lacking else (*sizes, ("without the white page", f"{picture}transparent=1")),
        sheets=() if lacking else tuple(on_paper.links(concept_map)),
        exercise=None if lacking else on_paper.exercise_link(concept_map),
    )


def query_of(address: str) -> str:
    """Return the parameters of a map's address ("/map?focus=culture"), with "?" before them; "" for none."""
    _, mark, query = address.partition("?")
    return mark + query


def name_of(concept_map: ConceptMap) -> str:
    """Return what a map is called where it stands among other things."""
    return f"Concept map: {concept_map.title}" if concept_map.title else "Concept map"


def size_of(geometry: Geometry, most_width: int = WIDTH, most_height: int | None = None) -> tuple[int, int]:
    """Return width and height in px of a frame for a map, within limits; the map keeps its shape where it can."""
    shape = geometry.height / geometry.width
    width = min(WIDTH, most_width)
    height = round(width * shape) + BAR
    if most_height is not None and height > most_height:
        width = min(width, max(round((most_height - BAR) / shape), LEAST_WIDTH))
        height = round(width * shape) + BAR
    height = max(height, LEAST_HEIGHT)
    return width, height if most_height is None else min(height, most_height)


def iframe(address: str, title: str, width: int, height: int) -> str:
    """Return a frame with a map, named for those who do not see it, which may run its script and open pages.

    It keeps the shape of the map at any width. Width and height as attributes are for sites that take styles off, as
    WordPress does with what comes by oEmbed.
    """
    low = f"; min-height: {min(LEAST_HEIGHT, height)}px"
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}" '
        f'style="border: 0; width: 100%; max-width: {width}px; height: auto; aspect-ratio: {width} / {height}{low}" '
        f'sandbox="{SANDBOX}" loading="lazy"></iframe>'
    )


def command(query: str, site: str, extension: str) -> str:
    """Return the command line that writes the file that the site gives at `/map.<extension>` with this query.

    Arguments:
        query: the parameters of the map's address, with "?" before them.
        site: where the pages are that the map links to; "" for a map without links.
        extension: that of the file.
    """
    words = ["seminar-kg", "map"]
    for name, value in parse_qsl(query.removeprefix("?")):
        if name in FLAGS:
            words.append(f"--{name}")
        elif value.startswith("-"):
            words.append(f"--{name}={value}")
        else:
            words += [f"--{name}", value]
    if not is_packaged(dataset()):
        words += ["--data", "SEMINARS"]
    return shlex.join([*words, "--base-url", site, "-o", f"map.{extension}"])


def _figure(drawing: Drawing) -> str:
    """Return the picture as a part of any page, with its words folded away under it."""
    concept_map = drawing.concept_map
    # Two maps on one page may not share an id.
    prefix = f"map-{hashlib.sha256(concept_map.as_text().encode()).hexdigest()[:8]}"
    address = escape(concept_map.address)
    link = f' <a href="{address}">{address}</a>' if address else ""
    picture = svg.inline(drawing.geometry, concept_map, prefix, fluid=True)
    numbers = {sentence: number for number, sentence in reversed(list(concept_map.sentences()))}
    items = "".join(
        f'<li value="{number}">{escape(sentence)}</li>\n'
        for sentence, number in sorted(numbers.items(), key=lambda each: each[1])
    )
    return (
        f"<figure>\n{picture}<figcaption>\n<p>{escape(_below(concept_map))}.{link}</p>\n"
        f"<details><summary>{escape(name_of(concept_map))}, in words</summary>\n<ol>\n{items}</ol></details>\n"
        "</figcaption>\n</figure>\n"
    )


def _below(concept_map: ConceptMap) -> str:
    """Return what stands under a picture: what it leaves out, and where it comes from."""
    return " ".join([*concept_map.left_out, concept_map.source_line])


MARKDOWN: Mapping[int, str] = str.maketrans({each: f"\\{each}" for each in "\\`*_{}[]<>#!|~"})


def _markdown(concept_map: ConceptMap, picture: str, address: str, title: str) -> str:
    """Return the picture as a link to its page (CommonMark 0.31), with its source under it."""
    name = clean(title).translate(MARKDOWN)
    source = _below(concept_map).translate(MARKDOWN)
    # Parentheses would end the address too early; everything else in it is encoded already.
    here, there = (each.replace("(", "%28").replace(")", "%29") for each in (picture, address))
    return f"[![{name}]({here})]({there})\n\n{source}. The map in words: <{address}>\n"
