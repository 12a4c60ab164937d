"""What a good arrangement of boxes is, as a number: the objective that the search makes smaller.

A proposition is two straight segments, from the middle of its source to the middle of its phrase and on to the
middle of its target; what a segment does inside its own boxes is not seen. Costs are in px, so that a crossing
is worth so and so many px of line. Fewer crossings matter most to readers (H. C. Purchase, *Which aesthetic has
the greatest effect on human understanding?*, Graph Drawing 1997); that general concepts stand above is Novak's
rule.
"""

from dataclasses import dataclass

import numpy as np

from kg.maps.moves import Boxes, Indices, Move, Moves
from kg.maps.planar import Floats, Truths, chord_shares, crossed, single


@dataclass(frozen=True, slots=True)
class Weights:
    """The price of each thing a reader would rather not see, in px of line."""

    overlap: float = 160.0
    overlap_depth: float = 6.0
    through: float = 160.0
    through_length: float = 1.5
    crossing: float = 400.0
    length: float = 0.35
    bend: float = 1.5
    upward: float = 0.22
    hidden_arrow: float = 4.0
    narrow_angle: float = 350.0
    outside: float = 8.0


GAP_CONCEPTS, GAP_PHRASES, GAP_LINE = 14.0, 6.0, 6.0
NEAR = 170.0
ARROW_ROOM, TAIL_ROOM = 24.0, 10.0
WIDE_COSINE = 0.94


