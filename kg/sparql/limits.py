"""How much a query may ask for, and how much of the machine it may use."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a query may ask for; each is checked whatever the engine.

    The nesting limit is far below what any hand-written query needs and below what the parser can take:
    pyoxigraph 0.5 overflows a stack of 512 KB (a thread on macOS) at some 60 nested `IF(` or `NOT EXISTS {`.

    Attributes:
        query_bytes: longest query, in bytes of UTF-8.
        nesting: deepest nesting of brackets, and of `!` before an operand.
        optionals: most OPTIONALs; the time to plan a query grows with their square.
        repeats: most repeats in a regular expression, `(a{9}){9}` counting 81; Oxigraph gives up on large ones, but
            tries again for each row.
        rows: most rows (or triples) in a result; further ones are left out and the result is marked.
        result_bytes: largest result; a larger one is an error, because half a document is of no use.
    """

    query_bytes: int = 65_536
    nesting: int = 50
    optionals: int = 200
    repeats: int = 100_000
    rows: int = 10_000
    result_bytes: int = 16 * 1024 * 1024


DEFAULT_LIMITS: Final = Limits()
UNLIMITED: Final = Limits(rows=2**62, result_bytes=2**62)
"""For our own queries, which ask for whole results in this process."""
WHOLE: Final = Limits(rows=2**62, result_bytes=2**30)
"""For results that are written to files: every row, and still no more than a gigabyte."""

MEMORY: Final = 256 * 1024**2
"""Bytes that a query from outside may use beyond what the data needs."""
MEMORY_FOR_WHOLE: Final = 2**32
"""The same for a whole result."""
