"""What a request to the SPARQL endpoint asks for: a query, the graphs to ask, the format of the answer.

SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), the query operation: GET, POST as a form, POST
directly.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from flask import request

from kg.sparql.engine import ChosenGraphs
from kg.sparql.formats import JSON, MEDIA_TYPES, SHORT_NAMES
from webapp.context import HTML, preferred
from webapp.context import JSON as PLAIN

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
"""The two kinds of body that carry a query (SPARQL 1.1 Protocol, sections 2.1.2 and 2.1.3)."""
UPDATE = "application/sparql-update"
READ_ONLY = "This endpoint is read-only: it answers queries and takes no updates."
MOST_GRAPHS = 100
NOT_ASCII = re.compile(rb"[\x00\x80-\xff]|%[89a-fA-F]|%00")
"""What of an encoded text may be no UTF-8."""


class QueryRequest(NamedTuple):
    """What a request asks: the text of a query, and the graphs to ask, None for those that the query itself names."""

    query: str
    graphs: ChosenGraphs | None = None


class ProtocolError(ValueError):
    """A request that the protocol does not allow: one sentence, and the HTTP status to answer with."""

    def __init__(self, message: str, status: int = 400):
        super().__init__(message)
        self.status = status


def query_request() -> QueryRequest | None:
    """Return what the request asks in one of the protocol's three ways, or None where it carries no query.

    Raises:
        ProtocolError: two queries, an update, too many graphs, the wrong type, an encoding, or not UTF-8.
    """
    if request.method == "POST":
        _check_body()
    _check_characters()
    directly = request.method == "POST" and request.mimetype == DIRECT
    queries = [] if directly else (request.form if request.method == "POST" else request.args).getlist("query")
    if "update" in request.args or "update" in request.form:
        raise ProtocolError(READ_ONLY)
    if len(queries) > 1 or (request.method == "POST" and "query" in request.args):
        raise ProtocolError("Send one query, not several.")
    if directly:
        return QueryRequest(_text(request.get_data()), _graphs())
    if not queries:
        if request.method == "POST":
            raise ProtocolError("There is no query in this request.")
        return None
    return QueryRequest(_text(queries[0].encode("utf-8", "surrogateescape")), _graphs())


def _check_body() -> None:
    """Refuse a body that is not a query sent plainly."""
    if "Transfer-Encoding" in request.headers and "Content-Length" in request.headers:
        raise ProtocolError("The request says in two ways how long it is.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ProtocolError("Send the query as it is, without a Content-Encoding.", 415)
    if request.mimetype == UPDATE:
        raise ProtocolError(READ_ONLY)
    if not request.mimetype and not request.get_data():
        raise ProtocolError("There is no query in this request.")
    if request.mimetype not in (DIRECT, FORM):
        raise ProtocolError(f"Send the query as {FORM} or as {DIRECT}.", 415)


def _check_characters() -> None:
    """Refuse parameters that are not UTF-8, which would else be passed on as they are written, `%FF`."""
    form = request.get_data() if request.mimetype == FORM else b""
    for encoded in (request.query_string, form):
        if NOT_ASCII.search(encoded):
            _text(unquote_to_bytes(encoded))


def _graphs() -> ChosenGraphs | None:
    """Return the graphs that the request names, in the address or in the form (section 2.1.4)."""
    default, named = (
        tuple(dict.fromkeys(iri for iri in (*request.args.getlist(key), *request.form.getlist(key)) if iri))
        for key in ("default-graph-uri", "named-graph-uri")
    )
    if len(default) + len(named) > MOST_GRAPHS:
        raise ProtocolError(f"At most {MOST_GRAPHS} graphs can be asked at once.")
    return ChosenGraphs(default, named) if default or named else None


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError("The query is not UTF-8 text.") from None
    if "\x00" in text:
        raise ProtocolError("The query is not UTF-8 text.")
    return text.removeprefix("\ufeff")


def wanted(offered: tuple[str, ...], pages: bool) -> tuple[str, str]:
    """Return the media type to write the answer in, and the one to call it.

    `format` decides if it fits the query, else the Accept header (RFC 9110, section 12.5.1), which has to name a type
    then: programs send a `format` of their own beside it. The two media types differ where a caller wants SPARQL JSON
    under its family name, application/json.

    Arguments:
        offered: the media types of the query's form, the one to prefer first.
        pages: whether the answer may come as a page too.

    Raises:
        ProtocolError: 406, none of them is accepted, or `format` is of another form; 400, there is no such format.
    """
    name = request.values.get("format", "").lower()
    if pages and name in ("html", HTML):
        return HTML, HTML
    for media_type in (*SHORT_NAMES.get(name, ()), name):
        if media_type in offered:
            return media_type, media_type
    if name and all("*" in accepted for accepted, _ in request.accept_mimetypes):
        fit = " or ".join(next(short for short, types in SHORT_NAMES.items() if each in types) for each in offered)
        known = name in SHORT_NAMES or any(name in types for types in MEDIA_TYPES.values())
        raise ProtocolError(f"This result does not come as format={name[:40]}; ask for {fit}.", 406 if known else 400)
    also = [PLAIN] if JSON in offered else []
    found = preferred([*offered, *also, *([HTML] if pages else [])])
    if found is None:
        raise ProtocolError(f"This result comes as {', '.join(offered)}.", 406)
    return (JSON if found == PLAIN else found), found
