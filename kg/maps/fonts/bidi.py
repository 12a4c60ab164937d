"""Which way the characters of a line run: the Unicode Bidirectional Algorithm (UAX #9, revision 50).

Maps have no characters that embed or override a direction (`kg.maps.text.clean` leaves them out), so the rules for
these, X1 to X8 but for X1, never apply.
"""

from bisect import insort
from collections.abc import Sequence
from itertools import groupby
from unicodedata import bidirectional

_PAIRS = dict(zip("([{⟨⟦（［｛「『【〈《", ")]}⟩⟧）］｝」』】〉》", strict=True))
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_NEUTRAL = ("B", "S", "WS", "ON")
_MOST_OPEN = 63


def runs_right_to_left(text: str) -> bool:
    """Whether a text runs from right to left as a whole: its first letter does (P2, P3)."""
    strong = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return strong != "L"


def levels(text: str, right_to_left: bool) -> list[int]:
    """The level of each character of a line, odd where it runs from right to left.

    Arguments:
        text: the line, without characters that embed or override a direction.
        right_to_left: whether the text that the line belongs to runs so as a whole.
    """
    base = int(right_to_left)
    own = "R" if right_to_left else "L"
    kinds = _weak([bidirectional(character) or "L" for character in text], own)
    _brackets(text, kinds, own)
    _neutral(kinds, own)
    found = [base + _raised(kind, base) for kind in kinds]
    for place in range(len(text) - 1, -1, -1):  # L1: white space at the end
        if bidirectional(text[place]) not in ("WS", "BN"):
            break
        found[place] = base
    return found


def _weak(kinds: list[str], own: str) -> list[str]:
    """Resolve marks, numbers and what belongs to numbers (W1 to W7)."""
    before, strong = own, own
    for place, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kinds[place] = kind = before  # W1
        before = kind
    for place, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"  # W2
    kinds = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for place in range(1, len(kinds) - 1):  # W4
        left, kind, right = kinds[place - 1 : place + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in ("EN", "AN"))):
            kinds[place] = left
    for first, after in _stretches(kinds, ("ET",)):  # W5
        if "EN" in (kinds[first - 1] if first else "", kinds[after] if after < len(kinds) else ""):
            kinds[first:after] = ["EN"] * (after - first)
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]  # W6
    strong = own
    for place, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
    return kinds


def _brackets(text: str, kinds: list[str], own: str) -> None:
    """Give two brackets the direction of what is between them, else of what is before them (N0)."""
    for first, last in _bracket_pairs(text, kinds):
        inside = {_strong(kind) for kind in kinds[first + 1 : last]} - {""}
        if own in inside:
            direction = own
        elif inside:
            other = inside.pop()
            before = next((_strong(kind) for kind in reversed(kinds[:first]) if _strong(kind)), own)
            direction = other if before == other else own
        else:
            continue
        for place in (first, last):
            kinds[place] = direction
            after = place + 1
            while after < len(text) and bidirectional(text[after]) == "NSM":
                kinds[after] = direction
                after += 1


def _bracket_pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    """The places of brackets that belong together, in the order of the opening ones (BD16)."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        if kinds[place] != "ON":
            continue
        if character in _PAIRS:
            if len(waiting) == _MOST_OPEN:
                return []
            waiting.append((character, place))
        elif character in _CLOSING:
            match = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][0] == _CLOSING[character]), None)
            if match is not None:
                insort(found, (waiting[match][1], place))
                del waiting[match:]
    return found


def _neutral(kinds: list[str], own: str) -> None:
    """Give what has no direction that of both its sides, else that of the line (N1, N2)."""
    for first, after in _stretches(kinds, _NEUTRAL):
        before = _strong(kinds[first - 1]) if first else own
        behind = _strong(kinds[after]) if after < len(kinds) else own
        kinds[first:after] = [before if before == behind else own] * (after - first)


def _stretches(kinds: Sequence[str], of: Sequence[str]) -> list[tuple[int, int]]:
    found, place = [], 0
    for matches, group in groupby(list(kinds), key=lambda kind: kind in of):
        length = len(list(group))
        if matches:
            found.append((place, place + length))
        place += length
    return found


def _strong(kind: str) -> str:
    """The direction of a character as its neighbours see it: that of numbers is R."""
    return kind if kind in ("L", "R") else "R" if kind in ("EN", "AN") else ""


def _raised(kind: str, base: int) -> int:
    """How much higher than the line's a level is (I1, I2)."""
    if base == 0:
        return {"R": 1, "EN": 2, "AN": 2}.get(kind, 0)
    return 1 if kind in ("L", "EN", "AN") else 0
