"""`publish`: the website as a site of files, taken page by page from the application itself.

So a page and its file cannot differ but in their links, which are relative and name files, and in what takes a server:
questions in any words, queries, choices of a map. docs/publishing.md says how such a site is used.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, relpath
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from flask import Flask
from werkzeug.wrappers import Response

from kg.library import Library
from webapp import create_app
from webapp.context import HTML
from webapp.publishing import markup, search
from webapp.publishing.folder import SiteFolder
from webapp.publishing.places import Places
from webapp.publishing.reach import Reach

CSS: Final = "text/css"
HERE: Final = "http://localhost"
ACCEPTED: Final = f"{HTML}, */*;q=0.5"


class PublishError(OSError):
    """A page could not be made; the message is one sentence."""


@dataclass(frozen=True)
class Published:
    """What was published: pages, other files, and bytes of both."""

    pages: int
    files: int
    size: int


def publish(
    library: Library,
    path: Path,
    base_url: str,
    left_out: Collection[str] = (),
) -> Published:
    """Write the website of a library as a site of files.

    Arguments:
        library: what is published.
        path: the folder: a new one, an empty one, or one that holds what was published before and nothing else.
        base_url: where the site will be, for what is taken from it; its own links are relative.
        left_out: endings of files that are left out, such as "png".

    Raises:
        ForeignFolderError: the folder has something else in it.
        PublishError: a page could not be made.
        OSError: a file cannot be written.
    """
    with SiteFolder(path) as folder:
        site = _Site(library, folder, base_url, left_out)
        site.take()
        size = site.link()
        about = {"edition": library.version, "address": base_url}
        files = folder.finish(about)
        return Published(len(site.pages), files - len(site.pages), size)


class _Site:
    """A site of files that is being made.

    Arguments:
        library, base_url, left_out: as for `publish`.
        folder: where it is written.
    """

    def __init__(self, library: Library, folder: SiteFolder, base_url: str, left_out: Collection[str]):
        library.prepare()
        self._base = base_url.rstrip("/")
        self._folder = folder
        self._reach = Reach(library, left_out)
        self._app = _app_of(library, self._base, self._reach)
        self._places: Places = self._app.config["PUBLISHED_AS"]
        self._client = self._app.test_client()
        self._found: dict[str, str] = {}
        self.pages: set[str] = set()
        self._sheets: set[str] = set()
        self._size = 0

    def take(self) -> None:
        """Take every page and file that is published, as the application gives it, and put it in its place."""
        ahead = deque(map(_normal, self._reach.beginnings()))
        seen = set(ahead)
        while ahead:
            address = ahead.popleft()
            with self._client.get(address, headers={"Accept": ACCEPTED}) as response:
                onward = list(self._kept(address, response))
            for each in onward:
                if each not in seen and each in self._reach:
                    seen.add(each)
                    ahead.append(each)

    def _kept(self, address: str, response: Response) -> Iterable[str]:
        """Put a response in its place, and return the addresses that it leads to."""
        if response.status_code >= 500:
            hint = ", or leave this format out" if self._places.is_file(address) else ""
            raise PublishError(f"{address} could not be made ({response.status}); try again{hint}.")
        if response.status_code in (301, 302, 303, 307, 308):
            self._found[address] = onward = self._address(response.headers["Location"], address) or ""
            return [onward] if onward else []
        if response.status_code != 200:
            return []
        place = self._found[address] = self._places(address).lstrip("/")
        body = response.get_data()
        self._folder.write(place, body)
        if response.mimetype == HTML and not self._places.is_file(address):
            self.pages.add(place)
            named: Iterable[str] = markup.addresses(body.decode())
        elif response.mimetype == CSS:
            self._sheets.add(place)
            named = markup.css_addresses(body.decode())
        else:
            self._size += len(body)
            return []
        return [found for each in named if (found := self._address(each, address)) is not None]

    def link(self) -> int:
        """Let the links of all pages and style sheets lead to files, and return the bytes of the whole site."""
        for address, place in sorted(self._found.items()):
            if place not in self.pages and place not in self._sheets:
                continue
            text, link = self._folder.read(place).decode(), self._linking(address, place)
            if place in self._sheets:
                body = markup.css_as_file(text, link).encode()
            else:
                body = markup.as_file(markup.read(text), link, link(search.PAGE) or "").encode()
            self._folder.write(place, body)
            self._size += len(body)
        return self._size

    def _linking(self, here: str, place: str) -> markup.Link:
        """Return what turns an address on a page or in a style sheet into the relative one of a file."""

        def link(written: str) -> str | None:
            if written.startswith("#") or not self._is_own(written, here):
                return written
            address = self._address(written, here)
            target = self._target(address) if address is not None else None
            if target is None:
                return None
            _, mark, anchor = written.partition("#")
            return f"{quote(relpath(target, dirname(place) or '.'), safe='/=,')}{mark}{anchor}"

        return link

    def _target(self, address: str) -> str | None:
        """Return the place of what an address leads to; None where it is not published."""
        found = self._found.get(address)
        return self._target(found) if found is not None and found.startswith("/") else found or None

    def _is_own(self, written: str, here: str) -> bool:
        whole = urljoin(f"{HERE}{here}", written)
        return whole.startswith((f"{HERE}/", f"{self._base}/")) or whole in (HERE, self._base)

    def _address(self, written: str, here: str) -> str | None:
        """Return the address within the application that is written on a page; None where it leads elsewhere."""
        whole = urljoin(f"{HERE}{here}", written).partition("#")[0]
        if whole.startswith(f"{self._base}/") or whole == self._base:
            # What has a full address has that of its place already.
            return self._places.address(unquote(whole.removeprefix(self._base).lstrip("/")))
        if not whole.startswith(f"{HERE}/"):
            return None
        return _normal(whole.removeprefix(HERE))


def _normal(address: str) -> str:
    """Return an address as it is written here, whatever the page has encoded."""
    parts = urlsplit(address)
    query = urlencode(parse_qsl(parts.query))
    return f"{quote(unquote(parts.path), safe='/-._~:@!$&()*+,;=')}{'?' if query else ''}{query}"


def _app_of(library: Library, base_url: str, reach: Reach) -> Flask:
    """Return the application that the site is taken from: the website, with a page that searches."""
    app = create_app({"LIBRARY": library, "BASE_URL": base_url, "RESPONSE_CACHE": False})
    app.register_blueprint(search.pages)
    app.extensions["reach"] = reach
    app.config["PUBLISHED_AS"] = Places(app)
    return app
