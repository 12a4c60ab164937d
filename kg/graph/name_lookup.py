"""Names: how people call the things of the catalogue, and what comes near when a name is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process

from kg.graph.records import Agent, Concept, Seminar, Theme

Named = TypeVar("Named", Theme, Concept, Agent, Seminar)


class UnknownName(LookupError):
    """No such concept, agent, claim, topic or seminar. `near` lists (slug, label) of the nearest names."""

    def __init__(self, kind: str, name: str, near: Sequence[tuple[str, str]]):
        self.kind, self.name, self.near = kind, name, tuple(near)
        hint = f"; did you mean {' or '.join(label for _, label in self.near)}?" if self.near else "."
        self.message = f"There is no {kind} called “{name[:80]}”{hint}"
        super().__init__(self.message)


def sorting_label(label: str) -> str:
    """Return what a label is sorted by: lower case, without a leading article."""
    text = label.casefold()
    return next((text[len(article) :] for article in ("the ", "an ", "a ") if text.startswith(article)), text)


def pick(kind: str, name: str, things: Sequence[Named], labels: Callable[[Named], Iterable[str]]) -> Named:
    """Return the thing whose slug or label is `name`; raise UnknownName with the nearest labels otherwise."""
    return pick_all(kind, name, things, labels)[0]


def pick_all(
    kind: str, name: str, things: Sequence[Named], labels: Callable[[Named], Iterable[str]]
) -> tuple[Named, ...]:
    """Return the things that a name stands for: one by its slug or its own label, else all that have it as another.

    Raises UnknownName with the nearest labels where there is none.
    """
    key = " ".join(name.split()).casefold()
    for thing in things:
        if thing.slug == key:
            return (thing,)
    by_label: dict[str, dict[str, Named]] = {}
    for thing in things:
        for label in labels(thing):
            by_label.setdefault(sorting_label(label), {})[thing.slug] = thing
    if found := list(by_label.get(sorting_label(key), {}).values()):
        own = [thing for thing in found if sorting_label(label_of(thing)) == sorting_label(key)]
        return tuple(own[:1] or found)
    near = process.extract(sorting_label(key), list(by_label), scorer=fuzz.WRatio, limit=3, score_cutoff=75)
    named = [next(iter(by_label[label].values())) for label, _, _ in near]
    raise UnknownName(kind, name, list({thing.slug: label_of(thing) for thing in named}.items()))


def label_of(thing: Theme | Concept | Agent | Seminar) -> str:
    """Return the name of a record, as people know it."""
    return thing.label if isinstance(thing, Theme | Concept) else thing.name


def inside_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: a lower-case first letter, unless it starts a name."""
    first, _, rest = label.partition(" ")
    if first in ("The", "A", "An"):
        return f"{first.lower()} {rest}"
    named = not first[1:].islower()
    proper = any(word[:1].isupper() for word in rest.split())
    return label if named or proper else label[:1].lower() + label[1:]
