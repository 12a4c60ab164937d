"""The titles of maps: another for each kind of map, and the words for what was chosen."""

from __future__ import annotations

from kg.english.telling import maps as english
from kg.graph.catalogue import Catalogue
from kg.maps.selection import Selection


def title_of(catalogue: Catalogue, selection: Selection) -> str:
    """Return the title of the map of a resolved selection."""
    if selection.title or selection.question:
        question = selection.question or ""
        return selection.title or question[:1].upper() + question[1:]
    if selection.whole:
        question = _focus_question(catalogue, selection.seminar)
        return english.overview_title(question) if selection.overview else question
    several = len(catalogue.seminars()) > 1
    foci = [catalogue.label_inside(catalogue.concept(slug)) for slug in selection.foci(catalogue)]
    return english.title(
        foci,
        alias=selection.focus if len(foci) > 1 else None,
        steps=selection.depth,
        topic=catalogue.theme(selection.theme).label if selection.theme else None,
        speaker=catalogue.agent(selection.speaker).name if selection.speaker else None,
        stance=selection.stance,
        seminar=catalogue.seminar(selection.seminar).name if selection.seminar and several else None,
    )


def chosen_words(catalogue: Catalogue, selection: Selection) -> list[str]:
    """Return the parts of a resolved selection as words for people, such as "criticised"."""
    return english.chosen_words(
        stance=catalogue.stances()[selection.stance] if selection.stance else None,
        about=focus_label(catalogue, selection.focus) if selection.focus else None,
        topic=catalogue.theme(selection.theme).label if selection.theme else None,
        speaker=catalogue.agent(selection.speaker).name if selection.speaker else None,
        seminar=catalogue.seminar(selection.seminar).name if selection.seminar else None,
        hides=bool(selection.hide),
    )


def focus_label(catalogue: Catalogue, focus: str) -> str:
    """Return what the focus of a map is called inside a sentence: a concept's label, or the name that several share."""
    found = catalogue.concepts_called(focus)
    return catalogue.label_inside(found[0]) if len(found) == 1 else focus


def _focus_question(catalogue: Catalogue, seminar: str | None) -> str:
    seminars = [catalogue.seminar(seminar)] if seminar else catalogue.seminars()
    questions = [each.focus_question for each in seminars if each.focus_question]
    return questions[0] if len(questions) == 1 else english.NO_QUESTION
