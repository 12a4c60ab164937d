"""From claims to a concept map: which part of what was claimed a reader asked for, and how it is told.

`kg.maps.arrows` says which propositions are drawn at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from urllib.parse import urlencode

from kg.graph.catalogue import Catalogue
from kg.graph.names import inside_sentence
from kg.graph.records import Claim, Concept, Seminar
from kg.maps.arrows import Arrow, arrows_of, steps_from
from kg.maps.concept_map import ConceptMap, MapClaim, MapConcept, MapError, MapProposition, Status
from kg.maps.drawing.frame import PAGES
from kg.maps.interest import most_interesting
from kg.maps.overview import add_topics, summaries
from kg.maps.text import clean

MOST_STEPS = 3
FIRST_PAGE = next(iter(PAGES))


@dataclass(frozen=True)
class Selection:
    """What part of the claims to draw. Names are slugs or labels; see `draw` for what each does.

    `question` is what the claims of `map_of_claims` answer: it is the title and the address of their map. `page`
    is the shape of the page, which changes nothing but the address.
    """

    focus: str | None = None
    depth: int = 1
    seminar: str | None = None
    theme: str | None = None
    speaker: str | None = None
    stance: str | None = None
    hide: tuple[str, ...] = ()
    title: str | None = None
    question: str | None = None
    most: int | None = None
    overview: bool = False
    page: str = FIRST_PAGE

    @property
    def whole(self) -> bool:
        """Whether it is a map of all claims of the seminars, but for hidden concepts."""
        return not (self.focus or self.theme or self.speaker or self.stance or self.question)


def draw(catalogue: Catalogue, selection: Selection | None = None, base_url: str | None = None) -> ConceptMap:
    """Return the concept map of a part of the claims.

    Arguments:
        catalogue: what to draw from.
        selection: without one, the whole seminar but for the concepts that it leaves off its map; with a
            focus, the concepts up to `depth` steps (1 to 3) away; with a theme, the arrows that touch one of
            its concepts; with a speaker or stance, only claims of that speaker or made in that way. `most` keeps
            the so many concepts of the highest degree of interest (`kg.maps.interest`). An overview has topics
            for concepts.
        base_url: where the pages are that boxes and arrows link to ("" for links within a site); None for no
            links.

    Raises:
        UnknownName: a name is not in the catalogue.
        MapError: depth is out of range, or nothing is left to draw.
    """
    selection = selection or Selection()
    if not 1 <= selection.depth <= MOST_STEPS:
        raise MapError(f"The steps away must be 1 to {MOST_STEPS}, not {selection.depth}.")
    if selection.most is not None and selection.most < 2:
        raise MapError(f"A map keeps at least 2 concepts, not {selection.most}.")
    arrows = chosen_arrows(catalogue, selection)
    if selection.overview:
        return _overview(catalogue, selection, arrows, base_url)
    return _concept_map(catalogue, *_limited(catalogue, selection, arrows), base_url)


def map_of_claims(
    catalogue: Catalogue,
    claims: Iterable[Claim],
    question: str,
    base_url: str | None = None,
    selection: Selection | None = None,
) -> ConceptMap:
    """Return the concept map of some claims, such as an answer's; raises MapError when none can be drawn.

    Of a selection, `hide`, `title`, `most` and `page` are heeded.
    """
    selection = replace(selection or Selection(), question=question)
    arrows = _without(_slugs(catalogue, selection.hide), arrows_of(claims))
    return _concept_map(catalogue, *_limited(catalogue, selection, arrows), base_url)


def chosen_arrows(catalogue: Catalogue, selection: Selection) -> list[Arrow]:
    """Return the arrows that a selection chooses, before any are left out for want of room; raises UnknownName."""
    hidden = _slugs(catalogue, selection.hide)
    if selection.whole:
        slug = selection.seminar
        seminars = catalogue.seminars() if slug is None else (catalogue.seminar(slug),)
        hidden |= {concept for seminar in seminars for concept in seminar.off_map}
    claims = catalogue.claims(seminar=selection.seminar, agent=selection.speaker, stance=selection.stance)
    arrows = _without(hidden, arrows_of(claims))
    if selection.theme:
        theme = catalogue.theme(selection.theme).slug
        members = {concept.slug for concept in catalogue.concepts() if concept.theme == theme}
        arrows = [arrow for arrow in arrows if members & set(arrow.ends)]
    if selection.focus:
        near = steps_from(catalogue.concept(selection.focus).slug, selection.depth, arrows)
        # At the rim only arrows that lead inwards: those among the outermost concepts would crowd the map.
        arrows = [arrow for arrow in arrows if min(near.get(end, 99) for end in arrow.ends) < selection.depth]
    return arrows


def _slugs(catalogue: Catalogue, names: Iterable[str]) -> set[str]:
    return {catalogue.concept(name).slug for name in names}


def _without(hidden: set[str], arrows: list[Arrow]) -> list[Arrow]:
    return [arrow for arrow in arrows if not hidden & set(arrow.ends)]


def _limited(catalogue: Catalogue, selection: Selection, arrows: list[Arrow]) -> tuple[Selection, list[Arrow]]:
    """Return the arrows between the concepts of most interest; a limit that leaves nothing out is forgotten."""
    if selection.most is None:
        return selection, arrows
    if len({end for arrow in arrows for end in arrow.ends}) <= selection.most:
        return replace(selection, most=None), arrows
    focus = catalogue.concept(selection.focus).slug if selection.focus else None
    kept = most_interesting(arrows, selection.most, focus)
    return selection, [arrow for arrow in arrows if kept.issuperset(arrow.ends)]


def _concept_map(catalogue: Catalogue, selection: Selection, arrows: list[Arrow], base_url: str | None) -> ConceptMap:
    drawn = dict.fromkeys(end for arrow in arrows for end in arrow.ends)
    if selection.focus:
        drawn = dict.fromkeys([catalogue.concept(selection.focus).slug, *drawn])
    if not drawn:
        raise MapError("No claim that can be drawn fits this choice; choose another topic, speaker or concept.")
    described = f"Concept map of {len(drawn)} concepts and {len(arrows)} claimed links between them."
    concept_map = _empty_map(catalogue, selection, arrows, described, base_url)
    for slug in drawn:
        concept = catalogue.concept(slug)
        href = None if base_url is None else f"{base_url}/concepts/{slug}"
        concept_map.add_concept(MapConcept(slug, concept.label, concept.theme, href, concept.definition))
    for n, arrow in enumerate(arrows, 1):
        concept_map.add_proposition(_map_proposition(f"p{n}", arrow, _number(catalogue, arrow), base_url))
    _add_broader(catalogue, concept_map)
    return concept_map


def _empty_map(
    catalogue: Catalogue, selection: Selection, arrows: list[Arrow], description: str, base_url: str | None
) -> ConceptMap:
    """Return a map with its title, source and address, before it has concepts."""
    used_seminars = dict.fromkeys(claim.seminar for arrow in arrows for claim in arrow.claims)
    seminars = [catalogue.seminar(slug) for slug in used_seminars]
    return ConceptMap(
        title=clean(selection.title or "") or selection.question or _title(catalogue, selection),
        description=description,
        source_line="; ".join(source_line(seminar) for seminar in seminars),
        themes=[(theme.slug, theme.label) for theme in catalogue.themes()],
        address="" if base_url is None else base_url + _path(catalogue, selection),
    )


def _overview(catalogue: Catalogue, selection: Selection, arrows: list[Arrow], base_url: str | None) -> ConceptMap:
    if not selection.whole:
        raise MapError("An overview is of all claims; choose no topic, speaker, way of saying or concept with it.")
    concepts = {concept.slug: concept for concept in catalogue.concepts()}
    topics = summaries(catalogue.themes(), concepts, arrows)
    described = f"Overview of {len(topics)} topics and of the claims that lead from one to another."
    drawn = _empty_map(catalogue, selection, arrows, described, base_url)

    def as_claims(arrow: Arrow) -> tuple[MapClaim, ...]:
        return _map_claims(arrow, base_url)

    def inside(concept: Concept) -> str:
        return _inside(catalogue, concept)

    add_topics(drawn, topics, concepts, arrows, as_claims, inside, base_url)
    return drawn


def _path(catalogue: Catalogue, selection: Selection) -> str:
    """Return where a site shows the map, with the choices that it was drawn by."""
    chosen: list[tuple[str, str | None]] = [
        ("overview", "1" if selection.overview else None),
        ("question", selection.question),
        ("focus", selection.focus and catalogue.concept(selection.focus).slug),
        ("depth", str(selection.depth) if selection.focus and selection.depth > 1 else None),
        ("seminar", selection.seminar and catalogue.seminar(selection.seminar).slug),
        ("theme", selection.theme and catalogue.theme(selection.theme).slug),
        ("speaker", selection.speaker and catalogue.agent(selection.speaker).slug),
        ("stance", selection.stance),
        ("most", str(selection.most) if selection.most else None),
        *(("hide", slug) for slug in sorted(_slugs(catalogue, selection.hide))),
        ("title", clean(selection.title or "")),
        ("page", selection.page if selection.page != FIRST_PAGE else None),
    ]
    return f"/map?{urlencode([(name, value) for name, value in chosen if value])}".rstrip("?")


def _number(catalogue: Catalogue, arrow: Arrow) -> int | None:
    """Return the place of the arrow's object in an ordered list, where one of its claims puts it there."""
    made_by = {claim.slug for claim in arrow.claims}
    items = (item for ordered in catalogue.ordered_lists() for item in ordered.items)
    return next((i.position for i in items if i.concept == arrow.ends[1] and made_by & set(i.claims)), None)


