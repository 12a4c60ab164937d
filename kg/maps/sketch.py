"""A sketch of the map: concepts alone, joined by straight lines, to settle who stands where before the words
come.

With so few boxes each step is cheap, so there is time to untangle: the sketch decides most of the crossings.
Phrases count only as room that a line must have.
"""

from dataclasses import dataclass

import numpy as np

from kg.maps.moves import Boxes, Indices
from kg.maps.objective import ARROW_ROOM, GAP_CONCEPTS, GAP_LINE, TAIL_ROOM, Weights
from kg.maps.planar import Floats, Truths, chord_shares, crossed, heat_bath, single

PLACES = 32


@dataclass(frozen=True, slots=True)
class _Joined:
    """The lines at a concept, the other lines, and which pairs of lines may cross."""

    lines: Indices
    others: Indices
    may_cross: Truths
    own: Truths


class Sketch:
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
        touch = (ends[:, :, None] == np.arange(n)[None, None, :]).any(axis=1)
        self.joined = []
        for concept in range(n):
            lines, others = np.nonzero(touch[:, concept])[0], np.nonzero(~touch[:, concept])[0]
            self.joined.append(_Joined(lines, others, ~self.shared[lines], touch[lines]))

    def run(
        self,
        x: Floats,
        y: Floats,
        sweeps: int,
        heat: tuple[float, float],
        far: float,
        rng: np.random.Generator,
    ) -> None:
        """Improve the middles of the concepts in place.

        The temperature falls from `heat[0]` to `heat[1]`, and the reach from `far` heights of the page.
        """
        for sweep in range(sweeps):
            done = sweep / max(sweeps - 1, 1)
            warmth = heat[0] * (heat[1] / heat[0]) ** done
            reach = self.height * far * (1 - done) + 20.0
            for concept in rng.permutation(len(x)).tolist():
                step_x = (rng.random(PLACES) * 2 - 1) * reach
                step_y = (rng.random(PLACES) * 2 - 1) * reach
                step_x[-4:] = (rng.random(4) - 0.5) * (self.width - 2 * self.half_width[concept]) - x[concept]
                step_y[-4:] = (rng.random(4) - 0.5) * (self.height - 2 * self.half_height[concept]) - y[
                    concept
                ]
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
        """The cost of the whole sketch; what concerns two concepts counts about twice."""
        return float(sum(self.cost(x, y, i, x[i : i + 1], y[i : i + 1])[0] for i in range(len(x))))

    def cost(self, x: Floats, y: Floats, concept: int, at_x: Floats, at_y: Floats) -> Floats:
        """The part of the cost that depends on where a concept stands, for several places at once."""
        w, joined, boxes = self.weights, self.joined[concept], self.boxes
        half_width, half_height = self.half_width[concept], self.half_height[concept]
        over_x = self.half_width + half_width + GAP_CONCEPTS - np.abs(at_x[:, None] - x)
        over_y = self.half_height + half_height + GAP_CONCEPTS - np.abs(at_y[:, None] - y)
        depth = np.minimum(over_x, over_y)
        depth[:, concept] = 0.0
        total = np.where(depth > 0, w.overlap + w.overlap_depth * depth, 0.0).sum(axis=1, dtype=np.float64)
        out = np.maximum(np.abs(at_x) + half_width - self.width / 2, 0.0)
        out += np.maximum(np.abs(at_y) + half_height - self.height / 2, 0.0)
        total += w.outside * out
        if len(joined.others):
            a, b = boxes.source[joined.others], boxes.target[joined.others]
            share = chord_shares(
                x[None, a],
                y[None, a],
                (x[b] - x[a])[None],
                (y[b] - y[a])[None],
                at_x[:, None],
                at_y[:, None],
                half_width + GAP_LINE,
                half_height + GAP_LINE,
            )
            total += np.where(share > 0, w.through, 0.0).sum(axis=1, dtype=np.float64)
        if len(joined.lines):
            total += self._lines(x, y, concept, at_x, at_y)
        rounded: Floats = np.round(total, 4)
        return rounded

    def _lines(self, x: Floats, y: Floats, concept: int, at_x: Floats, at_y: Floats) -> Floats:
        """What the lines at the concept cost: crossings, concepts in the way, length, room and direction."""
        w, joined, boxes = self.weights, self.joined[concept], self.boxes
        outward = boxes.source[joined.lines] == concept
        far = np.where(outward, boxes.target[joined.lines], boxes.source[joined.lines])
        x0, y0 = at_x[:, None], at_y[:, None]
        x1, y1 = (
            np.broadcast_to(x[far], (len(at_x), len(far))),
            np.broadcast_to(y[far], (len(at_y), len(far))),
        )
        share = chord_shares(
            x0[:, :, None],
            y0[:, :, None],
            (x1 - x0)[:, :, None],
            (y1 - y0)[:, :, None],
            x,
            y,
            self.half_width + GAP_LINE,
            self.half_height + GAP_LINE,
        )
        total = w.through * ((share > 0) & ~joined.own).sum(axis=(1, 2))
        a, b = boxes.source, boxes.target
        hits = crossed(
            x0[:, :, None],
            y0[:, :, None],
            (x1 - x0)[:, :, None],
            (y1 - y0)[:, :, None],
            x[a],
            y[a],
            x[b] - x[a],
            y[b] - y[a],
        )
        total = total + w.crossing * (hits & joined.may_cross).sum(axis=(1, 2))
        dx, dy = np.maximum(np.abs(x1 - x0), 1e-3), np.maximum(np.abs(y1 - y0), 1e-3)
        length = np.sqrt(dx * dx + dy * dy)
        covered = np.minimum(self.half_width[concept] / dx, self.half_height[concept] / dy)
        covered = covered + np.minimum(self.half_width[far] / dx, self.half_height[far] / dy)
        covered = covered + 2 * np.minimum(
            self.phrase_width[joined.lines] / dx, self.phrase_height[joined.lines] / dy
        )
        seen = length * (1 - covered)
        fall = (y1 - y0) * np.where(outward, 1.0, -1.0) * boxes.down[joined.lines]
        price = w.length * np.maximum(seen, 0.0) + w.hidden_arrow * np.maximum(
            ARROW_ROOM + TAIL_ROOM - seen, 0.0
        )
        total += (price + w.upward * np.maximum(40.0 - fall, 0.0)).sum(axis=1, dtype=np.float64)
        return np.asarray(total)
