"""The viewer: a map on a web page with its tools, who said what, and all of it in words.

The site's pages, the one-file page (`kg.maps.formats.html`) and the frame (`embed`) share it: markup from here, one
style sheet and one classic script (`viewer.css`, `viewer.js`; `walk.css`, `walk.js` for the map told step by step).
Where scripts are off, the picture, its links and the words stay, and on a site links to the steps.
"""

from base64 import b64encode
from collections.abc import Callable
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

HELP_WITHOUT_STEPS = (
    "Drag to move; Ctrl and the wheel, or + and −, to zoom; 0 shows the whole map. "
    "Tab goes from concept to concept, the arrow keys follow the links, Esc clears."
)
HELP = f"{HELP_WITHOUT_STEPS} Next tells it step by step, as Space and the arrow keys then do."
CLOSER = "+ looks closer. A tap on a box tells who said it."
"""What a small screen shows in place of the help."""
HINT = (
    "Point at a box or an arrow, or reach a box with Tab: who said it, and in which words, appears here. "
    "A click or Enter keeps it here, a second one goes to its page."
)
PREFIX = "map"
LARGE = 17.0
"""Px of the smallest concept of a map that can be read beside its panel on a screen of 1100 px."""
WALK = """<span class="walk" role="group" aria-label="Step by step" hidden>
<button type="button" data-go="-1">Back</button>
<span class="at"></span>
<button type="button" data-go="1">Next</button>
<button type="button" data-go="all" hidden>Show all</button>
<a hidden>Link to this step</a>
</span>
<button type="button" data-present hidden>Present</button>
"""
SHEETS = ("viewer.css", "walk.css")

StepAddress = Callable[[int | None], str]
"""Where a site has a map at a step of its build-up, None for the map as a whole."""


@cache
def part(name: str) -> str:
    """Return a file of the folder `page`: "viewer.js", "viewer.css" ..."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return the script of every page with a map."""
    return part("viewer.js") + part("walk.js")


@cache
def policy_of(*sheets: str) -> str:
    """The Content-Security-Policy of a page that is one file: nothing is fetched, no other script or style counts.

    Arguments:
        sheets: its style sheets, as for `document`.
    """
    return (
        f"default-src 'none'; script-src {_digest(script())}; style-src {_digest(_style(sheets))}; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    """A text as Content Security Policy Level 3, 2.3.1 names it by its hash."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _style(sheets: tuple[str, ...]) -> str:
    return f"\n{svg.font_faces()}\n{''.join(map(part, sheets))}"


def viewer(
    geometry: Geometry,
    concept_map: ConceptMap,
    wide: bool = True,
    told: bool = True,
    step_address: StepAddress | None = None,
) -> str:
    """The picture with its tools, and with room for what is told about a box or an arrow.

    Arguments:
        geometry: the drawn map.
        concept_map: the map that was drawn.
        wide: whether what is told stands beside the picture where there is room, not under it.
        told: whether the map can be told step by step.
        step_address: where each step is, on a site.
    """
    steps = len(concept_map.steps) if told else 0
    kind = "stage"
    if wide:
        kind += " stage--wide"
        letters = min((concept.box.font_size for concept in geometry.concepts), default=0.0)
        kind += " stage--large" if letters >= LARGE else ""
    begin = concept_map.start
    place = next((number for number, each in enumerate(concept_map.concepts, 1) if each.id == begin), 0)
    data = {"steps": str(steps), "start": f"{PREFIX}-c{place}"} if steps else {}
    data |= {"begin": concept_map.concept(begin).label} if steps and begin else {}
    data |= {"step": str(concept_map.step)} if steps and concept_map.step is not None else {}
    data |= {"address": step_address(0), "all": step_address(None)} if steps and step_address else {}
    attributes = "".join(f' data-{name}="{text(value)}"' for name, value in data.items())
    return f"""<div class="{kind}"{attributes}>
<div class="tools" hidden>
<button type="button" data-zoom="1.25" aria-label='Zoom in'>+</button>
<button type="button" data-zoom="0.8" aria-label='Zoom out'>−</button>
<button type="button" data-zoom="0">Whole map</button>
{WALK if steps else ""}<p>{HELP if steps else HELP_WITHOUT_STEPS}</p>
<p class="closer">{CLOSER}</p>
</div>
{_step_links(concept_map.step, steps, step_address) if steps and step_address else ""}<div class="view" tabindex="-1">
{svg.inline(geometry, concept_map, PREFIX, live=True)}</div>
<div class="told" aria-live="polite" tabindex="-1" data-hint="{HINT}"></div>
</div>
"""


def _step_links(step: int | None, steps: int, step_address: StepAddress) -> str:
    """Links to the steps before and after, where scripts are off."""
    ways: dict[str, int | None] = {"Tell it step by step": 0}
    said = ""
    if step is not None:
        ways = {"Back": step - 1, "Next": step + 1, "Whole map": None}
        said = f"<span>{text(english.step_of(step, steps))}</span> "
    links = [
        f'<a href="{text(step_address(to))}">{name}</a>' for name, to in ways.items() if to is None or 0 <= to <= steps
    ]
    return f'<p class="walk step-links">{said}{" ".join(links)}</p>\n'


def words(concept_map: ConceptMap, target: str = "") -> str:
    """The map in words: a list of its steps, every claim with its speaker and quotations, then concepts without a link.

    Arguments:
        concept_map: the map.
        target: where its links open, as "_blank"; "" for the same place.
    """
    ids = {concept.id: f"{PREFIX}-c{number}" for number, concept in enumerate(concept_map.concepts, 1)}
    lines = {each.id: f"{PREFIX}-p{number}" for number, each in enumerate(concept_map.propositions, 1)}

    def item(each: MapProposition, step: int) -> str:
        ends = f'data-from="{ids[each.source]}" data-to="{ids[each.target]}"'
        return f'<li data-line="{lines[each.id]}" data-step="{step}" {ends}>{_said(each, concept_map, target)}</li>\n'

    items = []
    for number, step in enumerate(concept_map.steps, 1):
        told = "".join(item(each, number) for each in step)
        items.append(f"<li><ul>\n{told}</ul></li>\n" if len(step) > 1 else told)
    alone = [f"<li>{text(c.label)}</li>\n" for c in concept_map.concepts if concept_map.graph.degree(c.id) == 0]
    kinds = english.kinds([(c.label, c.kind_of) for c in concept_map.concepts if c.kind_of])
    below = f"<p>{text(kinds)}</p>\n" if kinds else ""
    lists = [f"<{kind}>\n{''.join(each)}</{kind}>\n" for kind, each in (("ol", items), ("ul", alone)) if each]
    return "".join([*lists, below])


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
{body}<script>{script()}</script>
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
