"""A query as a script that runs it: in Python, on a command line, in R, in Excel, in a browser.

`snippets` is the only public function. Each script sends the query over the SPARQL 1.1 Protocol to the endpoint
and prints what comes back; the text of the query enters through `webapp.sparql.literals` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from string import Template
from typing import Literal

from kg.sparql.lexer import shape_of
from kg.sparql.query_text import with_prefixes
from webapp.sparql import literals

Kind = Literal["rows", "truth", "graph"]
"""What a query gives: rows (SELECT), yes or no (ASK), a graph (CONSTRUCT, DESCRIBE)."""
KINDS: dict[str | None, Kind] = {"ASK": "truth", "CONSTRUCT": "graph", "DESCRIBE": "graph"}

JSON = "application/sparql-results+json"
ACCEPT: dict[Kind, str] = {"rows": JSON, "truth": JSON, "graph": "text/turtle"}


@dataclass(frozen=True)
class Snippet:
    """A script: the name people know its tool by, the language it is written in, and its text."""

    name: str
    language: str
    text: str

    @property
    def client(self) -> str:
        """The name as a parameter has it: "python-with-requests"."""
        return re.sub(r"\W+", "-", self.name.lower()).strip("-")


@dataclass(frozen=True)
class _Tool:
    """How a tool is written to: the quoting of its language, and a text for each kind of result it can take.

    A text has the places $query and $endpoint, filled with quoted texts, and $accept, a media type of ours.
    """

    name: str
    language: str
    quote: Callable[[str], str]
    texts: dict[Kind, str]


def snippets(query: str, endpoint: str) -> list[Snippet]:
    """Return scripts that run a query.

    Arguments:
        query: a SPARQL query; a PREFIX line is added for each known prefix that it leaves out.
        endpoint: the full address of the SPARQL endpoint.

    Returns:
        A script for each tool that can take the result of this form of query: Excel and R read rows, not graphs.

    Raises:
        ValueError: the query or the address holds NUL or half a surrogate pair, so it is no text to send.
    """
    for text in (query, endpoint):
        if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise ValueError("The query is not text that can be sent.")
    whole = with_prefixes(query).strip()
    kind = KINDS.get(shape_of(whole).form, "rows")
    return [
        Snippet(tool.name, tool.language, _filled(tool, kind, whole, endpoint)) for tool in TOOLS if kind in tool.texts
    ]


def _filled(tool: _Tool, kind: Kind, query: str, endpoint: str) -> str:
    return Template(tool.texts[kind]).substitute(
        query=tool.quote(query),
        endpoint=tool.quote(endpoint),
        accept=ACCEPT[kind],
        # A shell has one word for the name of a field and its value, so they are quoted together.
        field=tool.quote(f"query={query}"),
    )


_REQUESTS = """\
import requests  # pip install requests

query = $query

response = requests.post(
    $endpoint,
    data={"query": query},
    headers={"Accept": "$accept"},
    timeout=30,
)
response.raise_for_status()
"""
_SPARQL_WRAPPER = """\
from SPARQLWrapper import $$format, POST, SPARQLWrapper  # pip install SPARQLWrapper

query = $query

service = SPARQLWrapper($endpoint)
service.setMethod(POST)
service.setReturnFormat($$format)
service.setQuery(query)
result = service.queryAndConvert()
"""
_RDFLIB = """\
from rdflib.plugins.stores.sparqlstore import SPARQLStore  # pip install rdflib

query = $query

result = SPARQLStore($endpoint, returnFormat="$$format").query(query)
"""
_JAVASCRIPT = """\
const query = $query;

const response = await fetch($endpoint, {
  method: "POST",
  headers: { Accept: "$accept" },
  body: new URLSearchParams({ query }),
});
if (!response.ok) throw new Error(await response.text());
"""
_COMUNICA = """\
import { QueryEngine } from "@comunica/query-sparql"; // npm install @comunica/query-sparql

const query = $query;

const engine = new QueryEngine();
const sources = [{ type: "sparql", value: $endpoint }];
"""
_CURL = """\
curl -sS $endpoint \\
  -H 'Accept: $accept' \\
  --data-urlencode $field
"""
_ROWS = """\
for row in {}["results"]["bindings"]:
    print({{name: term["value"] for name, term in row.items()}})
