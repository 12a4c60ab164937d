"""Selection: which part of what was claimed a map shows, and the title and page that it has.

Each option is described once, as a field of `Selection`: how it is read from text, what it may be, and how the command
line and the pages offer it. A new filter of claims is one field with `keeps`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from kg.graph.catalogue import Catalogue
from kg.graph.name_lookup import UnknownName
from kg.graph.records import Claim
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.limits import MOST_CONCEPTS
from kg.maps.paper import PAGES, SIZES
from kg.maps.text import clean, control_characters

MOST_STEPS = 3
MOST_TOLD = 99_999
"""More steps than any walk through a map has; the map says how many it has."""
FIRST_PAGE = next(iter(PAGES))
YES = ("1", "true", "yes", "on")
"""Texts that turn a flag on."""


class SelectionError(MapError):
    """A choice that no map can have; the message is one sentence for the reader."""


@dataclass(frozen=True)
class MapOption:
    """What a field of `Selection` may be, and how it is offered.

    Attributes:
        help: what the command line says of it.
        metavar: what the command line puts for its value.
        slug: finds the slug of what it names by slug or label; raises UnknownName.
        slugs: finds those of all that it names, where several values may be given.
        bounds: the least and the most that a number may be.
        wrong: the sentence for a number beyond them, with {} for the number.
        called: what the sentence for a text that is no such number calls it.
        most_of_map: what the sentence calls the most that it may be, where that depends on the map.
        among: the only values that it may have.
        longest: characters that a text from outside may have.
        narrows: whether it makes the map one of a part of the claims, which no overview is.
        keeps: whether a claim is on the map of this value.
        beside_question: whether the map of an answer heeds it.
        label: what the form of the map's page calls it; it offers the options that have one.
        unset: what the form calls no choice, where there may be none.
    """

    help: str
    metavar: str | None = None
    slug: Callable[[Catalogue, str], str] | None = None
    slugs: Callable[[Catalogue, str], tuple[str, ...]] | None = None
    bounds: tuple[int, int] | None = None
    wrong: str = ""
    called: str = ""
    most_of_map: str = ""
    among: tuple[str, ...] = ()
    longest: int | None = None
    narrows: bool = False
    keeps: Callable[[Claim, Any], bool] | None = None
    beside_question: bool = False
    label: str = ""
    unset: str | None = None

    def number(self, text: str) -> int:
        """Return the number that a text says; raises SelectionError."""
        least, most = self.bounds or (0, 0)
        if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
            return int(text)
        if self.most_of_map:
            raise SelectionError(f"{self.called} can be {least} to {self.most_of_map}, not “{text[:20]}”.")
        few = most - least < 5
        allowed = ", ".join(map(str, range(least, most))) + f" or {most}" if few else f"{least} to {most}"
        raise SelectionError(f"{self.called} can be {allowed}, not “{text[:20]}”.")


def _option(default: Any, *described: Any, **more: Any) -> Any:
    return field(default=default, metadata={"option": MapOption(*described, **more)})


def _slug(kind: str) -> Callable[[Catalogue, str], str]:
    def find(catalogue: Catalogue, name: str) -> str:
        return str(getattr(catalogue, kind)(name).slug)

    return find


def _concepts(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    return tuple(concept.slug for concept in catalogue.concepts_called(name))


def _focus(catalogue: Catalogue, name: str) -> str:
    """Return the slug of a concept; a name that several concepts share stays, and stands for all of them."""
    found = _concepts(catalogue, name)
    return found[0] if len(found) == 1 else " ".join(name.split()).casefold()


def _stance(catalogue: Catalogue, name: str) -> str:
    if name not in catalogue.stances():
        raise UnknownName("way of saying", name, list(catalogue.stances().items()))
    return name


def _said_by(claim: Claim, speaker: str) -> bool:
    return speaker in (*claim.attribution.agents, *claim.attribution.reported_from)


@dataclass(frozen=True)
class Selection:
    """What to draw. Names are slugs or labels until `resolved`; the order of the fields is that of the map's address.

    Attributes:
        overview: topics for concepts, with the number of claims between each two.
        question: draw the claims that answer it.
        focus: the concept to centre on; all of them where several share the name, which then stays as it is.
        depth: how many steps around the focus, 1 to 3.
        seminar: only claims of this seminar.
        theme: only links that touch a concept of this topic.
        speaker: only claims of this person or organisation.
        stance: only claims made in this way, such as "criticises".
        most: keep so many concepts, from 2, those ranked highest (`kg.maps.ranking`), seen from the focus if any.
        hide: concepts to leave out.
        title: what stands above the map instead of its focus question.
        page: the shape of the page, one of `kg.maps.paper.PAGES`; it changes nothing but the address.
        numbers: draw the number of its step in the walk (`kg.maps.walk`) beside the words on each arrow.
        step: draw so many steps of the walk, from 0, the newest marked and the others pale; None for all of the map.

    Raises:
        SelectionError: a number is out of bounds, or an overview is to be of a part of the claims.
    """

    overview: bool = _option(False, "Draw the topics, and how many claims lead from one to another.")
    question: str | None = _option(None, "Draw the claims that answer this question.", "TEXT", narrows=True)
    focus: str | None = _option(
        None,
        "The concept to centre on.",
        "CONCEPT",
        _focus,
        narrows=True,
        label="Centre on",
        unset="The whole seminar",
    )
    depth: int = _option(
        1,
        "Steps away from the focus; 1 when left out.",
        bounds=(1, MOST_STEPS),
        wrong=f"The steps away must be 1 to {MOST_STEPS}, not {{}}.",
        called="“Steps away” (depth)",
        label="Steps away",
    )
    seminar: str | None = _option(
        None,
        "Only claims of this seminar.",
        "NAME",
        _slug("seminar"),
        keeps=lambda claim, slug: claim.seminar == slug,
        label="Seminar",
        unset="Every seminar",
    )
    theme: str | None = _option(
        None, "Only claims about this topic.", "TOPIC", _slug("theme"), narrows=True, label="Topic", unset="Every topic"
    )
    speaker: str | None = _option(
        None,
        "Only claims of this person or organisation.",
        "PERSON",
        _slug("agent"),
        keeps=_said_by,
        narrows=True,
        label="Who said it",
        unset="Anyone",
    )
    stance: str | None = _option(
        None,
        "Only claims made in this way, such as recommends.",
        "STANCE",
        _stance,
        narrows=True,
        label="How it was said",
        unset="Any way",
        keeps=lambda claim, stance: claim.stance == stance,
    )
    most: int | None = _option(
        None,
        "Keep so many concepts, those ranked highest.",
        bounds=(2, MOST_CONCEPTS),
        wrong=f"A map keeps at most {MOST_CONCEPTS} and at least 2 concepts, not {{}}.",
        called="The number of concepts to keep (most)",
        beside_question=True,
    )
    hide: tuple[str, ...] = _option(
        (), "A concept to leave out; repeatable.", "CONCEPT", slugs=_concepts, beside_question=True
    )
    title: str | None = _option(None, "What stands above the map.", "TEXT", longest=200, beside_question=True)
    page: str = _option(FIRST_PAGE, "The shape of the page.", among=tuple(PAGES), beside_question=True)
    numbers: bool = _option(False, "Draw the numbers by which the arrows are told.", beside_question=True)
    step: int | None = _option(
        None,
        "Draw the first so many steps, from 0, and the rest pale: a map that is built up.",
        "N",
        bounds=(0, MOST_TOLD),
        wrong="The step can be 0 to the number of steps that the map has, not {}.",
        called="The step",
        most_of_map="the number of steps that the map has",
        beside_question=True,
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "hide", tuple(self.hide))
        for name, option in OPTIONS.items():
            value = getattr(self, name)
            if option.bounds and value is not None and not option.bounds[0] <= value <= option.bounds[1]:
                raise SelectionError(option.wrong.format(value))
            if option.among and value not in (None, *option.among):
                raise SelectionError(f"The {name} can be {', '.join(option.among)}, not “{str(value)[:20]}”.")
        if wrong := control_characters(self.title or ""):
            raise SelectionError(f"The title has the control character {wrong[0]}; leave it out.")
        if self.overview and not self.whole:
            raise SelectionError(
                "An overview is of all claims; choose no topic, speaker, way of saying or concept with it."
            )

    @classmethod
    def from_parameters(cls, parameters: Iterable[tuple[str, str]], catalogue: Catalogue) -> Self:
        """Return the selection that the parameters of an address name, resolved.

        Arguments:
            parameters: names and values; of a name that stands there twice the first counts, but for `hide`. Those
                that are empty or of other names are passed over. `size` stands for a `page` (`kg.maps.paper.SIZES`).
            catalogue: what to draw from.

        Raises:
            UnknownName: a name is not in the catalogue.
            SelectionError: a value is wrong, or too long, or there are both a size and a page.
        """
        texts: dict[str, list[str]] = {}
        for name, text in parameters:
            texts.setdefault(name, []).append(text)
        if size := texts.get("size", [""])[0]:
            if size not in SIZES:
                raise SelectionError(f"The size can be {', '.join(SIZES)}, not “{size[:20]}”.")
            if texts.get("page", [""])[0]:
                raise SelectionError(f"The size {size} is the page {SIZES[size]}; give one of the two.")
            texts["page"] = [SIZES[size]]
        values = {name: cls._read(name, texts[name]) for name in OPTIONS if texts.get(name)}
        return cls(**{name: value for name, value in values.items() if value is not None}).resolved(catalogue)

    @classmethod
    def _read(cls, name: str, texts: list[str]) -> Any:
        """Return the value that texts say, None for no choice."""
        option, default, text = OPTIONS[name], getattr(cls, name), texts[0]
        if isinstance(default, tuple):
            return tuple(filter(None, texts))
        if isinstance(default, bool):
            return text in YES
        if text and option.bounds:
            return option.number(text)
        if option.longest is not None and len(text) > option.longest:
            raise SelectionError(f"A {name} can have up to {option.longest} characters.")
        return text or None

    def resolved(self, catalogue: Catalogue) -> Self:
        """Return the same selection with slugs for names, and without what has no effect; raises UnknownName."""
        heeded = self
        if self.question:
            heeded = type(self)(**{name: getattr(self, name) for name in ("question", *BESIDE_QUESTION)})
        values: dict[str, Any] = {"title": clean(self.title or "") or None}
        for name, option in OPTIONS.items():
            value = getattr(heeded, name)
            if option.slugs:
                values[name] = tuple(sorted({slug for each in value for slug in option.slugs(catalogue, each)}))
            elif option.slug and value:
                values[name] = option.slug(catalogue, value)
        return replace(heeded, **values, depth=heeded.depth if heeded.focus else 1)

    def shown_on(self, concept_map: ConceptMap) -> None:
        """Let a map show the step and the numbers that are chosen; raises SelectionError where it has no such step."""
        steps = len(concept_map.steps)
        if self.step is not None and self.step > steps:
            raise SelectionError(f"The step can be 0 to {steps} on this map, not {self.step}.")
        concept_map.step, concept_map.numbered = self.step, self.numbers

    def foci(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Return the slugs of the concepts to centre on; raises UnknownName."""
        return _concepts(catalogue, self.focus) if self.focus else ()

    def to_query(self) -> str:
        """Return the parameters of the address of a resolved selection, those as they are left out; "" for none."""
        chosen: list[tuple[str, str]] = []
        for name, value in self.chosen().items():
            each = value if isinstance(value, tuple) else ("1",) if value is True else (str(value),)
            chosen += [(name, text) for text in each]
        return urlencode(chosen)

    def chosen(self) -> dict[str, Any]:
        """Return what is not as it is when nothing is chosen, name -> value."""
        values = {name: getattr(self, name) for name in OPTIONS}
        return {name: value for name, value in values.items() if value not in (None, "", getattr(type(self), name))}

    @property
    def whole(self) -> bool:
        """Whether it is a map of all claims of the seminars, but for hidden concepts."""
        return not any(getattr(self, name) for name, option in OPTIONS.items() if option.narrows)

    @property
    def file_name(self) -> str:
        """A name to save the map by, without an ending: "map", with the concept, topic or speaker it is about."""
        about = [value for name, value in self.chosen().items() if OPTIONS[name].narrows and name != "question"]
        return re.sub(r"[^a-z0-9-]+", "-", "-".join(["map", *about]).lower())


OPTIONS: dict[str, MapOption] = {each.name: each.metadata["option"] for each in fields(Selection)}
"""Every option by its name, in the order of the address."""

BESIDE_QUESTION = tuple(name for name, option in OPTIONS.items() if option.beside_question)
"""What may be chosen of the map of an answer."""
