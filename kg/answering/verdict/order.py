"""Questions for yes or no about the order of a numbered list: "Does designing come before discovering?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.answering.verdict.asked import Asked
from kg.english.asking.propositions import order_of
from kg.english.words import LIGHT_STEMS, stems
from kg.graph.records import OrderedItem, OrderedList


@dataclass(frozen=True)
class Order:
    """Two items of one list that a question names, and whether they follow each other as it says."""

    items: tuple[OrderedItem, OrderedItem]
    is_so: bool


class Orders:
    """The numbered lists of a seminar, as questions name their items.

    Arguments:
        lists: the lists.
    """

    def __init__(self, lists: Sequence[OrderedList]):
        self._names = [dict(_names(each)) for each in lists]
        self._items = [{item.concept: item for item in each.items} for each in lists]
        self.is_last = {claim: item is each.items[-1] for each in lists for item in each.items for claim in item.claims}

    def asked(self, asked: Asked) -> Order | None:
        """Return the two items that a question puts into an order; None where it does not."""
        words = asked.question.words
        for names, items in zip(self._names, self._items, strict=True):
            named = dict[str, int]()
            for n in sorted(asked.main | asked.condition):
                concept = names.get(words[n].stem) or next(
                    (m.slug for m in asked.question.mentions if n in m.places and m.slug in items), None
                )
                if concept:
                    named.setdefault(concept, n)
            if len(named) != 2:
                continue
            (first, start), (second, end) = named.items()
            if order := order_of([word.text for word in words[start:end]]):
                one, other = items[first], items[second]
                is_so = (one.position < other.position) == (order == "before")
                return Order((one, other), is_so != bool(asked.negations % 2))
        return None


def _names(each: OrderedList) -> Iterator[tuple[str, str]]:
    """Yield what the items of a list are called by one word, which no other item has: a stem and the item's concept."""
    telling = {item.concept: set(stems(item.label)) - LIGHT_STEMS for item in each.items}
    for item in each.items:
        others = set[str]().union(*(found for concept, found in telling.items() if concept != item.concept))
        yield from ((stem, item.concept) for stem in telling[item.concept] - others)
