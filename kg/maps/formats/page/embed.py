"""The map for a frame of another page: the picture, its words folded away, and a line that says where it is from.

HTML (https://html.spec.whatwg.org/) in one file, made for `<iframe sandbox="allow-scripts">`: no module script,
nothing fetched, nothing stored. Boxes lead to other maps for frames, since no other page of a site can be framed;
everything else opens a page of its own.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import replace

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats.page import viewer
from kg.maps.formats.page.viewer import StepAddress, document, text, words
from kg.maps.text import missing_words

BAR = 104
"""Room in px that a frame needs beside the picture, for the tools above and the lines below."""

SHEETS = (*viewer.SHEETS, "page.css", "embed.css")


def write(
    geometry: Geometry,
    concept_map: ConceptMap,
    box_address: Callable[[str], str | None],
    step_address: StepAddress | None = None,
) -> bytes:
    """Return the page.

    Arguments:
        geometry: the drawn map.
        concept_map: the map that was drawn, with its full address.
        box_address: where the box of a concept (its id) leads within the frame; None for nowhere.
        step_address: where each step of the map is within the frame.
    """
    title = concept_map.title or "Concept map"
    boxes = tuple(replace(each, href=box_address(each.id)) for each in geometry.concepts)
    # An arrow leads nowhere: a page about a claim cannot be framed. The words beside it lead there.
    lines = tuple(replace(each, href=None) for each in geometry.propositions)
    framed = replace(geometry, concepts=boxes, propositions=lines)
    drawn = copy(concept_map)
    drawn.address = ""
    body = f"""<main>
<h1 class="unseen">{text(title)}</h1>
{viewer.viewer(framed, drawn, wide=False, step_address=step_address)}<div class="bar">
{_bar(geometry, concept_map)}</div>
<details class="words">
<summary><h2>The same map in words</h2></summary>
{words(concept_map, "_blank")}{"".join(f"<p>{text(note)}</p>{chr(10)}" for note in concept_map.left_out)}</details>
</main>
"""
    return document(title, body, *SHEETS)


def _bar(geometry: Geometry, concept_map: ConceptMap) -> str:
    lines = []
    if concept_map.address:
        address = text(concept_map.address)
        lines.append(f'<a href="{address}" target="_blank" rel="noopener">Open this map (new tab)</a>')
    lines.append("Claimed, not established: read along an arrow for what somebody said.")
    if geometry.missing:
        lines.append(text(missing_words(geometry.missing)))
    return "".join(f"<p>{line}</p>\n" for line in lines)
