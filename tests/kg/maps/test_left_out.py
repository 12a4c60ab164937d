"""A part never passes for the whole: notes on what is left out, titles, names that several concepts share."""

from __future__ import annotations

from typing import Any

import pytest

from kg.library import Library
from kg.maps.concept_map import ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.drawing.frame import notes_line
from kg.maps.layout.archive import draw
from kg.maps.selection import Selection

FINER = "10 finer concepts, with 11 claimed arrows, are on the topic maps: Everyone at Salford, existing leaders, "
SILENT = "10 claims join no two concepts and have no arrow."


@pytest.mark.parametrize(
    ("choices", "notes"),
    [
        ({}, [FINER, SILENT]),
        ({"overview": True}, [FINER, SILENT, "9 claims within one topic are on its own map."]),
        ({"most": 25}, ["21 concepts of lower rank, with 20 claimed arrows, are left out: ", FINER, SILENT]),
        (
            {"hide": ["leaders", "nhs"]},
            ["9 finer concepts, with ", "On request this map leaves out leaders, with ", SILENT],
        ),
        (
            {"hide": ["regulators"]},
            [FINER, "On request this map leaves out the Care Quality Commission (CQC) and M", SILENT],
        ),
        ({"focus": "culture"}, ["2 claims join no two concepts and have no arrow."]),
        (
            {"focus": "culture", "depth": 2, "hide": ["leaders"]},
            ["On request this map leaves out leaders, with 8", "2 cl"],
        ),
        ({"focus": "the leaders we want"}, ["2 claimed arrows among the outermost concepts are left out."]),
        (
            {"theme": "recruitment"},
            ["One claim joins no two concepts and has no arrow: “Values-based recruitment is crucial”."],
        ),
        ({"theme": "regulation"}, []),
        ({"speaker": "michael-west"}, []),
        ({"question": "Who creates culture?"}, []),
    ],
)
def test_what_is_left_out_is_said(library: Library, choices: dict[str, Any], notes: list[str]) -> None:
    found = library.concept_map(**choices).left_out
    assert len(found) == len(notes), found
    assert all(each.startswith(note) for each, note in zip(found, notes, strict=True)), found


def test_nothing_is_missing_from_a_map_with_what_it_says_it_leaves_out(library: Library) -> None:
    finer = library.catalogue.seminars()[0].off_map
    whole = {(p.source, p.phrase, p.target) for p in library.concept_map().propositions}
    others = [library.concept_map(theme=theme.slug) for theme in library.catalogue.themes()]
    on_topics = {(p.source, p.phrase, p.target) for each in others for p in each.propositions if p.status != "broader"}
    assert len(on_topics - whole) == 11
    assert all({source, target} & set(finer) for source, _, target in on_topics - whole)


@pytest.mark.parametrize(
    ("choices", "title"),
    [
        ({}, "How do you get behaviours and culture right in the NHS?"),
        ({"overview": True}, "How do you get behaviours and culture right in the NHS? An overview by topic"),
        ({"focus": "culture"}, "What was claimed about culture?"),
        ({"focus": "culture", "depth": 2}, "What was claimed about culture, up to two steps away?"),
        ({"theme": "culture"}, "What was claimed on the topic “Culture”?"),
        ({"focus": "culture", "theme": "culture"}, "What was claimed about culture, on the topic “Culture”?"),
        ({"speaker": "west"}, "What did Michael West claim?"),
        ({"speaker": "west", "focus": "culture"}, "What did Michael West claim about culture?"),
        ({"speaker": "delegate", "stance": "criticises"}, "What did a delegate criticise?"),
        ({"stance": "recommends", "focus": "leaders"}, "What was recommended about leaders?"),
        ({"focus": "Regulators"}, "What was claimed about regulators (the Care Quality Commission (CQC) and Monitor)?"),
        ({"focus": "culture", "title": "Ours"}, "Ours"),
    ],
)
def test_titles_tell_kinds_of_map_apart(library: Library, choices: dict[str, Any], title: str) -> None:
    assert library.concept_map(**choices).title == title


