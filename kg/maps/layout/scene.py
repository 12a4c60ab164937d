"""What a move may touch: the moved boxes at each place they may go to, and what stays within their reach.

A move is weighed against few things. What lies outside the rectangle around all places, and around all lines that
the moved boxes drag along, cannot be overlapped, entered or crossed, and takes no part in the arithmetic.
"""

import numpy as np

from kg.maps.layout.moves import Indices, Move
from kg.maps.layout.planar import Floats

Lines = tuple[Floats, Floats, Floats, Floats]
"""Where segments begin, x and y, and how far they go along both axes: one row a choice, or one for all."""


class Scene:
    """A move's choices, one row each, and what there is besides.

    Attributes:
        at_x: where each moved box goes, in px, one row a choice.
        at_y: likewise.
        near_x: where the boxes are that are near, as `move.near` names them.
        near_y: likewise.
        dragged: the segments that the moved boxes drag along.
        boxes: the boxes that take part. A box that moves alone is not among them: nothing is weighed against
            itself. Boxes that move together come first.
        x: where the boxes that take part are, one row for all choices unless some of them move.
        y: likewise.
        lines: the segments that stay where they are and take part, and `staying` where those are.
    """

    def __init__(
        self, move: Move, halves: tuple[Floats, Floats], places: tuple[Floats, Floats], at: tuple[Floats, Floats]
    ) -> None:
        self.move = move
        (self.at_x, self.at_y), (x, y) = at, places
        self.near_x, self.near_y = _beside(x, move, self.at_x), _beside(y, move, self.at_y)
        self.dragged = _segments(self.near_x, self.near_y, move.start, move.end)
        moved = move.boxes
        reach = [
            _reach(near[:, : move.reaching], float(half[moved].max(initial=0.0)))
            for near, half in zip((self.near_x, self.near_y), halves, strict=True)
        ]
        self.lines, self.staying = _lines_within(move, x, y, reach)
        self.boxes = _boxes_within(move, x, y, halves, reach)
        if len(moved) == 1:
            self.x, self.y = x[None, self.boxes], y[None, self.boxes]
        else:
            self.boxes = np.concatenate([moved, self.boxes])
            self.x, self.y = (_rows(values, self.boxes, to) for values, to in ((x, self.at_x), (y, self.at_y)))


MARGIN = 15.0
"""More, in px, than any gap that the objective asks for."""


def _reach(places: Floats, half: float) -> tuple[float, float]:
    """From where to where boxes of this half size reach at these places."""
    return float(places.min()) - half - MARGIN, float(places.max()) + half + MARGIN


def _boxes_within(
    move: Move, x: Floats, y: Floats, halves: tuple[Floats, Floats], reach: list[tuple[float, float]]
) -> Indices:
    """The boxes that stay and lie within reach."""
    within = move.boxes_stay.copy()
    for values, half, (low, high) in zip((x, y), halves, reach, strict=True):
        within &= np.abs(values - (low + high) / 2) <= half + (high - low) / 2
    return np.nonzero(within)[0]


def _lines_within(move: Move, x: Floats, y: Floats, reach: list[tuple[float, float]]) -> tuple[Indices, Lines]:
    """The segments that stay and lie within reach, and where they are."""
    within = move.lines_stay.copy()
    ends = []
    for values, (low, high) in zip((x, y), reach, strict=True):
        first, last = values[move.ends[0]], values[move.ends[1]]
        within &= (np.maximum(first, last) >= low) & (np.minimum(first, last) <= high)
        ends.append((first, last))
    lines = np.nonzero(within)[0]
    (x0, x1), (y0, y1) = ((first[lines], last[lines]) for first, last in ends)
    return lines, (x0[None], y0[None], (x1 - x0)[None], (y1 - y0)[None])


def _rows(values: Floats, boxes: Indices, at: Floats) -> Floats:
    """Where these boxes are, one row a choice; the first of them move."""
    rows = np.empty((len(at), len(boxes)), dtype=np.float32)
    rows[:] = values[boxes]
    rows[:, : at.shape[1]] = at
    return rows


def _beside(values: Floats, move: Move, at: Floats) -> Floats:
    """Where the boxes near the moved ones are, with those where they go."""
    return _rows(values, move.near, at)


def _segments(x: Floats, y: Floats, start: Indices, end: Indices) -> Lines:
    x0, y0 = x[:, start], y[:, start]
    return x0, y0, x[:, end] - x0, y[:, end] - y0