def _map_claims(arrow: Arrow, base_url: str | None) -> tuple[MapClaim, ...]:
    return tuple(
        MapClaim(
            text=claim.text,
            credit=claim.attribution.credit,
            quotations=tuple(dict.fromkeys(passage.quote for passage in claim.passages)),
            href=None if base_url is None else f"{base_url}/claims/{claim.slug}",
        )
        for claim in arrow.claims
    )


def _map_proposition(identifier: str, arrow: Arrow, number: int | None, base_url: str | None) -> MapProposition:
    claims = _map_claims(arrow, base_url)
    return MapProposition(
        id=identifier,
        source=arrow.proposition.subject,
        target=arrow.proposition.object,
        phrase=arrow.proposition.phrase,
        status=cast(Status, arrow.proposition.status),
        stance=arrow.claims[0].stance,
        credit=" and ".join(dict.fromkeys(claim.credit for claim in claims)),
        text=claims[0].text,
        href=claims[0].href,
        number=number,
        claims=claims,
    )


def _add_broader(catalogue: Catalogue, concept_map: ConceptMap) -> None:
    """Add "is a kind of" between concepts that no claim joins already: the editor's links, drawn as such."""
    joined = {frozenset((each.source, each.target)) for each in concept_map.propositions}
    for concept in concept_map.concepts:
        for broader in catalogue.concept(concept.id).broader:
            pair = frozenset((concept.id, broader))
            if broader in concept_map and pair not in joined:
                joined.add(pair)
                name = f"b-{concept.id}-{broader}"
                concept_map.add_proposition(MapProposition(name, concept.id, broader, "is a kind of", "broader"))