def test_a_name_that_several_concepts_share_centres_on_all_of_them(library: Library) -> None:
    drawn = library.concept_map(focus="regulators", base_url="")
    apart = [library.concept_map(focus=each) for each in ("care-quality-commission", "monitor")]
    assert [concept.id for concept in drawn.concepts][:2] == ["care-quality-commission", "monitor"]
    assert {p.text for p in drawn.propositions} == {p.text for each in apart for p in each.propositions}
    assert len(drawn.propositions) == sum(len(each.propositions) for each in apart)
    assert drawn.address == "/map?focus=regulators"
    assert Selection(focus=" Regulators ").resolved(library.catalogue).focus == "regulators"
    assert library.catalogue.concept("culture").slug == "culture", "its own label counts before another's second one"
    assert not {"care-quality-commission", "monitor"} & {v.concept.slug for v in library.focus_views("regulators")}


def test_a_choice_without_an_arrow_is_refused(library: Library) -> None:
    with pytest.raises(MapError, match="fits this choice: criticised, about culture; choose another"):
        library.concept_map(focus="culture", stance="criticises")


def test_editors_links_hold_a_map_together_and_no_more(library: Library) -> None:
    drawn = library.concept_map()
    assert [p.source for p in drawn.propositions if p.status == "broader"] == [
        "exemplary-leaders",
        "leaders-who-put-paperwork-before-patients",
        "becoming-the-safest-hospital",
        "culture-at-the-top",
        "everyone-in-the-nhs",
    ]
    kinds = {concept.id: concept.kind_of for concept in drawn.concepts if concept.kind_of}
    assert kinds["the-right-culture"] == "culture"
    assert not kinds.keys() & {p.source for p in drawn.propositions if p.status == "broader"}


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ([("West", None)], "All arrows: said by West."),
        ([("West", None), ("a delegate", "a delegate")], "Arrows without a name: said by West."),
        ([("A", None), ("B", None)], "All arrows: said by A or by B."),
        ([(name, None) for name in "ABCDE"], "All arrows: said by A or by B or by C or by 2 others."),
        ([("a delegate", "a delegate")], None),
        ([(None, None)], None),
    ],
)
def test_who_said_what_has_no_name_on_it(said: list[tuple[str | None, str | None]], note: str | None) -> None:
    made = ConceptMap()
    made.add_concept(MapConcept("a", "A"))
    made.add_concept(MapConcept("b", "B"))
    for number, (credit, tag) in enumerate(said):
        made.add_proposition(MapProposition(f"p{number}", "a", "b", "makes", credit=credit, tag=tag))
    assert made.notes == ((note,) if note else ())


def test_names_on_arrows_are_short(library: Library) -> None:
    tags = {p.tag for p in library.concept_map().propositions}
    assert tags == {None, "West", "a delegate", "debate", "summary + West"}


def test_under_the_picture_notes_are_one_line_and_not_cut(library: Library) -> None:
    for choices in ({}, {"most": 12, "page": "square"}, {"overview": True}, {"theme": "leadership", "page": "a4"}):
        concept_map = library.concept_map(**choices)
        (line,) = draw(concept_map, choices.get("page", "16:9")).geometry.notes.lines  # type: ignore[union-attr]
        assert "…" not in line
        assert "34 concepts of lower rank are left out." in line or choices.get("most") != 12
    whole = library.concept_map()
    assert whole.short_notes[0] == "10 finer concepts are on the topic maps."
    assert whole.short_notes[0] in " ".join(draw(whole).geometry.notes.lines)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("notes", "line"),
    [
        (["Some are left out: a and b."], "Some are left out."),
        (["One has no arrow: “A claim: that is one”."], "One has no arrow."),
        (["Arrows: said by West. Ten are left out: a."], "Arrows: said by West. Ten are left out: a."),
        (["A first note.", "Another " + "long " * 60 + "one."], "A first note. The map in words tells the rest."),
    ],
)
def test_notes_that_have_no_room_are_told_elsewhere(notes: list[str], line: str) -> None:
    made = ConceptMap(left_out=notes)
    made.add_concept(MapConcept("a", "A"))
    shown = notes_line(made.short_notes, 1280, 12)
    assert shown
    assert shown.lines == (line,)
