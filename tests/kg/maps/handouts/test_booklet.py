"""Handouts: words that can be read on paper, no arrow left out, sentences with who said them."""

import base64
import re
import zlib
from collections.abc import Iterator

import pytest

from kg.library import Library
from kg.maps.claim_map import overview_of
from kg.maps.concept_map import ConceptMap, MapConcept, MapProposition
from kg.maps.drawing.leaf import Leaf
from kg.maps.formats import FORMATS, PAGED, MapError, pdf, write_handout
from kg.maps.handouts import booklet
from kg.maps.handouts.booklet import chapters_of, handout_of_map
from kg.maps.layout.archive import draw
from kg.maps.selection import Selection

CONCEPTS, PHRASES = 12.0, 10.0
"""Points that words have at least."""


def contents(written: bytes) -> list[str]:
    """What is painted on each page of a PDF of reportlab: the operators of its content (ISO 32000-1, 7.8.2)."""
    objects = dict(re.findall(rb"(?m)^(\d+) 0 obj\n(.*?)endobj", written, re.S))
    kids = re.search(rb"/Kids \[ ([^]]*)\]", written)
    assert kids
    found = []
    for page in re.findall(rb"(\d+) 0 R", kids[1]):
        at = re.search(rb"/Contents (\d+) 0 R", objects[page])
        assert at
        stream = re.search(rb"stream\r?\n(.*?)endstream", objects[at[1]], re.S)
        assert stream
        packed = base64.a85decode(b"<~" + stream[1].strip(), adobe=True)
        found.append(zlib.decompress(packed).decode("latin-1"))
    return found


def points(content: str) -> list[float]:
    """The size in points of each piece of text on a page, by the operators cm, Tf and Tj."""
    bare = re.sub(r"\((?:\\.|[^()\\])*\)", "()", content, flags=re.S)
    scale, font, kept, found = 1.0, 0.0, [], []
    for line in bare.replace("BT", "\n").splitlines():
        words = line.split()
        for number, word in enumerate(words):
            if word == "q":
                kept.append(scale)
            elif word == "Q":
                scale = kept.pop()
            elif word == "cm":
                scale *= float(words[number - 3])
            elif word == "Tf":
                font = float(words[number - 1])
            elif word == "Tj":
                found.append(font * scale)
    return found


