"""What a good arrangement of boxes is, as a number: the objective that the search makes smaller.

A proposition is two straight segments, from the middle of its source to the middle of its phrase and on to the
middle of its target; what a segment does inside its own boxes is not seen. Costs are in px, so that a crossing
is worth so and so many px of line. Fewer crossings matter most to readers (H. C. Purchase, *Which aesthetic has
the greatest effect on human understanding?*, Graph Drawing 1997); that general concepts stand above is Novak's
rule.
"""

from dataclasses import dataclass

import numpy as np

from kg.maps.layout.boxes import Boxes, Lines, Move, Moves, Scene
from kg.maps.layout.reading import disordered, displaced, missed
from kg.maps.layout.segments import Floats, Indices, Truths, chord_shares, crossed, single


@dataclass(frozen=True, slots=True)
class Weights:
    """The price of each thing a reader would rather not see, in px of line."""

    overlap: float = 160.0
    overlap_depth: float = 6.0
    through: float = 160.0
    through_length: float = 1.5
    crossing: float = 1000.0
    length: float = 0.35
    bend: float = 1.5
    turn: float = 400.0
    turned: float = 300.0
    upward: float = 2.0
    backward: float = 350.0
    disorder: float = 3.0
    displaced: float = 6.0
    parted: float = 0.4
    askew: float = 14.0
    hidden_arrow: float = 4.0
    narrow_angle: float = 350.0
    outside: float = 8.0


GAP_CONCEPTS, GAP_PHRASES, GAP_LINE = 14.0, 6.0, 6.0
NEAR = 120.0
TAIL_ROOM, ARROW_ROOM, LEAST_ROOM = 12.0, 24.0, 11.3
STRAIGHT = 0.92
AIMED, PASSED, TURNED = np.array([[0.8], [0.55]], dtype=np.float32), 0.3, 0.36
"""How far beside the middles of boxes lines may aim, across and down, and pass their words, in half sides; and from
which turn on a line is seen to turn that does not run straight for all that, as the sum of two tangents."""
IN_LINE, OUT_OF_LINE = 0.5, 11.3
STRICTEST = 8.0
WIDE_COSINE = 0.94


