"""A query as a script that runs it: in Python, on a command line, in R, in Excel, in a browser.

`snippets` is the only public function. Each script sends the query over the SPARQL 1.1 Protocol to the endpoint
and prints what comes back. A client is a line of CLIENTS and a file of templates/sparql/scripts, named as the client
is as a parameter. The text of the query enters through `webapp.sparql.literals` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import jinja2

from kg.sparql.formats import JSON, TURTLE
from kg.sparql.lexer import shape_of
from kg.sparql.query_text import with_prefixes
from webapp.sparql import literals

SCRIPTS = jinja2.Environment(
    loader=jinja2.PackageLoader("webapp", "templates/sparql/scripts"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)
"""The files of scripts. Nothing is escaped as HTML is: what they get is quoted as their language does."""
GIVES: dict[str | None, str] = {"ASK": "truth", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
"""What a query gives, by its form: "rows" unless it stands here."""


@dataclass(frozen=True)
class Client:
    """What a script is for: the name people know it by, its language and how that quotes a text.

    `takes_all` is False where it reads rows alone, and neither truth values nor graphs.
    """

    name: str
    language: str
    quote: Callable[[str], str]
    takes_all: bool = True


CLIENTS = (
    Client("Python with requests", "python", literals.python),
    Client("Python with SPARQLWrapper", "python", literals.python),
    Client("Python with rdflib", "python", literals.python),
    Client("pandas", "python", literals.python, takes_all=False),
    Client("sparql-dataframe", "python", literals.python, takes_all=False),
    Client("curl", "sh", literals.shell),
    Client("R", "r", literals.r, takes_all=False),
    Client("Excel (Power Query)", "powerquery", literals.power_query, takes_all=False),
    Client("JavaScript with fetch", "javascript", literals.javascript),
    Client("JavaScript with Comunica", "javascript", literals.javascript),
)


@dataclass(frozen=True)
class Snippet:
    """A script: its client as people name it and as a parameter does, the language it is written in, and its text."""

    name: str
    client: str
    language: str
    text: str


def snippets(query: str, endpoint: str) -> list[Snippet]:
    """Return scripts that run a query.

    Arguments:
        query: a SPARQL query; a PREFIX line is added for each known prefix that it leaves out.
        endpoint: the full address of the SPARQL endpoint.

    Returns:
        A script for each client that can take the result of this form of query: Excel and R read rows, not graphs.

    Raises:
        ValueError: the query or the address holds NUL or half a surrogate pair, so it is no text to send.
    """
    for text in (query, endpoint):
        if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise ValueError("The query is not text that can be sent.")
    whole = with_prefixes(query).strip()
    gives = GIVES.get(shape_of(whole).form, "rows")
    found = []
    for client in CLIENTS:
        if client.takes_all or gives == "rows":
            parameter = re.sub(r"\W+", "-", client.name.lower()).strip("-")
            text = SCRIPTS.get_template(f"{parameter}.txt").render(
                gives=gives,
                accept=TURTLE if gives == "graph" else JSON,
                query=client.quote(whole),
                endpoint=client.quote(endpoint),
                # A shell has one word for the name of a field and its value, so they are quoted together.
                field=client.quote(f"query={whole}"),
            )
            found.append(Snippet(client.name, parameter, client.language, text))
    return found
