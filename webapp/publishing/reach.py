"""Which addresses of the website a site of files has: all but those that only a server can answer.

Pages that a reader makes by choosing (a title, hidden concepts, several filters at once, questions in any words) have
no end, so of these there are those with one choice, and the ready-made questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import parse_qsl, urlencode

from kg.library import Library
from kg.questions.slots import example
from kg.sparql.formats import DUMPS
from webapp.context import path_of

SERVED: Final = ("/sparql", "/suggest", "/oembed", "/healthz", "/.well-known")
"""The beginnings of addresses that take a server."""
ASKED: Final = ("q", "question")
"""Parameters that hold a question."""
MAP_PAGES: Final = ("/map", "/embed/map")
"""Pages of maps. Two steps and more around a concept there are where the page of the whole map offers them."""
BESIDE: Final = ("depth", "format", "most", "seminar")
"""Parameters that may stand beside a choice."""
VARIANTS: Final = frozenset("after build-up exercise hide numbers page scale size step title transparent".split())
"""Parameters that show the same otherwise, in more ways than could be written."""
CLAIMS: Final = ("/claims.", (".csv", ".ttl", ".xlsx"))
"""How files of claims begin, and the endings of those that are published: each map of them would be drawn anew."""
QUESTIONS: Final = "/questions"
MOST_READY: Final = 10_000


class Reach:
    """The addresses that are published.

    Arguments:
        library: what is published.
        left_out: the endings of files that are not.
    """

    def __init__(self, library: Library, left_out: Collection[str] = ()):
        self._catalogue = library.catalogue
        self._left_out = tuple(f".{ending}" for ending in left_out)
        self.questions = tuple(dict.fromkeys(library.suggestions(MOST_READY)))
        self._centres = {view.concept.slug for view in library.focus_views()}
        self._forms = frozenset(_forms(library))

    def __contains__(self, address: str) -> bool:
        """Whether an address of the site, without an anchor, is published."""
        path, _, query = address.partition("?")
        given = parse_qsl(query)
        names = [name for name, _ in given if name not in BESIDE]
        if path.startswith(SERVED) or path.endswith(self._left_out) or not VARIANTS.isdisjoint(names):
            return False
        if path.startswith(CLAIMS[0]) and not path.endswith(CLAIMS[1]):
            return False
        if path.startswith(f"{QUESTIONS}/"):
            stem, _, ending = path.rpartition(".")
            return (path, query) in self._forms or ((stem, query) in self._forms and bool(ending))
        if any(name in ASKED and value not in self.questions for name, value in given):
            return False
        if "question" in names and path in MAP_PAGES:
            return False  # the page of its answer has the map
        chosen = dict(given)
        if "depth" in chosen and chosen.get("focus") not in self._centres:
            return False
        return len(names) <= 1

    def beginnings(self) -> Iterator[str]:
        """Yield the addresses to begin with: lists of everything, and what no page may lead to."""
        yield from ("/", "/search", "/claims", "/concepts", "/people", "/seminars", "/about", QUESTIONS, "/map")
        yield "/map?overview=1"
        yield from (path_of("claims", claim.slug) for claim in self._catalogue.claims())
        yield from (path_of("concepts", concept.slug) for concept in self._catalogue.concepts())
        yield from (path_of("people", agent.slug) for agent in self._catalogue.agents())
        yield from (path_of("seminars", seminar.slug) for seminar in self._catalogue.seminars())
        yield from (path_of("claims", topic=theme.slug) for theme in self._catalogue.themes())
        yield from (path_of("map", theme=theme.slug) for theme in self._catalogue.themes())
        yield from (path_of("map", focus=concept.slug) for concept in self._catalogue.concepts())
        yield from (path_of("ask", q=question) for question in self.questions)
        yield from (f"{path}?{query}" if query else path for path, query in sorted(self._forms))
        yield from (f"/data.{ending}" for ending in (*DUMPS, "csv"))


def _forms(library: Library) -> Iterator[tuple[str, str]]:
    """Yield path and parameters of each ready-made question with its example; those without one are left out."""
    for template in library.questions():
        filled = {slot: choice.slug for slot, choice in example(library.catalogue, template).items()}
        if len(filled) == len(template.slots):
            yield f"{QUESTIONS}/{template.name}", urlencode(filled)
