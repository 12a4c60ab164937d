"""Maps of CmapTools as people draw them: what is read from their lines, and what is said of the rest."""

import pytest

from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.formats import cxl


def labels(concept_map: ConceptMap) -> list[str]:
    return [concept.label for concept in concept_map.concepts]


def arrows(concept_map: ConceptMap) -> list[tuple[str, str, str]]:
    found = concept_map.propositions
    return [(concept_map.concept(p.source).label, p.phrase, concept_map.concept(p.target).label) for p in found]


MANY = """<?xml version="1.0" encoding="UTF-8"?>
<cmap xmlns="http://cmap.ihmc.us/xml/cmap/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<res-meta><dc:title>Plants</dc:title></res-meta>
<map width="500" height="300">
<concept-list><concept id="1" label="Plants&#xa;of all kinds"/><concept id="2" label="roots"/>
<concept id="3" label="stems"/>
<concept id="4" label="alone"/></concept-list>
<linking-phrase-list><linking-phrase id="a" label="have"/><linking-phrase id="b" label="unused"/></linking-phrase-list>
<connection-list><connection id="x" from-id="1" to-id="a"/><connection id="y" from-id="a" to-id="2"/>
<connection id="z" from-id="a" to-id="3"/><connection id="w" from-id="1" to-id="b"/></connection-list>
<style-sheet-list><style-sheet id="_Default_"/></style-sheet-list>
</map></cmap>"""


def test_a_phrase_with_several_lines_makes_several_propositions() -> None:
    read = cxl.read("\ufeff" + MANY)
    assert read.title == "Plants"
    assert labels(read) == ["Plants of all kinds", "roots", "stems", "alone"]
    assert arrows(read) == [("Plants of all kinds", "have", each) for each in ("roots", "stems")]
    (undrawn,) = read.undrawn
    assert undrawn == "The linking phrase “unused” leads from “Plants of all kinds” to nothing and is not drawn."
    assert cxl.read(MANY, "Mine", "From me").title == "Mine"


def one(inside: str) -> str:
    return f'<cmap xmlns="http://cmap.ihmc.us/xml/cmap/"><map>{inside}</map></cmap>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A\tmakes\tB", "Line 1, column 1: this is not CXL in UTF-8"),
        ("<cmap>", "this is not CXL in UTF-8"),
        (one('<concept id="1" label="a\x07"/>'), "control character U[+]0007"),
        ("<html/>", "first element is <html> instead of <cmap>"),
        ('<!DOCTYPE cmap [<!ENTITY a "aa">]><cmap/>', "declares a document type"),
    ],
)
def test_cxl_that_is_refused(text: str, message: str) -> None:
    with pytest.raises(MapError, match=message) as caught:
        cxl.read(text)
    assert str(caught.value).endswith(".")


TWO = '<concept id="1" label="One"/><concept id="2" label="Two"/><linking-phrase id="p" label="makes"/>'
THREE = TWO + '<concept id="3" label="Three"/><linking-phrase id="q" label="of"/>'


def lines(*ends: str) -> str:
    """Lines, each from and to a node whose id is one character; "~" between them where it leads both ways."""
    return "".join(
        f'<connection from-id="{line[0]}" to-id="{line[-1]}" isBidirectional="{str("~" in line).lower()}"/>'
        for line in ends
    )


MAKES = ("One", "makes", "Two")


