"""The viewer: a map on a web page with its tools, who said what, and all of it in words.

The site's pages, the one-file page (`kg.maps.formats.html`) and the frame (`embed`) share it: markup from here, one
style sheet and one classic script (`viewer.css`, `viewer.js`). Where scripts are off, the picture,
its links and the words stay.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from kg.english.telling import maps as english
from kg.graph.name_lookup import inside_sentence
from kg.maps.concept_map import ConceptMap, MapClaim, MapProposition
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats import svg
from kg.maps.text import clean

HELP = (
    "Drag to move; Ctrl and the wheel, or + and −, to zoom; 0 shows the whole map. "
    "Tab goes from concept to concept, the arrow keys follow the links, Esc clears."
)
HINT = "Point at a box or an arrow, or reach a box with Tab: who said it, and in which words, appears here."
PREFIX = "map"


@cache
def part(name: str) -> str:
    """Return a file of the folder `page`: "viewer.js", "viewer.css" ..."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def policy_of(*sheets: str) -> str:
    """The Content-Security-Policy of a page that is one file: nothing is fetched, no other script or style counts.

    Arguments:
        sheets: its style sheets, as for `document`.
    """
    return (
        f"default-src 'none'; script-src {_digest(part('viewer.js'))}; style-src {_digest(_style(sheets))}; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    """A text as Content Security Policy Level 3, 2.3.1 names it by its hash."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _style(sheets: tuple[str, ...]) -> str:
    return f"\n{svg.font_faces()}\n{''.join(map(part, sheets))}"


def viewer(geometry: Geometry, concept_map: ConceptMap, wide: bool = True) -> str:
    """The picture with its tools, and with room for what is told about a box or an arrow.

    Arguments:
        geometry: the drawn map.
        concept_map: the map that was drawn.
        wide: whether what is told stands beside the picture where there is room, not under it.
    """
    return f"""<div class="stage{" stage--wide" if wide else ""}">
<div class="tools" hidden>
<button type="button" data-zoom="1.25" aria-label='Zoom in'>+</button>
<button type="button" data-zoom="0.8" aria-label='Zoom out'>−</button>
<button type="button" data-zoom="0">Whole map</button>
<p>{HELP}</p>
</div>
<div class="view" tabindex="-1">
{svg.inline(geometry, concept_map, PREFIX)}</div>
<div class="told" aria-live="polite" tabindex="-1" data-hint="{HINT}"></div>
</div>
"""


def words(concept_map: ConceptMap, target: str = "") -> str:
    """The map in words, as a list: every claim with its speaker and quotations, then concepts that nothing links.

    Arguments:
        concept_map: the map.
        target: where its links open, as "_blank"; "" for the same place.
    """
    ids = {concept.id: f"{PREFIX}-c{number}" for number, concept in enumerate(concept_map.concepts, 1)}
    items = [
        f'<li data-line="{PREFIX}-p{number}" data-from="{ids[each.source]}" data-to="{ids[each.target]}">'
        f"{_said(each, concept_map, target)}</li>\n"
        for number, each in enumerate(concept_map.propositions, 1)
    ]
    alone = [c for c in concept_map.concepts if concept_map.graph.degree(c.id) == 0]
    kinds = english.kinds([(c.label, c.kind_of) for c in concept_map.concepts if c.kind_of])
    below = f"<p>{text(kinds)}</p>\n" if kinds else ""
    return "".join(["<ol>\n", *items, *(f"<li>{text(c.label)}</li>\n" for c in alone), "</ol>\n", below])


def document(title: str, body: str, *sheets: str) -> bytes:
    """A page in one file: fonts, style sheets, a body and the script.

    Arguments:
        title: its title, as text.
        body: its body, as markup.
        sheets: style sheets of the folder `page`.
    """
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy_of(*sheets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(title)}</title>
<style>{_style(sheets)}</style>
</head>
<body>
{body}<script>{part("viewer.js")}</script>
</body>
</html>
"""
    return page.encode()


def text(words: str) -> str:
    """Text as markup: cleaned and escaped."""
    return escape(clean(words))


def _said(proposition: MapProposition, concept_map: ConceptMap, target: str) -> str:
    """Each claim behind an arrow with its speaker and its quotations, or the arrow itself where there is none."""
    if not proposition.claims:
        return f"<p>{text(concept_map.sentence(proposition))}{_link(proposition.href, target)}</p>"
    source, end = concept_map.concept(proposition.source).label, concept_map.concept(proposition.target).label
    arrow = clean(f"{source} {proposition.phrase} {inside_sentence(end)}")
    if proposition.status != "broader" and proposition.credit is None and proposition.text:
        arrow = clean(proposition.text)
    same = any(claim.text.rstrip(".").casefold() == arrow.casefold() for claim in proposition.claims)
    how = english.how(proposition.status, proposition.stance)
    told = "".join(_claim(claim, how, target) for claim in proposition.claims)
    return ("" if same else f"<p>{text(arrow)}</p>") + told


def _claim(claim: MapClaim, how: str, target: str) -> str:
    link = _link(claim.href, target)
    quotations = "".join(f"<blockquote>“{text(quote)}”</blockquote>" for quote in claim.quotations)
    kind = f" ({text(how)})" if how else ""
    said = f'<p><span class="who">Said by {text(claim.credit)}:</span> {text(claim.text)}{kind}{link}</p>'
    return said + quotations


def _link(address: str | None, target: str) -> str:
    opens = f' target="{target}" rel="noopener"' if target else ""
    return f' <a href="{text(address)}"{opens}>More about this claim</a>' if address else ""
