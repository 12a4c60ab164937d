"""An answer: what is said, the claims and passages that it rests on, and the query that finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.records import Claim, Passage


@dataclass(frozen=True)
class Answer:
    """An answer to a question, or, when `answered` is False, the news that the seminars do not say.

    `verdict` is "yes" or "no" for a yes/no question, else None. `sparql` returns in `?claim` exactly `claims`.
    `related` are questions nearby that are answered.
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

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON, in the form that docs/answers.md fixes."""
        return {
            "question": self.question,
            "answered": self.answered,
            "verdict": self.verdict,
            "answer": self.answer,
            "claims": [
                {
                    "iri": claim.iri,
                    "text": claim.text,
                    "stance": claim.stance,
                    "attributed_to": [claim.attribution.credit],
                    "attribution": claim.attribution.kind,
                    "passages": [passage.id for passage in claim.passages],
                }
                for claim in self.claims
            ],
            "passages": [
                {"id": passage.id, "section": passage.section, "quote": passage.quote, "speaker": self.speaker(passage)}
                for passage in self.passages
            ],
            "template": self.template,
            "sparql": self.sparql,
            "version": self.version,
            "related": [{"question": question} for question in self.related],
        }

    def speaker(self, passage: Passage) -> str:
        """Return whom the words of a passage are credited to."""
        credits = [c.attribution.credit for c in self.claims if passage in c.passages]
        return " and ".join(dict.fromkeys(credits))
