"""The coarse search: concepts alone, joined by straight lines, placed before the phrases are.

With so few boxes each step is cheap, so most of the crossings are decided here. Phrases count only as room that a line
must have.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.maps.layout.boxes import Boxes, Lines
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

    `far` are their other ends, and `outward` is 1 where they begin here, -1 where they end here; `phrases` are half the
    sizes of their phrases; `own` says which concepts each may enter, and `free` which bars share no end with it.
    """

    lines: Indices
    far: Indices
    outward: Floats
    phrases: Floats
    own: Truths
    bars: Indices
    free: Truths


class CoarseSearch:
    """Simulated annealing of the concepts' places on a page of this size in px around the origin."""

    def __init__(self, boxes: Boxes, weights: Weights, width: float, height: float) -> None:
        self.boxes, self.weights = boxes, weights
        self.width, self.height = width, height
        n = boxes.concepts
        half = single(np.stack([boxes.half_width, boxes.half_height]))
        self.half = half[:, :n]
        source, target = boxes.source, boxes.target
        ends = np.stack([source, target], axis=1)
        self.shared = (ends[:, None, :, None] == ends[None, :, None, :]).any(axis=(2, 3))
        self.apart = self.half[:, :, None] + self.half[:, None] + np.float32(GAP_CONCEPTS)
        touch = (ends[:, :, None] == np.arange(n)[None, None, :]).any(axis=1)
        self.joined = []
        for concept in range(n):
            lines, bars = np.nonzero(touch[:, concept])[0], np.nonzero(~touch[:, concept])[0]
            begins = source[lines] == concept
            far = np.where(begins, target[lines], source[lines])
            outward = single(np.where(begins, 1.0, -1.0) * boxes.down[lines])
            free = ~self.shared[np.ix_(lines, bars)]
            self.joined.append(_Joined(lines, far, outward, half[:, n + lines], touch[lines], bars, free))
        self.before, self.after = neighbours_in_order(boxes)
        self.mates = mates_of(boxes)

    def run(
        self,
        places: Floats,
        sweeps: int,
        heat: tuple[float, float],
        far: float,
        rng: np.random.Generator,
        only: Sequence[int] | None = None,
    ) -> None:
        """Improve the middles of the concepts, x and y in a row each, in place.

        The temperature falls from `heat[0]` to `heat[1]`, and the reach from `far` heights of the page. On a page of
        many concepts, where nearly all places are the wrong ones, no concept goes further than that. Where `only` some
        are to move, all others stay.
        """
        count = places.shape[1]
        anywhere, moving = count <= MANY, list(range(count) if only is None else only)
        page = np.array([[self.width], [self.height]])
        for sweep in range(sweeps):
            done = sweep / max(sweeps - 1, 1)
            warmth = heat[0] * (heat[1] / heat[0]) ** done
            reach = self.height * far * (1 - done) + 20.0
            for concept in rng.permutation(moving).tolist():
                steps = (rng.random((2, PLACES)) * 2 - 1) * reach
                here = places[:, concept, None]
                if anywhere:
                    steps[:, -4:] = (rng.random((2, 4)) - 0.5) * (page - 2 * self.half[:, concept, None]) - here
                steps[:, 0] = 0.0
                at = single((here + steps).round())
                places[:, concept] = at[:, heat_bath(self.cost(places, concept, at), warmth, rng)]

    def crossings(self, places: Floats) -> int:
        """How many pairs of lines cross."""
        start = places[:, self.boxes.source]
        along = places[:, self.boxes.target] - start
        hits = crossed(*start[..., None], *along[..., None], *start, *along)
        return int((hits & ~self.shared).sum()) // 2

    def total(self, places: Floats) -> float:
        """The cost of all concepts as they stand; what concerns two concepts counts about twice."""
        return float(sum(self.cost(places, i, places[:, i, None])[0] for i in range(places.shape[1])))

    def cost(self, places: Floats, concept: int, at: Floats) -> Floats:
        """The part of the cost that depends on where a concept stands, for several places at once."""
        w, joined, half = self.weights, self.joined[concept], self.half[:, concept, None]
        over = self.apart[:, concept, None] - np.abs(at[..., None] - places[:, None])
        depth = np.minimum(over[0], over[1])
        depth[:, concept] = 0.0
        price = (depth > 0) * (w.overlap + w.overlap_depth * depth)
        total: Floats = np.add.reduce(price, axis=1, dtype=np.float64)
        half_page = np.array([[self.width / 2], [self.height / 2]], dtype=np.float32)
        out = np.maximum(np.abs(at) + (half - half_page), 0.0)
        total += w.outside * (out[0] + out[1])
        if len(joined.lines):
            kept = self._within(places, joined, at) if places.shape[1] > MANY else slice(None)
            start = places[:, self.boxes.source[joined.bars[kept]]]
            along = places[:, self.boxes.target[joined.bars[kept]]] - start
            sides = (half + np.float32(GAP_LINE))[..., None]
            total += w.through * _counts(chord_shares(start[:, None], along[:, None], at[..., None], sides) > 0)
            total += self._lines(places, concept, at, (start, along), joined.free[:, kept])
        for others, sign in ((self.before[concept], 1.0), (self.after[concept], -1.0)):
            for other in others:
                total += w.disorder * disordered((at[0] - places[0, other]) * sign, (at[1] - places[1, other]) * sign)
        for mate in self.mates[concept]:
            apart = np.abs(at - places[:, mate, None])
            total += w.parted * (apart[0] + apart[1])
        if concept == self.boxes.focus:
            total += w.displaced * displaced(at[0], at[1], self.width, self.height)
        return np.asarray(total.round(4))

    def _within(self, places: Floats, joined: _Joined, at: Floats) -> Truths:
        """Which of the bars come near the rectangle around all places for the concept and the ends of its lines."""
        a, b = places[:, self.boxes.source[joined.bars]], places[:, self.boxes.target[joined.bars]]
        reached = np.concatenate([at, places[:, joined.far]], axis=1)
        margin = self.half.max(axis=1, keepdims=True) + np.float32(GAP_LINE)
        inside = np.maximum(a, b) >= reached.min(axis=1, keepdims=True) - margin
        inside &= np.minimum(a, b) <= reached.max(axis=1, keepdims=True) + margin
        return np.asarray(inside.all(axis=0))

    def _lines(self, places: Floats, concept: int, at: Floats, bars: Lines, free: Truths) -> Floats:
        """What the lines at the concept cost: crossings, concepts in the way, length, room and direction."""
        w, joined = self.weights, self.joined[concept]
        along = places[:, None, joined.far] - at[..., None]
        start, way = at[..., None, None], along[..., None]
        share = chord_shares(start, way, places[:, None, None], (self.half + np.float32(GAP_LINE))[:, None, None])
        total = w.through * _counts((share > 0) & ~joined.own)
        total += w.crossing * _counts(crossed(*start, *way, *bars[0], *bars[1]) & free)
        over = 1.0 / np.maximum(np.abs(along), 1e-3)

        def covered(half: Floats) -> Floats:
            each = half[:, None] * over
            return np.asarray(np.minimum(each[0], each[1]))

        hidden = covered(self.half[:, concept, None]) + covered(self.half[:, joined.far]) + 2 * covered(joined.phrases)
        far = along * along
        seen = np.sqrt(far[0] + far[1]) * (1 - hidden)
        price = w.length * np.maximum(seen, 0.0)
        price += w.hidden_arrow * np.maximum(ARROW_ROOM + TAIL_ROOM - seen, 0.0)
        low = np.minimum(self.half[1, concept], self.half[1, joined.far])
        onward = along * joined.outward
        back = missed(onward[0], onward[1], low)
        price += w.upward * back + w.backward * (back > 0)
        total += np.add.reduce(price, axis=1, dtype=np.float64)
        return total


def _counts(truths: Truths) -> Floats:
    flat = truths.reshape(len(truths), -1).astype(np.float32)
    counted: Floats = np.add.reduce(flat, axis=1).astype(np.float64)
    return counted