def chain(concepts: int, topics: int = 0) -> ConceptMap:
    """A map in which each concept leads to the next two."""
    made = ConceptMap("How?", "", "A seminar, 2014", [(f"t{n}", f"Topic {n}") for n in range(topics)])
    for n in range(concepts):
        theme = f"t{n * topics // concepts}" if topics else None
        made.add_concept(MapConcept(str(n), f"Concept number {n}", theme))
    for n in range(1, concepts):
        made.add_proposition(MapProposition(f"p{n}", str((n - 1) // 2), str(n), "leads to", credit="A. Speaker"))
    return made


@pytest.fixture(autouse=True, scope="module")
def _few() -> Iterator[None]:
    """Eight concepts are many, so that maps which are arranged at once have several pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(booklet, "MOST_READABLE", 8)
        yield


@pytest.fixture(scope="module")
def large(_few: None) -> list[Leaf]:
    return handout_of_map(chain(14, 2))


@pytest.fixture(scope="module")
def regulators(_few: None, library: Library) -> list[Leaf]:
    return library.handout(focus="regulators", base_url="https://example.org")


def drawn_maps(leaves: list[Leaf]) -> list[ConceptMap]:
    return [leaf.drawn[1] for leaf in leaves if leaf.drawn]


def test_the_words_of_a_handout_can_be_read(large: list[Leaf], regulators: list[Leaf]) -> None:
    for leaves in (large, regulators):
        pages = contents(pdf.write_leaves(leaves))
        assert len(pages) == len(leaves)
        for leaf, page in zip(leaves, pages, strict=True):
            measured = points(page)
            assert measured
            if leaf.drawn:
                geometry = leaf.drawn[0]
                in_points = 841.89 / geometry.width
                concepts = [each.box.font_size * in_points for each in geometry.concepts]
                phrases = [each.label.font_size * in_points for each in geometry.propositions]
                # What the geometry says is what the file has.
                assert all(min(abs(size - each) for each in measured) < 0.05 for size in (*concepts, *phrases))
                assert min(concepts) >= CONCEPTS
                assert min(phrases) >= PHRASES
                beside = [entry.text.font_size for entry in (*geometry.legend, *geometry.topics)]
                beside += [box.font_size for box in (geometry.notes, geometry.source_line) if box]
                assert max(beside) * in_points <= min(*concepts, *phrases)
            else:
                assert min(measured) == pytest.approx(9, abs=0.01)


def test_no_arrow_is_lost_and_every_page_says_what_is_elsewhere(large: list[Leaf]) -> None:
    whole, maps = chain(14, 2), drawn_maps(large)
    drawn = {(each.source, each.target) for part in maps for each in part.propositions}
    assert drawn == {(each.source, each.target) for each in whole.propositions}
    assert {c.id for part in maps for c in part.concepts} == {c.id for c in whole.concepts}
    assert len(maps) > 1
    assert [part.source_line.partition(".")[0] for part in maps] == [
        f"Page {n} of {len(large)}" for n in range(1, len(maps) + 1)
    ]
    assert len({part.title for part in maps}) == len(maps)


def test_a_topic_that_has_no_room_takes_several_pages() -> None:
    maps = drawn_maps(handout_of_map(chain(14)))
    assert [part.title for part in maps] == [f"How? ({n} of {len(maps)})" for n in range(1, len(maps) + 1)]
    assert "more arrows of this map are on page" in maps[0].left_out[0]
    assert sum(len(part.propositions) for part in maps) == 13


def test_arrows_between_topics_are_on_the_pages_of_both() -> None:
    chapters = chapters_of(chain(9, 3))
    assert list(chapters) == ["t0", "t1", "t2"]
    ends = [{each.id for each in chapter.propositions} for chapter in chapters.values()]
    assert ends[0] & ends[1] == {"p3", "p4", "p5"}
    assert chapters["t1"].title == "How? The topic “Topic 1”"


def test_an_overview_of_many_topics_names_these_alone() -> None:
    overview = ConceptMap("How?", themes=[(f"t{n}", f"Topic {n}") for n in range(6)])
    for n in range(6):
        names = "what is told at great length, what is told at greater length and 12 more, "
        overview.add_concept(MapConcept(f"t{n}", f"Topic {n}: {names * 7}", f"t{n}"))
    for n in range(1, 6):
        overview.add_proposition(MapProposition(f"p{n}", "t0", f"t{n}", "2 claims"))
    (page,) = booklet._overview_pages(overview, {f"t{n}": [booklet.ANY] for n in range(6)})
    assert [concept.label for concept in page.concepts] == [f"Topic {n}" for n in range(6)]


def test_an_overview_says_what_is_hidden(library: Library) -> None:
    overview = overview_of(library.catalogue, Selection(hide=("leaders",), title="Our class"))
    assert any(note.startswith("On request this map leaves out leaders, with ") for note in overview.left_out)
    assert overview.title == "Our class – An overview by topic"


def test_sentences_come_after_the_maps(regulators: list[Leaf]) -> None:
    (concept_map,) = drawn_maps(regulators)
    told = " ".join(part.seen for leaf in regulators if not leaf.drawn for part in leaf.parts)
    for each in concept_map.propositions:
        for claim in each.claims:
            assert f"{claim.text.rstrip('.')}. Said by {claim.credit}" in told
            assert all(f"“{quotation}”" in told for quotation in claim.quotations)
    assert "Page 1: What was claimed about regulators" in told
    assert f"Page 2 of 2. {concept_map.source_line.partition('. ')[2]}" in told


def test_a_handout_is_tagged_and_the_same_each_time(large: list[Leaf]) -> None:
    written = pdf.write_leaves(large)
    assert written == pdf.write_leaves(handout_of_map(chain(14, 2)))
    assert re.findall(rb"/StructParents (\d+)", written) == [str(n).encode() for n in range(len(large))]
    kinds = re.findall(rb"/S /(H1|H2|P|Link|Document)\b", written)
    assert kinds.count(b"H1") == len(large)
    assert kinds.count(b"Document") == 1
    assert b"H2" in kinds
    assert written.count(b"/Type /StructElem") == len(kinds)
    assert len(re.findall(rb"/Title \(", written)) >= len(large), "the contents name every page"


@pytest.mark.parametrize("extension", sorted(FORMATS.keys() - set(PAGED)))
def test_other_formats_refuse_pages(extension: str) -> None:
    with pytest.raises(
        MapError, match=rf"^A handout has several pages, so it comes as [.]pdf and not as [.]{extension}"
    ):
        write_handout(FORMATS[extension], lambda: pytest.fail("nothing is arranged"))


def test_words_on_a_poster_grow_with_the_paper() -> None:
    from_map = chain(4)
    sizes = {}
    for page in ("a4-landscape", "a3-landscape"):
        drawing = draw(from_map, page)
        sizes[page] = sorted(points(contents(pdf.write(drawing.geometry, from_map))[0]))
    grown = [large / small for small, large in zip(sizes["a4-landscape"], sizes["a3-landscape"], strict=True)]
    assert grown == pytest.approx([2**0.5] * len(grown), rel=0.001)
