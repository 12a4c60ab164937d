"""The pages that a map is drawn for, by the names that addresses and options have for them."""

PAGES: dict[str, tuple[float, float]] = {
    "16:9": (1280.0, 720.0),
    "4:3": (1024.0, 768.0),
    "a4": (794.0, 1123.0),
    "a4-landscape": (1123.0, 794.0),
    "square": (900.0, 900.0),
}
"""Page sizes in px at 96 dpi."""
