"""The page around the map: its size, the title on top; topics, legend, notes and the source line at the bottom."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from math import ceil, inf

from kg.english.telling import maps as english
from kg.english.telling.maps import STANCE_WORDS, sentences
from kg.maps.concept_map import ConceptMap, MapError, MapProposition
from kg.maps.drawing.geometry import Geometry, LegendEntry, TextBox
from kg.maps.paper import PAGES
from kg.maps.text import LINE_HEIGHT, Weight, clean, width, wrap

MARGIN = 14.0
TITLE_SIZES, TITLE_TOP, TITLE_ROOM = (24.0, 21.0, 18.0, 15.0, 12.5, 10.0), 9.0, 38.0
LEGEND_SIZES, SOURCE_SIZES = (12.5, 11.5, 10.75), (12.0, 11.25, 10.5)
NOTE_SIZES = (16.0, 14.0, 12.0)
SAMPLE_WIDTH, SAMPLE_HEIGHT, SPACE = 28.0, 11.0, 6.0
MOST_KEYS = 6
"""Kinds of lines that the legend explains: more would not be looked up."""
MOST_LINES = 4
FOOT = 24.0
"""What stands below a map takes a multiple of this height, so that a row a little lower moves nothing."""

Room = tuple[float, float, float, float]
"""x, y, width and height in px."""
Entry = tuple[str, str | None, str, str | None]
"""The words of a key, then the topic that it explains, or the status and stance."""


def frame(concept_map: ConceptMap, page: str, largest: float = inf) -> tuple[Geometry, Room]:
    """The page with what stands around the map, and the room that is left for it.

    Any title takes the same room, so that a map stays where it is under another one.

    Arguments:
        concept_map: the map.
        page: the name of its page.
        largest: the largest font size of keys, notes and source line, in px.

    Raises:
        MapError: there is no such page, or it has no room for the map.
    """
    if page not in PAGES:
        raise MapError(f"There is no page {page!r}; the pages are {', '.join(PAGES)}.")
    page_width, page_height = PAGES[page]
    title = _title(concept_map.title, page_width)
    top = TITLE_TOP + TITLE_ROOM + SPACE if title else MARGIN
    source, high = _source(concept_map, page_width, largest)
    bottom = page_height - MARGIN
    if high:
        bottom -= round(high - MARGIN / 3, 2)
        source = replace(source, y=bottom) if source else None
        bottom -= SPACE
    notes = _notes(concept_map, page_width, largest)
    if notes:
        bottom = round(bottom - notes.height, 2)
        notes = replace(notes, y=bottom)
        bottom -= SPACE
    themes = themes_used(concept_map)
    keys, keys_height = _keys(concept_map, themes, page_width, largest)
    if keys:
        bottom -= keys_height
        keys = tuple(_lower(entry, bottom) for entry in keys)
        bottom -= SPACE
    bottom = page_height - ceil((page_height - bottom) / FOOT) * FOOT
    if bottom - top < page_height / 3:
        raise MapError("The title, the legend and the source line leave no room for the map on this page.")
    around = Geometry(page, page_width, page_height, title, concept_map.description, source, themes)
    legend, topics = (tuple(key for key in keys if key.kind == kind) for kind in ("line", "theme"))
    return replace(around, legend=legend, topics=topics, notes=notes), (
        MARGIN,
        top,
        page_width - 2 * MARGIN,
        bottom - top,
    )


def _title(text: str, page_width: float) -> TextBox | None:
    """The title, as large as it may be in its room; one of two lines begins to be small."""
    fitting = (_line(text, "semibold", size, page_width, 0.0) for size in TITLE_SIZES)
    box = next((box for box in fitting if box and box.height <= TITLE_ROOM and "…" not in box.lines[-1][-1:]), None)
    box = box or _line(
        text, "semibold", TITLE_SIZES[-1], page_width, 0.0, int(TITLE_ROOM / TITLE_SIZES[-1] / LINE_HEIGHT)
    )
    return replace(box, y=round(TITLE_TOP + (TITLE_ROOM - box.height) / 2, 2)) if box else None


def _line(
    text: str, weight: Weight, size: float, page_width: float, y: float, most: int = MOST_LINES
) -> TextBox | None:
    """A text across the page, in more lines if need be and cut off with an ellipsis if it needs too many."""
    if not text:
        return None
    lines = wrap(text, weight, size, page_width - 2 * MARGIN - size)
    if len(lines) > most:
        lines = (*lines[: most - 1], lines[most - 1].rstrip() + "…")
    height = round(len(lines) * size * LINE_HEIGHT, 2)
    return TextBox(lines, MARGIN, y, page_width - 2 * MARGIN, height, size)


def _notes(concept_map: ConceptMap, page_width: float, largest: float) -> TextBox | None:
    """Who said what has no name on it, and what is left out, from y = 0 downwards."""
    lines = [notes_line(concept_map.short_notes, page_width, min(size, largest)) for size in NOTE_SIZES]
    return next((line for line in lines if line and _whole(line, concept_map.short_notes)), lines[1])


def _whole(line: TextBox, notes: Sequence[str]) -> bool:
    return line.lines == (" ".join(notes),)


def notes_line(notes: Sequence[str], page_width: float, size: float) -> TextBox | None:
    """Return notes in one line across the page, the first of them where there is no room for all; None for none.

    Arguments:
        notes: what is to be said, the most important first. The first alone may take more lines.
        page_width: the width of the page in px.
        size: the font size in px.
    """
    told = sentences(notes)
    for most in range(len(told), 0, -1):
        rest = () if most == len(told) else (english.REST,)
        line = _line(" ".join((*told[:most], *rest)), "regular", size, page_width, 0.0)
        if line and (len(line.lines) == 1 or most == 1):
            return line
    return None


def _source(concept_map: ConceptMap, page_width: float, largest: float) -> tuple[TextBox | None, float]:
    """The source line with the map's address under it, from y = 0 downwards, and the height to keep for them.

    A map of a seminar has room for an address whether it has one or not, and a long address is shortened, so
    that the same map is laid out in the same way wherever it is published.
    """
    address, sizes = concept_map.address, [min(size, largest) for size in SOURCE_SIZES]
    lines_of = [_line(concept_map.source_line or address, "regular", s, page_width, 0.0) for s in sizes]
    box = min(lines_of, key=lambda box: len(box.lines) if box else 0)
    if box is None:
        return None, 0.0
    row = box.font_size * LINE_HEIGHT
    lines = box.lines if concept_map.source_line else ()
    high = round((len(lines) + 1) * row, 2)
    if address:
        lines = (*lines, _short(address, box.width - box.font_size, box.font_size))
    return replace(box, lines=lines, height=round(len(lines) * row, 2)), high


def themes_used(concept_map: ConceptMap) -> tuple[tuple[str, str], ...]:
    """The topics that the concepts have, in the order of the legend; unlisted ones last, by their slug."""
    used = {concept.theme: None for concept in concept_map.concepts if concept.theme}
    listed = [(slug, label) for slug, label in concept_map.themes if slug in used]
    slugs = {slug for slug, _ in listed}
    return (*listed, *((slug, clean(slug)) for slug in used if slug not in slugs))


def line_key(proposition: MapProposition) -> tuple[str, str | None]:
    """The status and stance that the legend explains.

    What is denied looks as what is claimed; a condition, a goal and what was told have one key for all.
    """
    if proposition.status in ("asserted", "denied"):
        return "asserted", proposition.stance
    return ("broader" if proposition.status == "broader" else "goal"), None


def _line_words(propositions: list[MapProposition]) -> str:
    """What a kind of line means; its speaker is named when there is but one."""
    credit = {name for each in propositions for name in each.credits or ("",)}
    statuses = [each.status for each in propositions]
    return english.legend_words(statuses, propositions[0].stance, [] if "" in credit else list(credit))


def _line_entries(concept_map: ConceptMap) -> list[Entry]:
    """The keys of the lines, where they are not all plain: what is plainly described goes first when they are many."""
    kinds: dict[tuple[str, str | None], list[MapProposition]] = {}
    for proposition in concept_map.propositions:
        kinds.setdefault(line_key(proposition), []).append(proposition)
    if not kinds.keys() - {("asserted", None)}:
        return []
    order = ["asserted", "goal", "broader"]
    stances = [*STANCE_WORDS, *sorted({stance for _, stance in kinds if stance and stance not in STANCE_WORDS})]
    lines = sorted(kinds, key=lambda key: (order.index(key[0]), stances.index(key[1]) if key[1] else -1))
    return [(_line_words(kinds[key]), None, *key) for key in lines[max(0, len(lines) - MOST_KEYS) :]]


def _keys(
    concept_map: ConceptMap, themes: tuple[tuple[str, str], ...], page_width: float, largest: float
) -> tuple[tuple[LegendEntry, ...], float]:
    """The keys of topics and lines from y = 0 downwards, and how high they are together."""
    topics: list[Entry] = [(label, slug, "asserted", None) for slug, label in themes]
    lines = _line_entries(concept_map)
    flows = [_flow(topics, lines, page_width, min(size, largest)) for size in LEGEND_SIZES]
    placed, _, height = min(flows, key=lambda flow: flow[1])
    return placed, height


def _flow(
    topics: list[Entry], lines: list[Entry], page_width: float, size: float
) -> tuple[tuple[LegendEntry, ...], int, float]:
    """Keys set side by side, how many rows they take, and their height in px; lines begin a row if one is too few."""
    row, room = round(size * LINE_HEIGHT, 2), page_width - 2 * MARGIN
    entries = [*topics, *lines]
    beside = [2 * SPACE if theme else SAMPLE_WIDTH + SPACE for _, theme, *_ in entries]
    widths = [
        min(round(width(words, "regular", size) * 1.02 + 2, 2), room - more)
        for (words, *_), more in zip(entries, beside, strict=True)
    ]
    gaps = [SPACE if theme else 2 * SPACE for _, theme, *_ in entries]
    if topics and lines:
        gaps[len(topics) - 1] = 3 * SPACE
    one_row = sum(map(sum, zip(widths, beside, gaps, strict=True))) <= room + SPACE
    placed: list[LegendEntry] = []
    x, rows = MARGIN, 0
    for number, ((words, theme, status, stance), wide) in enumerate(zip(entries, widths, strict=True)):
        fresh = number == len(topics) and not one_row
        if x > MARGIN and (fresh or x + beside[number] + wide > page_width - MARGIN):
            x, rows = MARGIN, rows + 1
        y = round(rows * (row + 3), 2)
        if theme is None:
            text = TextBox((_short(words, wide, size),), round(x + SAMPLE_WIDTH + SPACE, 2), y, wide, row, size)
            sample = (round(x, 2), round(y + (row - SAMPLE_HEIGHT) / 2, 2), SAMPLE_WIDTH, SAMPLE_HEIGHT)
        else:
            text = TextBox((_short(words, wide, size),), round(x + SPACE, 2), y, wide, row, size)
            sample = (round(x, 2), y, round(wide + 2 * SPACE, 2), row)
        placed.append(LegendEntry("line" if theme is None else "theme", theme, status, stance, sample, text))
        x += beside[number] + wide + gaps[number]
    return tuple(placed), rows, round((rows + 1) * (row + 3), 2) if placed else 0.0


def _short(words: str, room: float, size: float) -> str:
    if width(words, "regular", size) <= room or len(words) <= 2:
        return words
    words = words.rstrip("…")
    fitting = bisect_left(range(len(words)), True, key=lambda n: width(words[:n] + "…", "regular", size) > room)
    return words[: max(fitting - 1, 1)] + "…"


def _lower(entry: LegendEntry, by: float) -> LegendEntry:
    x, y, w, h = entry.sample
    moved = (x, round(y + by, 2), w, h)
    return replace(entry, text=replace(entry.text, y=round(entry.text.y + by, 2)), sample=moved)