class Objective:
    """The cost of arrangements of these boxes on a page of a given size around the origin.

    Methods that weigh a move take where the middles of all boxes are, in px, and the places to which the moved
    boxes may go, one row a choice. `strictness` multiplies the price of what must not be: a search that does
    not get rid of it raises that price.
    """

    def __init__(self, boxes: Boxes, weights: Weights) -> None:
        self.boxes, self.weights = boxes, weights
        self.moves = Moves(boxes)
        self.width = self.height = 0.0
        self.strictness = 1.0
        self.half_width, self.half_height = single(boxes.half_width), single(boxes.half_height)
        is_concept = np.arange(len(boxes.half_width)) < boxes.concepts
        gap = np.where(is_concept[:, None] & is_concept[None, :], GAP_CONCEPTS, GAP_PHRASES)
        self.gap = gap.astype(np.float32)
        self.apart_x = self.half_width[:, None] + self.half_width[None, :] + self.gap
        self.apart_y = self.half_height[:, None] + self.half_height[None, :] + self.gap
        ends = self.moves.ends
        self.start, self.end = ends[:, 0].copy(), ends[:, 1].copy()

    def reshape(self, box: int, shape: int) -> None:
        """Give a box one of its shapes."""
        self.half_width[box], self.half_height[box] = self.boxes.shapes[box][shape]
        for apart, half in ((self.apart_x, self.half_width), (self.apart_y, self.half_height)):
            apart[box, :] = half[box] + half + self.gap[box]
            apart[:, box] = apart[box, :]

    def cost(self, x: Floats, y: Floats, move: Move, at_x: Floats, at_y: Floats) -> Floats:
        """The part of the cost that depends on the moved boxes.

        Arguments:
            x: where the middles of all boxes are, in px.
            y: likewise.
            move: which boxes move.
            at_x: where each of them goes, one row a choice.
            at_y: likewise.

        Returns:
            The cost of each row, rounded so that it does not depend on the processor.
        """
        scene = _Scene(self, x, y, move, at_x, at_y)
        total = self.strictness * self._flaws(scene)
        if len(move.segments):
            total += self._crossings(scene) + self._shape(scene)
        if len(move.fans):
            total += self._angles(scene)
        rounded: Floats = np.round(total, 4)
        return rounded

    def flaws(self, x: Floats, y: Floats, move: Move) -> float:
        """The price of overlaps, boxes off the page and lines through boxes, of the moved boxes as they are."""
        return round(float(self._flaws(self._as_it_is(x, y, move))[0]), 4)

    def crossings(self, x: Floats, y: Floats, move: Move) -> int:
        """How many pairs of segments cross, one of which would move."""
        return round(float(self._crossings(self._as_it_is(x, y, move))[0]) / self.weights.crossing)

    def troubled(self, x: Floats, y: Floats, everything: Move) -> Truths:
        """Which boxes take part in what must not be, or stand near one that does."""
        scene = self._as_it_is(x, y, everything)
        hits = self._entered(scene)[0] > 0
        trouble: Truths = (self._overlap(scene)[0] * everything.pair_weight > 0).any(axis=1) | hits.any(axis=0)
        trouble |= np.abs(x) + self.half_width > self.width / 2
        trouble |= np.abs(y) + self.half_height > self.height / 2
        trouble[self.moves.ends[hits.any(axis=1)].ravel()] = True
        near = np.maximum(np.abs(x[:, None] - x[trouble]), np.abs(y[:, None] - y[trouble])) < NEAR
        return np.asarray(near.any(axis=1))

    def _as_it_is(self, x: Floats, y: Floats, move: Move) -> "_Scene":
        return _Scene(self, x, y, move, x[None, move.boxes], y[None, move.boxes])

    def _flaws(self, scene: "_Scene") -> Floats:
        price = self._overlap(scene)
        if len(scene.move.boxes) > 1:
            price = price * scene.move.pair_weight
        total: Floats = np.add.reduce(price, axis=(1, 2), dtype=np.float64)
        total += self._outside(scene)
        if len(scene.move.segments):
            total += np.add.reduce(self._entered(scene), axis=(1, 2), dtype=np.float64)
        if len(scene.move.others):
            total += np.add.reduce(self._entered_by_others(scene), axis=(1, 2), dtype=np.float64)
        return total

    def _overlap(self, scene: "_Scene") -> Floats:
        """The price of each moved box's overlap with each box, or of a gap that is too narrow."""
        moved, w = scene.move.boxes, self.weights
        dx = self.apart_x[moved] - np.abs(scene.at_x[:, :, None] - scene.x[:, None, :])
        dy = self.apart_y[moved] - np.abs(scene.at_y[:, :, None] - scene.y[:, None, :])
        depth = np.minimum(dx, dy)
        if len(moved) == 1:
            depth[:, :, moved[0]] = 0.0
        price: Floats = (depth > 0) * (w.overlap + w.overlap_depth * depth)
        return price

    def _outside(self, scene: "_Scene") -> Floats:
        moved = scene.move.boxes
        over = np.maximum(np.abs(scene.at_x) + (self.half_width[moved] - self.width / 2), 0.0)
        over += np.maximum(np.abs(scene.at_y) + (self.half_height[moved] - self.height / 2), 0.0)
        price = (over > 0) * (30.0 + self.weights.outside * over)
        total: Floats = np.add.reduce(price, axis=1, dtype=np.float64)
        return total

    def _entered(self, scene: "_Scene") -> Floats:
        """The price of each dragged segment that runs through a box or nearly touches it."""
        x0, y0, dx, dy = (each[:, :, None] for each in scene.dragged)
        boxes = scene.x[:, None, :], scene.y[:, None, :]
        share = chord_shares(x0, y0, dx, dy, *boxes, self.half_width + GAP_LINE, self.half_height + GAP_LINE)
        return self._price_of_entry(share, dx, dy, scene.move.own)

    def _entered_by_others(self, scene: "_Scene") -> Floats:
        """The price of each segment that stays and runs through a moved box."""
        moved, others = scene.move.boxes, scene.move.others
        x0, y0, dx, dy = (each[:, others, None] for each in scene.lines)
        half_width, half_height = self.half_width[moved] + GAP_LINE, self.half_height[moved] + GAP_LINE
        boxes = scene.at_x[:, None, :], scene.at_y[:, None, :]
        share = chord_shares(x0, y0, dx, dy, *boxes, half_width, half_height)
        return self._price_of_entry(share, dx, dy, scene.move.own_of_others)

    def _price_of_entry(self, share: Floats, dx: Floats, dy: Floats, own: Truths) -> Floats:
        length = self.weights.through_length * (np.abs(dx) + np.abs(dy))
        prices: Floats = ((share > 0) & ~own) * (self.weights.through + share * length)
        return prices

    def _crossings(self, scene: "_Scene") -> Floats:
        x0, y0, dx, dy = (each[:, :, None] for each in scene.dragged)
        x1, y1, ex, ey = (each[:, None, :] for each in scene.lines)
        hits = crossed(x0, y0, dx, dy, x1, y1, ex, ey)
        # Halves add up exactly in any order.
        counted = hits.reshape(len(hits), -1).astype(np.float32) @ scene.move.cross_weight.ravel()
        total: Floats = self.weights.crossing * counted.astype(np.float64)
        return total

    def _shape(self, scene: "_Scene") -> Floats:
        """Length, bends, arrows without room and arrows that point up."""
        move, w, x, y = scene.move, self.weights, scene.near_x, scene.near_y
        first, tail = self._visible(scene, move.source, move.phrase)
        second, arrow = self._visible(scene, move.target, move.phrase)
        wide, fall = x[:, move.target] - x[:, move.source], y[:, move.target] - y[:, move.source]
        bend = first + second - np.sqrt(wide * wide + fall * fall)
        hidden = np.maximum(TAIL_ROOM - tail, 0.0) + np.maximum(ARROW_ROOM - arrow, 0.0)
        price = (
            w.length * (tail + arrow + 0.15 * np.abs(tail - arrow))
            + w.bend * bend
            + w.hidden_arrow * hidden
            + w.upward * np.maximum(40.0 - fall * self.boxes.down[move.propositions], 0.0)
        )
        total: Floats = np.add.reduce(price, axis=1, dtype=np.float64)
        return total

    def _visible(self, scene: "_Scene", concept: Indices, phrase: Indices) -> tuple[Floats, Floats]:
        """Lengths of segments from middle to middle, and of what can be seen of them between the boxes."""
        dx = np.abs(scene.near_x[:, concept] - scene.near_x[:, phrase])
        dy = np.abs(scene.near_y[:, concept] - scene.near_y[:, phrase])
        length = np.sqrt(dx * dx + dy * dy)
        over_dx, over_dy = 1.0 / np.maximum(dx, 1e-3), 1.0 / np.maximum(dy, 1e-3)
        half_width, half_height = self.half_width[scene.move.near], self.half_height[scene.move.near]
        covered = np.minimum(half_width[concept] * over_dx, half_height[concept] * over_dy)
        covered += np.minimum(half_width[phrase] * over_dx, half_height[phrase] * over_dy)
        return length, length * (1.0 - covered)

    def _angles(self, scene: "_Scene") -> Floats:
        """Lines that leave a concept in nearly the same direction."""
        concept, one, two = scene.move.fans.T
        x, y = scene.near_x, scene.near_y
        ax, ay = x[:, one] - x[:, concept], y[:, one] - y[:, concept]
        bx, by = x[:, two] - x[:, concept], y[:, two] - y[:, concept]
        size = np.sqrt((ax * ax + ay * ay) * (bx * bx + by * by))
        cosine = (ax * bx + ay * by) / np.maximum(size, 1.0)
        narrow = np.maximum(cosine - WIDE_COSINE, 0.0) * (1 / (1 - WIDE_COSINE))
        total: Floats = np.add.reduce(narrow * narrow, axis=1, dtype=np.float64)
        total *= self.weights.narrow_angle * 0.25
        return total


