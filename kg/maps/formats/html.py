"""HTML: the map as one page that needs no network: zoom, keyboard, who said what, and all of it in words.

HTML (https://html.spec.whatwg.org/) with the picture, its fonts, its style sheets and one classic script inside.
It works from a disk, in a frame with `sandbox="allow-scripts"`, and under a Content-Security-Policy that allows
inline styles, `data:` fonts and this script. Where scripts are off, the picture and the words stay.
"""

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats.page import viewer
from kg.maps.formats.page.viewer import document, text, words
from kg.maps.text import missing_words

EXTENSION = "html"
MEDIA_TYPE = "text/html"
NAME = "Web page"
SPECIFICATION = "HTML, WHATWG; one file, nothing fetched"
USE = "e-learning and projecting: one file, no network; zoom, keyboard, who said what in which words"
OPENS_WITH = 'browsers; frames with `sandbox="allow-scripts"`'

SHEETS = (*viewer.SHEETS, "page.css")


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """The page; every text of the map is escaped, and no text reaches the script but as text of the page."""
    title = concept_map.title or "Concept map"
    body = f"""<main>
<h1 class="unseen">{text(title)}</h1>
{viewer.viewer(geometry, concept_map)}<section class="words">
<h2>The map in words</h2>
{words(concept_map)}</section>
<footer>
{_footer(geometry, concept_map)}</footer>
</main>
"""
    return document(title, body, *SHEETS)


def _footer(geometry: Geometry, concept_map: ConceptMap) -> str:
    said = (*concept_map.left_out, concept_map.source_line, missing_words(geometry.missing))
    lines = [text(line) for line in said if line]
    if concept_map.address:
        address = text(concept_map.address)
        lines.append(f'<a href="{address}">{address}</a>')
    return "".join(f"<p>{line}</p>\n" for line in lines)
