"""The concept map: concepts, and the propositions that link them, before anything has a place on a page.

A concept map is Novak's: concepts in boxes, linking phrases on the arrows between them, a focus question
above (J. D. Novak and A. J. Cañas, *The Theory Underlying Concept Maps*, IHMC CmapTools 2006-01).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Self, get_args

import networkx as nx

from kg.english.telling import maps as english
from kg.maps.limits import MOST_DRAWN, MOST_NAMED
from kg.maps.text import clean, shortened
from kg.maps.walk import most_said_of, walk

Status = Literal["asserted", "denied", "condition", "goal", "content", "broader"]
STATUSES: tuple[str, ...] = get_args(Status)

UNSAID = "…"
"""What a map of somebody else's shows where a concept has no name or an arrow no words."""


class MapError(ValueError):
    """A concept map that cannot be built or drawn; the message is one sentence for the reader."""


@dataclass(frozen=True, slots=True)
class MapConcept:
    """A concept of the map.

    `theme` is the slug of its topic, `href` the page that tells more. `kind_of` is the label of the broader concept on
    the map, where no arrow to it is drawn; it is the editor's word and no claim.
    """

    id: str
    label: str
    theme: str | None = None
    href: str | None = None
    definition: str | None = None
    kind_of: str | None = None


@dataclass(frozen=True, slots=True)
class MapClaim:
    """A claim behind an arrow: its sentence, who made it, the quotations it rests on, the page that tells more."""

    text: str
    credit: str
    quotations: tuple[str, ...] = ()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class MapProposition:
    """Two concepts joined by a linking phrase.

    `source` and `target` are concept ids. `status` says what the proposition is within its claim; `broader`
    is an editor's link between two concepts and no claim at all. `stance` says how the claim was made
    ("describes", "criticises" ...), `credit` who made it ("Michael West", "a delegate"), `tag` the same in a word or
    two for the picture ("West"), None where a note under it says who; `text` is the claim as one sentence, and `number`
    the place in an ordered list, such as the steps of a strategy. `claims` are all claims that make the proposition,
    with the words they rest on.
    """

    id: str
    source: str
    target: str
    phrase: str
    status: Status = "asserted"
    stance: str | None = None
    credit: str | None = None
    text: str | None = None
    href: str | None = None
    number: int | None = None
    claims: tuple[MapClaim, ...] = ()
    tag: str | None = None

    @property
    def points_up(self) -> bool:
        """Whether it leads from the special to the general, which stands above."""
        return self.status == "broader" or clean(self.phrase).casefold() == english.KIND_OF

    @property
    def words(self) -> str:
        """What stands on the arrow: the linking phrase, after its number where it is one of an ordered list."""
        phrase = clean(self.phrase)
        words = shortened(phrase.rstrip(" ,") or phrase, MOST_DRAWN)
        if self.number is not None and str(self.number) not in words:
            words = f"{self.number}. {words}"
        return words

    @property
    def credits(self) -> tuple[str, ...]:
        """Who made it, each of them once; nobody in particular where it has no credit, as where it counts claims."""
        if not clean(self.credit or ""):
            return ()
        return tuple(
            dict.fromkeys(clean(said) for said in [claim.credit for claim in self.claims] or [self.credit or ""])
        )


