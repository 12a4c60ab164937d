"""How literals were written: Oxigraph keeps values ("01" becomes "1"), results give them as in the data.

Oxigraph stores numbers, dates, times, durations and truth values by value, and an xsd:unsignedInt as an
xsd:integer. So the literals of the data are compared with what a store makes of them, and the store's form is
turned back in results. Where the data writes one value in two ways, nothing can tell them apart any more, and
the store's form stays.
"""

import re
from typing import Final

import pyoxigraph as ox

# A string of N-Quads with its datatype. IRIs and comments are passed over, so that strings are found in step.
_LITERAL: Final = re.compile(rb'<[^>]*+>|#[^\n]*+|("(?:[^"\\]|\\.)*+"\^\^<[^>]*+>)|"(?:[^"\\]|\\.)*+"')
_STATEMENT: Final = b"<urn:literal:%d> <urn:is> %s .\n"


def spellings(data: bytes) -> dict[ox.Literal, ox.Literal]:
    """Return, for each literal that a store would rewrite, the store's form and the form in the data.

    Args:
        data: N-Triples or N-Quads.
    """
    written = {match[1] for match in _LITERAL.finditer(data) if match[1]}
    statements = b"".join(_STATEMENT % pair for pair in enumerate(sorted(written)))
    store = ox.Store()
    as_written: dict[ox.NamedNode, ox.Literal] = {}
    for quad in ox.parse(statements, format=ox.RdfFormat.N_TRIPLES):
        store.add(quad)
        as_written[quad.subject] = quad.object
    forms: dict[ox.Literal, set[ox.Literal]] = {}
    for quad in store:
        forms.setdefault(quad.object, set()).add(as_written[quad.subject])
    return {
        stored: next(iter(literals))
        for stored, literals in forms.items()
        if len(literals) == 1 and stored not in literals
    }
