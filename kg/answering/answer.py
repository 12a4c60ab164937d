"""An answer: what is said, the claims and passages that it rests on, and the query that finds them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kg.records import Claim, Passage


@dataclass(frozen=True)
class LinkedWords:
    """A stretch of the question, `start` up to but not including `end`, and what it was taken for.

    `kind` is that of a meaning ("concept", "relation", "agent", "stance" or "list"), or "form" for words that tell
    the form of question; `label` names it for people; `slug` is that of a concept or an agent, else None.
    """

    start: int
    end: int
    text: str
    kind: str
    label: str
    slug: str | None


@dataclass(frozen=True)
class Answer:
    """An answer to a question, or, when `answered` is False, the news that the seminars do not say.

    `verdict` is "yes" or "no" for a yes/no question, else None. `sparql` returns in `?claim` exactly `claims`.
    `related` are questions nearby that are answered. `linked` says how the question's words were read, in order and
    without overlaps.
    """

    question: str
    answered: bool
    verdict: str | None
    answer: str
    claims: tuple[Claim, ...]
    passages: tuple[Passage, ...]
    template: str | None
    sparql: str | None
    version: str
    related: tuple[str, ...]
    linked: tuple[LinkedWords, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON, in the form that docs/answers.md fixes."""
        return {
            "question": self.question,
            "answered": self.answered,
            "verdict": self.verdict,
            "answer": self.answer,
            "claims": [claim.to_dict() for claim in self.claims],
            "passages": [
                {"id": passage.id, "section": passage.section, "quote": passage.quote, "speaker": self.speaker(passage)}
                for passage in self.passages
            ],
            "template": self.template,
            "sparql": self.sparql,
            "version": self.version,
            "related": [{"question": question} for question in self.related],
            "linked": [asdict(words) for words in self.linked],
        }

    def speaker(self, passage: Passage) -> str:
        """Return whom the words of a passage are credited to."""
        credits = [c.attribution.credit for c in self.claims if passage in c.passages]
        return " and ".join(dict.fromkeys(credits))