"""

TOOLS: tuple[_Tool, ...] = (
    _Tool(
        "Python with requests",
        "python",
        literals.python,
        {
            "rows": _REQUESTS + _ROWS.format("response.json()"),
            "truth": _REQUESTS + 'print(response.json()["boolean"])\n',
            "graph": _REQUESTS + "print(response.text)\n",
        },
    ),
    _Tool(
        "Python with SPARQLWrapper",
        "python",
        literals.python,
        {
            "rows": _SPARQL_WRAPPER.replace("$$format", "JSON") + _ROWS.format("result"),
            "truth": _SPARQL_WRAPPER.replace("$$format", "JSON") + 'print(result["boolean"])\n',
            "graph": _SPARQL_WRAPPER.replace("$$format", "TURTLE") + 'print(result.decode("utf-8"))\n',
        },
    ),
    _Tool(
        "Python with rdflib",
        "python",
        literals.python,
        {
            "rows": _RDFLIB.replace("$$format", "json")
            + """\
for row in result:
    print({name: str(term) for name, term in row.asdict().items()})
""",
            "truth": _RDFLIB.replace("$$format", "json") + "print(result.askAnswer)\n",
            "graph": _RDFLIB.replace("$$format", "turtle") + "print(result.graph.serialize())\n",
        },
    ),
    _Tool(
        "pandas",
        "python",
        literals.python,
        {
            "rows": """\
from urllib.parse import urlencode

import pandas as pd  # pip install pandas

query = $query

# Only an empty cell is a missing value: the text "NA" is a text, whole numbers beside a gap stay whole.
rows = pd.read_csv(
    $endpoint + "?" + urlencode({"query": query, "format": "csv"}),
    skip_blank_lines=False,
    keep_default_na=False,
    na_values=[""],
    dtype_backend="numpy_nullable",
)
print(rows)
""",
        },
    ),
    _Tool(
        "sparql-dataframe",
        "python",
        literals.python,
        {
            "rows": """\
import sparql_dataframe  # pip install sparql-dataframe

query = $query

# It takes the text "NA" for a missing value and leaves out empty rows; the script for pandas does neither.
rows = sparql_dataframe.get($endpoint, query, post=True)
print(rows)
""",
        },
    ),
    _Tool(
        "curl",
        "sh",
        literals.shell,
        {
            "rows": _CURL.replace("$accept", "text/csv"),
            "truth": _CURL,
            "graph": _CURL,
        },
    ),
    _Tool(
        "R",
        "r",
        literals.r,
        {
            "rows": """\
query <- $query

address <- paste0($endpoint, "?format=csv&query=", URLencode(query, reserved = TRUE))
rows <- read.csv(address, encoding = "UTF-8", check.names = FALSE, na.strings = "", blank.lines.skip = FALSE)
print(rows)
""",
        },
    ),
    _Tool(
        "Excel (Power Query)",
        "powerquery",
        literals.power_query,
        {
            "rows": """\
let
    Sparql = $query,
    File = Web.Contents($endpoint, [Query = [query = Sparql, format = "csv"]]),
    Table = Csv.Document(File, [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),
    Rows = Table.PromoteHeaders(Table, [PromoteAllScalars = true])
in
    Rows
""",
        },
    ),
    _Tool(
        "JavaScript with fetch",
        "javascript",
        literals.javascript,
        {
            "rows": _JAVASCRIPT
            + """\
for (const row of (await response.json()).results.bindings) {
  console.log(Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])));
}
""",
            "truth": _JAVASCRIPT + "console.log((await response.json()).boolean);\n",
            "graph": _JAVASCRIPT + "console.log(await response.text());\n",
        },
    ),
    _Tool(
        "JavaScript with Comunica",
        "javascript",
        literals.javascript,
        {
            "rows": _COMUNICA
            + """\
for await (const row of await engine.queryBindings(query, { sources })) {
  console.log(Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
}
""",
            "truth": _COMUNICA + "console.log(await engine.queryBoolean(query, { sources }));\n",
            "graph": _COMUNICA
            + """\
const { data } = await engine.resultToString(await engine.query(query, { sources }), "text/turtle");
let text = "";
for await (const part of data) text += part;
console.log(text);
""",
        },
    ),
)
