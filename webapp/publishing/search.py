"""The search of a site of files: a page, and a script with all that can be found, which the page loads as a script.

A page that was opened from a disk may not fetch a file (Fetch standard: the scheme `file`), but may run one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint, Response, current_app, render_template

from webapp.context import catalogue, library, path_of
from webapp.publishing.reach import Reach
from webapp.wording import said_by

pages = Blueprint("search", __name__)
PAGE: Final = "/search"
NAME: Final = "searchEntries"
"""What the script calls its list."""


@pages.get(PAGE)
def page() -> str:
    """Show the box, and what is found for what is typed there."""
    return render_template("publishing/search.html")


@pages.get(f"{PAGE}/entries.js")
def entries() -> Response:
    """Return a script with the list of what can be found: kind, words of the link, what it says, place."""
    listed = json.dumps(list(_entries(current_app.extensions["reach"])), ensure_ascii=False, separators=(",", ":"))
    return Response(f"var {NAME} = {listed};\n", content_type="text/javascript; charset=utf-8")


def _entries(reach: Reach) -> Iterator[list[Any]]:
    for question in reach.questions:
        answer = library().ask(question)
        said = " ".join([answer.lead, *(passage.quote for passage in answer.passages)])
        yield ["Question", question, answer.lead, said, _place("ask", q=question)]
    for claim in catalogue().claims():
        quotations = " ".join(passage.quote for passage in claim.passages)
        names = " ".join(catalogue().concept(slug).label for slug in claim.concepts)
        yield ["Claim", claim.text, said_by(claim), f"{quotations} {names}", _place("claims", claim.slug)]
    for concept in catalogue().concepts():
        others = " ".join((*concept.other_labels, *concept.hidden_labels))
        yield ["Concept", concept.label, concept.definition, others, _place("concepts", concept.slug)]
    for agent in catalogue().agents():
        others = " ".join((agent.full_name, *agent.other_names, *map(str, agent.posts)))
        yield ["Person or organisation", agent.name, agent.note or "", others, _place("people", agent.slug)]


def _place(*parts: str, **parameters: str) -> str:
    """Return the place of a page as seen from that of the search, which is one folder down."""
    return f"..{current_app.config['PUBLISHED_AS'](path_of(*parts, **parameters))}"
