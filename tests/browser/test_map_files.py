"""The map as one web page: from a disk, in a sandbox, with and without scripts, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.library import Library
from kg.maps.formats import html
from kg.maps.layout.archive import draw

OpenFile = Callable[..., Page]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    drawn = library.concept_map(base_url="https://example.org")
    path = tmp_path_factory.mktemp("page") / "map.html"
    path.write_bytes(html.write(draw(drawn).geometry, drawn))
    return path


@pytest.fixture
def open_file(browser: Browser, file: Path) -> Iterator[OpenFile]:
    """Return a function that opens the file; a request, a message on the console or an error is a failure."""
    faults: list[str] = []
    contexts = []

    def open_at(address: str = "", width: int = 1280, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else faults.append(r.url))
        page.goto(address or file.as_uri())
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not faults


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


@pytest.mark.parametrize("width", [1280, 390])
def test_keys_lead_along_the_links_and_tell_who_said_it(open_file: OpenFile, width: int) -> None:
    page = open_file(width=width)
    names: list[str] = []
    while "Culture" not in names:
        page.keyboard.press("Tab")
        names.append(focused(page))
        assert len(names) < 20
    page.keyboard.press("Tab")
    assert focused(page) not in names, "the order of the map"
    page.keyboard.press("Shift+Tab")
    told = page.locator(".told")
    expect(told).to_contain_text("Said by")
    expect(told.locator("blockquote").first).to_contain_text("“")
    near = page.locator("svg .concept.on").count()
    assert 2 < near < page.locator("svg .concept").count()
    page.keyboard.press("ArrowLeft")
    assert focused(page) != "Culture"
    expect(page.locator("svg .on").first).to_be_visible()
    page.keyboard.press("Escape")
    assert page.locator("svg .on").count() == 0


def test_every_concept_can_be_reached_with_tab(open_file: OpenFile, library: Library) -> None:
    page = open_file()
    wanted = {c.label for c in library.concept_map().concepts}
    seen = set()
    for _ in range(len(wanted) + 8):
        page.keyboard.press("Tab")
        seen.add(focused(page))
    assert all(any(name.startswith(label) for name in seen) for label in wanted)


def test_pointing_zooming_and_dragging(open_file: OpenFile) -> None:
    page = open_file()
    page.locator("svg .proposition.criticises > text").first.hover()
    expect(page.locator(".told")).to_contain_text("Said by a delegate:")
    drawing = page.locator("svg.concept-map")
    before = drawing.bounding_box()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    after = drawing.bounding_box()
    assert before
    assert after
    assert after["width"] > 1.5 * before["width"]
    page.mouse.move(400, 300)
    page.mouse.down()
    page.mouse.move(300, 260, steps=4)
    page.mouse.up()
    dragged = drawing.bounding_box()
    assert dragged
    assert (round(after["x"] - dragged["x"]), round(after["y"] - dragged["y"])) == (100, 40)
    page.keyboard.press("0")
    assert drawing.bounding_box() == before


def test_without_scripts_the_picture_and_the_words_stay(open_file: OpenFile) -> None:
    page = open_file(java_script_enabled=False)
    expect(page.locator("svg.concept-map")).to_be_visible()
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator(".words li").first).to_contain_text("Said by")
    expect(page.locator("footer")).to_contain_text("6 June 2014")


def test_in_a_frame_that_allows_scripts_alone(open_file: OpenFile, file: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer.html"
    outer.write_text(
        f'<iframe title="A map" sandbox="allow-scripts" width="1200" height="700" src="{file.as_uri()}"></iframe>',
        encoding="utf-8",
    )
    page = open_file(outer.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("svg .concept").first.hover()
    expect(frame.locator(".told")).to_contain_text("Said by")


def test_under_the_policy_of_the_server(open_page: Callable[..., Page]) -> None:
    page = open_page("/map.html?focus=leaders")
    page.locator("svg .concept").first.hover()
    expect(page.locator(".told")).to_contain_text("Said by")
    # From a site on this computer alone links would lead nowhere.
    expect(page.locator(".words").get_by_role("link", name="More about this claim")).to_have_count(0)


def test_on_paper_there_are_no_buttons(open_file: OpenFile) -> None:
    page = open_file()
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator(".told")).to_be_hidden()
    expect(page.locator(".words li").last).to_be_visible()


def test_readers_who_want_no_motion_get_none(open_file: OpenFile) -> None:
    page = open_file(reduced_motion="reduce")
    assert page.locator("svg .concept").first.evaluate("g => getComputedStyle(g).transitionDuration") == "0s"


def test_the_page_is_accessible(
    open_file: OpenFile, width: int, assert_no_axe_violations: Callable[[Page], None]
) -> None:
    page = open_file(width=width, bypass_csp=True)
    assert_no_axe_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
