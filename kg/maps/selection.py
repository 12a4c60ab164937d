"""From claims to a concept map: which propositions are drawn, and which part of them a reader asked for.

A proposition is drawn when it reads as a true sentence along its arrow. So

- an asserted or denied proposition is drawn, unless its claim has a condition, because the arrow alone would
  drop the "if";
- a condition, a goal and the content of what someone said are drawn only with words of their own that say so
  ("engage if they feel there are"), and so is any proposition of a conditional claim;
- an arrow joins two concepts: claims about the event have other ends and are not drawn.

Claims that make the same proposition share one arrow.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from urllib.parse import urlencode

from kg.catalogue import Catalogue
from kg.maps.concept_map import ConceptMap, MapClaim, MapConcept, MapError, MapProposition, Status
from kg.names import inside_sentence
from kg.records import Claim, Proposition, Seminar

MOST_STEPS = 3


@dataclass(frozen=True)
class Selection:
    """What part of the claims to draw. Names are slugs or labels; see `draw` for what each does.

    `question` is what the claims of `map_of_claims` answer: it is the title and the address of their map.
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


@dataclass(frozen=True)
class _Arrow:
    """One arrow with the claims that make it."""

    proposition: Proposition
    claims: tuple[Claim, ...]

    @property
    def ends(self) -> tuple[str, str]:
        return self.proposition.subject, self.proposition.object


def draw(catalogue: Catalogue, selection: Selection | None = None, base_url: str | None = None) -> ConceptMap:
    """Return the concept map of a part of the claims.

    Arguments:
        catalogue: what to draw from.
        selection: without one, the whole seminar but for the concepts that it leaves off its map; with a
            focus, the concepts up to `depth` steps (1 to 3) away; with a theme, the arrows that touch one of
            its concepts; with a speaker or stance, only claims of that speaker or made in that way.
        base_url: where the pages are that boxes and arrows link to ("" for links within a site); None for no
            links.

    Raises:
        UnknownName: a name is not in the catalogue.
        MapError: depth is out of range, or nothing is left to draw.
    """
    selection = selection or Selection()
    if not 1 <= selection.depth <= MOST_STEPS:
        raise MapError(f"The steps away must be 1 to {MOST_STEPS}, not {selection.depth}.")
    claims = catalogue.claims(seminar=selection.seminar, agent=selection.speaker, stance=selection.stance)
    return _concept_map(catalogue, selection, _chosen(catalogue, selection, _arrows(claims)), base_url)


def map_of_claims(
    catalogue: Catalogue, claims: Iterable[Claim], question: str, base_url: str | None = None
) -> ConceptMap:
    """Return the concept map of some claims, such as an answer's; raises MapError when none can be drawn."""
    return _concept_map(catalogue, Selection(question=question), _arrows(claims), base_url)


def is_drawn(proposition: Proposition, claim: Claim) -> bool:
    """Whether a proposition of a claim reads as a true sentence along its arrow."""
    if proposition.subject_kind != "concept" or proposition.object_kind != "concept":
        return False
    if proposition.own_phrase or proposition.status == "denied":
        return True
    conditional = any(other.status == "condition" for other in claim.propositions)
    return proposition.status == "asserted" and not conditional


def _arrows(claims: Iterable[Claim]) -> list[_Arrow]:
    made: dict[tuple[str, str, str, str], list[tuple[Proposition, Claim]]] = defaultdict(list)
    for claim in claims:
        for each in claim.propositions:
            if is_drawn(each, claim) and each.subject != each.object:
                made[each.subject, each.relation, each.object, each.status].append((each, claim))
    arrows = []
    for makers in made.values():
        # Words written for one claim's proposition say more than the relation's ("has as step 1").
        best = next((each for each, _ in makers if each.own_phrase), makers[0][0])
        arrows.append(_Arrow(best, tuple(dict.fromkeys(claim for _, claim in makers))))
    return arrows


def _chosen(catalogue: Catalogue, selection: Selection, arrows: list[_Arrow]) -> list[_Arrow]:
    hidden = {catalogue.concept(name).slug for name in selection.hide}
    whole = not (selection.focus or selection.theme or selection.speaker or selection.stance)
    if whole:
        slug = selection.seminar
        seminars = catalogue.seminars() if slug is None else (catalogue.seminar(slug),)
        hidden |= {concept for seminar in seminars for concept in seminar.off_map}
    arrows = [arrow for arrow in arrows if not hidden & set(arrow.ends)]
    if selection.theme:
        theme = catalogue.theme(selection.theme).slug
        members = {concept.slug for concept in catalogue.concepts() if concept.theme == theme}
        arrows = [arrow for arrow in arrows if members & set(arrow.ends)]
    if selection.focus:
        near = _within(catalogue.concept(selection.focus).slug, selection.depth, arrows)
        # At the rim only arrows that lead inwards: those among the outermost concepts would crowd the map.
        arrows = [arrow for arrow in arrows if min(near.get(end, 99) for end in arrow.ends) < selection.depth]
    return arrows


