"""The origin of a map: the one that a reader saw before choosing a part of it, whose places are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.maps.selection import OPTIONS, Selection


def origin_of(selection: Selection) -> Selection | None:
    """Return the selection whose map a resolved selection's begins from, or None where it begins afresh.

    What is left out was there before, what is some steps further away comes to what is nearer, and claims of one kind
    are chosen from all around the focus.
    """
    if selection.hide:
        return replace(selection, hide=())
    if not selection.focus:
        return None
    filters: dict[str, Any] = {
        name: None for name, option in OPTIONS.items() if (option.keeps or name == "theme") and name != "seminar"
    }
    if any(getattr(selection, name) for name in filters):
        return replace(selection, **filters)
    return replace(selection, depth=selection.depth - 1) if selection.depth > 1 else None
