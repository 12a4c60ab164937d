"""Text on maps: how wide it is, where its lines break, and what of it no font has.

Widths are sums of Inter's advance widths, which are within two per cent of what browsers draw (kerning is not counted);
other scripts are measured as they are shaped (`kg.maps.fonts`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from io import BytesIO

from fontTools.ttLib import TTFont

from kg.maps.fonts.faces import Weight as Weight
from kg.maps.fonts.faces import face_of, font_bytes, inter
from kg.maps.fonts.shaping import JOINERS, is_plain, shape

Lines = tuple[str, ...]

LINE_HEIGHT = 1.25
"""Distance between two baselines, in units of the font size."""

SLACK = 1.08
"""How much wider a text may be where browsers draw it in a font of the reader's machine."""

MOST_WHOLE = 18
"""Characters of a word that is not broken after a hyphen to make lines shorter, such as "patient-centred"."""

_NO_BREAK_SPACES = "\u00a0\u202f"
_HYPHENATED = re.compile(r"[^-]+-*|-+")
_SEEN_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2"
"""Signs of Arabic that enclose what follows: characters of formatting that are seen."""


@cache
def _advances(weight: Weight) -> dict[int, float]:
    """The widths of the letters that browsers get with a map, in ems."""
    font = TTFont(BytesIO(font_bytes(weight)))
    units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
    return {code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def clean(text: str) -> str:
    """The text without control characters, noncharacters, lone surrogates and invisible formatting, its white space
    single.

    Line breaks and tabs become spaces, no-break spaces stay, and the result is in Unicode NFC. What remains
    may be written to XML 1.0, which allows no control characters (https://www.w3.org/TR/xml/#charsets).
    """
    normal = unicodedata.normalize("NFC", text)
    # Most texts have none of these, nor white space that is no plain space.
    return _single(normal if normal.isprintable() else "".join(_kept(normal)))


def _single(text: str) -> str:
    return re.sub("  +", " ", text).strip(" ")


def _kept(text: str) -> Iterator[str]:
    """Yield the characters of a text that are kept, spaces for white space."""
    for character in text:
        if character in _NO_BREAK_SPACES or character in JOINERS or character in _SEEN_FORMATS:
            yield character
        elif character.isspace():
            yield " "
        elif unicodedata.category(character) not in ("Cc", "Cf", "Cs") and not _is_noncharacter(character):
            yield character


def shortened(text: str, most: int) -> str:
    """The text, cut off with an ellipsis where it has more than so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def control_characters(text: str) -> Lines:
    """The control characters in a text, each once as "U+0007"; tabs and line breaks are white space and none."""
    found = {c for c in text if unicodedata.category(c) == "Cc" and not c.isspace()}
    return tuple(f"U+{ord(c):04X}" for c in sorted(found))


def _is_noncharacter(character: str) -> bool:
    """Whether a code point never stands for anything (The Unicode Standard, 23.7)."""
    return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF


def missing(texts: Iterable[str]) -> Lines:
    """The characters of these texts that no font of maps has, each once, in code point order."""
    used = {character for text in texts for character in text} - set(JOINERS)
    return tuple(sorted(c for c in used if ord(c) not in _advances("regular") and face_of(c, "regular") is None))


def missing_words(characters: Lines) -> str:
    """A sentence that names characters which no font of maps has, the first ten of many; "" where there are none."""
    if not characters:
        return ""
    named = ", ".join(f"“{each}” (U+{ord(each):04X})" for each in characters[:10])
    more = f" and {len(characters) - 10} more" if len(characters) > 10 else ""
    return (
        f"No font of the maps has {named}{more}: there is no PNG or PDF of this map, and SVG and web pages show "
        "whatever font the reader's machine has."
    )


def _guess(character: str) -> float:
    """A width that hardly any font exceeds for a character that no font of maps has, in units of the font size."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or character in JOINERS:
        return 0.0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.4 if unicodedata.category(character) == "So" else 1.05
    return 1.0


@lru_cache(maxsize=4096)
def width(text: str, weight: Weight, size: float) -> float:
    """How wide a line of text is in the unit of `size`, the font size."""
    latin = _advances(weight)
    if all(ord(c) in latin for c in text):
        return size * sum(latin[ord(c)] for c in text)
    if is_plain(text):
        return size * SLACK * sum(inter(weight).advance(c) for c in text)
    guessed = sum(_guess(c) for c in missing([text]) for _ in range(text.count(c)))
    return size * (SLACK * shape(text, weight).width + guessed)


def _pieces(word: str, weight: Weight, size: float, limit: float) -> list[str]:
    """A word cut into pieces no wider than the limit, never before a combining character."""
    pieces = [""]
    for character in word:
        joined = pieces[-1] + character
        attached = unicodedata.combining(character) or character in JOINERS or pieces[-1].endswith("\u200d")
        if pieces[-1] and not attached and width(joined, weight, size) > limit:
            pieces.append(character)
        else:
            pieces[-1] = joined
    return pieces


def _greedy(text: str, weight: Weight, size: float, limit: float) -> list[str]:
    """As few lines as fit within the limit, broken at spaces, else after hyphens, else anywhere."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if width(joined, weight, size) <= limit:
            lines[len(lines) - 1 :] = [joined]
            continue
        parts = [word] if width(word, weight, size) <= limit else _HYPHENATED.findall(word)
        for number, part in enumerate(parts):
            joined = lines[-1] + (part if number else f" {part}") if lines else part
            if lines and len(parts) > 1 and width(joined, weight, size) <= limit:
                lines[-1] = joined
            else:
                lines += _pieces(part, weight, size, limit)
    return lines


@lru_cache(maxsize=4096)
def wrap(text: str, weight: Weight, size: float, limit: float) -> Lines:
    """Break a text into as few lines as fit within `limit`, all about as long as one another.

    Arguments:
        text: what to break; it is cleaned first. Words longer than the limit are cut.
        weight: "regular" or "semibold".
        size: the font size, in px.
        limit: the widest line allowed, in px.

    Returns:
        The lines; joined without spaces they are the cleaned text without spaces.
    """
    text = clean(text)
    lines = _greedy(text, weight, size, limit)
    # Narrower lines would cut words that can stay whole.
    longest = max((width(part, weight, size) for part in _parts(text)), default=0.0)
    low, high = max(limit / 2, longest), limit
    while high - low > size / 8:
        middle = (low + high) / 2
        narrower = _greedy(text, weight, size, middle)
        if len(narrower) > len(lines):
            low = middle
        else:
            high, lines = middle, narrower
    return tuple(lines)


def shapes(text: str, weight: Weight, size: float, limit: float) -> tuple[Lines, ...]:
    """The ways to break a text that suit a box, the best first: neither very long lines nor very many of
    them.

    Arguments:
        text: what to break; it is cleaned first.
        weight: "regular" or "semibold".
        size: the font size, in px.
        limit: the widest line allowed, in px; a text of many lines may need wider ones.

    Returns:
        Up to three ways, of different numbers of lines.
    """
    text = clean(text)
    whole = width(text, weight, size)
    longest = min(max((width(word, weight, size) for word in _parts(text)), default=0.0), limit)
    widest = max(limit, (whole * size * 4) ** 0.5)
    ways: dict[int, Lines] = {}
    for count in range(1, max(4, round((whole / size) ** 0.5)) + 1):
        for slack in (1.0, 1.08, 1.2, 1.4):
            lines = wrap(text, weight, size, max(whole / count * slack, longest, 2 * size))
            known = ways.get(len(lines))
            if block(lines, weight, size)[0] <= widest and (known is None or _price(lines) < _price(known)):
                ways[len(lines)] = lines
    best = sorted(ways.values(), key=_price)[:3]
    return tuple(lines for lines in best if _price(lines) <= 1.35 * _price(best[0]))


def _price(lines: Lines) -> float:
    """How awkward a block of text is: its width, thrice its lines, and how short some lines are."""
    widths = [width(line, "semibold", 1.0) for line in lines]
    short = sum(max(0.0, 0.45 * max(widths) - each) for each in widths)
    return round(max(widths) + 3.0 * len(lines) + 2 * short, 4)


def _parts(text: str) -> list[str]:
    return [part for word in text.split(" ") for part in _hyphenated(word)]


def _hyphenated(word: str) -> list[str]:
    """The parts of a word that may stand on lines of their own: a short word stays whole."""
    return _HYPHENATED.findall(word) if len(word) > MOST_WHOLE else [word] if word else []


def block(lines: Lines, weight: Weight, size: float) -> tuple[float, float]:
    """Width and height in px of some lines of text at this font size."""
    return max((width(line, weight, size) for line in lines), default=0.0), len(lines) * size * LINE_HEIGHT
