"""The boxes that a layout arranges, and moves of them with everything that does not depend on where they go.

Boxes are numbered: first the concepts, then a box for each linking phrase. Segments too: segment s of the first
m joins the source of proposition s with its phrase, segment m + s its target.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.maps.layout.segments import Floats, Indices, Truths

Lines = tuple[Floats, Floats]
"""Where segments begin, and how far they go: x and y, of each one row a choice, or one for all."""

MARGIN = 15.0
"""More, in px, than any gap that the objective asks for."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes to arrange: half widths and half heights in px, and each proposition's ends.

    `shapes` are the other (half width, half height) that a box may take, itself first. `down` is 1 where the
    target should stand below the source, -1 where it should stand above. `focus` is the concept that a reader begins
    with, -1 for none; `order` are pairs of concepts of which the second comes after the first in an ordered list.
    `mates` are pairs of boxes, of concepts or of phrases, that should stand near each other, since one phrase could do
    for both arrows.
    """

    half_width: Floats
    half_height: Floats
    shapes: tuple[tuple[tuple[float, float], ...], ...]
    source: Indices
    target: Indices
    down: Floats
    focus: int = -1
    order: tuple[tuple[int, int], ...] = ()
    mates: tuple[tuple[int, int], ...] = ()

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
        reaching: how many of those, the first, moved boxes and dragged segments end at.
        segments: the segments that are dragged.
        ends: the concepts, and the phrases, that all segments join.
        boxes_stay, lines_stay: which boxes, and which segments, stay where they are.
        start, end: the concept and the phrase of each dragged segment, among `near`.
        propositions: those of which something is dragged.
        concepts, phrases: the boxes at both ends of all segments of those, first all that begin at a source.
        concepts_near, phrases_near: the same among `near`.
        fans: concept, phrase and phrase of each two lines at a concept of which one is dragged, among `near`.
        pair_weight: how much an overlap counts; pairs that are seen from both sides count half.
        cross_weight: how much a crossing of a dragged segment and any other counts.
        cross_within: likewise for two dragged ones, which are seen from both sides.
        own, own_of_others: which boxes the dragged segments, and which moved ones the others, may enter.
    """

    boxes: Indices
    shares: Floats
    near: Indices
    reaching: int
    segments: Indices
    ends: tuple[Indices, Indices]
    boxes_stay: Truths
    lines_stay: Truths
    start: Indices
    end: Indices
    propositions: Indices
    concepts: Indices
    phrases: Indices
    concepts_near: Indices
    phrases_near: Indices
    fans: Indices
    pair_weight: Floats
    cross_weight: Floats
    cross_within: Floats
    own: Truths
    own_of_others: Truths


class Moves:
    """Makes the moves of some boxes."""

    def __init__(self, boxes: Boxes) -> None:
        self.boxes, self.ends = boxes, boxes.ends()
        self.columns = self.ends[:, 0].copy(), self.ends[:, 1].copy()
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
        dragged = np.asarray(np.isin(ends, moved).any(axis=1))
        segments = np.nonzero(dragged)[0]
        propositions = np.unique(segments % m) if m else segments
        concepts = np.concatenate([self.boxes.source[propositions], self.boxes.target[propositions]])
        phrases = np.tile(propositions + count - m, 2)
        lines = self.fans[dragged[self.fans].any(axis=1)] if len(self.fans) else self.fans
        fan = np.stack([ends[lines[:, 0], 0], ends[lines[:, 0], 1], ends[lines[:, 1], 1]], axis=1)
        reached = np.unique(ends[segments])
        reached = np.concatenate([moved, reached[~np.isin(reached, moved)]])
        beside = np.unique(np.concatenate([concepts, phrases, fan.ravel()]))
        near = np.concatenate([reached, beside[~np.isin(beside, reached)]])
        place = np.zeros(count, dtype=np.intp)
        place[near] = np.arange(len(near))
        cross_weight = (~self.joined[segments]).astype(np.float32)
        return Move(
            moved,
            np.array(shares),
            near,
            len(reached),
            segments,
            self.columns,
            ~np.isin(np.arange(count), moved),
            ~dragged,
            place[ends[segments, 0]],
            place[ends[segments, 1]],
            propositions,
            concepts,
            phrases,
            place[concepts],
            place[phrases],
            place[fan].T,
            _pair_weight(moved, count),
            cross_weight,
            cross_weight[:, segments] * np.float32(0.5),
            self.own[segments],
            self.own[:, moved],
        )


