"""Pages as files: links turned, what leads nowhere taken out with what nothing is left of, and all else as it was."""

from __future__ import annotations

import pytest

from webapp.publishing import markup

WHOLE = """<!DOCTYPE html>
<html lang="en-GB"><!-- a note --><body class=plain><p>a &lt; b &amp; c&#39;s <br> <b>x</b></p>
<svg viewBox="0 0 1 1"><linearGradient id="g"></linearGradient><path d="M0 0"/></svg>
<script>if (1 < 2) document.write("<p>");</script><pre>  two
lines</pre><input value='a "b"' disabled></body></html>
"""


def link(address: str) -> str | None:
    """Return an address of the site of files; what has "gone" in it is not there."""
    return None if "gone" in address else address.replace("/", "../", 1) if address.startswith("/") else address


def changed(text: str) -> str:
    return markup.as_file(markup.read(text), link, "../search/index.html")


def test_what_is_not_changed_stays_byte_for_byte() -> None:
    assert changed(WHOLE) == WHOLE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a class="x" href="/a?b=1&amp;c">A</a>', '<a class="x" href="../a?b=1&amp;c">A</a>'),
        ("<a href='/a'>A</a>", '<a href="../a">A</a>'),
        ('<a href="https://other.example/">A</a>', '<a href="https://other.example/">A</a>'),
        ('<img srcset="/a.svg 1x, /b.svg 2x">', '<img srcset="../a.svg 1x, ../b.svg 2x">'),
        ('<p>Read <a href="/gone">the query</a> or not.</p>', "<p>Read the query or not.</p>"),
        ('<p>Found. <a class="onward" href="/gone">Run it</a></p>', "<p>Found. </p>"),
        (
            '<ul><li><a href="/gone">X</a></li><li><a href="/a">A</a></li></ul>',
            '<ul><li><a href="../a">A</a></li></ul>',
        ),
        ('<section><h2>T</h2><ul><li><a href="/gone">X</a></li></ul></section><p>y</p>', "<p>y</p>"),
        ('<details><summary>S</summary><form action="/claims"></form></details>', ""),
        ('<picture><source srcset="/gone.svg"><img src="/a.svg"></picture>', '<picture><img src="../a.svg"></picture>'),
        ('<p><a href="/gone"><img src="/a.svg"></a></p>', '<p><img src="../a.svg"></p>'),
        ('<script src="/gone.js"></script><link rel="alternate" href="/gone">', ""),
        ("<section></section>", "<section></section>"),
        ("<p data-served>Ask in your own words.</p><p>b</p>", "<p>b</p>"),
        ('<p>x <a href="/gone"><b>bold</b></a></p>', "<p>x <b>bold</b></p>"),
    ],
)
def test_links_and_what_they_leave(before: str, after: str) -> None:
    assert changed(before) == after


def test_a_form_that_asks_searches() -> None:
    form = (
        '<form action="/ask" role="search" aria-label="Ask"><label for="q">Ask</label><input type="hidden">'
        '<input id="q" name="q" placeholder="Ask"><button type="submit">Ask</button></form>'
    )
    words = markup.SEARCH_WORDS
    assert changed(form) == (
        f'<form action="../search/index.html" role="search" aria-label="{words}"><label for="q">{words}</label>'
        f'<input id="q" name="q" placeholder="{words}"><button type="submit">Search</button></form>'
    )


def test_addresses_are_found() -> None:
    page = '<a href="/a?x=1&amp;y=2">A</a><img src="/b.svg" srcset="/c.svg 1x, /d.svg 2x"><pre>href=&#34;/e&#34;</pre>'
    assert list(markup.addresses(page)) == ["/a?x=1&y=2", "/b.svg", "/c.svg", "/d.svg"]


def test_style_sheets() -> None:
    sheet = "a{src:url(\"/f.woff\")}b{background:url(/i.svg)}c{d:url('data:,x')}"
    assert list(markup.css_addresses(sheet)) == ["/f.woff", "/i.svg", "data:,x"]
    assert markup.css_as_file(sheet, link) == (
        'a{src:url("../f.woff")}b{background:url("../i.svg")}c{d:url("data:,x")}'
    )
