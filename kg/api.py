"""The Python API: open a library of seminars, ask it, query it, draw it.

The only module above all others; the command line and the website call nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from kg.answering import Answer, Asker, QuestionTemplate, examples, read_templates
from kg.catalogue import Catalogue
from kg.library import DataSet, load
from kg.maps.concept_map import ConceptMap
from kg.maps.selection import Selection, draw, map_of_claims
from kg.store import QueryEngine, Result

ROWS = "application/sparql-results+json"


class Library(Catalogue):
    """Seminars that can be asked, queried and drawn: a catalogue of their claims, with an engine and a voice.

    Open one with `open_library`. Records (claims, concepts, people ...) come from the methods of Catalogue.
    """

    def __init__(self, data: DataSet):
        super().__init__(data)
        self.asker = Asker(self)

    def ask(self, question: str) -> Answer:
        """Answer a question in plain words.

        Arguments:
            question: up to 500 characters.

        Returns:
            The answer, with the claims and passages it rests on and the SPARQL that finds them; or, when the
            seminars do not say, an answer whose `answered` is False.

        Raises:
            AskError: the question is empty, too long or not text.
        """
        return self.asker.ask(question)

    def questions(self) -> tuple[QuestionTemplate, ...]:
        """Return the question templates: the forms of question that can be answered, each one query."""
        return read_templates()

    @lru_cache(maxsize=4)  # noqa: B019 (a library lives as long as its process)
    def suggestions(self, most: int = 6) -> tuple[str, ...]:
        """Return example questions that this library does answer, at most `most`."""
        return tuple(example for example in examples() if self.ask(example).answered)[:most]

    def query(self, sparql: str, media_type: str = ROWS, deadline: float | None = None) -> Result:
        """Run a SPARQL query of your own in this process and return the result as bytes.

        Arguments:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            media_type: the format of the result, such as "text/csv" or "text/turtle".
            deadline: in this process there is none; use `outside_engine` for queries that you do not trust.

        Raises:
            QueryError: the query is not right, is not read-only, or cannot be given in this format.
        """
        return self.data.engine.execute(sparql, media_type, deadline)

    def outside_engine(self) -> QueryEngine:
        """Return the engine for queries from outside: processes that can be stopped and reach no network."""
        return self.data.outside_engine

    def concept_map(
        self,
        *,
        focus: str | None = None,
        depth: int = 1,
        seminar: str | None = None,
        theme: str | None = None,
        speaker: str | None = None,
        stance: str | None = None,
        hide: Iterable[str] = (),
        title: str | None = None,
        base_url: str | None = None,
    ) -> ConceptMap:
        """Return the concept map of the whole seminar, or of the part that the arguments choose.

        Arguments:
            focus: the concept to centre on (slug or label).
            depth: how many steps around the focus (1 to 3).
            seminar: only claims of this seminar.
            theme: only arrows that touch this topic.
            speaker: only claims of this person.
            stance: only claims made in this way, such as "criticises".
            hide: concepts to leave out.
            title: what stands above the map instead of its focus question.
            base_url: where the pages are that the map links to; "" for links within a site, None for no links.

        Raises:
            UnknownName: a name is not in the library.
            MapError: the depth is out of range or nothing is left to draw.
        """
        selection = Selection(focus, depth, seminar, theme, speaker, stance, tuple(hide), title)
        return draw(self, selection, base_url)

    def answer_map(self, answer: Answer, base_url: str | None = None) -> ConceptMap:
        """Return the concept map of the claims of an answer; raises MapError when none of them can be drawn."""
        return map_of_claims(self, answer.claims, answer.question, base_url)


def open_library(
    paths: Sequence[Path | str] | None = None, graphs: Mapping[str, Path] | None = None
) -> Library:
    """Open seminars as one library.

    Arguments:
        paths: files or folders of Turtle, TriG, N-Triples, N-Quads or JSON-LD; None for the seminar that comes with
            the package.
        graphs: files for queries from outside to ask beside the seminars, by the IRI of the named graph.

    Raises:
        UnreadableData: a path does not exist or is not RDF; nothing is loaded then.
    """
    return Library(load(paths, graphs))
