"""What every query engine offers: a query, a media type and a deadline in, the bytes of the result out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, Protocol, Self, cast

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What a variable may be bound to (RDF 1.2)."""

Solution = dict[str, Term]
"""A row of a result: the names of its variables, without those that are unbound."""

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
"""The four query forms (SPARQL 1.1 Query, section 16)."""


class Result(bytes):
    """The serialised result of a query: plain bytes that also know what they are.

    Attributes:
        form: the query form that was asked.
        media_type: the media type of the bytes, without parameters; text is UTF-8.
        truncated: whether rows (SELECT) or triples (CONSTRUCT, DESCRIBE) beyond the limit were left out.
    """

    form: Form
    media_type: str
    truncated: bool

    def __new__(cls, body: bytes, form: Form, media_type: str, truncated: bool = False) -> Self:
        """Mark bytes as the result of a query."""
        result = super().__new__(cls, body)
        result.form = form
        result.media_type = media_type
        result.truncated = truncated
        return result


@dataclass(frozen=True, slots=True)
class ChosenGraphs:
    """The graphs to ask, chosen by the caller (SPARQL 1.1 Protocol, section 2.1.4) instead of by FROM.

    A graph that is not loaded is an empty one here: the tests of the protocol ask so. In the text of a query
    it is an error, since whoever wrote FROM meant a graph that is there.

    Attributes:
        default: IRIs of the graphs whose merge is the default graph; a triple in several counts once.
        named: IRIs of the named graphs.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class QueryEngine(Protocol):
    """Anything that answers read-only SPARQL queries over one data set. An engine inherits it and writes `execute`."""

    def execute(
        self, query: str, media_type: str, deadline: float | None = None, graphs: ChosenGraphs | None = None
    ) -> Result:
        """Answer a query (SPARQL 1.1 Query; the operation `query` of SPARQL 1.1 Protocol, section 2.1).

        Args:
            query: the text of a SELECT, ASK, CONSTRUCT or DESCRIBE query.
            media_type: one of `MEDIA_TYPES` of the query's form; parameters (`; charset=`) are ignored.
            deadline: seconds this query may take, waiting included; None for the engine's own default.
            graphs: the graphs to ask, whatever the query says; None for those of its FROM, or all data.

        Returns:
            The bytes of the result, with its form and media type.

        Raises:
            QuerySyntaxError: it is not a query; the line and the column are given.
            QueryRefused: an update, SERVICE, an unknown graph, too long, nested too deep, a media type that
                does not fit the form or the result.
            QueryTimeout: it was stopped at the deadline.
            QueryTooComplex: it needed more memory or stack than a query may have.
            ResultTooLarge: its result is larger than a result may be.
            EngineBusy: the engine worked on other queries until the deadline, or too many of them wait.
            EngineUnavailable: the engine is closed or could not be started.
        """
        ...

    def select(self, query: str) -> list[Solution]:
        """Return every solution of a SELECT query.

        Raises:
            QueryError: as `execute`; another form than SELECT is refused.
            ResultTooLarge: there are more rows than a result may have.
        """
        json = ox.QueryResultsFormat.JSON
        result = self.execute(query, json.media_type)
        if result.truncated:
            raise ResultTooLarge("The result has more rows than a result may have; ask for less of it, as with LIMIT.")
        found = ox.parse_query_results(bytes(result), format=json)
        if not isinstance(found, ox.QuerySolutions):
            raise no_table(result.form)
        return solutions(found)

    def start(self) -> None:
        """Make ready in the background what the first query would have to wait for."""
        return

    def close(self) -> None:
        """Free what the engine holds, and refuse further queries. Closing twice does no harm."""
        return


def text_of(term: Term) -> str:
    """Return a term as plain text: the IRI, or the text of a literal; blank nodes keep `_:`, triple terms `<<( )>>`."""
    if isinstance(term, ox.Triple):
        return f"<<( {term} )>>"
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def solutions(found: ox.QuerySolutions) -> list[Solution]:
    """Return the rows of a table, each without the variables that are unbound."""
    names = [variable.value for variable in found.variables]
    rows = ([cast(Term | None, term) for term in row] for row in found)
    return [{name: term for name, term in zip(names, row, strict=True) if term is not None} for row in rows]


class Refusal(StrEnum):
    """Why a query was refused, so that a caller can choose a status code without reading the sentence."""

    UPDATE = "update"
    SERVICE = "service"
    GRAPH = "graph"
    LENGTH = "length"
    NESTING = "nesting"
    MEDIA_TYPE = "media-type"
    UNWRITABLE = "unwritable"
    UNSUPPORTED = "unsupported"


class QueryError(Exception):
    """A query that has no result; `str()` of it is one sentence for the person who asked.

    Everything a subclass knows stands in `args`, so that an error survives pickling and the way from a
    child process to its parent.
    """

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class QuerySyntaxError(QueryError):
    """The text is not a SPARQL 1.1 query.

    Args:
        message: one sentence that names the place.
        line: line of the fault, counted from 1.
        column: column of the fault in characters, counted from 1.
    """

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message, line, column)
        self.line = line
        self.column = column


class QueryRefused(QueryError):
    """The query could be understood, but it is not answered here.

    Args:
        message: one sentence that says what is refused.
        reason: which rule refused it.
    """

    def __init__(self, message: str, reason: Refusal | str) -> None:
        super().__init__(message, str(reason))
        self.reason = Refusal(reason)


def no_table(form: Form) -> QueryRefused:
    """Return the error for a query whose result is no table."""
    return QueryRefused(f"A table was asked for, and {form} has none.", Refusal.UNSUPPORTED)


class QueryTimeout(QueryError):
    """The query was stopped at its deadline."""


class QueryTooComplex(QueryError):
    """The query ended the process that ran it: it used up the memory or the stack a query may have."""

    def __init__(
        self, message: str = "The query went over the memory limit of a query, or nests deeper than one may."
    ) -> None:
        super().__init__(message)


class ResultTooLarge(QueryError):
    """The result has more bytes than a result may have."""


class EngineUnavailable(QueryError):
    """No engine could be started, or it has been closed."""


class EngineBusy(EngineUnavailable):
    """The engine has too many other queries to answer; asking again later may succeed.

    Args:
        message: one sentence that says so.
        retry_after: whole seconds after which to try again.
    """

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message, retry_after)
        self.retry_after = retry_after


ERRORS: Final[dict[str, type[QueryError]]] = {
    kind.__name__: kind for kind in (QuerySyntaxError, QueryRefused, QueryTooComplex, ResultTooLarge, EngineUnavailable)
}
"""The errors that a child process can report to its parent, by name."""
