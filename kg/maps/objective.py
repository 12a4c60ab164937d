"""What a good arrangement of boxes is, as a number: the objective that the search makes smaller.

Boxes are numbered: first the concepts, then a box for each linking phrase. A proposition is two straight
segments, from the middle of its source to the middle of its phrase and on to the middle of its target; what
a segment does inside its own boxes is not seen. Costs are in px, so that a crossing is worth so and so many
px of line. Fewer crossings matter most to readers (H. C. Purchase, *Which aesthetic has the greatest effect
on human understanding?*, Graph Drawing 1997); that general concepts stand above is Novak's rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.maps.planar import Floats, Truths, chord_shares, crossed, single

Indices = NDArray[np.intp]


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


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes to arrange: half widths and half heights in px, and each proposition's ends.

    `shapes` are the other (half width, half height) that a box may take, itself first. `down` is 1 where the
    target should stand below the source, -1 where it should stand above.
    """

    half_width: Floats
    half_height: Floats
    shapes: tuple[tuple[tuple[float, float], ...], ...]
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
    own: Truths
    own_of_others: Truths
    angles: Indices


GAP_CONCEPTS, GAP_PHRASES, GAP_LINE = 14.0, 6.0, 6.0
NEAR = 170.0
ARROW_ROOM, TAIL_ROOM = 24.0, 10.0
WIDE_COSINE = 0.94


