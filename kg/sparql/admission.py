"""What is let through to an engine: one of the four query forms, read-only, within the limits."""

from typing import NamedTuple

from kg.sparql.engine import ChosenGraphs, Form, QueryRefused, Refusal
from kg.sparql.formats import MEDIA_TYPES
from kg.sparql.grammar import respelt
from kg.sparql.lexer import MOST_TOKENS, Shape, position, shape_of
from kg.sparql.limits import Limits
from kg.sparql.syntax_errors import fault_at, no_form


class Request(NamedTuple):
    """A query that was let through, with what an engine needs to know beside its text.

    Attributes:
        query: the text as the engine reads it.
        asked: the text as it was given.
        form: its query form.
        media_type: the media type of the result, without parameters.
        shape: what else the lexer found in it.
        graphs: the graphs that the caller chose; None for those that the query names.
    """

    query: str
    asked: str
    form: Form
    media_type: str
    shape: Shape
    graphs: ChosenGraphs | None = None


def admit(query: str, media_type: str | None, limits: Limits, graphs: ChosenGraphs | None = None) -> Request:
    """Let a query through, or say why not. Whether its graphs are there, and it calls a SERVICE, the engine says.

    Args:
        query: the text.
        media_type: the media type wanted for the result; None for the first one of its form.
        limits: the limits on its length and nesting.
        graphs: the graphs that the caller chose, if any.

    Raises:
        QuerySyntaxError: it does not begin as a query, or holds half a surrogate pair.
        QueryRefused: see `QueryEngine.execute`.
    """
    _check_length(query, limits)
    read = respelt(query)
    shape = shape_of(read)
    if not shape.whole:
        sentence = f"The query is too long: it has more than {MOST_TOKENS:,} words and signs."
        raise QueryRefused(sentence, Refusal.LENGTH)
    if shape.update is not None:
        sentence = f"{shape.update} is an update, and this data is read-only: "
        raise QueryRefused(f"{sentence}ask with SELECT, ASK, CONSTRUCT or DESCRIBE.", Refusal.UPDATE)
    if shape.form is None:
        raise no_form(query)
    _check_complexity(shape, limits)
    return Request(read, query, shape.form, _media_type(shape.form, media_type), shape, graphs)


def _check_length(query: str, limits: Limits) -> None:
    try:
        length = len(query.encode())
    except UnicodeEncodeError as error:
        place = position(query, error.start)
        raise fault_at(*place, ": half a surrogate pair is not a character") from None
    if length > limits.query_bytes:
        sentence = f"The query is too long: {length:,} bytes, and at most {limits.query_bytes:,} are read."
        raise QueryRefused(sentence, Refusal.LENGTH)


def _check_complexity(shape: Shape, limits: Limits) -> None:
    for found, most, sentence in (
        (shape.depth, limits.nesting, "The query nests brackets {} deep, and at most {} are read."),
        (shape.optionals, limits.optionals, "The query has {} OPTIONALs, and at most {} are planned."),
        (
            shape.repeats,
            limits.repeats,
            "A regular expression of the query repeats something {:,} times, and at most {:,} are tried.",
        ),
    ):
        if found > most:
            raise QueryRefused(sentence.format(found, most), Refusal.NESTING)


def _media_type(form: Form, wanted: str | None) -> str:
    offered = MEDIA_TYPES[form]
    if wanted is None:
        return offered[0]
    media_type = wanted.partition(";")[0].strip().lower()
    if media_type not in offered:
        sentence = f"The result of {form} cannot be written as {media_type or 'nothing'}; "
        raise QueryRefused(f"{sentence}ask for {', '.join(offered[:-1])} or {offered[-1]}.", Refusal.MEDIA_TYPE)
    return media_type
