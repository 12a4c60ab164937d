"""A handout: a map as several pages with words that can be read on paper, and all that was claimed in sentences.

A map that has room on one page is on one; else there is an overview by topic and a page for each topic, or several
where a topic has no room on one. An arrow between two topics is on the pages of both, and no arrow is on none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from kg.english.telling import handouts as english
from kg.graph.catalogue import Catalogue
from kg.maps.claim_map import overview_of, selected_map, unlinked_claims
from kg.maps.concept_map import ConceptMap, MapClaim, MapError
from kg.maps.drawing.drawing import Drawing
from kg.maps.drawing.leaf import Leaf
from kg.maps.handouts.parts import copied, halves, of_topic, renamed, topics_of
from kg.maps.handouts.sentences import columns, items, leaves
from kg.maps.layout.archive import draw
from kg.maps.limits import MOST_READABLE
from kg.maps.paper import HANDOUT, SIZES
from kg.maps.selection import FIRST_PAGE, Selection

PAGE = SIZES[HANDOUT]
LEAST_CONCEPT, LEAST_PHRASE = 16.01, 13.35
"""Font sizes in px that words on a handout have at least: 12 and 10 points, where A4 is a little less than its px."""
ANY = 88
"""The number of a page that is not known yet, as wide as one of two digits can be."""

Chapters = Mapping[str | None, ConceptMap]
"""The map of each topic, None for what has none; each takes a page or more."""


def handout_of_selection(catalogue: Catalogue, selection: Selection, base_url: str | None = None) -> list[Leaf]:
    """Return the pages of the handout of what a selection chooses, but for its question.

    Arguments:
        catalogue: what to draw from.
        selection: what to draw; its page has no effect.
        base_url: as for `kg.maps.claim_map.selected_map`, which says what is raised.
    """
    selection = replace(selection, page=FIRST_PAGE).resolved(catalogue)
    concept_map = selected_map(catalogue, selection, base_url)
    unlinked = unlinked_claims(catalogue, selection, None, base_url)
    if selection.overview or has_room(concept_map):
        return _handout({None: concept_map}, None, concept_map.title, unlinked)
    if selection.most is not None:  # an overview counts all claims
        return handout_of_map(concept_map, unlinked)
    chapters = dict(chapters_of(concept_map))
    if selection.whole:
        # What is too fine for the whole map is on those of its topics.
        for theme in catalogue.themes():
            of_theme = replace(selection, theme=theme.slug, title=None)
            with suppress(MapError):  # nothing is claimed about it
                chapters[theme.slug] = selected_map(catalogue, of_theme, base_url)
                if selection.title:
                    title = english.part_title(selection.title, theme.label)
                    chapters[theme.slug] = renamed(chapters[theme.slug], title=title)
    overview = overview_of(catalogue, selection, base_url) if len(chapters) > 1 else None
    order = [*(theme.slug for theme in catalogue.themes()), None]
    ordered = {topic: chapters[topic] for topic in order if topic in chapters}
    return _handout(ordered, overview, concept_map.title, unlinked)


def handout_of_map(concept_map: ConceptMap, unlinked: Sequence[MapClaim] = ()) -> list[Leaf]:
    """Return the pages of the handout of a map, without an overview.

    Arguments:
        concept_map: the map.
        unlinked: claims that belong to it and have no arrow.

    Raises:
        MapError: as `kg.maps.layout.archive.draw`.
    """
    chapters: Chapters = {None: concept_map} if has_room(concept_map) else chapters_of(concept_map)
    return _handout(chapters, None, concept_map.title, unlinked)


def chapters_of(concept_map: ConceptMap) -> Chapters:
    """Return the parts of a map by topic, with titles of their own; the whole where it has but one topic."""
    topics, labels = topics_of(concept_map), dict(concept_map.themes)
    if len(topics) < 2:
        return dict.fromkeys(topics, concept_map)
    chapters: dict[str | None, ConceptMap] = {}
    for topic in topics:
        if part := of_topic(concept_map, topic):
            title = english.part_title(concept_map.title, labels.get(topic or "", topic))
            chapters[topic] = renamed(part, title=title)
    first = next(iter(chapters))
    chapters[first] = renamed(chapters[first], left_out=concept_map.left_out)
    return chapters


def has_room(concept_map: ConceptMap) -> bool:
    """Whether a map has no more concepts than a reader takes in, and its words are large enough on one page."""
    if len(concept_map) > MOST_READABLE:
        return False
    note = english.elsewhere(ANY, [ANY])
    geometry = draw(_numbered(concept_map, ANY, ANY, notes=(note,)), PAGE).geometry
    return all(each.box.font_size >= LEAST_CONCEPT for each in geometry.concepts) and all(
        each.label.font_size >= LEAST_PHRASE for each in geometry.propositions
    )


def split(concept_map: ConceptMap) -> list[ConceptMap]:
    """Return a map in as many parts as it needs to have room on pages; two concepts are not parted."""
    parts = [concept_map] if has_room(concept_map) else halves(concept_map)
    return parts if len(parts) == 1 else [part for half in parts for part in split(half)]


def _handout(chapters: Chapters, overview: ConceptMap | None, title: str, unlinked: Sequence[MapClaim]) -> list[Leaf]:
    parts = {topic: split(chapter) for topic, chapter in chapters.items()}
    pages = [] if overview is None else _overview_pages(overview, {topic: [ANY] * len(parts[topic]) for topic in parts})
    first = 1 + len(pages)
    starts = {topic: first + sum(len(parts[each]) for each in list(parts)[:n]) for n, topic in enumerate(parts)}
    numbers = {topic: range(starts[topic], starts[topic] + len(parts[topic])) for topic in parts}
    maps = [_with_pages(each, numbers) for each in pages]
    for topic, of_chapter in parts.items():
        maps += _pages(chapters[topic], of_chapter, numbers[topic])
    longest = english.on_page(ANY, ANY, maps[0].source_line)
    told = columns(items(maps[first - 1 :], first, unlinked), PAGE, longest)
    total = len(maps) + len(told)
    drawn = [draw(_numbered(each, number, total), PAGE) for number, each in enumerate(maps, 1)]
    below = [english.on_page(len(maps) + n, total, maps[0].source_line) for n, _ in enumerate(told, 1)]
    return [*map(_leaf, drawn), *leaves(told, PAGE, english.in_words(title), below)]


def _pages(chapter: ConceptMap, parts: Sequence[ConceptMap], numbers: Sequence[int]) -> list[ConceptMap]:
    """Return the parts of a chapter with their titles, each with a note on what is on the others."""
    if len(parts) == 1:
        return [chapter]
    made = []
    for n, part in enumerate(parts):
        here = {each.id for each in part.propositions}
        others = sum(each.id not in here for each in chapter.propositions)
        note = english.elsewhere(others, [number for number in numbers if number != numbers[n]])
        notes = (note, *(chapter.left_out if n == 0 else ()))
        title = english.numbered_title(chapter.title, n + 1, len(parts))
        made.append(renamed(part, title=title, left_out=notes))
    return made


def _overview_pages(overview: ConceptMap, unknown: Mapping[str | None, Sequence[int]]) -> list[ConceptMap]:
    """Return an overview, in several parts if it has no room on a page though its boxes name the topics alone.

    Arguments:
        overview: the overview.
        unknown: as many numbers as each topic has pages.
    """
    if has_room(_with_pages(overview, unknown)):
        return [overview]
    labels = dict(overview.themes)

    def short(part: ConceptMap) -> ConceptMap:
        boxes = [replace(each, label=labels.get(each.id, each.label)) for each in part.concepts]
        return copied(part, boxes, part.propositions)

    pages = [short(part) for part in split(_with_pages(short(overview), unknown))]
    return _pages(short(overview), pages, range(1, len(pages) + 1))


def _with_pages(overview: ConceptMap, numbers: Mapping[str | None, Sequence[int]]) -> ConceptMap:
    """Return an overview whose boxes say on which pages their topics are."""
    concepts = [
        replace(each, label=english.topic_on(each.label, numbers[each.id])) if each.id in numbers else each
        for each in overview.concepts
    ]
    return copied(overview, concepts, overview.propositions)


def _numbered(concept_map: ConceptMap, number: int, total: int, notes: Sequence[str] = ()) -> ConceptMap:
    """Return a map that says on which page it is; the notes come to its own."""
    source_line = english.on_page(number, total, concept_map.source_line)
    left_out = (*notes, *concept_map.left_out)
    return renamed(concept_map, source_line=source_line, left_out=left_out)


def _leaf(drawing: Drawing) -> Leaf:
    return Leaf(PAGE, drawing.concept_map.title, (drawing.geometry, drawing.concept_map))