def _pair_weight(moved: Indices, count: int) -> Floats:
    weight = np.ones((len(moved), count), dtype=np.float32)
    weight[:, moved] = 0.5
    weight[np.arange(len(moved)), moved] = 0.0
    return weight


class Scene:
    """A move's choices, one row each, and what is within reach of them.

    What lies outside the rectangle around all places, and around all lines that the moved boxes drag along, cannot be
    overlapped, entered or crossed, and takes no part in the arithmetic. All places are x and y along the first axis, so
    that both are worked out at once.

    Attributes:
        at: where each moved box goes, in px, one row a choice.
        near: where the boxes are that are near, as `move.near` names them.
        dragged: the segments that the moved boxes drag along.
        boxes: the boxes that take part. A box that moves alone is not among them: nothing is weighed against
            itself. Boxes that move together come first.
        places: where the boxes that take part are, one row for all choices unless some of them move.
        lines: the segments that stay where they are and take part, and `staying` where those are.
        link, length, seen: how far each concept is from its phrase, for all segments of each proposition that takes
            part, first of those at a source; the length of these, and how much of it is seen.
    """

    def __init__(self, move: Move, half: Floats, places: Floats, at: Floats) -> None:
        self.move, self.at = move, at
        self.near = _rows(places, move.near, at)
        start = self.near[:, :, move.start]
        self.dragged = start, self.near[:, :, move.end] - start
        reached = self.near[:, :, : move.reaching]
        margin = half[:, move.boxes].max(axis=1) + np.float32(MARGIN)
        low, high = reached.min(axis=(1, 2)) - margin, reached.max(axis=(1, 2)) + margin
        self.lines, self.staying = _lines_within(move, places, low[:, None], high[:, None])
        middle, extent = (low + high) * 0.5, (high - low) * 0.5
        within = np.abs(places - middle[:, None]) <= half + extent[:, None]
        self.boxes = np.nonzero(within[0] & within[1] & move.boxes_stay)[0]
        if len(move.boxes) == 1:
            self.places = places[:, None, self.boxes]
        else:
            self.boxes = np.concatenate([move.boxes, self.boxes])
            self.places = _rows(places, self.boxes, at)
        if len(move.segments):
            self.link = self.near[:, :, move.concepts_near] - self.near[:, :, move.phrases_near]
            away = np.abs(self.link)
            over = 1.0 / np.maximum(away, 1e-3)
            inside, hidden = half[:, None, move.concepts] * over, half[:, None, move.phrases] * over
            covered = np.minimum(inside[0], inside[1]) + np.minimum(hidden[0], hidden[1])
            away *= away
            self.length: Floats = np.sqrt(away[0] + away[1])
            self.seen: Floats = self.length * (1.0 - covered)


def _lines_within(move: Move, places: Floats, low: Floats, high: Floats) -> tuple[Indices, Lines]:
    first, last = places[:, move.ends[0]], places[:, move.ends[1]]
    within = (np.maximum(first, last) >= low) & (np.minimum(first, last) <= high)
    lines = np.nonzero(within[0] & within[1] & move.lines_stay)[0]
    start = first[:, None, lines]
    return lines, (start, last[:, None, lines] - start)


def _rows(places: Floats, boxes: Indices, at: Floats) -> Floats:
    """Where these boxes are, one row a choice; the first of them move."""
    rows = np.empty((2, at.shape[1], len(boxes)), dtype=np.float32)
    rows[:] = places[:, None, boxes]
    rows[:, :, : at.shape[2]] = at
    return rows
