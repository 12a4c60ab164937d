"""The statements of a data set as bytes: what engines are built from and what a child process is sent."""

from collections.abc import Iterable

import pyoxigraph as ox

Data = bytes | Iterable[ox.Triple | ox.Quad]
"""N-Triples or N-Quads (RDF 1.1), or the statements themselves: triples stand in the default graph."""


def n_quads(data: Data) -> bytes:
    """Return data as N-Quads, one statement a line.

    Statements are sorted: a set has no order that lasts, and results without ORDER BY follow the data's.
    """
    if isinstance(data, bytes):
        return data
    return b"".join(sorted(f"{statement} .\n".encode() for statement in data))