class Objective:
    """The cost of arrangements of these boxes on a page of a given size around the origin.

    `strictness` multiplies the price of what must not be: a search that does not get rid of it raises that
    price.
    """

    def __init__(self, boxes: Boxes, weights: Weights) -> None:
        self.boxes, self.weights = boxes, weights
        self.width = self.height = 0.0
        self.strictness = 1.0
        self.half_width, self.half_height = single(boxes.half_width), single(boxes.half_height)
        n, m = boxes.concepts, len(boxes.source)
        phrase = np.arange(n, n + m)
        # Segment s joins the concept ends[s, 0] with the phrase ends[s, 1]; the first m leave sources.
        concept = np.concatenate([boxes.source, boxes.target])
        self.ends = np.stack([concept, np.concatenate([phrase, phrase])], axis=1)
        is_concept = np.arange(n + m) < n
        self.gap = np.where(is_concept[:, None] & is_concept[None, :], GAP_CONCEPTS, GAP_PHRASES).astype(
            np.float32
        )
        self.apart_x = self.half_width[:, None] + self.half_width[None, :] + self.gap
        self.apart_y = self.half_height[:, None] + self.half_height[None, :] + self.gap
        numbers = np.arange(n + m)
        # A segment may run into its own two boxes, but not back through its proposition's other end.
        self.own = (self.ends[:, :, None] == numbers[None, None, :]).any(axis=1)
        self.joined = (self.ends[:, None, :, None] == self.ends[None, :, None, :]).any(axis=(2, 3))
        first, second = np.nonzero(np.triu(self.ends[:, None, 0] == self.ends[None, :, 0], 1))
        self.fans = np.stack([first, second], axis=1)

    def move(self, boxes: Sequence[int], shares: Sequence[float]) -> Move:
        """What moving these boxes together touches; box i moves by shares[i] of the step."""
        moved = np.array(boxes, dtype=np.intp)
        touched = np.asarray(np.isin(self.ends, moved).any(axis=1))
        segments, others = np.nonzero(touched)[0], np.nonzero(~touched)[0]
        m = len(self.boxes.source)
        pair_weight = np.ones((len(moved), len(self.boxes.half_width)), dtype=np.float32)
        pair_weight[:, moved] = 0.5
        pair_weight[np.arange(len(moved)), moved] = 0.0
        cross_weight = np.where(self.joined[segments], 0.0, 1.0).astype(np.float32)
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

    def reshape(self, box: int, shape: int) -> None:
        """Give a box one of its shapes."""
        self.half_width[box], self.half_height[box] = self.boxes.shapes[box][shape]
        for apart, half in ((self.apart_x, self.half_width), (self.apart_y, self.half_height)):
            apart[box, :] = half[box] + half + self.gap[box]
            apart[:, box] = apart[box, :]

    def cost(self, x: Floats, y: Floats, move: Move) -> Floats:
        """The part of the cost that depends on the moved boxes.

        Arguments:
            x: the middles of all boxes in px, one row an arrangement.
            y: likewise.
            move: which boxes differ between the rows.

        Returns:
            The cost of each row, rounded so that it does not depend on the processor.
        """
        total = self.strictness * self._flaws(x, y, move)
        if len(move.segments):
            total += self._crossings(x, y, move) + self._shape(x, y, move) + self._angles(x, y, move)
        rounded: Floats = np.round(total, 4)
        return rounded

    def flaws(self, x: Floats, y: Floats, move: Move) -> float:
        """The price of overlaps, boxes off the page and lines through boxes, in the first arrangement."""
        return round(float(self._flaws(x, y, move)[0]), 4)

    def troubled(self, x: Floats, y: Floats, everything: Move) -> Truths:
        """Which boxes of the first arrangement take part in what must not be, or stand near one that does."""
        everyone = everything.boxes
        overlap = self._overlap_prices(x, y, everything)[0] * everything.pair_weight
        hits = self._chord_prices(x, y, everything.segments, everyone, everything.own)[0] > 0
        trouble: Truths = (overlap > 0).any(axis=1) | hits.any(axis=0)
        trouble |= np.abs(x[0]) + self.half_width > self.width / 2
        trouble |= np.abs(y[0]) + self.half_height > self.height / 2
        trouble[self.ends[hits.any(axis=1)].ravel()] = True
        near = np.maximum(np.abs(x[0][:, None] - x[0][trouble]), np.abs(y[0][:, None] - y[0][trouble])) < NEAR
        return np.asarray(near.any(axis=1))

    def crossings(self, x: Floats, y: Floats, move: Move) -> int:
        """How many pairs of segments cross in the first arrangement."""
        return round(float(self._crossings(x, y, move)[0]) / self.weights.crossing)

    def _flaws(self, x: Floats, y: Floats, move: Move) -> Floats:
        total = self._overlaps(x, y, move) + self._outside(x[:, move.boxes], y[:, move.boxes], move)
        return total + self._through(x, y, move) if len(move.segments) else total

    def _overlaps(self, x: Floats, y: Floats, move: Move) -> Floats:
        price = self._overlap_prices(x, y, move) * move.pair_weight
        total: Floats = price.sum(axis=(1, 2), dtype=np.float64)
        return total

    def _overlap_prices(self, x: Floats, y: Floats, move: Move) -> Floats:
        """The price of each moved box's overlap with each box, or of a gap that is too narrow."""
        dx = self.apart_x[move.boxes] - np.abs(x[:, move.boxes, None] - x[:, None, :])
        dy = self.apart_y[move.boxes] - np.abs(y[:, move.boxes, None] - y[:, None, :])
        depth = np.minimum(dx, dy)
        price: Floats = np.where(depth > 0, self.weights.overlap + self.weights.overlap_depth * depth, 0.0)
        return price

    def _outside(self, x: Floats, y: Floats, move: Move) -> Floats:
        over_x = np.abs(x) + self.half_width[move.boxes] - self.width / 2
        over_y = np.abs(y) + self.half_height[move.boxes] - self.height / 2
        over = np.maximum(over_x, 0.0) + np.maximum(over_y, 0.0)
        total: Floats = np.where(over > 0, 30.0 + self.weights.outside * over, 0.0).sum(
            axis=1, dtype=np.float64
        )
        return total

    def _through(self, x: Floats, y: Floats, move: Move) -> Floats:
        everyone = np.arange(x.shape[1])
        prices = self._chord_prices(x, y, move.segments, everyone, move.own)
        total: Floats = prices.sum(axis=(1, 2), dtype=np.float64)
        if len(move.others):
            prices = self._chord_prices(x, y, move.others, move.boxes, move.own_of_others)
            total = total + prices.sum(axis=(1, 2), dtype=np.float64)
        return total

    def _chord_prices(self, x: Floats, y: Floats, segments: Indices, boxes: Indices, own: Truths) -> Floats:
        """The price of each line that runs through a box or nearly touches it."""
        start, end = self.ends[segments, 0], self.ends[segments, 1]
        x0, y0, x1, y1 = x[:, start, None], y[:, start, None], x[:, end, None], y[:, end, None]
        share = chord_shares(
            x0,
            y0,
            x1,
            y1,
            x[:, None, boxes],
            y[:, None, boxes],
            self.half_width[boxes] + GAP_LINE,
            self.half_height[boxes] + GAP_LINE,
        )
        length = np.abs(x1 - x0) + np.abs(y1 - y0)
        price = self.weights.through + self.weights.through_length * share * length
        prices: Floats = np.where((share > 0) & ~own, price, 0.0)
        return prices

    def _crossings(self, x: Floats, y: Floats, move: Move) -> Floats:
        start, end = self.ends[:, 0], self.ends[:, 1]
        x0, y0 = x[:, start], y[:, start]
        dx, dy = x[:, end] - x0, y[:, end] - y0
        a = move.segments
        hits = crossed(
            x0[:, a, None],
            y0[:, a, None],
            dx[:, a, None],
            dy[:, a, None],
            x0[:, None, :],
            y0[:, None, :],
            dx[:, None, :],
            dy[:, None, :],
        )
        total: Floats = self.weights.crossing * (hits * move.cross_weight).sum(axis=(1, 2), dtype=np.float64)
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
        total: Floats = price.sum(axis=1, dtype=np.float64)
        return total

    def _visible(self, x: Floats, y: Floats, concept: Indices, phrase: Indices) -> tuple[Floats, Floats]:
        """Lengths of segments from middle to middle, and of what can be seen of them between the boxes."""
        dx, dy = np.abs(x[:, concept] - x[:, phrase]), np.abs(y[:, concept] - y[:, phrase])
        length = np.sqrt(dx * dx + dy * dy)
        covered: Floats = np.zeros(1)
        for box in (concept, phrase):
            half_width, half_height = self.half_width[box], self.half_height[box]
            covered = covered + np.minimum(
                half_width / np.maximum(dx, 1e-3), half_height / np.maximum(dy, 1e-3)
            )
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
        total: Floats = self.weights.narrow_angle * 0.25 * (narrow * narrow).sum(axis=1, dtype=np.float64)
        return total
