"""Names of links inside a drawing, such that they begin with the words that are seen.

WCAG 2.2, 2.5.3 Label in Name: who speaks to the computer says what stands on the arrow, not the whole claim.
"""

from __future__ import annotations

import re
from html import escape, unescape

_LINK = re.compile(r'(<a [^>]*?aria-label=")([^"]*)("[^>]*>)(.*?)(?=</a>)', re.DOTALL)
_LINE = re.compile(r"<text[^>]*>([^<]*)</text>")


def with_visible_names(drawing: str) -> str:
    """Return the drawing with spaces between its lines of text, and names that begin with what is seen."""
    return _LINK.sub(_named, drawing.replace("</text><text", "</text> <text"))


def _named(link: re.Match[str]) -> str:
    before, name, after, inside = link.groups()
    seen = unescape(" ".join(_LINE.findall(inside)))
    said = unescape(name)
    if seen.casefold() not in said.casefold():
        said = f"{seen}: {said}"
    return f"{before}{escape(said)}{after}{inside}"
