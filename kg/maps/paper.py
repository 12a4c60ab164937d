"""The pages that a map is drawn for, by the names that addresses and options have for them."""

_A4, _A4_LANDSCAPE = (794.0, 1123.0), (1123.0, 794.0)

PAGES: dict[str, tuple[float, float]] = {
    "16:9": (1280.0, 720.0),
    "4:3": (1024.0, 768.0),
    "a4": _A4,
    "a4-landscape": _A4_LANDSCAPE,
    "square": (900.0, 900.0),
    "a3": _A4,
    "a3-landscape": _A4_LANDSCAPE,
    "a2": _A4,
    "a2-landscape": _A4_LANDSCAPE,
}
"""Page sizes in px at 96 dpi. A poster is a page of A4 enlarged as a whole, so that its words grow with the paper."""

SHEETS: dict[str, tuple[int, int]] = {
    "a4": (210, 297),
    "a4-landscape": (297, 210),
    "a3": (297, 420),
    "a3-landscape": (420, 297),
    "a2": (420, 594),
    "a2-landscape": (594, 420),
}
"""The size in mm of the pages that are sheets of paper (ISO 216), which is not a whole number of px."""

HANDOUT = "handout"
SIZES: dict[str, str] = {"slide": "16:9", HANDOUT: "a4-landscape", "poster": "a3-landscape"}
"""What a map is for -> its page. A handout has several of them, where a format can have several."""
