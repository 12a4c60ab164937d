"""HTML: the map as one page that needs no network: zoom, keyboard, who said what, and all of it in words.

HTML (https://html.spec.whatwg.org/) with the picture, its fonts, one style sheet and one classic script inside.
It works from a disk, in a frame with `sandbox="allow-scripts"`, and under a Content-Security-Policy that allows
inline styles, `data:` fonts and this script. Where scripts are off, the picture and the words stay.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from kg.maps.concept_map import ConceptMap, MapClaim, MapProposition
from kg.maps.formats import svg
from kg.maps.geometry import Geometry
from kg.maps.text import clean, missing_words
from kg.names import inside_sentence

EXTENSION = "html"
MEDIA_TYPE = "text/html"
NAME = "Web page"
SPECIFICATION = "HTML, WHATWG; one file, nothing fetched"
USE = "e-learning and projecting: one file, no network; zoom, keyboard, who said what in which words"
OPENS_WITH = 'browsers; frames with `sandbox="allow-scripts"`'

HELP = (
    "Drag to move; Ctrl and the wheel, or + and −, to zoom; 0 shows the whole map. "
    "Tab goes from concept to concept, the arrow keys follow the links, Esc clears."
)
HINT = "Point at a box or an arrow, or reach a box with Tab: who said it, and in which words, appears here."
BUTTONS = (("1.25", "+", "Zoom in"), ("0.8", "−", "Zoom out"), ("0", "Whole map", ""))


def policy() -> str:
    """The Content-Security-Policy that the page declares for itself: nothing is fetched, no other script runs."""
    digest = b64encode(sha256(_part("page.js").encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """The page; every text of the map is escaped, and no text reaches the script but as text of the page."""
    title = escape(concept_map.title or "Concept map")
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{svg.font_faces()}
{_part("page.css")}</style>
</head>
<body>
<main>
<h1 class="unseen">{title}</h1>
<div class="tools" hidden>
{_buttons()}
<p>{HELP}</p>
</div>
<div class="stage">
<div class="view">
{svg.inline(geometry, concept_map)}</div>
<div class="told" aria-live="polite" tabindex="-1" data-hint="{HINT}"></div>
</div>
<section class="words">
<h2>The map in words</h2>
<ol>
{_items(concept_map)}</ol>
</section>
<footer>
{_footer(geometry, concept_map)}</footer>
</main>
<script>{_part("page.js")}</script>
</body>
</html>
"""
    return page.encode()


@cache
def _part(name: str) -> str:
    return files("kg.maps").joinpath("page", name).read_text(encoding="utf-8")


def _buttons() -> str:
    return "\n".join(
        f'<button type="button" data-zoom="{by}"{f" aria-label={name!r}" if name else ""}>{sign}</button>'
        for by, sign, name in BUTTONS
    )


def _items(concept_map: ConceptMap) -> str:
    ids = {concept.id: f"map-c{number}" for number, concept in enumerate(concept_map.concepts, 1)}
    items = [
        f'<li data-line="map-p{number}" data-from="{ids[each.source]}" data-to="{ids[each.target]}">'
        f"{_said(each, concept_map)}</li>\n"
        for number, each in enumerate(concept_map.propositions, 1)
    ]
    alone = [c for c in concept_map.concepts if concept_map.graph.degree(c.id) == 0]
    return "".join([*items, *(f"<li>{_text(concept.label)}</li>\n" for concept in alone)])


def _said(proposition: MapProposition, concept_map: ConceptMap) -> str:
    """Each claim behind an arrow with its speaker and its quotations, or the arrow itself where there is none."""
    if not proposition.claims:
        return f"<p>{_text(concept_map.sentence(proposition))}</p>"
    source, target = concept_map.concept(proposition.source).label, concept_map.concept(proposition.target).label
    arrow = clean(f"{source} {proposition.phrase} {inside_sentence(target)}")
    same = any(claim.text.rstrip(".").casefold() == arrow.casefold() for claim in proposition.claims)
    return ("" if same else f"<p>{_text(arrow)}</p>") + "".join(_claim(claim) for claim in proposition.claims)


def _claim(claim: MapClaim) -> str:
    link = f' <a href="{_text(claim.href)}">More about this claim</a>' if claim.href else ""
    quotations = "".join(f"<blockquote>“{_text(quote)}”</blockquote>" for quote in claim.quotations)
    said = f'<p><span class="who">Said by {_text(claim.credit)}:</span> {_text(claim.text)}{link}</p>'
    return said + quotations


def _footer(geometry: Geometry, concept_map: ConceptMap) -> str:
    lines = [_text(line) for line in (concept_map.source_line, missing_words(geometry.missing)) if line]
    if concept_map.address:
        address = _text(concept_map.address)
        lines.append(f'<a href="{address}">{address}</a>')
    return "".join(f"<p>{line}</p>\n" for line in lines)


def _text(text: str) -> str:
    return escape(clean(text))
