"""The formats: well-formed, complete, safe to embed, and what is written can be read again."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.english.telling.maps import STANCE_WORDS
from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.maps.claim_map import selected_map
from kg.maps.concept_map import STATUSES, ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.drawing.geometry import Geometry
from kg.maps.drawing.marks import Box, parts
from kg.maps.drawing.style import BOXES, INK, MUTED, PAPER, PLAIN_BOX, line_style
from kg.maps.formats import (
    FORMATS,
    choices_of,
    format_for,
    geometry_json,
    propositions_tsv,
    read_propositions,
    svg,
)
from kg.maps.layout.placement import layout
from kg.maps.paper import PAGES
from kg.maps.selection import Selection
from kg.maps.text import width

SVG = "{http://www.w3.org/2000/svg}"
GARDEN = Path(__file__).parents[3] / "fixtures" / "maps" / "garden.tsv"


@pytest.fixture(scope="module")
def concept_map() -> ConceptMap:
    made = ConceptMap(
        title="Who <leads> & how?",
        description="About leaders.",
        source_line="A seminar, June 2014",
        themes=[("people", "People"), ("values", "Values"), ("unused", "Unused")],
    )
    made.add_concept(MapConcept("leaders", "Leaders", "people", "/concepts/leaders?a=1&b=2", "People who lead."))
    made.add_concept(MapConcept("culture", 'A "right" <culture>', "values"))
    made.add_concept(MapConcept("form", "Form-\x00filling\x0b", "other", "/concepts/form"))
    add = made.add_proposition
    add(MapProposition("p1", "leaders", "culture", "create", stance="describes", credit="Michael West", href="/c/1"))
    add(MapProposition("p2", "leaders", "form", "are not concerned with", "denied", "criticises", "a delegate"))
    add(MapProposition("p3", "form", "culture", "could spoil", stance="criticises", credit="a delegate"))
    add(MapProposition("p4", "culture", "form", "is a kind of", "broader"))
    add(MapProposition("p5", "form", "leaders", "if it grows on", "condition", "recommends"))
    return made


@pytest.fixture(scope="module")
def geometry(concept_map: ConceptMap) -> Geometry:
    return layout(concept_map)


def parse(markup: str | bytes) -> ElementTree.Element:
    return ElementTree.fromstring(markup)


@pytest.mark.parametrize("extension", list(FORMATS))
def test_each_format_writes_the_same_bytes_twice(extension: str, geometry: Geometry, concept_map: ConceptMap) -> None:
    found = format_for("." + extension.upper())
    assert extension == found.EXTENSION
    assert all((found.MEDIA_TYPE, found.NAME, found.SPECIFICATION))
    assert found.write(geometry, concept_map) == found.write(geometry, concept_map) != b""


SCRIPT = """
import sys
from hashlib import sha256
from pathlib import Path
from kg.maps.formats.page import embed
from kg.maps.formats import FORMATS, propositions_tsv
from kg.maps.layout.placement import layout
drawn = propositions_tsv.read(Path(sys.argv[1]).read_text(encoding="utf-8"), "Why?", "A source")
geometry = layout(drawn)
for extension, form in FORMATS.items():
    written = form.write(geometry, drawn)
    assert written, extension
    print(extension, sha256(written).hexdigest())
