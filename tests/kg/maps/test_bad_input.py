"""Maps of too little, of too much, of texts that could break out: a clean map or one sentence, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from security.servers import claimed_concept

from kg.cli.command_line import commands
from kg.library import Library, open_library
from kg.maps.concept_map import ConceptMap, MapConcept, MapProposition
from kg.maps.drawing.geometry import Geometry, TextBox
from kg.maps.formats import FORMATS
from kg.maps.layout.placement import layout
from kg.maps.limits import MOST_DRAWN
from kg.maps.text import Weight, width
from webapp import create_app

MANY = 520
SEMINAR = Path(__file__).parents[3] / "data" / "seminar.ttl"
LABELS = {
    "script": "</text><script>alert(1)</script>",
    "attribute": '" onload="alert(1)',
    "comment": "--><![CDATA[ ]]> {{7*7}}",
    "long": "L" * 300,
    "longer": "word " * 2000,
    "arabic": "الثقافة التنظيمية",
    "hebrew": "שלום עולם",
    "chinese": "中文概念很长很长很长的标签",
    "syriac": "ܫܠܡܐ ܥܠܡܐ",
    "emoji": "Team 😀👩‍👩‍👧 wins 🎉",
    "override": "\u202egnp.exe\u202c \u2066x",
    "control": "a\x07b\x0bc",
}


def with_concepts(folder: Path, labels: dict[str, str]) -> Library:
    """Open the packaged seminar with a concept more for each label, and a claim that it creates culture."""
    more = "".join(claimed_concept(slug, label) for slug, label in labels.items())
    (folder / "more.ttl").write_text(more, encoding="utf-8")
    return open_library([SEMINAR, folder / "more.ttl"])


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    labels = {f"thing-{number}": f"Thing {number}" for number in range(MANY)}
    return create_app({"LIBRARY": with_concepts(tmp_path_factory.mktemp("many"), labels)}).test_client()


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app({"LIBRARY": with_concepts(tmp_path_factory.mktemp("odd"), LABELS)}).test_client()


# ── Too much, too little ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/map", "/map.svg", "/map.tsv", "/embed/map", "/map?focus=culture"])
def test_a_map_that_is_too_large_names_the_overview(many: FlaskClient, path: str) -> None:
    response = many.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 400
    said = response.get_data(as_text=True)
    assert "is too large to draw (the limit is 500); see the overview by topic with overview=1" in said
    if path.startswith("/map") and "." not in path:
        page = BeautifulSoup(said, "html.parser")
        assert page.select_one("main a[href='/map?overview=1']")
        assert page.select_one(".ways a[href='/map?theme=staff']")


@pytest.mark.parametrize(
    ("path", "concepts"),
    [
        ("/map.json?overview=1", 7),
        ("/map.json?theme=staff", 11),
        ("/map.json?most=8", 8),
        ("/map.json?focus=culture&most=8", 8),
        ("/map.json?focus=thing-7&depth=2&most=10", 10),
    ],
)
def test_parts_of_it_can_be_drawn(many: FlaskClient, path: str, concepts: int) -> None:
    found = json.loads(many.get(path).data)
    assert len(found["concepts"]) <= concepts
    assert len(found["concepts"]) > concepts - 4


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/", marks=pytest.mark.thorough),
        "/concepts/culture",
        "/embed/culture",
        "/map?overview=1",
        "/oembed?url=http://localhost/concepts/culture",
    ],
)
def test_pages_around_it_still_work(many: FlaskClient, path: str) -> None:
    response = many.get(path)
    assert response.status_code == 200
    page = BeautifulSoup(response.data, "html.parser")
    for picture in page.select(".poster img"):
        assert many.get(str(picture["src"])).status_code == 200
    if path == "/concepts/culture":
        assert len(page.select("svg .concept")) == 25
        assert page.select_one("a[href='/map?focus=culture&most=25']")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments, prog_name="seminar-kg")


def refused(ended: Result) -> str:
    assert (ended.exit_code, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    return ended.stderr


def test_the_command_line_names_the_overview_too(many: FlaskClient, tmp_path: Path) -> None:
    files = many.application.config["LIBRARY"].data.files
    data = ["--no-check", *(each for file in files for each in ("--data", str(file)))]
    said = refused(run("map", *data, "-o", str(tmp_path / "map.svg")))
    assert "see the overview by topic with --overview, or draw a part of it with --theme, --focus or --most" in said
    assert run("map", *data, "--overview", "-o", str(tmp_path / "map.svg")).exit_code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "there is no concept in it"),
        ("\n\n", "there is no concept in it"),
        ("Alone\n", "Line 1: expected concept, linking phrase and concept"),
        ("A\tis\x1b[2J\tB\n", "control character, U+001B"),
        ("".join(f"C{n}\tleads to\tC{n + 1}\n" for n in range(1999)), "A map of 2000 concepts is too large to draw"),
    ],
)
def test_files_of_propositions_that_are_refused(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "in.tsv").write_text(content, encoding="utf-8")
    assert said in refused(run("map", "--propositions", str(tmp_path / "in.tsv"), "-o", str(tmp_path / "out.svg")))
    assert not (tmp_path / "out.svg").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--depth", "99", "--focus", "culture"], "99 is not in the range"),
        (["--focus", "nowhere"], "no concept called “nowhere”"),
        (["--hide", "nowhere"], "no concept called “nowhere”"),
        (["--most", "25000"], "25000 is not in the range"),
        (["--title", "a\x07"], "control character U+0007"),
        (["--speaker", "ian-cumming", "--theme", "staff"], "No claim that can be drawn"),
        (["--focus", "culture", "--stance", "criticises"], "fits this choice: criticised, about culture; choose"),
    ],
)
def test_choices_that_are_refused(tmp_path: Path, options: list[str], said: str) -> None:
    assert said in refused(run("map", *options, "-o", str(tmp_path / "out.svg")))


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("focus=culture&depth=99", 400, "can be 1, 2 or 3, not “99”"),
        ("depth=99", 400, "can be 1, 2 or 3, not “99”"),
        ("focus=culture&depth=1e9", 400, "depth"),
        ("focus=culture&depth=%D9%A3", 400, "depth"),
        ("focus=nowhere", 404, "no concept called “nowhere”"),
        ("most=1", 400, "can be 2 to 500, not “1”"),
        ("most=99999999999999999999", 400, "can be 2 to 500"),
        ("overview=1&focus=culture", 400, "An overview is of all claims"),
        ("title=a%07b", 400, "control character U+0007"),
        ("page=letter", 400, "The page can be"),
    ],
)
def test_addresses_that_are_refused(odd: FlaskClient, query: str, status: int, said: str) -> None:
    for path in ("/map", "/map.svg", "/map.png", "/embed/map"):
        response = odd.get(f"{path}?{query}", headers={"Accept": "application/json"})
        assert response.status_code == status, path
        assert said in response.get_json()["error"]


@pytest.mark.parametrize(
    "query", ["focus=script&hide=culture", "focus=culture&stance=criticises", "speaker=delegate&theme=patients"]
)
def test_a_choice_without_an_arrow_is_refused_in_a_sentence(odd: FlaskClient, query: str) -> None:
    for path in ("/map.json", "/map.png", "/map.pdf", "/map.html", "/embed/map"):
        assert odd.get(f"{path}?{query}").status_code == 404
    page = BeautifulSoup(odd.get(f"/map?{query}").data, "html.parser")
    (said,) = page.select(".problem")
    assert said.get_text().startswith("No claim that can be drawn fits this choice: ")
    assert not page.select("svg.concept-map")


# ── Texts ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("slug", sorted(LABELS))
def test_odd_labels_make_clean_maps(odd: FlaskClient, slug: str) -> None:
    for path in (f"/concepts/{slug}", f"/embed/{slug}", f"/map?focus={slug}", f"/map.html?focus={slug}"):
        response = odd.get(path)
        assert response.status_code == 200, path
        said = response.get_data(as_text=True)
        assert "<script>alert" not in said
        page = BeautifulSoup(said, "html.parser")
        assert not page.select("[onload]")
        drawn = "".join(map(str, page.select(".stage, .words")))
        assert drawn
        assert not {"\x07", "\x0b", "\u202e", "\u2066"} & set(drawn), path
    root = ElementTree.fromstring(odd.get(f"/map.svg?focus={slug}").data)
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    geometry = Geometry.from_dict(json.loads(odd.get(f"/map.json?focus={slug}").data))
    assert_fits(geometry)


@pytest.mark.parametrize("slug", ["syriac", "emoji"])
def test_characters_that_no_font_has_are_named(odd: FlaskClient, slug: str) -> None:
    page = BeautifulSoup(odd.get(f"/map?focus={slug}").data, "html.parser").select_one("figcaption")
    frame = BeautifulSoup(odd.get(f"/embed/{slug}").data, "html.parser").select_one(".bar")
    missing = next(each for each in LABELS[slug] if ord(each) > 0x500 and each.isprintable())
    for place in (page, frame):
        assert place is not None
        assert "No font of the maps has " in place.get_text()
    assert f"U+{ord(missing):04X}" in str(page) or "more" in str(page)
    for extension in ("png", "pdf"):
        refused = odd.get(f"/map.{extension}?focus={slug}", headers={"Accept": "application/json"})
        assert refused.status_code == 400
        assert refused.get_json()["error"].startswith("No font of the maps has “")
        assert f"/map.{extension}" not in odd.get(f"/map?focus={slug}").get_data(as_text=True)
    found = odd.get(f"/oembed?url=http://localhost/embed/{slug}").get_json()
    assert found["type"] == "rich"
    assert "thumbnail_url" not in found


def assert_fits(geometry: Geometry) -> None:
    """Assert that the words stay in their boxes and the boxes on the page."""
    boxes: list[tuple[TextBox, Weight]] = [(c.box, "semibold") for c in geometry.concepts]
    boxes += [(p.label, "regular") for p in geometry.propositions]
    for box, weight in boxes:
        assert all(width(line, weight, box.font_size) <= box.width + 0.1 for line in box.lines)
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= geometry.width
        assert box.y + box.height <= geometry.height


def drawn(label: str) -> ConceptMap:
    made = ConceptMap(title=label, source_line=label, themes=[("t", label)])
    made.add_concept(MapConcept("a", label, "t", definition="Told."))
    made.add_concept(MapConcept("b", "Culture"))
    made.add_proposition(MapProposition("p", "a", "b", label, stance="criticises", credit=label))
    return made


@pytest.mark.parametrize("label", ["W" * 50_000, "ab " * 20_000, "中" * 5_000, "😀" * 3_000, "x-" * 9_000])
def test_texts_without_end_are_cut_off(label: str) -> None:
    made = drawn(label)
    geometry = layout(made)
    assert_fits(geometry)
    assert len(made.concept("a").label) == MOST_DRAWN
    assert made.concept("a").label.endswith("…")
    assert (made.concept("a").definition or "").startswith(label.strip()[:1000])


@pytest.mark.parametrize("extension", sorted(FORMATS))
@pytest.mark.parametrize("slug", ["script", "arabic", "control", "long"])
def test_every_format_takes_them(extension: str, slug: str, geometry_of: Callable[[str], Geometry]) -> None:
    made = drawn(LABELS[slug])
    assert FORMATS[extension].write(geometry_of(slug), made)


@pytest.fixture(scope="module")
def geometry_of() -> Callable[[str], Geometry]:
    known: dict[str, Geometry] = {}

    def find(slug: str) -> Geometry:
        if slug not in known:
            known[slug] = layout(drawn(LABELS[slug]))
        return known[slug]

    return find
