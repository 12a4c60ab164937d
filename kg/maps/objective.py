"""What a good arrangement of boxes is, as a number: the objective that the search makes smaller.

Boxes are numbered: first the concepts, then a box for each linking phrase. A proposition is two straight segments,
from the middle of its source to the middle of its phrase and on to the middle of its target; what a segment does
inside its own boxes is not seen. Costs are in px, so that a crossing is worth so and so many px of line.
Fewer crossings matter most to readers (H. C. Purchase, *Which aesthetic has the greatest effect on human
understanding?*, Graph Drawing 1997); that general concepts stand above is Novak's rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Weights:
    """The price of each thing a reader would rather not see, in px of line."""

    overlap: float = 160.0
    overlap_depth: float = 6.0
    through: float = 160.0
    through_length: float = 1.5
    crossing: float = 150.0
    length: float = 0.35
    bend: float = 1.5
    upward: float = 0.22
    hidden_arrow: float = 4.0
    narrow_angle: float = 350.0
    outside: float = 8.0


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes to arrange: half widths and half heights in px, and each proposition's ends.

    `down` is 1 where the target should stand below the source, -1 where it should stand above.
    """

    half_width: Floats
    half_height: Floats
    source: Indices
    target: Indices
    down: Floats

    @property
    def concepts(self) -> int:
        """How many of the boxes are concepts."""
        return len(self.half_width) - len(self.source)


@dataclass(frozen=True, slots=True)
class Move:
    """Boxes that move together, and everything about them that does not depend on where they go."""

    boxes: Indices
    shares: Floats
    segments: Indices
    others: Indices
    propositions: Indices
    pair_weight: Floats
    cross_weight: Floats
    own: NDArray[np.bool_]
    own_of_others: NDArray[np.bool_]
    angles: Indices


GAP_CONCEPTS, GAP_PHRASES, GAP_LINE = 16.0, 7.0, 6.0
ARROW_ROOM, TAIL_ROOM = 24.0, 10.0
WIDE_COSINE = 0.94


