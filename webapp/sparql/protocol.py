"""What a request to the SPARQL endpoint asks for: a query, the graphs to ask, the format of the answer.

SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), the query operation: GET, POST as a form, POST
directly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from werkzeug.http import parse_accept_header, parse_options_header

from kg.sparql.engine import ChosenGraphs
from kg.sparql.formats import JSON, MEDIA_TYPES, SHORT_NAMES
from webapp.bodies import MOST_PARAMETERS
from webapp.context import HTML, best_of
from webapp.context import JSON as PLAIN

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
"""The two kinds of body that carry a query (SPARQL 1.1 Protocol, sections 2.1.2 and 2.1.3)."""
UPDATE = "application/sparql-update"
READ_ONLY = "This endpoint is read-only: it answers queries and takes no updates."
NOT_UTF_8 = "The query is not UTF-8 text."
NOTHING_ASKED = "There is no query in this request."
MOST_GRAPHS = 100

Parameters = Mapping[str, Sequence[str]]


class ProtocolRequest(NamedTuple):
    """What a request says.

    Attributes:
        method: GET, HEAD or POST.
        query: the text of the query; None where there is none.
        graphs: the graphs to ask; None for those that the query itself names.
        format: the value of `format`, in lower case; "" where it is not given.
        accept: the Accept header; None where it is not sent.
        truncate: whether a result may be cut in a format that cannot say so (`truncate=1`).
    """

    method: str = "GET"
    query: str | None = None
    graphs: ChosenGraphs | None = None
    format: str = ""
    accept: str | None = None
    truncate: bool = False


class ProtocolError(ValueError):
    """A request that the protocol does not allow: one sentence, and the HTTP status to answer with."""

    def __init__(self, message: str, status: int = 400):
        super().__init__(message)
        self.status = status


def read_request(environ: WSGIEnvironment) -> ProtocolRequest:
    """Return what a request asks in one of the protocol's three ways.

    Arguments:
        environ: that of a request whose body was read (PEP 3333; `webapp.bodies`).

    Raises:
        ProtocolError: two queries, an update, too many graphs, the wrong type, an encoding, or not UTF-8.
    """
    method = environ["REQUEST_METHOD"]
    posted = method == "POST"
    media_type = _media_type(environ) if posted else ""
    body = environ["wsgi.input"].getvalue() if posted else b""
    address = _parameters(environ.get("QUERY_STRING", "").encode("latin-1"))
    form = _parameters(body) if media_type == FORM else {}
    if "update" in address or "update" in form:
        raise ProtocolError(READ_ONLY)
    queries = [_text(body)] if media_type == DIRECT else (form if posted else address).get("query", ())
    if len(queries) > 1 or (posted and "query" in address):
        raise ProtocolError("Send one query, not several.")
    if posted and not queries:
        raise ProtocolError(NOTHING_ASKED)
    return ProtocolRequest(
        method,
        queries[0].removeprefix("\ufeff") if queries else None,
        _graphs(address, form),
        _first("format", address, form).lower(),
        environ.get("HTTP_ACCEPT"),
        _first("truncate", address, form) == "1",
    )


def _media_type(environ: WSGIEnvironment) -> str:
    """Return the type of a body that is a query sent plainly, and refuse any other body."""
    if environ.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity":
        raise ProtocolError("Send the query as it is, without a Content-Encoding.", 415)
    media_type = parse_options_header(environ.get("CONTENT_TYPE"))[0].lower()
    if media_type == UPDATE:
        raise ProtocolError(READ_ONLY)
    if not media_type and not environ["wsgi.input"].getvalue():
        raise ProtocolError(NOTHING_ASKED)
    if media_type not in (DIRECT, FORM):
        raise ProtocolError(f"Send the query as {FORM} or as {DIRECT}.", 415)
    return media_type


def _parameters(encoded: bytes) -> Parameters:
    """Return the parameters of an address or a form, each with its values."""
    found = defaultdict(list)
    text = _text(encoded)
    if text.count("&") >= MOST_PARAMETERS:
        raise ProtocolError(f"A request can have at most {MOST_PARAMETERS:,} parameters.")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise ProtocolError(NOT_UTF_8) from None
    for name, value in pairs:
        if "\x00" in value:
            raise ProtocolError(NOT_UTF_8)
        found[name].append(value)
    return found


def _first(name: str, address: Parameters, form: Parameters) -> str:
    """Return the first value of a parameter, in the address or in the form; "" where there is none."""
    return (address.get(name) or form.get(name) or [""])[0]


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError(NOT_UTF_8) from None
    if "\x00" in text:
        raise ProtocolError(NOT_UTF_8)
    return text


def _graphs(address: Parameters, form: Parameters) -> ChosenGraphs | None:
    """Return the graphs that the request names, in the address or in the form (section 2.1.4)."""
    default, named = (
        tuple(dict.fromkeys(iri for iri in (*address.get(key, ()), *form.get(key, ())) if iri))
        for key in ("default-graph-uri", "named-graph-uri")
    )
    if len(default) + len(named) > MOST_GRAPHS:
        raise ProtocolError(f"At most {MOST_GRAPHS} graphs can be asked at once.")
    return ChosenGraphs(default, named) if default or named else None


def wanted(request: ProtocolRequest, offered: tuple[str, ...], pages: bool) -> tuple[str, str]:
    """Return the media type to write the answer in, and the one to call it.

    `format` decides if it fits the query, else the Accept header (RFC 9110, section 12.5.1), which has to name a type
    then: programs send a `format` of their own beside it. The two media types differ where a caller wants SPARQL JSON
    under its family name, application/json.

    Arguments:
        request: what the request says.
        offered: the media types of the query's form, the one to prefer first.
        pages: whether the answer may come as a page too.

    Raises:
        ProtocolError: 406, none of them is accepted, or `format` is of another form; 400, there is no such format.
    """
    name = request.format
    if pages and name in ("html", HTML):
        return HTML, HTML
    for media_type in (*SHORT_NAMES.get(name, ()), name):
        if media_type in offered:
            return media_type, media_type
    if name and all("*" in accepted for accepted, _ in parse_accept_header(request.accept)):
        fit = " or ".join(next(short for short, types in SHORT_NAMES.items() if each in types) for each in offered)
        known = name in SHORT_NAMES or any(name in types for types in MEDIA_TYPES.values())
        raise ProtocolError(f"This result does not come as format={name[:40]}; ask for {fit}.", 406 if known else 400)
    also = [PLAIN] if JSON in offered else []
    found = best_of(request.accept, (*offered, *also, *([HTML] if pages else [])))
    if found is None:
        raise ProtocolError(f"This result comes as {', '.join(offered)}.", 406)
    return (JSON if found == PLAIN else found), found
