"""The lines of which the queries shown with answers are made."""

from __future__ import annotations

import re

from kg.questions.templates import read_templates
from kg.sparql.query_text import in_full, union_of

VALUES = re.compile(r"VALUES \?\w+ \{[^{}]*\}")


def lines_without_terms(sparql: str) -> set[str]:
    """Return the lines of a query, without those of its prefixes and without the terms in its VALUES blocks."""
    lines = (line.strip() for line in VALUES.sub("VALUES", sparql).splitlines())
    return {line for line in lines if line and not line.startswith("PREFIX ")}


def lines_of_templates() -> set[str]:
    """Return the lines of all templates, told in full and put together too."""
    whole = [template.sparql for template in read_templates()]
    queries = [*whole, *map(in_full, whole), union_of(whole[:2]), in_full(union_of(whole[:2]))]
    return set().union(*map(lines_without_terms, queries))
