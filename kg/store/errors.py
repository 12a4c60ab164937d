"""What can go wrong with a query, each with one sentence fit to show to the person who asked it.

The names say what happened to the query (`except QueryTimeout`), so only the first two end in Error.
"""

from enum import StrEnum
from typing import Final


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
    kind.__name__: kind
    for kind in (QuerySyntaxError, QueryRefused, QueryTooComplex, ResultTooLarge, EngineUnavailable)
}
"""The errors that a child process can report to its parent, by name."""
