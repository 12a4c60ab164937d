"""Maps in frames of other pages: sandboxed, without scripts, narrow; and the refusal of every other page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

Framed = Callable[..., Page]
SANDBOX = 'sandbox="allow-scripts"'


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *arguments: object) -> None:
        """Write nothing to the terminal."""


@pytest.fixture(scope="module")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Return the address and the folder of another site."""
    folder = tmp_path_factory.mktemp("other")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as served:
        thread = Thread(target=served.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{served.server_port}", folder
        served.shutdown()
        thread.join()


@pytest.fixture
def faults() -> list[str]:
    """Return what stood on the console of the pages that `framed` opened."""
    return []


@pytest.fixture
def framed(browser: Browser, server: str, other_site: tuple[str, Path], faults: list[str]) -> Iterator[Framed]:
    """Return a function that opens a page of another site with a frame in it."""
    contexts = []

    def open_at(path: str, attributes: str = SANDBOX, size: tuple[int, int] = (960, 604), **options: object) -> Page:
        address, folder = other_site
        (folder / "course.html").write_text(
            "<!DOCTYPE html><html lang=en><title>A course</title><link rel=icon href='data:,'>"
            "<style>body{margin:0}iframe{border:0}</style><main>"
            f'<h1>A course</h1><iframe title="A map" src="{server}{path}" width="{size[0]}" height="{size[1]}" '
            f"{attributes}></iframe></main>",
            encoding="utf-8",
        )
        context = browser.new_context(viewport={"width": max(size[0], 320), "height": 900}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/course.html")
        return page

    yield open_at
    for context in contexts:
        context.close()


def size_inside(page: Page) -> dict[str, int]:
    return dict(
        page.frames[1].evaluate(
            "({wide: document.documentElement.scrollWidth, high: document.documentElement.scrollHeight})"
        )
    )


def test_in_a_sandbox_the_keys_lead_along_the_links(framed: Framed, faults: list[str]) -> None:
    page = framed("/embed/culture")
    inside = page.frame_locator("iframe")
    box = inside.locator("svg a[href='/embed/culture']")
    box.focus()
    expect(inside.locator(".told")).to_contain_text("Said by")
    page.keyboard.press("ArrowRight")
    expect(box).not_to_be_focused()
    expect(inside.locator("svg a:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(inside.locator(".told")).to_be_hidden()
    assert not faults


def test_a_box_leads_to_another_map_within_the_frame(framed: Framed, faults: list[str]) -> None:
    page = framed("/embed/map?overview=1")
    inside = page.frame_locator("iframe")
    inside.locator("svg a[href='/embed/map?theme=culture']").click()
    inside.get_by_role("link", name="Go to its page").click()
    expect(inside.locator("h1")).to_have_text("What was claimed on the topic “Culture”?")
    assert page.url.endswith("/course.html")
    assert not faults


def test_without_scripts_the_picture_its_links_and_its_words_stay(framed: Framed) -> None:
    page = framed("/embed/culture", java_script_enabled=False)
    inside = page.frame_locator("iframe")
    expect(inside.locator("svg.concept-map")).to_be_visible()
    expect(inside.locator(".tools")).to_be_hidden()
    inside.locator("summary").click()
    expect(inside.locator(".words li").first).to_contain_text("Said by")
    inside.locator("svg a[href='/embed/leaders']").click()
    expect(inside.locator("h1")).to_have_text("What was claimed about leaders?")


def test_where_even_scripts_are_not_allowed(framed: Framed) -> None:
    page = framed("/embed/culture", attributes="sandbox")
    expect(page.frame_locator("iframe").locator("svg.concept-map")).to_be_visible()


@pytest.mark.parametrize("shape", ["16:9", "a4"])
def test_a_frame_of_the_size_that_is_offered_need_not_be_scrolled(framed: Framed, server: str, shape: str) -> None:
    page = framed("/embed/culture")
    answer = page.request.get(f"{server}/oembed", params={"url": f"{server}/map?focus=culture&page={shape}"}).json()
    page = framed(f"/embed/map?focus=culture&page={shape}", size=(answer["width"], answer["height"]))
    found = size_inside(page)
    assert found["wide"] <= answer["width"]
    assert found["high"] <= answer["height"]


@pytest.mark.parametrize("path", ["/embed/map", "/embed/culture", "/embed/map?overview=1"])
def test_in_320_pixels(framed: Framed, faults: list[str], path: str) -> None:
    page = framed(path, size=(320, 420))
    assert size_inside(page)["wide"] <= 320, "only the picture scrolls sideways"
    inside = page.frame_locator("iframe")
    expect(inside.locator("svg .concept").first).to_be_attached()
    inside.get_by_role("button", name="Whole map").click()
    drawing, view = inside.locator("svg.concept-map").bounding_box(), inside.locator(".view").bounding_box()
    assert drawing
    assert view
    assert drawing["width"] <= view["width"]
    assert not faults


@pytest.mark.parametrize("size", [pytest.param((960, 604), marks=pytest.mark.thorough), (320, 420)])
def test_the_frame_is_accessible(
    browser: Browser, server: str, size: tuple[int, int], assert_no_axe_violations: Callable[[Page], None]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    for path in ("/embed/map", "/embed/culture", "/embed/nowhere"):
        page = context.new_page()
        page.goto(server + path)
        assert_no_axe_violations(page)
    context.close()


def test_no_other_page_is_shown_in_a_frame(framed: Framed, faults: list[str]) -> None:
    page = framed("/map?overview=1")
    page.wait_for_timeout(100)
    assert any("frame-ancestors 'none'" in fault for fault in faults)
    assert page.frames[1].url.startswith("chrome-error:")


def test_a_page_on_a_disk_may_frame_a_map(browser: Browser, server: str, tmp_path: Path) -> None:
    course = tmp_path / "course.html"
    course.write_text(f'<iframe title="A map" src="{server}/embed/culture" {SANDBOX}></iframe>', encoding="utf-8")
    page = browser.new_page()
    page.goto(course.as_uri())
    expect(page.frame_locator("iframe").locator("svg.concept-map")).to_be_visible()
    page.close()