def _title(catalogue: Catalogue, selection: Selection) -> str:
    if selection.focus:
        return f"What was claimed about {_inside(catalogue, catalogue.concept(selection.focus))}?"
    if selection.theme:
        return f"What was claimed about {inside_sentence(catalogue.theme(selection.theme).label)}?"
    if selection.speaker:
        return f"What did {catalogue.agent(selection.speaker).name} claim?"
    if selection.stance:
        return f"What was {catalogue.stances()[selection.stance]}?"
    seminars = [catalogue.seminar(selection.seminar)] if selection.seminar else catalogue.seminars()
    questions = [seminar.focus_question for seminar in seminars if seminar.focus_question]
    return questions[0] if len(questions) == 1 else "What was claimed?"


def _inside(catalogue: Catalogue, concept: Concept) -> str:
    """Return the label of a concept as it stands inside a sentence, where people and bodies keep their names."""
    named = concept.slug in {agent.slug for agent in catalogue.agents()} and not concept.label.startswith("The ")
    return concept.label if named else inside_sentence(concept.label)


def source_line(seminar: Seminar) -> str:
    """Return the line that stands under a picture: event, conference, date, publisher."""
    day = datetime.fromisoformat(seminar.start)
    where = f", {seminar.conference}" if seminar.conference else ""
    return (
        f"Claimed at the seminar “{seminar.document.title}”{where}, {day.day} {day:%B %Y}; "
        f"from the summary published by {seminar.document.publisher}"
    )