class Objective:
    """The cost of arrangements of these boxes on a page of a given size around the origin."""

    def __init__(self, boxes: Boxes, weights: Weights) -> None:
        self.boxes, self.weights = boxes, weights
        self.width = self.height = 0.0
        n, m = boxes.concepts, len(boxes.source)
        phrase = np.arange(n, n + m)
        # Segment s joins the concept ends[s, 0] with the phrase ends[s, 1]; the first m leave sources.
        self.ends = np.stack([np.concatenate([boxes.source, boxes.target]), np.concatenate([phrase, phrase])], axis=1)
        is_concept = np.arange(n + m) < n
        gap = np.where(is_concept[:, None] & is_concept[None, :], GAP_CONCEPTS, GAP_PHRASES)
        self.gap_x = boxes.half_width[:, None] + boxes.half_width[None, :] + gap
        self.gap_y = boxes.half_height[:, None] + boxes.half_height[None, :] + gap
        numbers = np.arange(n + m)
        # A line is not in the way of its own proposition's boxes.
        both = np.stack([boxes.source, boxes.target, phrase], axis=1)
        both = np.concatenate([both, both])
        self.own = (both[:, :, None] == numbers[None, None, :]).any(axis=1)
        self.joined = (self.ends[:, None, :, None] == self.ends[None, :, None, :]).any(axis=(2, 3))
        first, second = np.nonzero(np.triu(self.ends[:, None, 0] == self.ends[None, :, 0], 1))
        self.fans = np.stack([first, second], axis=1)

    def move(self, boxes: Sequence[int], shares: Sequence[float]) -> Move:
        """What moving these boxes together touches; box i moves by shares[i] of the step."""
        moved = np.array(boxes, dtype=np.intp)
        touched = np.isin(self.ends, moved).any(axis=1)
        segments, others = np.nonzero(touched)[0], np.nonzero(~touched)[0]
        m = len(self.boxes.source)
        pair_weight = np.ones((len(moved), len(self.boxes.half_width)))
        pair_weight[:, moved] = 0.5
        pair_weight[np.arange(len(moved)), moved] = 0.0
        cross_weight = np.where(self.joined[segments], 0.0, 1.0)
        cross_weight[:, segments] *= 0.5
        fans = self.fans[touched[self.fans].any(axis=1)] if len(self.fans) else self.fans
        return Move(
            moved,
            np.array(shares),
            segments,
            others,
            np.unique(segments % m) if m else segments,
            pair_weight,
            cross_weight,
            self.own[segments],
            self.own[np.ix_(others, moved)],
            fans,
        )

    def cost(self, x: Floats, y: Floats, move: Move) -> Floats:
        """The part of the cost that depends on the moved boxes.

        Arguments:
            x, y: the middles of all boxes in px, one row an arrangement.
            move: which boxes differ between the rows.

        Returns:
            The cost of each row, rounded so that it does not depend on the processor.
        """
        total = self._overlaps(x, y, move) + self._outside(x[:, move.boxes], y[:, move.boxes], move)
        if len(move.segments):
            total += self._through(x, y, move) + self._crossings(x, y, move) + self._shape(x, y, move)
            total += self._angles(x, y, move)
        rounded: Floats = np.round(total, 4)
        return rounded

    def flaws(self, x: Floats, y: Floats, move: Move) -> float:
        """The price of overlaps, boxes off the page and lines through boxes, in the first arrangement."""
        found = self._overlaps(x, y, move) + self._outside(x[:, move.boxes], y[:, move.boxes], move)
        return round(float((found + self._through(x, y, move))[0]), 4)

    def crossings(self, x: Floats, y: Floats, move: Move) -> int:
        """How many pairs of segments cross in the first arrangement."""
        return round(float(self._crossings(x, y, move)[0]) / self.weights.crossing)

    def _overlaps(self, x: Floats, y: Floats, move: Move) -> Floats:
        dx = self.gap_x[move.boxes] - np.abs(x[:, move.boxes, None] - x[:, None, :])
        dy = self.gap_y[move.boxes] - np.abs(y[:, move.boxes, None] - y[:, None, :])
        depth = np.minimum(dx, dy)
        price = np.where(depth > 0, self.weights.overlap + self.weights.overlap_depth * depth, 0.0)
        total: Floats = (price * move.pair_weight).sum(axis=(1, 2))
        return total

    def _outside(self, x: Floats, y: Floats, move: Move) -> Floats:
        over_x = np.abs(x) + self.boxes.half_width[move.boxes] - self.width / 2
        over_y = np.abs(y) + self.boxes.half_height[move.boxes] - self.height / 2
        over = np.maximum(over_x, 0.0) + np.maximum(over_y, 0.0)
        total: Floats = np.where(over > 0, 30.0 + self.weights.outside * over, 0.0).sum(axis=1)
        return total

    def _through(self, x: Floats, y: Floats, move: Move) -> Floats:
        boxes = np.arange(x.shape[1])
        total = self._chords(x, y, move.segments, boxes, move.own)
        if len(move.others):
            total = total + self._chords(x, y, move.others, move.boxes, move.own_of_others)
        return total

    def _chords(self, x: Floats, y: Floats, segments: Indices, boxes: Indices, own: NDArray[np.bool_]) -> Floats:
        """The price of lines that run through boxes or nearly touch them (clipped after Liang and Barsky, 1984)."""
        start, end = self.ends[segments, 0], self.ends[segments, 1]
        low, high, size = 0.0, 1.0, 0.0
        for middle, half in ((x, self.boxes.half_width), (y, self.boxes.half_height)):
            origin = middle[:, start]
            step = middle[:, end] - origin
            step = np.where(np.abs(step) < 1e-3, 1e-3, step)[:, :, None]
            offset = middle[:, None, boxes] - origin[:, :, None]
            centre = offset / step
            reach = (half[boxes] + GAP_LINE) / np.abs(step)
            low = np.maximum(low, centre - reach)
            high = np.minimum(high, centre + reach)
            size = size + np.abs(step)
        share = np.where(own, 0.0, high - low)
        price = np.where(share > 0, self.weights.through + self.weights.through_length * share * size, 0.0)
        total: Floats = price.sum(axis=(1, 2))
        return total

    def _crossings(self, x: Floats, y: Floats, move: Move) -> Floats:
        start, end = self.ends[:, 0], self.ends[:, 1]
        x0, y0 = x[:, start], y[:, start]
        dx, dy = x[:, end] - x0, y[:, end] - y0
        a = move.segments
        ox, oy = x0[:, None, :] - x0[:, a, None], y0[:, None, :] - y0[:, a, None]
        ax, ay = dx[:, a, None], dy[:, a, None]
        bx, by = dx[:, None, :], dy[:, None, :]
        turn = ax * by - ay * bx
        along = ox * by - oy * bx
        beside = ox * ay - oy * ax
        # Both shares along the segments lie between 0 and 1, without a division by a turn that may be 0.
        crossed = (along * turn > 0) & (beside * turn > 0) & (np.abs(along) < np.abs(turn)) & (np.abs(beside) < np.abs(turn))
        total: Floats = self.weights.crossing * (crossed * move.cross_weight).sum(axis=(1, 2))
        return total

    def _shape(self, x: Floats, y: Floats, move: Move) -> Floats:
        """Length, bends, arrows without room and arrows that point up."""
        p = move.propositions
        source, target = self.boxes.source[p], self.boxes.target[p]
        phrase = p + self.boxes.concepts
        first, tail = self._visible(x, y, source, phrase)
        second, arrow = self._visible(x, y, target, phrase)
        straight = np.sqrt((x[:, source] - x[:, target]) ** 2 + (y[:, source] - y[:, target]) ** 2)
        bend = first + second - straight
        hidden = np.maximum(TAIL_ROOM - tail, 0.0) + np.maximum(ARROW_ROOM - arrow, 0.0)
        uneven = np.abs(tail - arrow)
        rise = (y[:, source] - y[:, target]) * self.boxes.down[p]
        w = self.weights
        price = (
            w.length * (tail + arrow)
            + w.length * 0.15 * uneven
            + w.bend * bend
            + w.hidden_arrow * hidden
            + w.upward * np.maximum(rise + 40.0, 0.0)
        )
        total: Floats = price.sum(axis=1)
        return total

    def _visible(self, x: Floats, y: Floats, concept: Indices, phrase: Indices) -> tuple[Floats, Floats]:
        """Lengths of segments from middle to middle, and of what can be seen of them between the boxes."""
        dx, dy = np.abs(x[:, concept] - x[:, phrase]), np.abs(y[:, concept] - y[:, phrase])
        length = np.sqrt(dx * dx + dy * dy)
        covered = 0.0
        for box in (concept, phrase):
            half_width, half_height = self.boxes.half_width[box], self.boxes.half_height[box]
            covered = covered + np.minimum(half_width / np.maximum(dx, 1e-3), half_height / np.maximum(dy, 1e-3))
        return length, length * (1.0 - covered)

    def _angles(self, x: Floats, y: Floats, move: Move) -> Floats:
        """Lines that leave a concept in nearly the same direction."""
        if not len(move.angles):
            return np.zeros(len(x))
        one, two = move.angles[:, 0], move.angles[:, 1]
        concept, phrase_one, phrase_two = self.ends[one, 0], self.ends[one, 1], self.ends[two, 1]
        ax, ay = x[:, phrase_one] - x[:, concept], y[:, phrase_one] - y[:, concept]
        bx, by = x[:, phrase_two] - x[:, concept], y[:, phrase_two] - y[:, concept]
        size = np.sqrt((ax * ax + ay * ay) * (bx * bx + by * by))
        cosine = (ax * bx + ay * by) / np.maximum(size, 1.0)
        narrow = np.maximum(cosine - WIDE_COSINE, 0.0) / (1 - WIDE_COSINE)
        total: Floats = self.weights.narrow_angle * 0.25 * (narrow * narrow).sum(axis=1)
        return total
