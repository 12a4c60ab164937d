"""Questions with two parts, such as who funded the research and who chaired the seminar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.english.words import fold, read

#: What can stand between two parts.
_JOINT = re.compile(r"[;?:,]\s+(?=\S)|\s+(?:and|n|&|or|vs|versus|from|than|while|whereas|but)\s+|\.\s+(?=\S)")
#: Words that tell that two things are asked for.
_TWO = re.compile(
    r"\b(and|n|or|vs|versus|both|each|between|compar\w+|contrast\w*|differ\w*|respectively|twice|two|either)\b"
    r"|[;&]|\?.*\?"
)
MOST_SPLITS = 3


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to take a question apart into two that each hold some content, at most MOST_SPLITS."""
    folded = fold(text)
    if not _TWO.search(folded):
        return
    found = 0
    for joint in _JOINT.finditer(folded):
        first, second = text[: joint.start()], text[joint.end() :]
        if _has_content(first) and _has_content(second):
            yield first, second
            found += 1
            if found == MOST_SPLITS:
                return


def _has_content(text: str) -> bool:
    return len(read(text)) > 1
