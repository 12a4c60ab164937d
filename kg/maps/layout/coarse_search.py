"""The coarse search: concepts alone, joined by straight lines, placed before the phrases are.

With so few boxes each step is cheap, so most of the crossings are decided here. Phrases count only as room that a line
must have.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.maps.layout.boxes import Boxes
from kg.maps.layout.objective import (
    ARROW_ROOM,
    GAP_CONCEPTS,
    GAP_LINE,
    TAIL_ROOM,
    Weights,
    mates_of,
    neighbours_in_order,
)
from kg.maps.layout.reading import disordered, displaced, missed
from kg.maps.layout.segments import Floats, Indices, Truths, chord_shares, crossed, heat_bath, single

PLACES, MANY = 32, 60


@dataclass(frozen=True, slots=True)
class _Joined:
    """What does not change about the lines at a concept: `lines` are its own, `bars` those it may cross.

    `far` are their other ends, and `outward` is 1 where they begin here, -1 where they end here; `own` says which
    concepts each may enter, and `free` which bars share no end with it.
    """

    lines: Indices
    far: Indices
    outward: Floats
    own: Truths
    bars: Indices
    free: Truths


class CoarseSearch:
    """Simulated annealing of the concepts' places on a page of this size in px around the origin."""

    def __init__(self, boxes: Boxes, weights: Weights, width: float, height: float) -> None:
        self.boxes, self.weights = boxes, weights
        self.width, self.height = width, height
        n = boxes.concepts
        half_width, half_height = single(boxes.half_width), single(boxes.half_height)
        self.half_width, self.half_height = half_width[:n], half_height[:n]
        self.phrase_width, self.phrase_height = half_width[n:], half_height[n:]
        source, target = boxes.source, boxes.target
        ends = np.stack([source, target], axis=1)
        self.shared = (ends[:, None, :, None] == ends[None, :, None, :]).any(axis=(2, 3))
        self.apart_x = self.half_width[:, None] + self.half_width + np.float32(GAP_CONCEPTS)
        self.apart_y = self.half_height[:, None] + self.half_height + np.float32(GAP_CONCEPTS)
        touch = (ends[:, :, None] == np.arange(n)[None, None, :]).any(axis=1)
        self.joined = []
        for concept in range(n):
            lines, bars = np.nonzero(touch[:, concept])[0], np.nonzero(~touch[:, concept])[0]
            begins = source[lines] == concept
            far = np.where(begins, target[lines], source[lines])
            outward = single(np.where(begins, 1.0, -1.0) * boxes.down[lines])
            free = ~self.shared[np.ix_(lines, bars)]
            self.joined.append(_Joined(lines, far, outward, touch[lines], bars, free))
        self.before, self.after = neighbours_in_order(boxes)
        self.mates = mates_of(boxes)

    def run(
        self,
        x: Floats,
        y: Floats,
        sweeps: int,
        heat: tuple[float, float],
        far: float,
        rng: np.random.Generator,
        only: Sequence[int] | None = None,
    ) -> None:
        """Improve the middles of the concepts in place.

        The temperature falls from `heat[0]` to `heat[1]`, and the reach from `far` heights of the page. On a page of
        many concepts, where nearly all places are the wrong ones, no concept goes further than that. Where `only` some
        are to move, all others stay.
        """
        anywhere, moving = len(x) <= MANY, list(range(len(x)) if only is None else only)
        for sweep in range(sweeps):
            done = sweep / max(sweeps - 1, 1)
            warmth = heat[0] * (heat[1] / heat[0]) ** done
            reach = self.height * far * (1 - done) + 20.0
            for concept in rng.permutation(moving).tolist():
                step_x = (rng.random(PLACES) * 2 - 1) * reach
                step_y = (rng.random(PLACES) * 2 - 1) * reach
                if anywhere:
                    step_x[-4:] = (rng.random(4) - 0.5) * (self.width - 2 * self.half_width[concept]) - x[concept]
                    step_y[-4:] = (rng.random(4) - 0.5) * (self.height - 2 * self.half_height[concept]) - y[concept]
                step_x[0] = step_y[0] = 0.0
                at_x, at_y = single(np.round(x[concept] + step_x)), single(np.round(y[concept] + step_y))
                taken = heat_bath(self.cost(x, y, concept, at_x, at_y), warmth, rng)
                x[concept], y[concept] = at_x[taken], at_y[taken]

    def crossings(self, x: Floats, y: Floats) -> int:
        """How many pairs of lines cross."""
        a, b = self.boxes.source, self.boxes.target
        dx, dy = x[b] - x[a], y[b] - y[a]
        hits = crossed(x[a, None], y[a, None], dx[:, None], dy[:, None], x[a], y[a], dx, dy)
        return int((hits & ~self.shared).sum()) // 2

    def total(self, x: Floats, y: Floats) -> float:
        """The cost of all concepts as they stand; what concerns two concepts counts about twice."""
        return float(sum(self.cost(x, y, i, x[i : i + 1], y[i : i + 1])[0] for i in range(len(x))))

    def cost(self, x: Floats, y: Floats, concept: int, at_x: Floats, at_y: Floats) -> Floats:
        """The part of the cost that depends on where a concept stands, for several places at once."""
        w, joined = self.weights, self.joined[concept]
        half_width, half_height = self.half_width[concept], self.half_height[concept]
        over_x = self.apart_x[concept] - np.abs(at_x[:, None] - x)
        depth = np.minimum(over_x, self.apart_y[concept] - np.abs(at_y[:, None] - y))
        depth[:, concept] = 0.0
        price = (depth > 0) * (w.overlap + w.overlap_depth * depth)
        total: Floats = np.add.reduce(price, axis=1, dtype=np.float64)
        out = np.maximum(np.abs(at_x) + (half_width - self.width / 2), 0.0)
        out += np.maximum(np.abs(at_y) + (half_height - self.height / 2), 0.0)
        total += w.outside * out
        if len(joined.lines):
            kept = self._within(x, y, joined, at_x, at_y) if len(x) > MANY else slice(None)
            a, b = self.boxes.source[joined.bars[kept]], self.boxes.target[joined.bars[kept]]
            bars = x[a], y[a], x[b] - x[a], y[b] - y[a]
            sizes = half_width + GAP_LINE, half_height + GAP_LINE
            total += w.through * _counts(chord_shares(*bars, at_x[:, None], at_y[:, None], *sizes) > 0)
            total += self._lines(x, y, concept, at_x[:, None], at_y[:, None], bars, joined.free[:, kept])
        for others, sign in ((self.before[concept], 1.0), (self.after[concept], -1.0)):
            for other in others:
                total += w.disorder * disordered((at_x - x[other]) * sign, (at_y - y[other]) * sign)
        for mate in self.mates[concept]:
            total += w.parted * (np.abs(at_x - x[mate]) + np.abs(at_y - y[mate]))
        if concept == self.boxes.focus:
            total += w.displaced * displaced(at_x, at_y, self.width, self.height)
        rounded: Floats = np.round(total, 4)
        return rounded

    def _within(self, x: Floats, y: Floats, joined: _Joined, at_x: Floats, at_y: Floats) -> Truths:
        """Which of the bars come near the rectangle around all places for the concept and the ends of its lines."""
        a, b = self.boxes.source[joined.bars], self.boxes.target[joined.bars]
        kept = np.ones(len(a), dtype=np.bool_)
        for values, at, half in ((x, at_x, self.half_width), (y, at_y, self.half_height)):
            margin, far = float(half.max()) + GAP_LINE, values[joined.far]
            kept &= np.maximum(values[a], values[b]) >= min(at.min(), far.min()) - margin
            kept &= np.minimum(values[a], values[b]) <= max(at.max(), far.max()) + margin
        return kept

    def _lines(
        self, x: Floats, y: Floats, concept: int, at_x: Floats, at_y: Floats, bars: tuple[Floats, ...], free: Truths
    ) -> Floats:
        """What the lines at the concept cost: crossings, concepts in the way, length, room and direction."""
        w, joined = self.weights, self.joined[concept]
        dx, dy = x[joined.far] - at_x, y[joined.far] - at_y
        line = at_x[:, :, None], at_y[:, :, None], dx[:, :, None], dy[:, :, None]
        share = chord_shares(*line, x, y, self.half_width + GAP_LINE, self.half_height + GAP_LINE)
        total = w.through * _counts((share > 0) & ~joined.own)
        total += w.crossing * _counts(crossed(*line, *bars) & free)
        over_dx, over_dy = 1.0 / np.maximum(np.abs(dx), 1e-3), 1.0 / np.maximum(np.abs(dy), 1e-3)
        covered = np.minimum(self.half_width[concept] * over_dx, self.half_height[concept] * over_dy)
        covered += np.minimum(self.half_width[joined.far] * over_dx, self.half_height[joined.far] * over_dy)
        phrase_width, phrase_height = self.phrase_width[joined.lines], self.phrase_height[joined.lines]
        covered += 2 * np.minimum(phrase_width * over_dx, phrase_height * over_dy)
        seen = np.sqrt(dx * dx + dy * dy) * (1 - covered)
        price = w.length * np.maximum(seen, 0.0)
        price += w.hidden_arrow * np.maximum(ARROW_ROOM + TAIL_ROOM - seen, 0.0)
        low = np.minimum(self.half_height[concept], self.half_height[joined.far])
        back = missed(dx * joined.outward, dy * joined.outward, low)
        price += w.upward * back + w.backward * (back > 0)
        total += np.add.reduce(price, axis=1, dtype=np.float64)
        return total


def _counts(truths: Truths) -> Floats:
    flat = truths.reshape(len(truths), -1).astype(np.float32)
    counted: Floats = np.add.reduce(flat, axis=1).astype(np.float64)
    return counted