print("frame", sha256(embed.write(geometry, drawn, "/embed/{}".format)).hexdigest())
"""


def test_each_format_writes_the_same_bytes_in_two_processes() -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(GARDEN)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.splitlines()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert [line.split()[0] for line in found[0]] == [*FORMATS, "frame"]
    assert found[0] == found[1]


@pytest.mark.parametrize("extension", list(FORMATS))
@pytest.mark.parametrize("concepts", [0, 1])
def test_maps_of_next_to_nothing(extension: str, concepts: int) -> None:
    small = ConceptMap(title="Nearly nothing", source_line="A seminar", address="https://example.org/map")
    for number in range(concepts):
        small.add_concept(MapConcept(f"c{number}", "One & only"))
    written = FORMATS[extension].write(layout(small), small)
    assert written or extension == "tsv"


def test_an_unknown_format() -> None:
    with pytest.raises(MapError, match="'docx'; the formats are svg"):
        format_for("docx")


def test_svg_shows_all_words_and_titles(geometry: Geometry, concept_map: ConceptMap) -> None:
    root = parse(svg.write(geometry, concept_map))
    words = re.sub(r"\s+", " ", " ".join(t.text or "" for t in root.iter(f"{SVG}text")))
    for expected in ("Who <leads> & how?", "Leaders", "are not concerned with", "A seminar, June 2014"):
        assert expected in words
    titles = [t.text for t in root.iter(f"{SVG}title")]
    assert 'Leaders create A "right" <culture> (said by Michael West).' in titles
    assert "Leaders. People who lead. Topic: People" in titles
    description = root.findtext(f"{SVG}desc") or ""
    assert all(f"{number}. {sentence}" in description for number, sentence in concept_map.sentences())


def test_svg_links_and_roles(geometry: Geometry, concept_map: ConceptMap) -> None:
    root = parse(svg.inline(geometry, concept_map, "m1"))
    links = {a.get("href"): a.get("aria-label") for a in root.iter(f"{SVG}a")}
    assert links["/concepts/leaders?a=1&b=2"] == "Leaders"
    assert "/c/1" in links
    assert root.get("role") == "graphics-document"
    assert root.get("aria-labelledby") == "m1-title"
    ids = [e.get("id", "") for e in root.iter() if e.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(i.startswith("m1-") for i in ids)


def test_names_of_links_hold_what_is_seen() -> None:
    made = ConceptMap()
    for number, label in enumerate(("Leaders", "A very patient-centred, long-suffering and well-meant culture")):
        made.add_concept(MapConcept(f"c{number}", label, href=f"/{number}"))
    made.add_proposition(MapProposition("p", "c0", "c1", "step 1 <of> two", text="Leaders come first.", href="/p"))
    made.add_proposition(MapProposition("q", "c0", "c1", "create", text="Leaders create a culture.", href="/q"))
    root = parse(svg.inline(layout(made), made))
    names = {a.get("href"): a.get("aria-label") for a in root.iter(f"{SVG}a")}
    assert names["/p"] == "step 1 <of> two: Leaders come first."
    assert names["/q"] == "Leaders create a culture."
    for link in root.iter(f"{SVG}a"):
        seen = [(text.text or "") + (text.tail or "") for text in link.iter(f"{SVG}text")]
        assert "".join(seen).strip() in (link.get("aria-label") or "")


def test_a_map_without_links_is_one_image() -> None:
    plain = propositions_tsv.read("A\tmakes\tB\n")
    assert parse(svg.inline(layout(plain), plain)).get("role") == "img"


def test_inline_svg_suits_a_strict_policy(geometry: Geometry, concept_map: ConceptMap) -> None:
    root = parse(svg.inline(geometry, concept_map))
    tags = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert not tags & {"style", "script", "marker", "foreignObject", "image", "use"}
    assert not any(name == "style" or name.startswith("on") for e in root.iter() for name in e.attrib)


def test_standalone_svg_brings_its_fonts_and_nothing_from_outside(geometry: Geometry, concept_map: ConceptMap) -> None:
    text = svg.write(geometry, concept_map).decode()
    assert text.count("@font-face") == 2
    assert re.findall(r"url\((?!data:)", text) == []
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_lines_tell_their_status_without_colour(geometry: Geometry, concept_map: ConceptMap) -> None:
    root = parse(svg.inline(geometry, concept_map))
    groups = {g.get("id"): g for g in root.iter(f"{SVG}g")}
    strokes = {name: groups[f"map-{name}"].findall(f"{SVG}polyline") for name in ("p1", "p2", "p4", "p5")}
    assert len(strokes["p2"]) == len(strokes["p1"]), "its words deny it, and no second sign takes that back"
    dashes = {name: found[0].get("stroke-dasharray") for name, found in strokes.items()}
    assert dashes["p1"] is None
    assert dashes["p4"] != dashes["p5"] != dashes["p1"]


def test_a_topic_has_one_colour_in_every_map() -> None:
    themes = [("people", "People"), ("values", "Values"), ("places", "Places")]
    fills = []
    for theme in ("people", "places"):
        made = ConceptMap(themes=themes)
        made.add_concept(MapConcept("a", "A", theme))
        made.add_concept(MapConcept("b", "B", "places"))
        (box,) = [p.marks[0] for p in parts(layout(made), made) if p.name == "B"]
        assert isinstance(box, Box)
        fills.append(box.fill)
    assert fills[0] == fills[1] == BOXES[2].fill


def test_the_packaged_seminar_uses_its_colours_everywhere() -> None:
    catalogue = Catalogue(load())
    topics = {selected_map(catalogue, Selection(theme=theme.slug)).topics for theme in catalogue.themes()}
    assert topics == {selected_map(catalogue).topics}
    assert len(topics.pop()) <= len(BOXES)


def test_ordered_steps_and_critics_are_named_on_the_arrows() -> None:
    words = [each.words for each in selected_map(Catalogue(load())).propositions]
    assert {"has as step 1", "has as step 2", "has as step 3"} <= set(words)
    assert "is not concerned with" in words
    assert not [each for each in words if each.endswith(",")]


def test_the_source_line_has_the_address_and_leads_there() -> None:
    selection = Selection(focus="Culture", depth=2)
    drawn = [selected_map(Catalogue(load()), selection, base) for base in ("https://x.org", "")]
    assert drawn[0].address == "https://x.org/map?focus=culture&depth=2"
    assert drawn[1].under("https://x.org{}".format).address == drawn[0].address
    root = parse(svg.write(layout(drawn[0]), drawn[0]))
    (source,) = [a for a in root.iter(f"{SVG}a") if a.get("href") == drawn[0].address]
    lines = [text.text for text in source.iter(f"{SVG}text")]
    assert lines[-1] == drawn[0].address
    assert "6 June 2014; from the summary published by the site nhsconfed.org" in " ".join(map(str, lines))


@pytest.mark.parametrize("page", list(PAGES))
def test_an_address_changes_no_layout_and_fits(page: str) -> None:
    boxes = []
    for address in ("", "https://example.org/map", "https://example.org/map?question=" + "w" * 500):
        made = ConceptMap(source_line="Claimed at a seminar " * 8, address=address)
        made.add_concept(MapConcept("a", "A"))
        geometry = layout(made, page)
        boxes.append(geometry.concepts[0].box)
        source = geometry.source_line
        assert source
        assert all(width(line, "regular", source.font_size) <= source.width for line in source.lines)
        assert source.y + source.height <= geometry.height
    assert boxes[0] == boxes[1] == boxes[2]


def test_the_legend_explains_what_is_used(geometry: Geometry) -> None:
    words = [entry.text.lines[0] for entry in geometry.legend]
    assert words == [
        "described",
        "criticised by a delegate",
        "a condition",
        "editor's link, not a claim",
    ]
    assert [entry.text.lines[0] for entry in geometry.topics] == ["People", "Values", "other"]


def test_the_legend_has_six_keys_at_most() -> None:
    made = ConceptMap()
    made.add_concept(MapConcept("a", "A"))
    made.add_concept(MapConcept("b", "B"))
    for number, status in enumerate(STATUSES):
        made.add_proposition(MapProposition(f"s{number}", "a", "b", "makes", status, "describes"))  # type: ignore[arg-type]
    for stance in STANCE_WORDS:
        made.add_proposition(MapProposition(stance, "a", "b", "makes", stance=stance))
    words = [entry.text.lines[0] for entry in layout(made).legend]
    assert words == [
        "recommended",
        "criticised",
        "given as an example",
        "reported as evidence",
        "a condition, a goal or what was told or noted",
        "editor's link, not a claim",
    ]


def test_a_plain_map_needs_no_legend() -> None:
    assert layout(propositions_tsv.read("A\tmakes\tB\n")).legend == ()


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_stands_out() -> None:
    stances = ("describes", "recommends", "criticises", "exemplifies", "reports-evidence", None)
    colours = [line_style(status, stance).colour for status in ("asserted", "broader") for stance in stances]
    assert min(contrast(colour, PAPER) for colour in [*colours, INK, MUTED]) >= 4.5
    assert min(contrast(INK, box.fill) for box in (*BOXES, PLAIN_BOX)) >= 4.5
    assert min(contrast(box.border, PAPER) for box in (*BOXES, PLAIN_BOX)) >= 3
    assert len({(box.radius, box.border_width, box.dash) for box in BOXES}) == len(BOXES)


def test_geometry_json(geometry: Geometry, concept_map: ConceptMap) -> None:
    read = json.loads(geometry_json.write(geometry, concept_map))
    assert read == json.loads(json.dumps(geometry.to_dict()))
    assert [p["status"] for p in read["propositions"]] == [
        "asserted",
        "denied",
        "asserted",
        "broader",
        "condition",
    ]
    assert read["themes"][0] == {"slug": "people", "label": "People"}


def test_propositions_are_read_as_written(geometry: Geometry, concept_map: ConceptMap) -> None:
    written = propositions_tsv.write(geometry, concept_map)
    read = propositions_tsv.read(written.decode())
    assert propositions_tsv.write(layout(read), read) == written
    assert [c.label for c in read.concepts] == ["Leaders", 'A "right" <culture>', "Form-filling"]


@pytest.mark.parametrize(
    ("text", "concepts", "propositions"),
    [
        ("", 0, 0),
        ("\ufeffA\tmakes\tB\r\n\r\nB\tmakes\tC\r\n", 3, 2),
        ("A\tmakes\tB\nA\tmakes\tB\n", 2, 2),
        ("A\t makes \t B", 2, 1),
    ],
)
def test_texts_that_can_be_read(text: str, concepts: int, propositions: int) -> None:
    read = propositions_tsv.read(text)
    assert (len(read), len(read.propositions)) == (concepts, propositions)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('A\tmakes\t"B, and C"', ("A", "makes", "B, and C")),
        ('"A ""so called"" b"\tmakes\tB', ('A "so called" b', "makes", "B")),
        ('"A\r\nb"\tmakes\t"B"\r\n', ("A b", "makes", "B")),
        ('"So" they say\tmakes\tB', ('"So" they say', "makes", "B")),
        ('6" pipe\tis\t"open', ('6" pipe', "is", '"open')),
        ("\ufeffA\tmakes\tB\t\t\r\n\t\t\t\t\r\n", ("A", "makes", "B")),
        ("A\tmakes\tB\r\r", ("A", "makes", "B")),
    ],
)
def test_columns_are_read_as_spreadsheets_write_them(text: str, words: tuple[str, ...]) -> None:
    read = propositions_tsv.read(text)
    (found,) = read.propositions
    assert (read.concept(found.source).label, found.phrase, read.concept(found.target).label) == words
    again = propositions_tsv.read(propositions_tsv.write(layout(read), read).decode())
    assert [concept.label for concept in again.concepts] == [concept.label for concept in read.concepts]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('A\t"makes\nthat"\tB\nC\tmakes', "Line 3: .* found 2 columns[.]"),
        ("A makes B", "Line 1: .* found 1 column[.]"),
        ("A\tmakes\tB\nA\tmakes\n", "Line 2: .* found 2 columns[.]"),
        ("A\tmakes\tB\tC", "Line 1: the status is asserted, denied, .* or nothing, not “C”[.]"),
        ("A\tmakes\tB\t\t\t\tC", "Line 1: .* found 7 columns[.]"),
        ("A\tmakes\t\u200e", "Line 1: the third column is empty[.]"),
        ("A\t\x00\tB", "Line 1: there is a control character, U[+]0000"),
        ("A\tma\x07kes\tB", "Line 1: there is a control character, U[+]0007"),
    ],
)
def test_texts_that_are_refused(text: str, message: str) -> None:
    with pytest.raises(MapError, match=message):
        propositions_tsv.read(text)


@pytest.mark.parametrize(
    ("text", "drawn", "said"),
    [
        ("A\t\tB\nB\tmakes\tA\n", ["…", "makes"], ["Line 1: there is no linking phrase, so “…” stands on"]),
        ("A\tmakes\tB\n\nA\tlikes\tA\n", ["makes"], ["Line 3: the concept “A” is linked to itself, which is not"]),
        ("Concept 1\tLinking phrase\tConcept 2\nA\tmakes\tB\n", ["makes"], ["Line 1, “Concept 1”, “Linking phrase”"]),
        ("from;label;to\nA;makes;B\n", ["makes"], ["Line 1, “from”, “label”, “to”, is taken for headings"]),
        ("A\tmakes\tB\nfrom\tlabel\tto\n", ["makes", "label"], []),
    ],
)
def test_what_a_list_has_and_is_not_drawn_as_it_is_is_said(text: str, drawn: list[str], said: list[str]) -> None:
    read = propositions_tsv.read(text)
    assert [each.phrase for each in read.propositions] == drawn
    for sentence, words in zip(read.undrawn, said, strict=True):
        assert words in sentence


@pytest.mark.parametrize("mark", "\t;,")
def test_what_is_known_of_an_arrow_is_read_from_tables_too(mark: str) -> None:
    rows = ("from,label,to,status,how,who", "A,,B,denied,describes,West", "A,likes,B", "This list,says that,C.,note")
    read = propositions_tsv.read("\r\n".join(rows).replace(",", mark))
    known = [(each.phrase, each.status, each.stance, each.credit, each.tag) for each in read.propositions]
    assert known == [("…", "denied", "describes", "West", "West"), ("likes", "asserted", None, None, None)]
    assert read.left_out == ("C.",)
    assert len(read.undrawn) == 2


def test_files_of_propositions_are_read_by_their_ending() -> None:
    assert len(read_propositions("A\tmakes\tB", "map.txt")) == 2
    with pytest.raises(MapError, match=r"^map[.]CXL: Line 1, column 1: this is not CXL"):
        read_propositions("A\tmakes\tB", "map.CXL")
    with pytest.raises(MapError, match=r"^map[.]tsv: there is no concept in it"):
        read_propositions("\n", "map.tsv")


def test_only_png_and_pdf_leave_choices() -> None:
    assert {extension: choices_of(each) for extension, each in FORMATS.items() if choices_of(each)} == {
        "png": ("scale", "transparent"),
        "pdf": ("exercise", "build_up"),
    }
