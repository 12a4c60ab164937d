"""The markup of a page, changed for a site of files: links made relative, and what takes a server left out.

Everything that is not changed stays as it was written, byte for byte: the standard library's parser
(https://docs.python.org/3/library/html.parser.html) tells where tags begin and end, and no more is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final

Link = Callable[[str], str | None]
"""What turns an address of a page into one of the site of files; None where there is nothing."""

VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without an end (HTML, 13.1.2)."""
LINKING: Final = ("href", "xlink:href", "src", "poster", "data")
NAMED: Final = re.compile(r"""\s(href|src|srcset|poster|data)\s*=\s*"([^"]*)\"""")
FETCHED: Final = frozenset(("img", "source", "script", "link", "iframe", "embed", "object", "track", "video", "audio"))
"""Elements that are nothing without what they fetch."""
EMPTIED: Final = frozenset("p li ul ol dl dd nav section details div span figure td tr tbody table aside".split())
"""Elements that go where all that they held has gone."""
NAMING: Final = frozenset("h1 h2 h3 h4 h5 h6 summary legend caption label dt figcaption".split())
"""Elements that name what stands beside them, and are nothing alone."""
SEEN: Final = frozenset("img svg picture input select textarea button iframe pre table hr video audio".split())
"""Elements that show something without text."""
SERVED: Final = "data-served"
"""The attribute of what takes a server, and is neither a form nor a link."""
SEARCH_WORDS: Final = "Search the questions, claims and concepts"


class Element:
    """An element: its name, its tags as they are written, its attributes, and what is inside."""

    def __init__(self, name: str, start: str, attributes: Iterable[tuple[str, str | None]] = ()):
        self.name = name
        self.start = start
        self.attributes = {key: value or "" for key, value in attributes}
        self.inside: list[Element | str] = []
        self.end = ""
        self.is_dead = False

    def set(self, attribute: str, value: str | None) -> None:
        """Write another value of an attribute that it has; None takes it away."""
        written = "" if value is None else f' {attribute}="{escape(value)}"'
        pattern = rf"""\s{re.escape(attribute)}\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)"""
        self.start = re.sub(pattern, lambda _: written, self.start, count=1, flags=re.IGNORECASE)

    def has_content(self) -> bool:
        """Whether it shows anything besides names of what stands beside them."""
        if self.name in SEEN:
            return True
        if self.name in NAMING:
            return False
        return any(each.has_content() if isinstance(each, Element) else bool(each.strip()) for each in self.inside)

    def __str__(self) -> str:
        return f"{self.start}{''.join(map(str, self.inside))}{self.end}"


class _Reader(HTMLParser):
    """Reads markup of ours into elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Element("", "")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, self.get_starttag_text() or "", attrs)
        self._open[-1].inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Element(tag, self.get_starttag_text() or "", attrs))

    def handle_endtag(self, tag: str) -> None:
        if all(element.name != tag for element in self._open):
            return
        while (ended := self._open.pop()).name != tag:
            pass
        # In the case of its start tag, which the names in SVG have.
        ended.end = f"</{ended.start[1 : len(tag) + 1]}>"

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)

    def handle_entityref(self, name: str) -> None:
        self._open[-1].inside.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._open[-1].inside.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._open[-1].inside.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._open[-1].inside.append(f"<!{decl}>")


def read(markup: str) -> Element:
    """Return the root of a page, which has no tags of its own."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.root


def addresses(markup: str) -> Iterator[str]:
    """Yield the addresses that a page names, without reading it whole."""
    for name, value in NAMED.findall(markup):
        given = unescape(value)
        yield from (address for address, _ in _set_of(given)) if name == "srcset" else [given]


def as_file(root: Element, link: Link, search: str) -> str:
    """Return a page as a file.

    Links to what is not there go, with what nothing is left of; so do forms. Those that ask a question search.

    Arguments:
        root: the page, which is changed.
        link: what turns addresses.
        search: the address of the page that searches, as the form of this page names it.
    """
    _settle(root, link, search)
    return str(root)


def _settle(element: Element, link: Link, search: str) -> bool:
    """Change an element and all within it; return whether it stays."""
    if SERVED in element.attributes or (element.name == "form" and not _search_form(element, search)):
        return False
    if not _linked(element, link):
        return False
    inside = [each for each in element.inside if isinstance(each, str) or _settle(each, link, search)]
    lost = len(inside) < len(element.inside)
    dead = [each for each in inside if isinstance(each, Element) and each.is_dead]
    if dead:
        words = any(bool(each.strip()) if isinstance(each, str) else each not in dead for each in inside)
        inside = [part for each in inside for part in _without_link(each, dead, alone=not words)]
        lost = True
    element.inside = inside
    return not (lost and element.name in EMPTIED and not element.has_content())


def _without_link(part: Element | str, dead: list[Element], *, alone: bool) -> list[Element | str]:
    """Return a part; a link that leads nowhere as its words, or as nothing where it was there to be followed."""
    if isinstance(part, str) or part not in dead:
        return [part]
    follows = {"onward", "chip", "clear"} & set(part.attributes.get("class", "").split())
    shows = any(each.name in SEEN for each in _within(part))
    return [] if (alone or follows) and not shows else part.inside


def _linked(element: Element, link: Link) -> bool:
    """Turn the addresses of an element; return whether it stays."""
    for name in LINKING:
        if name in element.attributes:
            address = element.attributes[name]
            found = link(address)
            if found is None:
                element.is_dead = element.name == "a"
                if element.name in FETCHED:
                    return False
                element.set(name, None)
            elif found != address:
                element.set(name, found)
    if "srcset" in element.attributes:
        each = [(link(address), width) for address, width in _set_of(element.attributes["srcset"])]
        if any(address is None for address, _ in each):
            return False
        element.set("srcset", ", ".join(f"{address} {width}".strip() for address, width in each))
    return True


def _set_of(srcset: str) -> list[tuple[str, str]]:
    """Return the addresses of a set of pictures, each with its width or density (HTML, 4.8.4.2.1)."""
    candidates = (candidate.split() for candidate in re.split(r",\s+", srcset))
    return [(words[0], " ".join(words[1:])) for words in candidates if words]


def _search_form(form: Element, search: str) -> bool:
    """Let a form that asks a question search instead; return whether it is one."""
    if not form.attributes.get("action", "").endswith("/ask"):
        return False
    form.set("action", search)
    for each in _within(form):
        if each.name == "label":
            each.inside = [SEARCH_WORDS]
        elif each.name == "button":
            each.inside = ["Search"]
        elif each.name == "input" and "placeholder" in each.attributes:
            each.set("placeholder", SEARCH_WORDS)
        if "aria-label" in each.attributes:
            each.set("aria-label", SEARCH_WORDS)
        each.inside = [e for e in each.inside if isinstance(e, str) or e.attributes.get("type") != "hidden"]
    return True


def _within(element: Element) -> Iterable[Element]:
    yield element
    for each in element.inside:
        if isinstance(each, Element):
            yield from _within(each)


CSS_ADDRESS: Final = re.compile(r"""url\((["']?)([^"')]+)\1\)""")


def css_addresses(sheet: str) -> Iterable[str]:
    """Yield the addresses that a style sheet names (CSS Values and Units 4, 4.5)."""
    return (found[2] for found in CSS_ADDRESS.finditer(sheet))


def css_as_file(sheet: str, link: Link) -> str:
    """Return a style sheet with its addresses turned; one that is nowhere stays as it is."""
    return CSS_ADDRESS.sub(lambda found: f'url("{link(found[2]) or found[2]}")', sheet)
