"""PNG, PDF and HTML: the right size, the right words, links, and nothing that reaches out."""

import os
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from reportlab.pdfbase.pdfmetrics import stringWidth

from kg.library import Library
from kg.maps import text as map_text
from kg.maps.concept_map import ConceptMap, MapConcept, MapError
from kg.maps.drawing.geometry import Geometry, PlacedConcept
from kg.maps.drawing.marks import Outlines, Words, painted_parts
from kg.maps.formats import html, pdf, png, propositions_tsv
from kg.maps.formats.page.viewer import policy_of
from kg.maps.layout.archive import draw
from kg.maps.layout.placement import layout
from kg.maps.paper import PAGES, SHEETS

HARD = (
    "<script>alert('x')</script> & \"quotes\"\tmakes </script>\tשלום עולם (2014)\n"
    "مرحبا بالعالم\tis ∈ said by\t✓ staff, x\u0304\n"
    + "x" * 300
    + "\tis long beside\t"
    + "The behaviours of leaders " * 12
    + "\n"
)
FONTS = Path(map_text.__file__).parent / "fonts"


@pytest.fixture(scope="module")
def drawn(library: Library) -> tuple[Geometry, ConceptMap]:
    concept_map = library.concept_map(focus="culture", base_url="https://example.org")
    return draw(concept_map).geometry, concept_map


@pytest.fixture(scope="module")
def hard() -> tuple[Geometry, ConceptMap]:
    concept_map = propositions_tsv.read(HARD, 'Hard <words> & "more"')
    return layout(concept_map), concept_map


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])  # type: ignore[return-value]


