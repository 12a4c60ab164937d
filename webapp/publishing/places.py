"""Where an address of the website stands in a site of files: `/map?focus=culture` at `map/focus=culture/index.html`.

A place depends on its address alone, so that the same page has the same place in every edition. Its name does on every
file system: no marks but `= , . - _`, no capitals, no name that Windows keeps for itself.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final
from urllib.parse import parse_qsl, unquote

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule

PAGE: Final = "index.html"
PLAIN: Final = re.compile(r"[a-z0-9][a-z0-9_.-]*(?<!\.)")
RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device (Naming Files, Paths, and Namespaces)."""
LONGEST, KEPT, HASH = 80, 50, 8
"""Characters of a name; those that are kept of a longer one; digits of the hash behind them."""


class Places:
    """The places of an application's addresses, and the addresses of its places.

    Arguments:
        app: the application. It tells what is a page and what a file.
    """

    def __init__(self, app: Flask):
        self._routes = app.url_map.bind("localhost")
        self._addresses: dict[str, str] = {}

    def __call__(self, address: str) -> str:
        """Return the place of an address of the site, with a slash before it as that has, and with its anchor."""
        page, mark, anchor = address.partition("#")
        if not page or (rule := self.rule(page)) is None:
            return address
        place = _place(page, _is_file(rule))
        self._addresses[place] = page
        return f"/{place}{mark}{anchor}"

    def address(self, place: str) -> str | None:
        """Return the address whose place was asked for before; None for any other place."""
        return self._addresses.get(place)

    def is_file(self, address: str) -> bool:
        """Whether there is a file at an address, to be taken along, and no page."""
        rule = self.rule(address)
        return rule is not None and _is_file(rule)

    def rule(self, address: str) -> Rule | None:
        """Return the rule of the application that answers an address; None where none does."""
        try:
            rule, _ = self._routes.match(unquote(address.partition("?")[0]), "GET", return_rule=True)
        except (HTTPException, RequestRedirect):
            return None
        return rule


def _is_file(rule: Rule) -> bool:
    last = rule.rule.rpartition("/")[2]
    return "." in last or last.startswith("<path:") or rule.endpoint == "static"


def _place(address: str, file: bool) -> str:
    path, _, query = address.partition("?")
    parts = [_name(unquote(part), file) for part in path.split("/") if part]
    given = parse_qsl(query)
    ending = next((value for name, value in given if name == "format"), "")
    chosen = ",".join(f"{_name(name)}={_name(value)}" for name, value in given if name != "format")
    if file:
        if not chosen:
            return "/".join(parts)
        stem, _, ending = parts.pop().rpartition(".")
        return "/".join([*parts, stem, f"{_short(chosen)}.{ending}"])
    parts += [_short(chosen)] if chosen else []
    if ending:
        return f"{'/'.join(parts)}.{_name(ending)}"
    return "/".join([*parts, PAGE])


def _name(text: str, as_it_is: bool = False) -> str:
    """Return a text as a part of a place: itself where that does, else what it has of letters, and a hash of it."""
    plain = PLAIN.fullmatch(text.lower() if as_it_is else text) and not RESERVED.fullmatch(text)
    return text if plain and len(text) <= LONGEST else _hashed(text)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else _hashed(name)


def _hashed(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9=]+", "-", letters)[:KEPT].strip("-=")
    digits = hashlib.sha256(text.encode()).hexdigest()[:HASH]
    return f"{slug}-{digits}" if slug else digits
