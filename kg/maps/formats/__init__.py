"""The formats a map can be written in: one module each, found here by the extension of the file.

A new format is a module with `EXTENSION`, `MEDIA_TYPE`, `NAME`, `SPECIFICATION`, `USE`, `OPENS_WITH` and
`write`, and its line in FORMATS. `CHOICES` names the keyword arguments of `write` that a reader may set, where
there are any.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol, cast

from kg.english.telling import handouts as english
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing.geometry import Geometry
from kg.maps.drawing.leaf import Leaf
from kg.maps.formats import cxl, dot, geometry_json, graphml, html, mermaid, pdf, png, propositions_tsv, svg


class Format(Protocol):
    """What each format's module offers."""

    EXTENSION: str
    MEDIA_TYPE: str
    NAME: str
    SPECIFICATION: str
    USE: str
    OPENS_WITH: str

    def write(self, geometry: Geometry, concept_map: ConceptMap, **choices: Any) -> bytes:
        """The map as the bytes of a file; the same bytes each time."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        module.EXTENSION: cast(Format, module)
        for module in (svg, png, pdf, html, cxl, propositions_tsv, graphml, dot, mermaid, geometry_json)
    }
)

PICTURES = ("svg", "png", "pdf", "html")
"""The formats that draw a step of a build-up; the others have the whole map whatever the step."""


PAGED: tuple[str, ...] = tuple(extension for extension, form in FORMATS.items() if hasattr(form, "write_leaves"))
"""The extensions of the formats that can have several pages: their modules have `write_leaves(leaves) -> bytes` too."""


def write_handout(form: Format, leaves: Callable[[], Sequence[Leaf]]) -> bytes:
    """The pages of a handout as the bytes of a file.

    Arguments:
        form: the format.
        leaves: makes the pages, which takes seconds, if the format can have them.

    Raises:
        MapError: the format cannot have pages, or as `leaves` and its `write_leaves`.
    """
    if form.EXTENSION not in PAGED:
        raise MapError(english.no_pages(form.EXTENSION, PAGED))
    written: bytes = cast(Any, form).write_leaves(leaves())
    return written


def format_for(extension: str) -> Format:
    """The format with this extension, with or without its dot; raises MapError when there is none."""
    found = FORMATS.get(extension.lower().lstrip("."))
    if found is None:
        raise MapError(f"A map cannot be written as {extension!r}; the formats are {', '.join(FORMATS)}.")
    return found


def read_propositions(text: str, name: str, title: str = "") -> ConceptMap:
    """The map in a file that is not a seminar: CXL where its name ends so, else a list of propositions.

    Arguments:
        text: what the file holds.
        name: the file's name, for messages too.
        title: the map's title, instead of the file's own.

    Raises:
        MapError: the text cannot be read, or has nothing to draw; the message names the file.
    """
    read = cxl.read if name.lower().endswith(".cxl") else propositions_tsv.read
    try:
        found = read(text, title)
    except MapError as error:
        raise MapError(f"{name}: {error}") from None
    if not len(found):
        raise MapError(f"{name}: there is no concept in it, so there is nothing to draw.")
    return found


def choices_of(form: Format) -> tuple[str, ...]:
    """The choices that a format leaves to the reader, such as the scale of a PNG."""
    return getattr(form, "CHOICES", ())