def rows(picture: bytes) -> Iterator[bytes]:
    """The pixels of an RGBA picture, its rows unfiltered (PNG, section 9)."""
    wide, high = size(picture)
    assert picture[24:26] == bytes([8, 6]), "8 bits of red, green, blue and opacity each"
    data = b"".join(
        picture[found.end() : found.end() + struct.unpack(">I", picture[found.start() - 4 : found.start()])[0]]
        for found in re.finditer(b"IDAT", picture)
    )
    raw, step = zlib.decompress(data), 4 * wide + 1
    above = bytearray(4 * wide)
    for y in range(high):
        kind, row = raw[y * step], bytearray(raw[y * step + 1 : (y + 1) * step])
        if kind == 2:  # most are of this kind, and the quickest to read
            row = bytearray((x + b) & 255 for x, b in zip(row, above, strict=True))
        for i in range(len(row) if kind not in (0, 2) else 0):
            a, b, c = (row[i - 4] if i > 3 else 0), above[i], (above[i - 4] if i > 3 else 0)
            p = a + b - c
            nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            row[i] = (row[i] + (0, a, b, (a + b) // 2, nearest)[kind]) & 255
        yield bytes(row)
        above = row


@pytest.mark.skipif(os.name != "posix", reason="Windows has no signals; needs Linux or macOS")
def test_a_png_whose_process_is_killed_is_painted_again(
    drawn: tuple[Geometry, ConceptMap], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = png.write(*drawn, scale=1)
    killed = tmp_path / "killed"
    once = f"import os, pathlib; killed = pathlib.Path({str(killed)!r})\n"
    once += "if not killed.exists(): killed.touch(); os.kill(os.getpid(), 9)\n"
    monkeypatch.setattr(png, "_CHILD", once + png._CHILD)
    assert png.write(*drawn, scale=1) == painted
    assert killed.exists()


@pytest.mark.parametrize("scale", png.SCALES)
def test_png_has_the_size_of_the_page(drawn: tuple[Geometry, ConceptMap], scale: int) -> None:
    assert size(png.write(*drawn, scale=scale)) == (1280 * scale, 720 * scale)


@pytest.mark.parametrize("scale", [0, 4, 1000, -1])
def test_no_other_scale(drawn: tuple[Geometry, ConceptMap], scale: int) -> None:
    with pytest.raises(MapError, match=f"is 1, 2 or 3, not {scale}[.]"):
        png.write(*drawn, scale=scale)


@pytest.mark.parametrize(("transparent", "corner"), [(False, b"\xff\xff\xff\xff"), (True, b"\x00\x00\x00\x00")])
def test_a_page_is_white_or_not_there(hard: tuple[Geometry, ConceptMap], transparent: bool, corner: bytes) -> None:
    assert next(rows(png.write(*hard, scale=1, transparent=transparent)))[:4] == corner


def test_no_words_leave_their_box(hard: tuple[Geometry, ConceptMap]) -> None:
    """A margin around each concept's box is white: neither a letter nor an empty box is painted there."""
    _, concept_map = hard
    alone = ConceptMap()
    for concept in concept_map.concepts:
        alone.add_concept(MapConcept(concept.id, concept.label))
    placed = layout(alone)
    picture = list(rows(png.write(placed, alone, scale=1)))
    for concept in placed.concepts:
        box = concept.box
        left, right = int(box.x) - 4, int(box.x + box.width) + 4
        for y in range(int(box.y), int(box.y + box.height)):
            for x in (left, right):
                if 0 <= x < 1280:
                    assert picture[y][4 * x : 4 * x + 3] == b"\xff\xff\xff", concept.label[:20]


def test_the_truetype_files_are_the_measured_fonts() -> None:
    for name in ("Inter-Regular", "Inter-SemiBold"):
        woff, ttf = (TTFont(FONTS / f"{name}.{kind}") for kind in ("woff", "ttf"))
        widths = [
            {code: font["hmtx"].metrics[glyph][0] for code, glyph in font.getBestCmap().items()} for font in (woff, ttf)
        ]
        assert widths[1].items() >= widths[0].items()


@pytest.mark.parametrize(
    ("page", "points"),
    [
        ("16:9", (960, 540)),
        ("4:3", (768, 576)),
        ("a4", (595.276, 841.89)),
        ("a4-landscape", (841.89, 595.276)),
        ("square", (675, 675)),
        ("a3", (841.89, 1190.551)),
        ("a3-landscape", (1190.551, 841.89)),
        ("a2-landscape", (1683.78, 1190.551)),
    ],
)
def test_pdf_pages(page: str, points: tuple[float, float]) -> None:
    small = propositions_tsv.read("A\tmakes\tB\n")
    written = pdf.write(layout(small, page), small)
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", written)
    assert box
    assert (float(box[1]), float(box[2])) == pytest.approx(points, abs=0.01)
    assert set(PAGES) >= set(SHEETS)


@pytest.mark.parametrize("page", ["16:9", "a4"])
def test_the_words_of_a_pdf_fit_their_boxes(hard: tuple[Geometry, ConceptMap], page: str) -> None:
    """By the widths of the very font that the PDF embeds."""
    concept_map = hard[1]
    geometry = layout(concept_map, page)
    pdf.write(geometry, concept_map)
    for part in painted_parts(geometry, concept_map):
        box = part.about.box if isinstance(part.about, PlacedConcept) else getattr(part.about, "label", None)
        for mark in part.marks:
            if isinstance(mark, Words) and box:
                assert stringWidth(mark.text, pdf.FONTS[mark.weight], mark.size) <= box.width
            if isinstance(mark, Outlines) and box:
                assert box.x <= mark.x
                assert mark.x + mark.line.width * mark.size <= box.x + box.width
            if isinstance(mark, Words | Outlines) and box:
                assert box.y <= mark.y - 0.7 * mark.size
                assert mark.y + 0.2 * mark.size <= box.y + box.height


def test_pdf_embeds_inter_and_links_to_full_addresses(drawn: tuple[Geometry, ConceptMap], library: Library) -> None:
    written = pdf.write(*drawn)
    assert written.startswith(b"%PDF-1.")
    assert written.count(b"/FontFile2") == 2
    assert b"Helvetica" not in written
    links = set(re.findall(rb"/URI \((.*?)\)", written))
    assert b"https://example.org/concepts/culture" in links
    assert b"https://example.org/map?focus=culture" in links
    assert b"/Lang (en-GB)" in written
    inner = library.concept_map(focus="culture", base_url="")
    assert b"/URI" not in pdf.write(draw(inner).geometry, inner)


def test_pdf_is_tagged(hard: tuple[Geometry, ConceptMap], drawn: tuple[Geometry, ConceptMap]) -> None:
    for geometry, concept_map in (hard, drawn):
        written = pdf.write(geometry, concept_map)
        assert b"/MarkInfo" in written
        assert re.search(rb"/Marked true", written)
        assert re.search(rb"/DisplayDocTitle true", written)
        assert b"/StructParents 0" in written
        shown = (*geometry.concepts, *geometry.propositions, *geometry.legend, *geometry.topics)
        below = [geometry.source_line, geometry.notes, *(concept.kind for concept in geometry.concepts)]
        kinds = re.findall(rb"/S /(H1|P|Link|Document)\b", written)
        assert kinds.count(b"Link") == written.count(b"/Subtype /Link") == written.count(b"/Type /OBJR")
        assert kinds.count(b"H1") == 1
        assert kinds.count(b"P") == len(shown) + sum(box is not None for box in below)
        assert kinds.count(b"Document") == 1
        assert written.count(b"/Type /StructElem") == len(kinds)
    sentence = drawn[1].sentence(drawn[1].propositions[0]).encode("latin-1")
    assert sentence[:30] in pdf.write(*drawn), "a proposition is read aloud as its sentence"


def test_scripts_that_no_font_has_are_refused_and_never_boxes(drawn: tuple[Geometry, ConceptMap]) -> None:
    lacking = propositions_tsv.read("A\tmakes 👍\tܫܠܡܐ\n", "Why 👍?")
    geometry = layout(lacking)
    assert geometry.missing
    for form in (pdf, png):
        with pytest.raises(MapError, match=r"^No font of the maps has “ܐ” .U[+]0710., .*“👍” .U[+]1F44D.: there"):
            form.write(geometry, lacking)


def test_the_page_says_it_all_without_scripts(drawn: tuple[Geometry, ConceptMap]) -> None:
    geometry, concept_map = drawn
    page = BeautifulSoup(html.write(geometry, concept_map), "html.parser")
    assert page.find("svg", class_="concept-map")
    items = page.select(".words li[data-line]")
    assert len(items) == len(concept_map.propositions)
    ids = {g["id"] for g in page.select("svg g[id]")}
    assert all({item["data-line"], item["data-from"], item["data-to"]} <= ids for item in items)
    text = page.get_text()
    for proposition in concept_map.propositions:
        for claim in proposition.claims:
            assert f"Said by {claim.credit}:" in text
            assert all(f"“{quote}”" in text for quote in claim.quotations)
    assert concept_map.source_line in page.footer.get_text()  # type: ignore[union-attr]
    assert page.footer.find("a", href="https://example.org/map?focus=culture")  # type: ignore[union-attr]
    assert page.select_one(".tools").has_attr("hidden")  # type: ignore[union-attr]


def test_the_page_fetches_nothing_and_runs_one_script(hard: tuple[Geometry, ConceptMap]) -> None:
    markup = html.write(*hard).decode()
    page = BeautifulSoup(markup, "html.parser")
    (script,) = page.find_all("script")
    assert script.attrs == {}, "a classic script, inline"
    assert not page.find_all(["img", "link", "iframe", "object", "base"])
    assert not page.select("[src], [onload], [onclick], [style]")
    assert re.findall(r"url\((?!data:)", markup) == []
    assert "alert(" not in script.get_text()
    assert policy_of(*html.SHEETS) in markup
    lacking = propositions_tsv.read("A\tmakes\t👍\n")
    footer = BeautifulSoup(html.write(layout(lacking), lacking), "html.parser").find("footer")
    assert footer.get_text().count("👍") == 1, "the characters that no font has are named"  # type: ignore[union-attr]
