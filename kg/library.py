"""The Python API: open a library of seminars, ask it, query it, draw it.

The only module above all others; the command line and the website call nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import networkx as nx
from rdflib import Graph

from kg.acceptance import rejected
from kg.answering import Answer, Answerer
from kg.english.telling.sentences import question_about
from kg.graph.catalogue import Catalogue
from kg.graph.export import all_triples
from kg.graph.files import Paths
from kg.graph.load import DataSet, load, load_any
from kg.graph.network import network
from kg.graph.records import Claim
from kg.maps.claim_map import map_of_claims, selected_map, unlinked_claims
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing.leaf import Leaf
from kg.maps.entry_points import FocusView, focus_views, topics_of
from kg.maps.handouts.booklet import handout_of_map, handout_of_selection
from kg.maps.overview import TopicSummary
from kg.maps.selection import FIRST_PAGE, Selection
from kg.questions.slots import examples
from kg.questions.templates import QuestionTemplate, read_templates
from kg.sparql.engine import QueryEngine, Result
from kg.sparql.formats import JSON, N_TRIPLES
from kg.sparql.lexer import shape_of
from kg.sparql.rows import Rows, as_python, rdflib_graph
from kg.sparql.terms import Values, bound, run


class Library:
    """Seminars that can be asked, queried and drawn. Open one with `open_library`.

    Attributes:
        data: the data set.
        catalogue: its records: claims, concepts, people and organisations, seminars.
    """

    def __init__(self, data: DataSet):
        self.data = data
        self.catalogue = Catalogue(data)

    @property
    def version(self) -> str:
        """The data version: a content hash that changes when the data does."""
        return self.data.version

    @cached_property
    def answerer(self) -> Answerer:
        """What answers questions in plain words; made when the first one comes, since that takes a while."""
        return Answerer(self.catalogue)

    def prepare(self) -> None:
        """Read and learn now what the first questions, and the first page, would have to wait for: a second or some."""
        self.answerer.prepare()
        self.suggestions()

    def ask(self, question: str, after: str | None = None) -> Answer:
        """Answer a question in plain words.

        >>> import kg
        >>> kg.open_library().ask("and what about staff?", after="What was said about compassion?").question
        'What was said about staff?'

        Arguments:
            question: up to 500 characters.
            after: the question before, on which this one may lean ("why?", "what about staff?"); up to 500 characters.

        Returns:
            The answer, with the claims and passages it rests on and the SPARQL that finds them; or, when the
            seminars do not say, an answer whose `answered` is False. Its `question` is the one that was answered: one
            that leans on `after` is written out in full.

        Raises:
            AskError: the question, or the one before, is empty, too long or not text.
        """
        return self.answerer.ask(question, after)

    def questions(self) -> tuple[QuestionTemplate, ...]:
        """Return the question templates: the forms of question that can be answered, each one query."""
        return read_templates()

    @lru_cache(maxsize=4)  # noqa: B019 (a library lives as long as its process)
    def suggestions(self, most: int = 6) -> tuple[str, ...]:
        """Return example questions that this library does answer, at most `most`.

        First those of the templates that name nothing which it lacks, then those about what most claims are about.
        """
        questions = examples(self.catalogue, (template for template in self.questions() if template.suggested))
        labels = map(self.catalogue.label_inside, self.catalogue.most_claimed())
        questions += [question_about(label) for label in islice(labels, 2 * most)]
        return tuple(islice((question for question in questions if self.answerer.answers(question)), most))

    def query(self, sparql: str, bindings: Mapping[str, Values] | None = None) -> Rows | Any:
        """Run a SPARQL query of your own and return what it finds as Python values.

        >>> import kg
        >>> library = kg.open_library()
        >>> for row in library.query("SELECT ?who WHERE { ?who relation:create concept:culture }"):
        ...     print(row["who"])
        https://w3id.org/seminar-kg/concept/leaders
        >>> library.query("ASK { concept:leaders relation:create concept:culture }")
        True
        >>> len(library.query("DESCRIBE concept:culture").to_graph()) > 3
        True

        Arguments:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE (SPARQL 1.1 Query); a prefix of `kg.vocabulary.PREFIXES` may be
                left out. It runs in this process without a deadline: use `outside_engine` for queries that you do
                not trust.
            bindings: for each `VALUES ?name { }` block of the query the term to put there, or a list of them. They
                enter as terms, never as text. A str is read as `kg.sparql.terms.term` does: "concept:culture",
                "<iri>", "12", or plain text. Numbers, bools, dates, and IRIs and literals of rdflib or pyoxigraph are
                what they are: bind `rdflib.Literal(words)` where the words may look like something else.

        Returns:
            True or False for ASK; else Rows, with all rows however many they are. (The type says Any for the bool, so
            that scripts which are type-checked need not ask which form of query they wrote: `rows: kg.Rows = ...` for
            rows, `holds = library.query(...) is True` for ASK.)

        Raises:
            QueryError: the query is not right or not read-only.
            TypeError: the query is no text, or a value is nothing that stands for a term.
            ValueError: a value is a broken IRI or has an unknown prefix, or there is no block for it.
        """
        if not isinstance(sparql, str):
            hint = "decode it" if isinstance(sparql, bytes | bytearray) else "give its text"
            raise TypeError(f"A query is text (str), not {type(sparql).__name__}; {hint}.")
        if not isinstance(bindings, Mapping | None):
            raise TypeError(f"bindings is a mapping such as {{'name': value}}, not {type(bindings).__name__}.")
        return as_python(run(bound(sparql, bindings or {}), self._whole_result))

    def execute(self, sparql: str, media_type: str = JSON) -> Result:
        """Run a SPARQL query in this process and return the result as the bytes of a file.

        Arguments:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE, with all its prefixes.
            media_type: the format of the result, such as "text/csv" or "text/turtle".

        Returns:
            The bytes, with all rows however many they are.

        Raises:
            QueryError: the query is not right, is not read-only, or cannot be given in this format.
        """
        return self.data.engines.inside(whole=True).execute(sparql, media_type)

    def _whole_result(self, sparql: str) -> Result:
        media_type = N_TRIPLES if shape_of(sparql).form in ("CONSTRUCT", "DESCRIBE") else JSON
        return self.data.engines.inside(whole=True).execute(sparql, media_type)

    def graph(self) -> Graph:
        """Return all triples as a new rdflib graph, with the known prefixes bound.

        >>> import kg
        >>> from kg.vocabulary import CONCEPT, SKOS
        >>> str(kg.open_library().graph().value(CONCEPT["culture"], SKOS.prefLabel))
        'Culture'
        """
        return rdflib_graph(all_triples(self.data))

    def network(self, claims: Iterable[Claim] | None = None) -> nx.MultiDiGraph[str]:
        """Return what was claimed as a networkx graph: concepts, and an edge for each proposition between two.

        >>> import kg
        >>> library = kg.open_library()
        >>> criticised = library.network(library.catalogue.claims(stance="criticises"))
        >>> {status for _, _, status in criticised.edges(data="status")} <= {"asserted", "denied", "content"}
        True

        Arguments:
            claims: the claims to take; None for all. `kg.graph.network.network` says what nodes and edges carry.

        Returns:
            A graph whose nodes are the slugs of concepts. (Type checkers know it with the package `types-networkx`.)
        """
        return network(self.catalogue, self.catalogue.claims() if claims is None else claims)

    def outside_engine(self, *, whole: bool = False) -> QueryEngine:
        """Return the engine for queries from outside: processes that can be stopped and reach no network.

        Arguments:
            whole: whether results have all rows, as for a file on this machine, and not the first 10,000.
        """
        return self.data.engines.outside(whole=whole)

    def concept_map(
        self, selection: Selection | None = None, *, base_url: str | None = None, **choices: Any
    ) -> ConceptMap:
        """Return the concept map of the whole seminar, or of the part that is selected.

        >>> import kg
        >>> kg.open_library().concept_map(focus="culture", depth=2, hide=["leaders"]).title
        'What was claimed about culture, up to two steps away?'

        Arguments:
            selection: what to draw; None for all of it.
            base_url: where the pages are that the map links to; "" for links within a site, None for no links.
            choices: fields of `kg.maps.selection.Selection`, which says what each does, instead of the selection's.

        Raises:
            UnknownName: a name is not in the library.
            MapError: a choice cannot be, its question is not answered, or nothing is left to draw.
            AskError: its question is empty, too long or not text.
            TypeError: there is no such choice.
        """
        selection = replace(selection or Selection(), **choices)
        if selection.question is None:
            drawn = selected_map(self.catalogue, selection, base_url)
        else:
            drawn = map_of_claims(self.catalogue, self._answering(selection.question), selection, base_url)
        selection.shown_on(drawn)
        return drawn

    def handout(self, selection: Selection | None = None, *, base_url: str | None = None, **choices: Any) -> list[Leaf]:
        """Return the pages of the handout of the whole seminar, or of the part that is selected.

        `kg.maps.formats.pdf.write_leaves` makes a file of them. Arguments and errors are those of `concept_map`; a
        handout has no steps, and so no numbers of them.
        """
        selection = replace(selection or Selection(), **choices)
        selection = replace(selection, step=None, numbers=False)
        if selection.question is None:
            return handout_of_selection(self.catalogue, selection, base_url)
        claims = self._answering(selection.question)
        selection = replace(selection, page=FIRST_PAGE)
        unlinked = unlinked_claims(self.catalogue, selection, claims, base_url)
        return handout_of_map(map_of_claims(self.catalogue, claims, selection, base_url), unlinked)

    def _answering(self, question: str) -> tuple[Claim, ...]:
        answer = self.ask(question)
        if not answer.answered:
            raise MapError(f"{answer.answer} So there is nothing to draw.")
        return answer.claims

    @lru_cache(maxsize=16)  # noqa: B019 (as above)
    def topics(self, seminar: str | None = None) -> tuple[TopicSummary, ...]:
        """Return what each topic of all seminars, or of one, has on the map: concepts by importance, claims."""
        return tuple(topics_of(self.catalogue, seminar))

    @lru_cache(maxsize=256)  # noqa: B019 (as above)
    def focus_views(
        self, focus: str | None = None, most: int = 12, seminar: str | None = None
    ) -> tuple[FocusView, ...]:
        """Return the concepts that a map is best centred on, by their rank, highest first.

        Arguments:
            focus: the concept that they are seen from (slug or label), which is not among them; None for their
                importance.
            most: how many at most.
            seminar: the seminar whose claims count (slug or name); None for all.

        Raises:
            UnknownName: the focus or the seminar is not in the library.
        """
        return tuple(focus_views(self.catalogue, focus, most, seminar))


def open_library(
    paths: Paths | None = None, graphs: Mapping[str, Path | str] | None = None, *, check: bool = False
) -> Library:
    """Open seminars as one library.

    Arguments:
        paths: a file or folder of Turtle, TriG, N-Triples, N-Quads or JSON-LD, or several in a list; None for the
            seminar that comes with the package.
        graphs: files for queries from outside to ask beside the seminars, by the IRI of the named graph.
        check: whether to leave out what `seminar-kg check` rejects, as the command line does; `data.left_out` then says
            which files these are. Otherwise every file that can be read is taken, and what has not enough to be a claim
            is found by queries alone. A check takes seconds where its result is not kept.

    Raises:
        TypeError: a path is neither text nor a Path.
        UnreadableData: a path does not exist or is not RDF, or the check rejects all; nothing is loaded then.
    """
    return Library(load(paths, graphs, rejected if check else None))


def open_any(paths: Paths | None = None, graphs: Mapping[str, Path | str] | None = None) -> Library:
    """Open RDF of any kind as a library; where there is no claim in it, SPARQL asks the files and nothing else.

    Arguments:
        paths: as for `open_library`.
        graphs: as for `open_library`; without `paths`, the default graph is their merge.

    Raises:
        TypeError: as `open_library`.
        UnreadableData: a path does not exist or is not RDF; nothing is loaded then.
    """
    return Library(load_any(paths, graphs))
