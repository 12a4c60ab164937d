"""What is let through to an engine: one of the four query forms, read-only, within the limits."""

from typing import NamedTuple

from kg.sparql.engine import ChosenGraphs, Form, QueryRefused, Refusal
from kg.sparql.formats import MEDIA_TYPES
from kg.sparql.lexer import MOST_TOKENS, Shape, position, shape_of
from kg.sparql.limits import Limits
from kg.sparql.syntax_errors import fault_at, no_form


class Request(NamedTuple):
    """A query that was let through, with what an engine needs to know beside its text.

    Attributes:
        query: the text.
        form: its query form.
        media_type: the media type of the result, without parameters.
        variables: for SELECT * the names of variables in the order of first mention, else none.
        prefixes: the prefixes the query declares, to write graphs with.
        default_graphs: the IRIs after FROM, or those that the caller chose.
        named_graphs: the IRIs after FROM NAMED, or those that the caller chose.
        chosen: whether the caller chose them.
    """

    query: str
    form: Form
    media_type: str
    variables: tuple[str, ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    chosen: bool = False


def admit(query: str, media_type: str | None, limits: Limits, graphs: ChosenGraphs | None = None) -> Request:
    """Let a query through, or say why not. Whether its graphs are there is for the engine to say.

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
    shape = shape_of(query)
    if not shape.whole:
        sentence = f"The query is too long: it has more than {MOST_TOKENS:,} words and signs."
        raise QueryRefused(sentence, Refusal.LENGTH)
    if shape.update is not None:
        sentence = f"{shape.update} is an update, and this data is read-only: "
        raise QueryRefused(f"{sentence}ask with SELECT, ASK, CONSTRUCT or DESCRIBE.", Refusal.UPDATE)
    if shape.form is None:
        raise no_form(query)
    if shape.service:
        sentence = "SERVICE is disabled: this endpoint answers from its own data and calls no other server."
        raise QueryRefused(sentence, Refusal.SERVICE)
    _check_complexity(shape, limits)
    return Request(
        query=query,
        form=shape.form,
        media_type=_media_type(shape.form, media_type),
        variables=shape.variables,
        prefixes=shape.prefixes,
        default_graphs=shape.default_graphs if graphs is None else graphs.default,
        named_graphs=shape.named_graphs if graphs is None else graphs.named,
        chosen=graphs is not None,
    )


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
