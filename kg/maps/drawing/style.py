"""How a map looks: colours, dashes and corners, the same in every format.

No meaning hangs on colour alone (WCAG 2.2, 1.4.1): topics also differ in corners and borders, lines also in
dashes and width, and the legend says each in words. Text has a contrast of at least 4.5:1 (1.4.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass

INK, PAPER, MUTED = "#1b2330", "#ffffff", "#4d5866"
ARROW_LENGTH = 0.62
"""Length of an arrowhead in font sizes of the words on its line."""


@dataclass(frozen=True, slots=True)
class BoxStyle:
    """A concept's box; `radius` is in font sizes, `border_width` in px at a font size of 18 px."""

    fill: str
    border: str
    radius: float
    border_width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A proposition's line and words; `width` and `dash` are in px at a phrase font size of 15 px."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()


_ROUND, _SQUARE, _PILL = 0.45, 0.08, 1.05
_FILLS = (
    ("#dbe8fd", "#2457a6"),
    ("#ffe6cf", "#a9540c"),
    ("#d8f1ee", "#0f6f6c"),
    ("#fff4c4", "#806300"),
    ("#ede3f8", "#6a3fa0"),
    ("#e1f2e1", "#2e7236"),
    ("#fde2ec", "#a3285f"),
    ("#e7e9ec", "#4d5866"),
    ("#efe3d6", "#6e4a26"),
)
_BORDERS: tuple[tuple[float, tuple[float, ...]], ...] = ((1.5, ()), (2.6, ()), (1.7, (5.0, 2.5)))
BOXES = tuple(
    BoxStyle(fill, border, (_ROUND, _SQUARE, _PILL)[number % 3], *_BORDERS[number // 3])
    for number, (fill, border) in enumerate(_FILLS)
)
"""The boxes of the first nine topics; further topics begin again."""
PLAIN_BOX = BoxStyle("#f4f6f8", "#4d5866", _ROUND, 1.5)

_SLATE, _RED, _GREY = "#2f3b4d", "#a8211f", "#5f6975"
_STANCES = {
    "recommends": LineStyle("#1d4f9e", 2.3),
    "criticises": LineStyle(_RED, 1.5, (9.0, 2.5, 2.0, 2.5)),
    "exemplifies": LineStyle("#67398f", 1.5, (12.0, 3.0)),
    "reports-evidence": LineStyle("#1b6a3a", 1.5, (12.0, 2.5, 2.0, 2.5, 2.0, 2.5)),
}
_UNASSERTED = (5.0, 3.0)
"""The dashes of a condition, a goal and what was told; the words on the arrow say which it is."""


def box_style(theme: str | None, topics: Sequence[str]) -> BoxStyle:
    """The box of a concept with this topic, by the topic's place among all topics (`ConceptMap.topics`)."""
    return BOXES[topics.index(theme) % len(BOXES)] if theme in topics else PLAIN_BOX


def line_style(status: str, stance: str | None) -> LineStyle:
    """The line of a proposition: colour and dash by its stance, dash by its status too.

    What is denied looks as what is claimed: its words say "not", and a second sign would take it back.
    """
    if status == "broader":
        return LineStyle(_GREY, 1.0, (1.8, 2.6))
    style = _STANCES.get(stance or "", LineStyle(_SLATE, 1.5))
    return style if status in ("asserted", "denied") else LineStyle(style.colour, style.width, _UNASSERTED)
