"""What the graph holds, as plain records: the nouns that pages, answers and scripts share.

Each record is frozen and holds only text and other records' slugs, so that it can be cached, compared and
turned into JSON. The library (kg/graph/load.py) reads them from the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Theme:
    """A topic: a `skos:Collection` of concepts. `position` orders topics in lists and legends."""

    slug: str
    label: str
    position: int


@dataclass(frozen=True)
class Concept:
    """A `skos:Concept`. Related concepts are given as slugs.

    `other_labels` are shown to people; `hidden_labels` only serve to find the concept.
    """

    iri: str
    slug: str
    label: str
    definition: str
    other_labels: tuple[str, ...]
    hidden_labels: tuple[str, ...]
    theme: str | None
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True)
class Post:
    """A post held at the time of the seminar: "Chief Executive, Health Education England"."""

    title: str
    organisation: str | None

    def __str__(self) -> str:
        """Return the post as the source writes it: title, organisation."""
        return f"{self.title}, {self.organisation}" if self.organisation else self.title


@dataclass(frozen=True)
class Role:
    """What somebody did at a seminar (its slug), in plain words: "chaired the seminar"."""

    seminar: str
    words: str


@dataclass(frozen=True)
class Agent:
    """A person, an organisation, or a speaker whom the source does not name.

    `kind` is "person", "organisation" or "unnamed"; `roles` are those at all seminars of the library.
    """

    iri: str
    slug: str
    name: str
    kind: str
    full_name: str
    other_names: tuple[str, ...]
    posts: tuple[Post, ...]
    roles: tuple[Role, ...]
    note: str | None

    def roles_at(self, seminar: str) -> tuple[str, ...]:
        """Return what they did at a seminar, by its slug, in plain words."""
        return tuple(role.words for role in self.roles if role.seminar == seminar)


@dataclass(frozen=True)
class Passage:
    """A short verbatim quotation and where it stands in the source.

    `id` is the source's statement number ("M3"); `place` says it for people ("Main points, 3rd point");
    `position` orders passages as the source does.
    """

    iri: str
    id: str
    section: str
    place: str
    position: int
    quote: str
    seminar: str

    def to_dict(self, speaker: str, seminar: Seminar) -> dict[str, Any]:
        """Return the passage as JSON, in the form that docs/answers.md fixes.

        Arguments:
            speaker: whom its words are credited to.
            seminar: the seminar that it is of.
        """
        return {
            "id": self.id,
            "section": self.section,
            "quote": self.quote,
            "speaker": speaker,
            "seminar": seminar.to_dict(),
        }


@dataclass(frozen=True)
class Proposition:
    """One arrow of a claim: subject, words on the arrow, object, and the status it has within the claim.

    `status` is "asserted", "denied", "condition", "goal" or "content". `object` is a slug when
    `object_kind` is "concept" or "agent", else plain text ("literal"). `phrase` is how the arrow reads;
    `own_phrase` tells that it was written for this proposition and says all that its claim's sentence does
    ("engage if they feel there are"), not taken from the relation. `general` are the relations that the
    relation comes under.
    """

    position: int
    status: str
    subject: str
    subject_label: str
    subject_kind: str
    relation: str
    phrase: str
    own_phrase: bool
    object: str
    object_label: str
    object_kind: str
    general: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attribution:
    """Who said it. `kind` is "named", "presentation", "debate" or "write-up".

    `credit` is the phrase to print ("the write-up of Michael West's presentation"); `agents` are the slugs
    of the agents the graph attributes the claim to; `reported_from` names whose words were passed on;
    `nobody` tells that the source does not say that anybody in particular spoke. `made_in` is the IRI of the part of
    the seminar that it is reported under, if any, and `presenters` are the slugs of those whose presentation this is.
    """

    kind: str
    credit: str
    agents: tuple[str, ...]
    reported_from: tuple[str, ...]
    nobody: bool = False
    made_in: str | None = None
    presenters: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClaimLink:
    """How one claim bears on another (CiTO): `relation` reads from this claim ("supports")."""

    relation: str
    claim: str
    text: str


@dataclass(frozen=True)
class Claim:
    """A `schema:Claim`: one plain sentence, who said it, how, and the passages that it rests on.

    `concepts` are slugs; `note` is the editor's word on how a hard sentence was coded.
    """

    iri: str
    slug: str
    text: str
    stance: str
    attribution: Attribution
    passages: tuple[Passage, ...]
    propositions: tuple[Proposition, ...]
    concepts: tuple[str, ...]
    seminar: str
    links: tuple[ClaimLink, ...]
    note: str | None

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says: its sentence, and what it is quoted from."""
        return (self.text, *(passage.quote for passage in self.passages))

    def to_dict(self, seminar: Seminar) -> dict[str, Any]:
        """Return the claim, and the seminar that it was made at, as JSON in the form that docs/answers.md fixes."""
        return {
            "iri": self.iri,
            "text": self.text,
            "stance": self.stance,
            "attributed_to": [self.attribution.credit],
            "attribution": self.attribution.kind,
            "passages": [passage.id for passage in self.passages],
            "seminar": seminar.to_dict(),
        }


@dataclass(frozen=True)
class OrderedItem:
    """One item of an ordered list: a concept, and the claims that put it there (slugs)."""

    position: int
    concept: str
    label: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class OrderedList:
    """Things that the source of a seminar (its slug) numbers: three ingredients, three steps."""

    iri: str
    seminar: str
    name: str
    items: tuple[OrderedItem, ...]


@dataclass(frozen=True)
class Document:
    """The published text that the claims were read from (not itself in the repository)."""

    title: str
    publisher: str
    address: str | None
    sha256: str | None
    language: str


@dataclass(frozen=True)
class Seminar:
    """The event, its document and its map. `start` and `end` are a day or a time in ISO 8601, local to the event.

    `off_map` are slugs of concepts too fine for the map of the whole seminar.
    """

    iri: str
    slug: str
    name: str
    start: str | None
    end: str | None
    conference: str | None
    focus_question: str | None
    off_map: tuple[str, ...]
    document: Document
    sections: tuple[str, ...]
    editor_notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return what names the seminar beside a claim or passage of it, as JSON in the form of docs/answers.md."""
        return {"slug": self.slug, "label": self.name, "date": self.start[:10] if self.start else None}
