"""A real server process, a real browser, and the accessibility rules of axe-core.

Chromium is the system's own; nothing is downloaded. Without one these tests are skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  const places = (each) => each.nodes.map((node) => node.target.join(" ")).join(" | ");
  return found.violations.map((each) => `${each.id}: ${each.help}; ${places(each)}`);
}"""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"/>'
"""Stands in for the maps of pages that show one as a picture, which take seconds to arrange."""
SERVE = (
    "from webapp.server import Served, serve; "
    "raise SystemExit(serve(port=0, served=Served(draw_ahead=False), workers=1))"
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of a Chromium browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium here: install it (Debian: apt-get install chromium) to run the browser tests")
    return found


@pytest.fixture(scope="session")
def server(chromium: str) -> Iterator[str]:
    """Return the address of a server process on a free port of this machine, ended afterwards."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            address = re.search(r"http://[\d.]+:\d+", line)
            assert address, f"the server printed {line!r} and no address"
            yield address.group()
        finally:
            process.terminate()
            code = process.wait(20)
    assert code == 0


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Return a browser, closed afterwards."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=[pytest.param(1280, marks=pytest.mark.thorough), 390])
def width(request: pytest.FixtureRequest) -> int:
    """Return the width of a screen in pixels: a narrow one, and with the thorough tests a wide one too."""
    return int(request.param)


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the server; a message on the console is a failure."""
    messages: list[str] = []
    contexts = []

    def open_at(path: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(base_url=server, viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: messages.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: messages.append(f"{page.url}: {error}"))
        page.route("**/map.svg", lambda route: route.fulfill(content_type="image/svg+xml", body=PICTURE))
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not messages


@pytest.fixture(scope="session")
def assert_no_axe_violations() -> Callable[[Page], None]:
    """Return the check that a page breaks none of the WCAG 2.2 A and AA rules that axe-core knows."""

    def check(page: Page) -> None:
        page.evaluate(AXE + "\n;undefined")
        assert page.evaluate(RUN_AXE, TAGS) == [], page.url

    return check
