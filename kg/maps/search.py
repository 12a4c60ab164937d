"""The search for a good arrangement: seeded local search over the places of concepts and phrases.

Each step draws a few places for one box, weighs them all at once against the objective, and takes one: mostly the
cheapest, and while the temperature is high now and then another (heat-bath simulated annealing, after
R. Davidson and D. Harel, *Drawing Graphs Nicely Using Simulated Annealing*, ACM Trans. Graphics 15, 1996).
"""

from dataclasses import dataclass
from math import log

import numpy as np

from kg.maps.objective import Floats, Move, Objective

PLACES = 20
CROSSING = 0.03
"""One crossing less is worth a drawing larger by this share."""


@dataclass(slots=True)
class Arrangement:
    """Where the middles of all boxes are, in px."""

    x: Floats
    y: Floats

    def copy(self) -> "Arrangement":
        """An arrangement of its own."""
        return Arrangement(self.x.copy(), self.y.copy())


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the search: temperature and reach in px fall from the first to the second value."""

    sweeps: int
    heat: tuple[float, float]
    reach: tuple[float, float]
    together: bool


class Search:
    """Local search on one objective; the random numbers come from the generator that is passed in."""

    def __init__(self, objective: Objective, rng: np.random.Generator) -> None:
        self.objective, self.rng = objective, rng
        boxes = objective.boxes
        n, count = boxes.concepts, len(boxes.half_width)
        self.alone = [objective.move([i], [1.0]) for i in range(count)]
        self.together = []
        for concept in range(n):
            phrases = [n + j for j in np.nonzero((boxes.source == concept) | (boxes.target == concept))[0].tolist()]
            self.together.append(objective.move([concept, *phrases], [1.0] + [0.5] * len(phrases)))
        self.everything = objective.move(list(range(count)), [1.0] * count)

    def cost(self, arrangement: Arrangement) -> float:
        """The cost of a whole arrangement."""
        return float(self.objective.cost(arrangement.x[None, :], arrangement.y[None, :], self.everything)[0])

    def flaws(self, arrangement: Arrangement) -> float:
        """The price of what must not be: boxes that overlap or leave the page, and lines through boxes."""
        return self.objective.flaws(arrangement.x[None, :], arrangement.y[None, :], self.everything)

    def score(self, arrangement: Arrangement, aspect: float) -> float:
        """How a finished arrangement ranks, lower is better: by flaws, then by crossings weighed against size."""
        x, y, boxes = arrangement.x, arrangement.y, self.objective.boxes
        if not len(x):
            return 0.0
        width = float((x + boxes.half_width).max() - (x - boxes.half_width).min())
        height = float((y + boxes.half_height).max() - (y - boxes.half_height).min())
        crossings = self.objective.crossings(x[None, :], y[None, :], self.everything)
        return round(self.flaws(arrangement) + log(max(width / aspect, height)) + CROSSING * crossings, 6)

    def run(self, arrangement: Arrangement, stage: Stage) -> None:
        """Improve the arrangement in place."""
        for sweep in range(stage.sweeps):
            done = sweep / max(stage.sweeps - 1, 1)
            heat = stage.heat[0] * (stage.heat[1] / stage.heat[0]) ** done
            reach = stage.reach[0] * (stage.reach[1] / stage.reach[0]) ** done
            moves = list(self.together if stage.together else self.alone)
            for number in self.rng.permutation(len(moves)).tolist():
                self._step(arrangement, moves[number], heat, reach)

    def _step(self, arrangement: Arrangement, move: Move, heat: float, reach: float) -> None:
        """Draw places for the moved boxes and take one of them."""
        steps_x, steps_y = self._draw(arrangement, int(move.boxes[0]), reach)
        x = np.repeat(arrangement.x[None, :], len(steps_x), axis=0)
        y = np.repeat(arrangement.y[None, :], len(steps_y), axis=0)
        x[:, move.boxes] += np.round(steps_x[:, None] * move.shares)
        y[:, move.boxes] += np.round(steps_y[:, None] * move.shares)
        cost = self.objective.cost(x, y, move)
        noise = -np.log(np.maximum(-np.log(np.maximum(self.rng.random(len(cost)), 1e-12)), 1e-12))
        taken = int(np.argmin(np.round(cost - heat * noise, 4)))
        arrangement.x, arrangement.y = x[taken], y[taken]

    def _draw(self, arrangement: Arrangement, box: int, reach: float) -> tuple[Floats, Floats]:
        """Steps from where the box is: none, near ones, and some to places that often suit."""
        objective, boxes = self.objective, self.objective.boxes
        here_x, here_y = arrangement.x[box], arrangement.y[box]
        steps = (self.rng.random((2, PLACES)) * 2 - 1) * reach
        # A third of the near steps go along one axis only, and another third are small.
        third = PLACES // 3
        steps[0, 1 : third // 2 + 1] = 0.0
        steps[1, third // 2 + 1 : third + 1] = 0.0
        steps[:, third + 1 : 2 * third] *= 0.3
        steps[:, 0] = 0.0
        if box < boxes.concepts:
            spot = self.rng.random((2, 2)) - 0.5
            steps[0, -2:] = spot[0] * objective.width - here_x
            steps[1, -2:] = spot[1] * objective.height - here_y
        else:
            p = box - boxes.concepts
            share = 0.3 + 0.4 * self.rng.random(4)
            source, target = boxes.source[p], boxes.target[p]
            steps[0, -4:] += arrangement.x[source] * (1 - share) + arrangement.x[target] * share - here_x
            steps[1, -4:] += arrangement.y[source] * (1 - share) + arrangement.y[target] * share - here_y
        return steps[0], steps[1]
