"""A question cut into stretches, so that people see which of its words were taken for what."""

from __future__ import annotations

from kg.answering.answer import Answer, LinkedWords

KIND_NAMES = {
    "concept": "concept",
    "relation": "words on an arrow",
    "agent": "person or organisation",
    "stance": "how it was said",
    "list": "numbered list",
    "form": "form of question",
}
"""What a kind of linked words is called for people."""


def stretches(answer: Answer) -> tuple[tuple[str, LinkedWords | None], ...]:
    """Return the question's text in order, piece by piece, with what each piece was taken for (None: for nothing)."""
    pieces: list[tuple[str, LinkedWords | None]] = []
    reached = 0
    for words in answer.linked:
        pieces.append((answer.question[reached : words.start], None))
        pieces.append((answer.question[words.start : words.end], words))
        reached = words.end
    pieces.append((answer.question[reached:], None))
    return tuple((text, words) for text, words in pieces if text)