class Objective:
    """The cost of arrangements of these boxes on a page of a given size around the origin.

    Methods that weigh a move take where the middles of all boxes are, in px, x and y along the first axis, and the
    places to which the moved boxes may go, one row a choice. `strictness` multiplies the price of what must not be: a
    search that does not get rid of it raises that price.
    """

    def __init__(self, boxes: Boxes, weights: Weights) -> None:
        self.boxes, self.weights = boxes, weights
        self.moves = Moves(boxes)
        self.width = self.height = 0.0
        self.strictness = 1.0
        self.half = single(np.stack([boxes.half_width, boxes.half_height]))
        is_concept = np.arange(len(boxes.half_width)) < boxes.concepts
        gap = np.where(is_concept[:, None] & is_concept[None, :], GAP_CONCEPTS, GAP_PHRASES)
        self.gap = gap.astype(np.float32)
        self.apart = self.half[:, :, None] + self.half[:, None, :] + self.gap
        self.before, self.after = neighbours_in_order(boxes)
        self.mates = mates_of(boxes)

    def reshape(self, box: int, shape: int) -> None:
        """Give a box one of its shapes."""
        self.half[:, box] = self.boxes.shapes[box][shape]
        self.apart[:, box, :] = self.half[:, box, None] + self.half + self.gap[box]
        self.apart[:, :, box] = self.apart[:, box, :]

    def cost(self, places: Floats, move: Move, at: Floats) -> Floats:
        """The part of the cost that depends on the moved boxes.

        Arguments:
            places: where the middles of all boxes are, in px.
            move: which boxes move.
            at: where each of them goes, one row a choice.

        Returns:
            The cost of each row, rounded so that it does not depend on the processor.
        """
        scene = Scene(move, self.half, places, at)
        total = self.strictness * self._flaws(scene)
        if len(move.segments):
            total += self._crossings(scene) + self._shape(scene)
        if move.fans.size:
            total += self._angles(scene)
        box, (at_x, at_y) = int(move.boxes[0]), at[:, :, 0]
        if box < self.boxes.concepts:
            total += self._reading(box, places[0], places[1], at_x, at_y)
        for mate in self.mates[box]:
            total += self.weights.parted * (np.abs(at_x - places[0, mate]) + np.abs(at_y - places[1, mate]))
        return np.asarray(total.round(4))

    def flaws(self, places: Floats, move: Move) -> float:
        """The price of overlaps, boxes off the page and lines through boxes, of the moved boxes as they are."""
        return round(float(self._flaws(self._as_it_is(places, move))[0]), 4)

    def crossings(self, places: Floats, move: Move) -> int:
        """How many pairs of segments cross, one of which would move."""
        return round(float(self._crossings(self._as_it_is(places, move))[0]) / self.weights.crossing)

    def backward(self, places: Floats) -> int:
        """How many arrows do not read on."""
        source, target = self.boxes.source, self.boxes.target
        low = np.minimum(self.half[1, source], self.half[1, target])
        along = (places[:, target] - places[:, source]) * self.boxes.down
        return int((missed(along[0], along[1], low) > 0).sum())

    def troubled(self, places: Floats, everything: Move) -> Truths:
        """Which boxes take part in what must not be, or stand near one that does."""
        scene = self._as_it_is(places, everything)
        hits = self._entered(scene)[0] > 0
        trouble: Truths = (self._overlap(scene)[0] * everything.pair_weight > 0).any(axis=1) | hits.any(axis=0)
        trouble |= (np.abs(places) + self.half > self._half_page()).any(axis=0)
        trouble[self.moves.ends[hits.any(axis=1)].ravel()] = True
        if len(everything.segments):
            trouble[self.moves.ends[scene.seen[0] < LEAST_ROOM].ravel()] = True
        near = np.abs(places[:, :, None] - places[:, None, trouble]).max(axis=0) < NEAR
        return np.asarray(near.any(axis=1))

    def _half_page(self) -> Floats:
        return np.array([[self.width / 2], [self.height / 2]], dtype=np.float32)

    def _as_it_is(self, places: Floats, move: Move) -> Scene:
        return Scene(move, self.half, places, places[:, None, move.boxes])

    def _flaws(self, scene: Scene) -> Floats:
        price = self._overlap(scene)
        if len(scene.move.boxes) > 1:
            price = price * scene.move.pair_weight[:, scene.boxes]
        total: Floats = np.add.reduce(price, axis=(1, 2), dtype=np.float64)
        total += self._outside(scene)
        if len(scene.move.segments):
            lacking = LEAST_ROOM - scene.seen
            stubs = (lacking > 0) * (self.weights.overlap + self.weights.overlap_depth * lacking)
            total += np.add.reduce(stubs, axis=1, dtype=np.float64)
            total += np.add.reduce(self._entered(scene), axis=(1, 2), dtype=np.float64)
        if len(scene.lines):
            total += np.add.reduce(self._entered_by_others(scene), axis=(1, 2), dtype=np.float64)
        return total

    def _overlap(self, scene: Scene) -> Floats:
        """The price of each moved box's overlap with each box, or of a gap that is too narrow."""
        apart, w = self.apart[:, scene.move.boxes[:, None], scene.boxes], self.weights
        over = apart[:, None] - np.abs(scene.at[..., None] - scene.places[:, :, None])
        depth = np.minimum(over[0], over[1])
        price: Floats = (depth > 0) * (w.overlap + w.overlap_depth * depth)
        return price

    def _outside(self, scene: Scene) -> Floats:
        out = self.half[:, scene.move.boxes] - self._half_page()
        each = np.maximum(np.abs(scene.at) + out[:, None], 0.0)
        over = each[0] + each[1]
        price = (over > 0) * (30.0 + self.weights.outside * over)
        total: Floats = np.add.reduce(price, axis=1, dtype=np.float64)
        return total

    def _entered(self, scene: Scene) -> Floats:
        """The price of each dragged segment that runs through a box or nearly touches it."""
        return self._entries(scene.dragged, scene.places, scene.boxes, scene.move.own[:, scene.boxes])

    def _entered_by_others(self, scene: Scene) -> Floats:
        return self._entries(scene.staying, scene.at, scene.move.boxes, scene.move.own_of_others[scene.lines])

    def _entries(self, lines: Lines, at: Floats, boxes: Indices, own: Truths) -> Floats:
        """The price of each line that enters a box, other than its own."""
        start, along = (each[..., None] for each in lines)
        half = (self.half[:, boxes] + np.float32(GAP_LINE))[:, None, None]
        share = chord_shares(start, along, at[:, :, None], half)
        far = np.abs(along)
        length = self.weights.through_length * (far[0] + far[1])
        prices: Floats = ((share > 0) & ~own) * (self.weights.through + share * length)
        return prices

    def _crossings(self, scene: Scene) -> Floats:
        start, along = (each[..., None] for each in scene.dragged)
        weighed = [(scene.staying, scene.move.cross_weight[:, scene.lines])]
        if len(scene.move.boxes) > 1:
            weighed.append((scene.dragged, scene.move.cross_within))
        total = np.zeros(scene.at.shape[1])
        for lines, weight in weighed:
            hits = crossed(*start, *along, *lines[0][:, :, None], *lines[1][:, :, None])
            # Halves add up exactly in any order.
            total += hits.reshape(len(hits), -1).astype(np.float32) @ weight.ravel()
        total *= self.weights.crossing
        return total

    def _shape(self, scene: Scene) -> Floats:
        move, w, length = scene.move, self.weights, scene.length
        count = len(move.propositions)
        tail, arrow = scene.seen[:, :count], scene.seen[:, count:]
        first, last = -scene.link[:, :, :count], scene.link[:, :, count:]
        whole = first + last
        square = whole[0] * whole[0] + whole[1] * whole[1]
        bend = length[:, :count] + length[:, count:] - np.sqrt(square)
        dots = first * last
        cosine = (dots[0] + dots[1]) / np.maximum(length[:, :count] * length[:, count:], 1.0)
        heights = self.half[1, move.concepts]
        low = np.minimum(heights[:count], heights[count:])
        along = whole * self.boxes.down[move.propositions]
        back = missed(along[0], along[1], low)
        crooked = askew(whole).astype(np.float32)
        hidden = np.maximum(TAIL_ROOM - tail, 0.0) + np.maximum(ARROW_ROOM - arrow, 0.0)
        bent = self._bent(move, first, whole, square + np.float32(1.0))
        price = (
            w.length * (tail + arrow + 0.15 * np.abs(tail - arrow))
            + w.bend * bend
            + w.hidden_arrow * hidden
            + w.turn * np.maximum(STRAIGHT - cosine, 0.0)
            + w.turned * ((bent > TURNED) + np.minimum(bent, 2.0))
            + w.upward * back
            + w.backward * (back > 0)
            + w.askew * (crooked[0] + crooked[1])
        )
        total: Floats = np.add.reduce(price, axis=1, dtype=np.float64)
        return total

    def _bent(self, move: Move, first: Floats, whole: Floats, square: Floats) -> Floats:
        """How far each line has to turn at its words, wherever in its boxes it aims: 0 where it may run straight."""
        count = len(move.propositions)
        beside = np.abs(whole)[::-1]

        def reach(boxes: Indices, aims: Floats | float) -> Floats:
            each = (aims * self.half[:, boxes])[:, None] * beside
            total: Floats = each[0] + each[1]
            return total

        dots = first * whole
        along = np.minimum(np.maximum((dots[0] + dots[1]) / square, 0.1), 0.9)
        sources, targets = reach(move.concepts[:count], AIMED), reach(move.concepts[count:], AIMED)
        free = sources + along * (targets - sources) + reach(move.phrases[:count], PASSED)
        cross = first * whole[::-1]
        off = np.maximum(np.abs(cross[0] - cross[1]) - free, 0.0)
        return np.asarray(off / (square * along * (1 - along)))

    def _reading(self, concept: int, x: Floats, y: Floats, at_x: Floats, at_y: Floats) -> Floats:
        """The price of a concept's place in the order of a list, and of the focus away from its place."""
        w, total = self.weights, np.zeros(len(at_x))
        for others, sign in ((self.before[concept], 1.0), (self.after[concept], -1.0)):
            for other in others:
                total += w.disorder * disordered((at_x - x[other]) * sign, (at_y - y[other]) * sign)
        if concept == self.boxes.focus:
            total += w.displaced * displaced(at_x, at_y, self.width, self.height)
        return total

    def _angles(self, scene: Scene) -> Floats:
        """Lines that leave a concept in nearly the same direction."""
        concept, one, two = scene.near[:, :, scene.move.fans].transpose(2, 0, 1, 3)
        one, two = one - concept, two - concept
        dots, square_one, square_two = one * two, one * one, two * two
        size = np.sqrt((square_one[0] + square_one[1]) * (square_two[0] + square_two[1]))
        cosine = (dots[0] + dots[1]) / np.maximum(size, 1.0)
        narrow = np.maximum(cosine - WIDE_COSINE, 0.0) * (1 / (1 - WIDE_COSINE))
        total: Floats = np.add.reduce(narrow * narrow, axis=1, dtype=np.float64)
        total *= self.weights.narrow_angle * 0.25
        return total


def askew(apart: Floats) -> Truths:
    """Whether middles that are joined are nearly, and not quite, in line."""
    far = np.abs(apart)
    return np.asarray((far > IN_LINE) & (far < OUT_OF_LINE))


def neighbours_in_order(boxes: Boxes) -> tuple[list[list[int]], list[list[int]]]:
    """The concepts that come before, and those that come after, each concept in ordered lists."""
    before: list[list[int]] = [[] for _ in range(boxes.concepts)]
    after: list[list[int]] = [[] for _ in range(boxes.concepts)]
    for one, next_one in boxes.order:
        before[next_one].append(one)
        after[one].append(next_one)
    return before, after


def mates_of(boxes: Boxes) -> list[list[int]]:
    """The boxes that each box should stand near."""
    mates: list[list[int]] = [[] for _ in boxes.half_width]
    for one, other in boxes.mates:
        mates[one].append(other)
        mates[other].append(one)
    return mates