class ConceptMap:
    """Concepts and propositions in the order in which they were added, kept in a networkx MultiDiGraph.

    Arguments:
        title: the focus question that the map answers, drawn on top.
        description: a sentence or two for those who cannot see the picture.
        source_line: where the claims come from, drawn under the picture.
        themes: (slug, label) of each topic, in the order of the legend. Topics that no concept of this map has
            belong here too: a topic's place decides its colour, which is then the same in every map.
        address: where the map is on the web, drawn under the source line; "" where it is nowhere.
        left_out: what belongs to what was chosen and is not on the map, a sentence each, drawn above the source line.

    Attributes:
        focus: the id of the concept that the map is centred on, if it is on one.
        origin: makes the map that this one is a part of, or grew from: what is on both keeps about its place.
        stays: whether all that is on this map stays exactly where it is on that one.
        undrawn: what the file that it was read from has and is not drawn, or not as it stands there, a sentence each.
        step: how many steps of the walk are drawn, the others being pale; None for the map as a whole.
        numbered: whether the numbers of the steps stand in the picture too.
    """

    def __init__(
        self,
        title: str = "",
        description: str = "",
        source_line: str = "",
        themes: Iterable[tuple[str, str]] = (),
        address: str = "",
        left_out: Iterable[str] = (),
    ) -> None:
        self.title = shortened(clean(title), MOST_DRAWN)
        self.description = clean(description)
        self.source_line = shortened(clean(source_line), 2 * MOST_DRAWN)
        self.themes = tuple((slug, shortened(clean(label), MOST_NAMED)) for slug, label in themes)
        self.address = clean(address)
        self.left_out = tuple(filter(None, map(clean, left_out)))
        self.focus: str | None = None
        self.origin: Callable[[], ConceptMap] | None = None
        self.stays = False
        self.undrawn: tuple[str, ...] = ()
        self.step: int | None = None
        self.numbered = False
        self._graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._propositions: dict[str, MapProposition] = {}

    @property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The graph; nodes have the attribute `concept`, edges `proposition`, whose id is their key."""
        return self._graph

    @property
    def concepts(self) -> tuple[MapConcept, ...]:
        """The concepts in the order in which they were added."""
        return tuple(data["concept"] for _, data in self._graph.nodes(data=True))

    @property
    def propositions(self) -> tuple[MapProposition, ...]:
        """The propositions in the order in which they were added."""
        return tuple(self._propositions.values())

    @property
    def start(self) -> str | None:
        """The concept that a reader begins with: the map's focus, else the one that most is said of."""
        return self.focus if self.focus in self else most_said_of(self.propositions)

    @property
    def steps(self) -> tuple[tuple[MapProposition, ...], ...]:
        """The propositions in the order in which the map is told, those of a fan together (`kg.maps.walk`)."""
        return walk(self.propositions, self.start)

    @property
    def topics(self) -> tuple[str, ...]:
        """The slugs of `themes`, then those of topics that only concepts name: box colours go by this order."""
        listed = dict.fromkeys(slug for slug, _ in self.themes)
        return tuple(listed | dict.fromkeys(c.theme for c in self.concepts if c.theme))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said beside the map: who said what has no name on its arrow, and what is left out."""
        return tuple(filter(None, (self._unmarked, *self.left_out)))

    @property
    def short_notes(self) -> tuple[str, ...]:
        """The same as it stands under the picture: what is left out first, counted and not listed."""
        return tuple(filter(None, (*map(english.shortly, self.left_out), self._unmarked)))

    @property
    def _unmarked(self) -> str:
        claimed = [each for each in self._propositions.values() if each.status != "broader"]
        unmarked = dict.fromkeys(credit for each in claimed if not each.tag for credit in each.credits)
        all_of_them = not any(each.tag for each in claimed)
        return english.unmarked(list(unmarked), all_of_them) if unmarked else ""

    def __len__(self) -> int:
        return self._graph.number_of_nodes()

    def __contains__(self, concept_id: object) -> bool:
        return concept_id in self._graph

    def concept(self, concept_id: str) -> MapConcept:
        """The concept with this id; raises MapError when the map has none."""
        if concept_id not in self._graph:
            raise MapError(f"The map has no concept {concept_id!r}.")
        found: MapConcept = self._graph.nodes[concept_id]["concept"]
        return found

    def proposition(self, proposition_id: str) -> MapProposition:
        """The proposition with this id; raises MapError when the map has none."""
        if proposition_id not in self._propositions:
            raise MapError(f"The map has no proposition {proposition_id!r}.")
        return self._propositions[proposition_id]

    def add_concept(self, concept: MapConcept) -> None:
        """Add a concept; raises MapError when its id is taken or its label is empty.

        A label that is too long to be drawn is cut off; it stays whole before the definition.
        """
        if concept.id in self._graph:
            raise MapError(f"The map has two concepts with the id {concept.id!r}.")
        label = clean(concept.label)
        if not label:
            raise MapError(f"The concept {concept.id!r} has no label.")
        if len(label) > MOST_DRAWN:
            told = f"{label}. {concept.definition}" if concept.definition else label
            concept = replace(concept, label=shortened(label, MOST_DRAWN), definition=told)
        self._graph.add_node(concept.id, concept=concept)

    def add_proposition(self, proposition: MapProposition) -> None:
        """Add a proposition between two concepts of the map.

        Raises:
            MapError: its id is taken, an end is no concept of the map, both ends are the same concept, the
                linking phrase is empty, or the status is unknown.
        """
        if proposition.id in self._propositions:
            raise MapError(f"The map has two propositions with the id {proposition.id!r}.")
        for end in (proposition.source, proposition.target):
            if end not in self._graph:
                raise MapError(f"The proposition {proposition.id!r} links an unknown concept, {end!r}.")
        if proposition.source == proposition.target:
            raise MapError(f"The proposition {proposition.id!r} links the concept {proposition.source!r} to itself.")
        if not clean(proposition.phrase):
            raise MapError(f"The proposition {proposition.id!r} has no linking phrase.")
        if proposition.status not in STATUSES:
            raise MapError(f"The proposition {proposition.id!r} has the unknown status {proposition.status!r}.")
        self._propositions[proposition.id] = proposition
        self._graph.add_edge(proposition.source, proposition.target, key=proposition.id, proposition=proposition)

    def set_kind(self, concept_id: str, kind_of: str) -> None:
        """Let a concept of the map name the broader one that no arrow leads to; the first of several stays."""
        concept = self.concept(concept_id)
        if concept.kind_of is None:
            self._graph.nodes[concept_id]["concept"] = replace(concept, kind_of=kind_of)

    def under(self, full: Callable[[str], str | None]) -> Self:
        """The same map with its links within a site, which begin with a slash, made full addresses.

        Arguments:
            full: returns the full address of a link; None for no link.
        """

        def moved_to(address: str | None) -> str | None:
            return full(address) if address and address.startswith("/") else address

        address = moved_to(self.address) or ""
        moved = type(self)(self.title, self.description, self.source_line, self.themes, address, self.left_out)
        moved.undrawn = self.undrawn
        moved.focus, moved.origin, moved.stays = self.focus, self.origin, self.stays
        moved.step, moved.numbered = self.step, self.numbered
        for concept in self.concepts:
            moved.add_concept(replace(concept, href=moved_to(concept.href)))
        for each in self.propositions:
            claims = tuple(replace(claim, href=moved_to(claim.href)) for claim in each.claims)
            moved.add_proposition(replace(each, href=moved_to(each.href), claims=claims))
        return moved

    def sentence(self, proposition: MapProposition) -> str:
        """The claim or the proposition's three parts, what kind of statement it is, and who said it."""
        parts = (
            self.concept(proposition.source).label,
            proposition.phrase,
            self.concept(proposition.target).label,
        )
        said = clean(proposition.text or " ".join(parts)).rstrip(".")
        return english.with_notes(said, proposition.status, clean(proposition.credit or ""))

    def sentences(self) -> Iterator[tuple[int, str]]:
        """The propositions in words, with the numbers of their steps: the text alternative of the picture."""
        for number, step in enumerate(self.steps, 1):
            for proposition in step:
                yield number, self.sentence(proposition)

    def as_text(self) -> str:
        """The map as plain text: title, description, a line a proposition, unlinked concepts, the editor's kinds, what
        is left out, source line. Of a build-up it has the steps that are drawn.
        """
        lines = [line for line in (self.title, self.description) if line]
        steps = len(self.steps)
        shown = steps if self.step is None else self.step
        lines += [english.step_of(shown, steps)] if self.step is not None else []
        lines += [f"{number}. {sentence}" for number, sentence in self.sentences() if number <= shown]
        if shown == steps:
            lines += [f"- {clean(c.label)}" for c in self.concepts if self._graph.degree(c.id) == 0]
        kinds = english.kinds([(c.label, c.kind_of) for c in self.concepts if c.kind_of])
        lines += [line for line in (kinds, *self.left_out, self.source_line, self.address) if line]
        return "\n".join(lines) + "\n"
