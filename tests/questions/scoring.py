"""Scores answers to a question set, by the rules of README.md beside this file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.answering import Answer

Question = dict[str, Any]


def read(path: Path) -> list[Question]:
    """Return the questions of a set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fault(question: Question, answer: Answer) -> str | None:
    """Return what is wrong with an answer in a few words, or None when it is right."""
    wanted = question.get("verdict", {True: "yes", False: "no"}.get(question["yes"]))
    if wanted == "none" and answer.verdict:
        return f"verdict {answer.verdict}"
    if not question["gold"]:
        return "answered" if answer.answered else None
    if not answer.answered:
        return None if question.get("either") or wanted == "none" else "not answered"
    cited = [passage.id for passage in answer.passages]
    if not all(set(_either(group)) & set(cited) for group in question["gold"]):
        return f"cites {cited}"
    if len(cited) > question.get("most", max(4, 2 * len(question["gold"]))):
        return f"cites {len(cited)} passages"
    text = answer.answer.lower()
    lacking = [group for group in question["must"] if not any(words in text for words in _either(group))]
    if lacking:
        return f"lacks {lacking}"
    unwanted = [words for words in question.get("not", []) if words in text]
    if unwanted:
        return f"has {unwanted}"
    return f"verdict {answer.verdict}" if wanted in ("yes", "no") and answer.verdict != wanted else None


def is_to_the_point(question: Question, answer: Answer) -> bool:
    """Whether each claim of an answer rests on a passage that a right answer rests on."""
    gold = {passage for group in question["gold"] for passage in _either(group)}
    return all(gold & {passage.id for passage in claim.passages} for claim in answer.claims)


def _either(group: str | Sequence[str]) -> Sequence[str]:
    return [group] if isinstance(group, str) else group