def _within(focus: str, depth: int, arrows: list[_Arrow]) -> dict[str, int]:
    """Return the steps from the focus for each concept up to depth steps away, arrows read both ways."""
    beside: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        for one, other in (arrow.ends, arrow.ends[::-1]):
            beside[one].append(other)
    steps = {focus: 0}
    waiting = deque([focus])
    while waiting:
        here = waiting.popleft()
        if steps[here] < depth:
            for there in beside[here]:
                if there not in steps:
                    steps[there] = steps[here] + 1
                    waiting.append(there)
    return steps


def _concept_map(catalogue: Catalogue, selection: Selection, arrows: list[_Arrow], base_url: str | None) -> ConceptMap:
    drawn = dict.fromkeys(end for arrow in arrows for end in arrow.ends)
    if selection.focus:
        drawn = dict.fromkeys([catalogue.concept(selection.focus).slug, *drawn])
    if not drawn:
        raise MapError("No claim that can be drawn fits this choice; choose another topic, speaker or concept.")
    used_seminars = dict.fromkeys(claim.seminar for arrow in arrows for claim in arrow.claims)
    seminars = [catalogue.seminar(slug) for slug in used_seminars]
    title = selection.title or selection.question or _title(catalogue, selection)
    concept_map = ConceptMap(
        title=title,
        description=f"Concept map of {len(drawn)} concepts and {len(arrows)} claimed links between them.",
        source_line="; ".join(source_line(seminar) for seminar in seminars),
        themes=[(theme.slug, theme.label) for theme in catalogue.themes()],
        address="" if base_url is None else base_url + _path(catalogue, selection),
    )
    for slug in drawn:
        concept = catalogue.concept(slug)
        href = None if base_url is None else f"{base_url}/concepts/{slug}"
        concept_map.add_concept(MapConcept(slug, concept.label, concept.theme, href, concept.definition))
    for n, arrow in enumerate(arrows, 1):
        concept_map.add_proposition(_map_proposition(f"p{n}", arrow, _number(catalogue, arrow), base_url))
    _add_broader(catalogue, concept_map)
    return concept_map


def _path(catalogue: Catalogue, selection: Selection) -> str:
    """Return where a site shows the map, with the choices that it was drawn by."""
    chosen: list[tuple[str, str | None]] = [
        ("question", selection.question),
        ("focus", selection.focus and catalogue.concept(selection.focus).slug),
        ("depth", str(selection.depth) if selection.focus and selection.depth > 1 else None),
        ("seminar", selection.seminar and catalogue.seminar(selection.seminar).slug),
        ("theme", selection.theme and catalogue.theme(selection.theme).slug),
        ("speaker", selection.speaker and catalogue.agent(selection.speaker).slug),
        ("stance", selection.stance),
        *(("hide", catalogue.concept(name).slug) for name in selection.hide),
        ("title", selection.title),
    ]
    return f"/map?{urlencode([(name, value) for name, value in chosen if value])}".rstrip("?")


def _number(catalogue: Catalogue, arrow: _Arrow) -> int | None:
    """Return the place of the arrow's object in an ordered list, where one of its claims puts it there."""
    made_by = {claim.slug for claim in arrow.claims}
    items = (item for ordered in catalogue.ordered_lists() for item in ordered.items)
    return next((i.position for i in items if i.concept == arrow.ends[1] and made_by & set(i.claims)), None)


def _map_proposition(identifier: str, arrow: _Arrow, number: int | None, base_url: str | None) -> MapProposition:
    claims = tuple(
        MapClaim(
            text=claim.text,
            credit=claim.attribution.credit,
            quotations=tuple(dict.fromkeys(passage.quote for passage in claim.passages)),
            href=None if base_url is None else f"{base_url}/claims/{claim.slug}",
        )
        for claim in arrow.claims
    )
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
        concept = catalogue.concept(selection.focus)
        named = concept.slug in {agent.slug for agent in catalogue.agents()} and not concept.label.startswith("The ")
        return f"What was claimed about {concept.label if named else inside_sentence(concept.label)}?"
    if selection.theme:
        return f"What was claimed about {inside_sentence(catalogue.theme(selection.theme).label)}?"
    if selection.speaker:
        return f"What did {catalogue.agent(selection.speaker).name} claim?"
    if selection.stance:
        return f"What was {catalogue.stances()[selection.stance]}?"
    seminars = [catalogue.seminar(selection.seminar)] if selection.seminar else catalogue.seminars()
    questions = [seminar.focus_question for seminar in seminars if seminar.focus_question]
    return questions[0] if len(questions) == 1 else "What was claimed?"


def source_line(seminar: Seminar) -> str:
    """Return the line that stands under a picture: event, conference, date, publisher."""
    day = datetime.fromisoformat(seminar.start)
    where = f", {seminar.conference}" if seminar.conference else ""
    return (
        f"Claimed at the seminar “{seminar.document.title}”{where}, {day.day} {day:%B %Y}; "
        f"from the summary published by {seminar.document.publisher}"
    )
