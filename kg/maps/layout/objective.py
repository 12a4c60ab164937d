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
ARROW_ROOM, TAIL_ROOM, LEAST_ROOM = 24.0, 12.0, 11.3
STRAIGHT = 0.92
AIMED, PASSED, TURNED = (0.8, 0.55), 0.3, 0.36
"""How far beside the middles of boxes lines may aim, across and down, and pass their words, in half sides; and from
which turn on a line is seen to turn that does not run straight for all that, as the sum of two tangents."""
IN_LINE, OUT_OF_LINE = 0.5, 11.3
STRICTEST = 8.0
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
        self.before, self.after = neighbours_in_order(boxes)
        self.mates = mates_of(boxes)

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
        scene = Scene(move, (self.half_width, self.half_height), (x, y), (at_x, at_y))
        total = self.strictness * self._flaws(scene)
        if len(move.segments):
            total += self._crossings(scene) + self._shape(scene)
        if len(move.fans):
            total += self._angles(scene)
        if move.boxes[0] < self.boxes.concepts:
            total += self._reading(int(move.boxes[0]), x, y, at_x[:, 0], at_y[:, 0])
        for mate in self.mates[int(move.boxes[0])]:
            total += self.weights.parted * (np.abs(at_x[:, 0] - x[mate]) + np.abs(at_y[:, 0] - y[mate]))
        rounded: Floats = np.round(total, 4)
        return rounded

    def flaws(self, x: Floats, y: Floats, move: Move) -> float:
        """The price of overlaps, boxes off the page and lines through boxes, of the moved boxes as they are."""
        return round(float(self._flaws(self._as_it_is(x, y, move))[0]), 4)

    def crossings(self, x: Floats, y: Floats, move: Move) -> int:
        """How many pairs of segments cross, one of which would move."""
        return round(float(self._crossings(self._as_it_is(x, y, move))[0]) / self.weights.crossing)

    def backward(self, x: Floats, y: Floats) -> int:
        """How many arrows do not read on."""
        source, target, down = self.boxes.source, self.boxes.target, self.boxes.down
        low = np.minimum(self.half_height[source], self.half_height[target])
        return int((missed((x[target] - x[source]) * down, (y[target] - y[source]) * down, low) > 0).sum())

    def troubled(self, x: Floats, y: Floats, everything: Move) -> Truths:
        """Which boxes take part in what must not be, or stand near one that does."""
        scene = self._as_it_is(x, y, everything)
        hits = self._entered(scene)[0] > 0
        trouble: Truths = (self._overlap(scene)[0] * everything.pair_weight > 0).any(axis=1) | hits.any(axis=0)
        trouble |= np.abs(x) + self.half_width > self.width / 2
        trouble |= np.abs(y) + self.half_height > self.height / 2
        trouble[self.moves.ends[hits.any(axis=1)].ravel()] = True
        trouble[self.moves.ends[scene.seen()[0] < LEAST_ROOM].ravel()] = True
        near = np.maximum(np.abs(x[:, None] - x[trouble]), np.abs(y[:, None] - y[trouble])) < NEAR
        return np.asarray(near.any(axis=1))

    def _as_it_is(self, x: Floats, y: Floats, move: Move) -> Scene:
        at = x[None, move.boxes], y[None, move.boxes]
        return Scene(move, (self.half_width, self.half_height), (x, y), at)

    def _flaws(self, scene: Scene) -> Floats:
        price = self._overlap(scene)
        if len(scene.move.boxes) > 1:
            price = price * scene.move.pair_weight[:, scene.boxes]
        total: Floats = np.add.reduce(price, axis=(1, 2), dtype=np.float64)
        total += self._outside(scene)
        if len(scene.move.segments):
            lacking = LEAST_ROOM - scene.seen()
            stubs = (lacking > 0) * (self.weights.overlap + self.weights.overlap_depth * lacking)
            total += np.add.reduce(stubs, axis=1, dtype=np.float64)
            total += np.add.reduce(self._entered(scene), axis=(1, 2), dtype=np.float64)
        if len(scene.lines):
            total += np.add.reduce(self._entered_by_others(scene), axis=(1, 2), dtype=np.float64)
        return total

    def _overlap(self, scene: Scene) -> Floats:
        """The price of each moved box's overlap with each box, or of a gap that is too narrow."""
        pairs, w = np.ix_(scene.move.boxes, scene.boxes), self.weights
        dx = self.apart_x[pairs] - np.abs(scene.at_x[:, :, None] - scene.x[:, None, :])
        dy = self.apart_y[pairs] - np.abs(scene.at_y[:, :, None] - scene.y[:, None, :])
        depth = np.minimum(dx, dy)
        price: Floats = (depth > 0) * (w.overlap + w.overlap_depth * depth)
        return price

    def _outside(self, scene: Scene) -> Floats:
        moved = scene.move.boxes
        over = np.maximum(np.abs(scene.at_x) + (self.half_width[moved] - self.width / 2), 0.0)
        over += np.maximum(np.abs(scene.at_y) + (self.half_height[moved] - self.height / 2), 0.0)
        price = (over > 0) * (30.0 + self.weights.outside * over)
        total: Floats = np.add.reduce(price, axis=1, dtype=np.float64)
        return total

    def _entered(self, scene: Scene) -> Floats:
        """The price of each dragged segment that runs through a box or nearly touches it."""
        sizes = self.half_width[scene.boxes] + GAP_LINE, self.half_height[scene.boxes] + GAP_LINE
        return self._entries(scene.dragged, (scene.x, scene.y), sizes, scene.move.own[:, scene.boxes])

    def _entered_by_others(self, scene: Scene) -> Floats:
        moved = scene.move.boxes
        sizes = self.half_width[moved] + GAP_LINE, self.half_height[moved] + GAP_LINE
        return self._entries(scene.staying, (scene.at_x, scene.at_y), sizes, scene.move.own_of_others[scene.lines])

    def _entries(self, lines: Lines, at: tuple[Floats, Floats], sizes: tuple[Floats, Floats], own: Truths) -> Floats:
        """The price of each line that enters a box, other than its own."""
        x0, y0, dx, dy = (each[:, :, None] for each in lines)
        share = chord_shares(x0, y0, dx, dy, at[0][:, None, :], at[1][:, None, :], *sizes)
        length = self.weights.through_length * (np.abs(dx) + np.abs(dy))
        prices: Floats = ((share > 0) & ~own) * (self.weights.through + share * length)
        return prices

    def _crossings(self, scene: Scene) -> Floats:
        dragged = tuple(each[:, :, None] for each in scene.dragged)
        weighed = [(scene.staying, scene.move.cross_weight[:, scene.lines])]
        if len(scene.move.boxes) > 1:
            weighed.append((scene.dragged, scene.move.cross_within))
        total = np.zeros(len(scene.at_x))
        for lines, weight in weighed:
            hits = crossed(*dragged, *(each[:, None, :] for each in lines))
            # Halves add up exactly in any order.
            total += hits.reshape(len(hits), -1).astype(np.float32) @ weight.ravel()
        total *= self.weights.crossing
        return total

    def _shape(self, scene: Scene) -> Floats:
        move, w, x, y = scene.move, self.weights, scene.near_x, scene.near_y
        count = len(move.propositions)
        seen = scene.seen()
        tail, arrow = seen[:, :count], seen[:, count:]
        sources, targets, phrases = move.concepts[:count], move.concepts[count:], move.phrases[:count]
        wide, fall = x[:, targets] - x[:, sources], y[:, targets] - y[:, sources]
        first_x, first_y = x[:, phrases] - x[:, sources], y[:, phrases] - y[:, sources]
        last_x, last_y = wide - first_x, fall - first_y
        first, last = np.sqrt(first_x**2 + first_y**2), np.sqrt(last_x**2 + last_y**2)
        bend = first + last - np.sqrt(wide * wide + fall * fall)
        cosine = (first_x * last_x + first_y * last_y) / np.maximum(first * last, 1.0)
        low = np.minimum(self.half_height[move.near[sources]], self.half_height[move.near[targets]])
        down = self.boxes.down[move.propositions]
        back = missed(wide * down, fall * down, low)
        crooked = askew(wide).astype(np.float32) + askew(fall)
        hidden = np.maximum(TAIL_ROOM - tail, 0.0) + np.maximum(ARROW_ROOM - arrow, 0.0)
        bent = self._bent(move, (first_x, first_y), (wide, fall))
        price = (
            w.length * (tail + arrow + 0.15 * np.abs(tail - arrow))
            + w.bend * bend
            + w.hidden_arrow * hidden
            + w.turn * np.maximum(STRAIGHT - cosine, 0.0)
            + w.turned * ((bent > TURNED) + np.minimum(bent, 2.0))
            + w.upward * back
            + w.backward * (back > 0)
            + w.askew * crooked
        )
        total: Floats = np.add.reduce(price, axis=1, dtype=np.float64)
        return total

    def _bent(self, move: Move, first: tuple[Floats, Floats], whole: tuple[Floats, Floats]) -> Floats:
        """How far each line has to turn at its words, wherever in its boxes it aims: 0 where it may run straight."""
        count = len(move.propositions)
        (first_x, first_y), (wide, fall) = first, whole
        half_width, half_height = self.half_width[move.near], self.half_height[move.near]
        across, down = np.abs(wide), np.abs(fall)
        square = wide * wide + fall * fall + np.float32(1.0)

        def reach(boxes: Indices, aims: tuple[float, float]) -> Floats:
            return aims[0] * half_width[boxes] * down + aims[1] * half_height[boxes] * across

        along = np.clip((first_x * wide + first_y * fall) / square, 0.1, 0.9)
        sources, targets = reach(move.concepts[:count], AIMED), reach(move.concepts[count:], AIMED)
        free = sources + along * (targets - sources) + reach(move.phrases[:count], (PASSED, PASSED))
        beside = np.maximum(np.abs(first_x * fall - first_y * wide) - free, 0.0)
        return np.asarray(beside / (square * along * (1 - along)))

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
