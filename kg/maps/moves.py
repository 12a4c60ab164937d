"""The boxes that a layout arranges, and moves of them with everything that does not depend on where they go.

Boxes are numbered: first the concepts, then a box for each linking phrase. Segments too: segment s of the first
m joins the source of proposition s with its phrase, segment m + s its target.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.maps.planar import Floats, Truths

Indices = NDArray[np.intp]


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

    def ends(self) -> Indices:
        """The concept and the phrase that each segment joins."""
        phrases = np.arange(self.concepts, len(self.half_width))
        concepts = np.concatenate([self.source, self.target])
        return np.stack([concepts, np.concatenate([phrases, phrases])], axis=1)


@dataclass(frozen=True, slots=True)
class Move:
    """Boxes that move together. What they drag along is named by its place among the boxes that are `near`.

    Attributes:
        boxes: the boxes that move; each by its share of the step.
        near: those boxes, then all that stay where they are but take part in what is dragged.
        segments: the segments that are dragged, and `others` those that are not.
        start, end: the concept and the phrase of each dragged segment, among `near`.
        source, target, phrase: the boxes of each proposition that is dragged, among `near`.
        fans: (concept, phrase, phrase) of each two lines at a concept of which one is dragged, among `near`.
        pair_weight: how much an overlap counts; pairs that are seen from both sides count half.
        cross_weight: likewise for crossings.
        own, own_of_others: which boxes the dragged segments, and which moved ones the others, may enter.
    """

    boxes: Indices
    shares: Floats
    near: Indices
    segments: Indices
    others: Indices
    start: Indices
    end: Indices
    propositions: Indices
    source: Indices
    target: Indices
    phrase: Indices
    fans: Indices
    pair_weight: Floats
    cross_weight: Floats
    own: Truths
    own_of_others: Truths


class Moves:
    """Makes the moves of some boxes."""

    def __init__(self, boxes: Boxes) -> None:
        self.boxes, self.ends = boxes, boxes.ends()
        numbers = np.arange(len(boxes.half_width))
        # A segment may run into its own two boxes, but not back through its proposition's other end.
        self.own = (self.ends[:, :, None] == numbers[None, None, :]).any(axis=1)
        self.joined = (self.ends[:, None, :, None] == self.ends[None, :, None, :]).any(axis=(2, 3))
        first, second = np.nonzero(np.triu(self.ends[:, None, 0] == self.ends[None, :, 0], 1))
        self.fans = np.stack([first, second], axis=1)

    def move(self, boxes: Sequence[int], shares: Sequence[float]) -> Move:
        """The move of these boxes together; box i moves by shares[i] of the step."""
        moved = np.array(boxes, dtype=np.intp)
        ends, count, m = self.ends, len(self.boxes.half_width), len(self.boxes.source)
        touched = np.asarray(np.isin(ends, moved).any(axis=1))
        segments, others = np.nonzero(touched)[0], np.nonzero(~touched)[0]
        propositions = np.unique(segments % m) if m else segments
        triple = self.boxes.source[propositions], self.boxes.target[propositions], propositions + count - m
        lines = self.fans[touched[self.fans].any(axis=1)] if len(self.fans) else self.fans
        fan = np.stack([ends[lines[:, 0], 0], ends[lines[:, 0], 1], ends[lines[:, 1], 1]], axis=1)
        taking_part = np.unique(np.concatenate([*triple, fan.ravel()]))
        near = np.concatenate([moved, taking_part[~np.isin(taking_part, moved)]])
        place = np.zeros(count, dtype=np.intp)
        place[near] = np.arange(len(near))
        return Move(
            moved,
            np.array(shares),
            near,
            segments,
            others,
            place[ends[segments, 0]],
            place[ends[segments, 1]],
            propositions,
            place[triple[0]],
            place[triple[1]],
            place[triple[2]],
            place[fan],
            _pair_weight(moved, count),
            self._cross_weight(segments),
            self.own[segments],
            self.own[np.ix_(others, moved)],
        )

    def _cross_weight(self, segments: Indices) -> Floats:
        weight = np.where(self.joined[segments], 0.0, 1.0).astype(np.float32)
        weight[:, segments] *= 0.5
        return weight


def _pair_weight(moved: Indices, count: int) -> Floats:
    weight = np.ones((len(moved), count), dtype=np.float32)
    weight[:, moved] = 0.5
    weight[np.arange(len(moved)), moved] = 0.0
    return weight
