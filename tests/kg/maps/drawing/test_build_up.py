"""A build-up: the same places at every step, the newest marked, the rest pale; its pages, numbers and refusals."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from kg.library import Library
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.build_up import MARKER
from kg.maps.drawing.geometry import Geometry, TextBox
from kg.maps.formats import html, pdf, png, propositions_tsv, svg
from kg.maps.layout.archive import draw
from kg.maps.selection import Selection, SelectionError

SVG = "{http://www.w3.org/2000/svg}"


def at(library: Library, step: int | None, numbers: bool = False) -> tuple[Geometry, ConceptMap]:
    concept_map = library.concept_map(focus="culture", base_url="https://example.org", step=step, numbers=numbers)
    return draw(concept_map).geometry, concept_map


def standing(root: ElementTree.Element) -> dict[str, str]:
    """The words of each box and arrow of a picture -> told, newest or pale."""
    found = {}
    for group in root.iter(f"{SVG}g"):
        kinds = (group.get("class") or "").split()
        if kinds and kinds[0] in ("concept", "proposition"):
            words = " ".join("".join(each.itertext()) for each in group.iter(f"{SVG}text"))
            found[words] = next((kind for kind in kinds if kind in ("newest", "pale")), "told")
    return found


def test_nothing_moves_from_step_to_step(library: Library) -> None:
    whole = replace(at(library, None)[0], source_line=None)
    for step in range(6):
        assert replace(at(library, step)[0], source_line=None) == whole


@pytest.mark.parametrize(
    ("step", "counts"), [(0, (1, 0, 8)), (1, (1, 2, 6)), (3, (5, 1, 3)), (5, (8, 1, 0)), (None, (9, 0, 0))]
)
def test_as_many_steps_are_drawn_as_are_asked_for(
    library: Library, step: int | None, counts: tuple[int, int, int]
) -> None:
    found = list(standing(ElementTree.fromstring(svg.write(*at(library, step)))).values())
    assert tuple(found.count(each) for each in ("told", "newest", "pale")) == counts


def test_what_is_to_come_says_nothing_and_leads_nowhere(library: Library) -> None:
    root = ElementTree.fromstring(svg.write(*at(library, 1)))
    pale = [group for group in root.iter(f"{SVG}g") if "pale" in (group.get("class") or "")]
    assert pale
    assert all(group.get("aria-hidden") == "true" and group.find(f"{SVG}title") is None for group in pale)
    assert not any(group in list(link) for link in root.iter(f"{SVG}a") for group in pale)
    told = root.findtext(f"{SVG}desc") or ""
    assert "Step 1 of 5" in told
    assert "1. " in told
    assert "2. " not in told


def test_a_step_has_the_same_bytes_twice(library: Library) -> None:
    for form in (svg, png, pdf, html):
        assert form.write(*at(library, 2)) == form.write(*at(library, 2))
    assert png.write(*at(library, 1), scale=1) != png.write(*at(library, 2), scale=1)


def test_the_steps_stand_in_the_geometry_and_are_read_back(library: Library) -> None:
    geometry, concept_map = at(library, None, numbers=True)
    steps = {each.id: number for number, step in enumerate(concept_map.steps, 1) for each in step}
    assert {each.id: each.step for each in geometry.propositions} == steps
    assert Geometry.from_dict(geometry.to_dict()) == geometry


def overlap(a: TextBox, b: TextBox) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


@pytest.mark.parametrize("focus", ["culture", None])
def test_numbers_stand_at_all_words_of_arrows_and_on_no_others(library: Library, focus: str | None) -> None:
    concept_map = library.concept_map(focus=focus, numbers=True)
    geometry = draw(concept_map).geometry
    numerals = [(each.numeral, each.label) for each in geometry.propositions if each.numeral]
    assert len(numerals) == len([each for each in geometry.propositions if not each.fan])
    words = [each.label for each in geometry.propositions] + [each.box for each in geometry.concepts]
    words += [each.tag for each in geometry.propositions if each.tag]
    met = [(a.lines, own == b) for a, own in numerals for b in words if overlap(a, b)]
    assert all(is_own for _, is_own in met)
    assert len(met) <= 1, "where nothing else is free, it is on the corner of its own words"
    assert not any(each.numeral for each in draw(library.concept_map(focus=focus)).geometry.propositions)


def test_a_pdf_has_a_page_a_step_and_reads_each_arrow_once(library: Library) -> None:
    geometry, concept_map = at(library, None)
    written = pdf.write(geometry, concept_map, build_up=True)
    assert written == pdf.write(geometry, concept_map, build_up=True)
    assert len(re.findall(rb"/Type /Page\b", written)) == 6
    assert f"/Title ({concept_map.title})".encode() in written
    assert written.count(b"/Title (Step ") == 5, "the contents of the file"
    assert sorted(map(int, re.findall(rb"/StructParents (\d+)", written))) == list(range(6))
    links = sorted(map(int, re.findall(rb"/StructParent (\d+)", written)))
    assert links == list(range(6, 6 + len(links)))
    assert len(re.findall(rb"/Subtype /Link", written)) == len(links) == 10, "4 boxes, 5 arrows, the source"


def test_the_sentences_are_numbered_in_the_same_order(library: Library) -> None:
    geometry, concept_map = at(library, None)
    page = BeautifulSoup(html.write(geometry, concept_map), "html.parser")
    listed = [(each["data-line"], each["data-step"]) for each in page.select(".words li[data-line]")]
    places = {each.id: number for number, each in enumerate(concept_map.propositions, 1)}
    assert listed == [
        (f"map-p{places[each.id]}", str(number)) for number, step in enumerate(concept_map.steps, 1) for each in step
    ]
    assert page.select_one(".words > ol")


def test_a_fan_is_one_step() -> None:
    concept_map = propositions_tsv.read("A\tmakes\tB\nA\tneeds\tC\nA\tmakes\tD\n")
    Selection(step=1).shown_on(concept_map)
    assert concept_map.as_text().splitlines() == ["Step 1 of 2", "1. A makes B.", "1. A makes D."]
    page = BeautifulSoup(html.write(draw(concept_map).geometry, concept_map), "html.parser")
    assert len(page.select(".words > ol > li")) == 2
    assert len(page.select(".words > ol > li li[data-step='1']")) == 2
    first, _, third = draw(concept_map).geometry.propositions
    assert (third.fan, third.step) == (first.id, first.step)
    assert svg.write(draw(concept_map).geometry, concept_map).count(MARKER.encode()) == 2, "border and fill of one box"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [(6, "The step can be 0 to 5 on this map, not 6."), (-1, "The step can be 0 to the number of steps")],
)
def test_a_wrong_step_is_refused(library: Library, step: int, sentence: str) -> None:
    with pytest.raises(SelectionError, match=sentence):
        library.concept_map(focus="culture", step=step)
