"""The search for a good arrangement: seeded local search over the places of concepts and phrases.

Each step draws a few places for one box, weighs them all at once against the objective, and takes one:
mostly the cheapest, and while the temperature is high now and then another (heat-bath simulated annealing,
after R. Davidson and D. Harel, *Drawing Graphs Nicely Using Simulated Annealing*, ACM Trans. Graphics 15,
1996).
"""

from dataclasses import dataclass

import numpy as np

from kg.maps.layout.boxes import Move
from kg.maps.layout.objective import Objective
from kg.maps.layout.segments import Floats, heat_bath, single

PLACES = 16
RESHAPE, LESS_APT = 3, 9.0


@dataclass(slots=True)
class Arrangement:
    """Where the middles of all boxes are, in px, x and y in a row each, and which of its shapes each box has."""

    places: Floats
    shape: list[int]

    @property
    def x(self) -> Floats:
        """How far to the right the middles are."""
        return np.asarray(self.places[0])

    @property
    def y(self) -> Floats:
        """How far down they are."""
        return np.asarray(self.places[1])

    def copy(self) -> "Arrangement":
        """An arrangement of its own."""
        return Arrangement(self.places.copy(), list(self.shape))


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the search: temperature and reach in px fall from the first to the second value.

    Concepts move `together` with their phrases, or each box moves for itself. A `repair` moves only boxes in
    trouble and those near them, and ends when there are none. Where they may go `anywhere`, concepts also try places
    far from where they are.
    """

    sweeps: int
    heat: tuple[float, float]
    reach: tuple[float, float]
    together: bool = False
    repair: bool = False
    anywhere: bool = True


class Search:
    """Local search on one objective; the random numbers come from the generator that is passed in.

    After so many `steps` nothing moves any more.
    """

    def __init__(self, objective: Objective, rng: np.random.Generator, steps: int) -> None:
        self.objective, self.rng, self.steps = objective, rng, steps
        boxes = objective.boxes
        n, count = boxes.concepts, len(boxes.half_width)
        self.alone = [objective.moves.move([i], [1.0]) for i in range(count)]
        self.together = []
        for concept in range(n):
            phrases = [n + j for j in np.nonzero((boxes.source == concept) | (boxes.target == concept))[0].tolist()]
            self.together.append(objective.moves.move([concept, *phrases], [1.0] + [0.5] * len(phrases)))
        self.partners = [
            np.concatenate([boxes.target[boxes.source == i], boxes.source[boxes.target == i]]).tolist()
            for i in range(n)
        ]
        self.everything = objective.moves.move(list(range(count)), [1.0] * count)

    def flaws(self, arrangement: Arrangement) -> float:
        """The price of what must not be: boxes that overlap or leave the page, and lines through boxes."""
        self._use(arrangement)
        return self.objective.flaws(arrangement.places, self.everything)

    def crossings(self, arrangement: Arrangement) -> int:
        """How many pairs of lines cross."""
        return self.objective.crossings(arrangement.places, self.everything)

    def run(self, arrangement: Arrangement, phase: Phase) -> None:
        """Improve the arrangement in place."""
        self._use(arrangement)
        for sweep in range(phase.sweeps):
            done = sweep / max(phase.sweeps - 1, 1)
            heat = phase.heat[0] * (phase.heat[1] / phase.heat[0]) ** done
            reach = phase.reach[0] * (phase.reach[1] / phase.reach[0]) ** done
            moves = self.together if phase.together else self.alone
            if phase.repair:
                moves = self._repairs(arrangement)
            if not moves or self.steps <= 0:
                break
            self.steps -= len(moves)
            for number in self.rng.permutation(len(moves)).tolist():
                self._step(arrangement, moves[number], heat, reach, phase.anywhere)
            if not phase.together and sweep % RESHAPE == 0:
                self._reshape(arrangement, moves)

    def _repairs(self, arrangement: Arrangement) -> list[Move]:
        """Moves of the boxes that are in trouble or near it, and of such concepts with their phrases."""
        troubled = np.nonzero(self.objective.troubled(arrangement.places, self.everything))[0].tolist()
        together = [self.together[box] for box in troubled if box < self.objective.boxes.concepts]
        return [*(self.alone[box] for box in troubled), *together]

    def _use(self, arrangement: Arrangement) -> None:
        for box, shape in enumerate(arrangement.shape):
            self.objective.reshape(box, shape)

    def _reshape(self, arrangement: Arrangement, moves: list[Move]) -> None:
        """Break the text of each box that moves for itself in the way that costs least where it stands."""
        places = arrangement.places
        for move in moves:
            box = int(move.boxes[0])
            shapes = self.objective.boxes.shapes[box]
            if len(shapes) < 2 or len(move.boxes) > 1:
                continue
            costs, here = [], places[:, None, move.boxes]
            for shape in range(len(shapes)):
                self.objective.reshape(box, shape)
                costs.append((float(self.objective.cost(places, move, here)[0]) + LESS_APT * shape, shape))
            arrangement.shape[box] = min(costs)[1]
            self.objective.reshape(box, arrangement.shape[box])

    def _step(self, arrangement: Arrangement, move: Move, heat: float, reach: float, anywhere: bool) -> None:
        """Draw places for the moved boxes and take one of them."""
        places, steps = arrangement.places, self._draw(arrangement.places, int(move.boxes[0]), reach, anywhere)
        at = places[:, None, move.boxes] + single((steps[:, :, None] * move.shares).round())
        taken = heat_bath(self.objective.cost(places, move, at), heat, self.rng)
        places[:, move.boxes] = at[:, taken]

    def _draw(self, places: Floats, box: int, reach: float, anywhere: bool) -> Floats:
        """Steps from where the box is, x and y: none, near ones, and some to places that often suit.

        A concept may also go `anywhere` on the page.
        """
        objective, boxes = self.objective, self.objective.boxes
        here = places[:, box, None]
        steps: Floats = (self.rng.random((2, PLACES)) * 2 - 1) * reach
        # A third of the near steps go along one axis only, and another third are small.
        third = PLACES // 3
        steps[0, 1 : third // 2 + 1] = 0.0
        steps[1, third // 2 + 1 : third + 1] = 0.0
        steps[:, third + 1 : 2 * third] *= 0.3
        steps[:, 0] = 0.0
        if box < boxes.concepts and self.partners[box]:
            # In line with a concept that it is joined to, above or beside.
            partners = self.partners[box]
            one, two = (partners[int(share * len(partners))] for share in self.rng.random(2))
            steps[:, 1] = places[0, one] - here[0, 0], 0.0
            steps[:, 2] = 0.0, places[1, two] - here[1, 0]
        if box < boxes.concepts and anywhere:
            spot = self.rng.random((2, 2)) - 0.5
            steps[:, -2:] = spot * [[objective.width], [objective.height]] - here
        elif box >= boxes.concepts:
            p = box - boxes.concepts
            share = 0.3 + 0.4 * self.rng.random(4)
            source, target = places[:, boxes.source[p], None], places[:, boxes.target[p], None]
            steps[:, -4:] += source * (1 - share) + target * share - here
        return steps