@pytest.mark.parametrize(
    ("inside", "drawn", "said"),
    [
        (TWO + lines("1p", "p2"), [MAKES], []),
        # No name, no words.
        ('<concept id="0" label=" "/>' + TWO + lines("1p", "p2"), [MAKES], ["A concept without a name is not drawn"]),
        (
            TWO.replace("One", "") + lines("1p", "p2"),
            [("…", "makes", "Two")],
            ["A concept without a name, linked with “Two”, is drawn as “…”; give it a name."],
        ),
        (
            TWO.replace("makes", "") + lines("1p", "p2"),
            [("One", "…", "Two")],
            ["The line from “One” to “Two” has no words, so “…” stands there; write the linking phrase."],
        ),
        (
            THREE.replace("makes", "") + lines("1p", "p2", "p3", "1q", "q2"),
            [("One", "…", "Two"), ("One", "…", "Three"), ("One", "of", "Two")],
            ["The lines from “One” to “Two” and “Three” have no words"],
        ),
        (
            TWO + lines("12", "1p", "p2"),
            [MAKES, ("One", "…", "Two")],
            ["The line from “One” to “Two” has no words, so “…” stands there; put a linking phrase between them."],
        ),
        # Linking phrases that lead to one another.
        (THREE + lines("1p", "pq", "q2"), [("One", "makes of", "Two")], []),
        (THREE + lines("1p", "pq", "q2", "p3"), [("One", "makes of", "Two"), ("One", "makes", "Three")], []),
        (THREE + lines("1p", "pq", "qp", "q2"), [("One", "makes of", "Two")], ["“of” to “makes” is not drawn"]),
        (THREE.replace("of", "") + lines("1p", "pq", "q2"), [MAKES], []),
        (THREE + lines("1p", "p2", "pq"), [MAKES], ["“of” leads from “makes” to nothing"]),
        # Both ways.
        (TWO + lines("1~p", "p~2"), [MAKES, ("Two", "makes", "One")], []),
        (TWO + lines("1p", "p1", "p2", "2p"), [MAKES, ("Two", "makes", "One")], []),
        (TWO + lines("1p", "1p", "p2"), [MAKES], []),
        # Ends that are not there.
        (TWO + lines("1p", "p2", "p9"), [MAKES], ["A line at “makes” is not drawn"]),
        (TWO + lines("1p", "p2", "89"), [MAKES], ["A line between two things is not drawn"]),
        (TWO + lines("1p"), [], ["“makes” leads from “One” to nothing and is not drawn."]),
        (TWO + lines("p2"), [], ["“makes” leads to “Two” from nothing and is not drawn."]),
        (TWO, [], ["The linking phrase “makes” links nothing and is not drawn."]),
        (TWO.replace("makes", "") + lines("1p"), [], ["The linking phrase without words leads from “One” to nothing"]),
        # To itself.
        (TWO + lines("1p", "p2", "p1"), [MAKES], ["“makes” links “One” to itself and is not drawn there."]),
        (TWO + lines("1p", "p1"), [], ["“makes” links “One” to itself and is not drawn there."]),
        (TWO + lines("11"), [], ["“makes” links nothing", "The line from “One” to “One” links it to itself"]),
        # Beside them.
        (TWO + lines("1p", "p2") + '<concept id="2" label="Three"/>', [("One", "makes", "Three")], ["the id '2'"]),
        (
            '<concept label="Group"/>' + TWO.replace('id="1"', 'id="1" parent-id="Group"') + lines("1p", "p2"),
            [MAKES],
            ["The nested node “Group” is drawn without its frame around “One”."],
        ),
        (
            TWO + lines("1p", "p2") + '<resource label="Photo"/><resource label="Film"/>',
            [MAKES],
            ["The 2 resources “Photo”, “Film” are not drawn."],
        ),
        (
            '<concept label="One"/><concept label="Two"/><linking-phrase label="makes"/>'
            '<connection from-id="One" to-id="makes"/><connection from-id="makes" to-id="Two"/>',
            [MAKES],
            [],
        ),
    ],
)  # fmt: skip
def test_what_lines_say_is_drawn_and_the_rest_is_said(
    inside: str, drawn: list[tuple[str, str, str]], said: list[str]
) -> None:
    read = cxl.read(one(inside))
    assert arrows(read) == drawn
    for sentence, words in zip(read.undrawn, said, strict=True):
        assert words in sentence
        assert sentence.endswith(".")


def test_ways_without_number_are_refused() -> None:
    many = "".join(f'<linking-phrase id="{each}" label="to"/>' for each in "abcdefghijkl")
    with pytest.raises(MapError, match=r"in too many ways; put concepts between them[.]"):
        cxl.read(one(TWO + many + lines("1a", *(a + b for a in "abcdefghijkl" for b in "abcdefghijkl" if a != b))))
    chain = "".join(f'<linking-phrase id="{n}."/><connection from-id="{n}." to-id="{n + 1}."/>' for n in range(5000))
    with pytest.raises(MapError, match="in too many ways"):
        cxl.read(one(TWO + chain + '<connection from-id="1" to-id="0."/>'))