class _Scene:
    """A move's choices, one row each, and what is there besides.

    What stays where it is has one row for all choices. When a single box moves, `x`, `y` and `lines` show it and
    what it drags at their old places: nothing is ever weighed against itself.
    """

    def __init__(self, objective: Objective, x: Floats, y: Floats, move: Move, at_x: Floats, at_y: Floats):
        self.move, self.at_x, self.at_y = move, at_x, at_y
        self.near_x, self.near_y = _beside(x, move, at_x), _beside(y, move, at_y)
        if len(move.boxes) == 1:
            self.x, self.y = x[None, :], y[None, :]
        else:
            self.x, self.y = np.repeat(x[None, :], len(at_x), axis=0), np.repeat(y[None, :], len(at_y), axis=0)
            self.x[:, move.boxes], self.y[:, move.boxes] = at_x, at_y
        self.lines = _segments(self.x, self.y, objective.start, objective.end)
        self.dragged = _segments(self.near_x, self.near_y, move.start, move.end)


def _beside(values: Floats, move: Move, at: Floats) -> Floats:
    """Where the boxes near the moved ones are, with those where they go."""
    near = np.empty((len(at), len(move.near)), dtype=np.float32)
    near[:] = values[move.near]
    near[:, : at.shape[1]] = at
    return near


def _segments(x: Floats, y: Floats, start: Indices, end: Indices) -> tuple[Floats, Floats, Floats, Floats]:
    """Where segments begin, and how far they go along both axes."""
    x0, y0 = x[:, start], y[:, start]
    return x0, y0, x[:, end] - x0, y[:, end] - y0
