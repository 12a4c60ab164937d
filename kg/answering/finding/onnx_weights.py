"""The arrays in an ONNX file, read as its protocol buffers have them (https://onnx.ai/onnx/repo-docs/IR.html).

Only what the encoder needs is read: the initializers of the graph, and which of them each multiplication of matrices
takes, since those of linear layers have no names of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Numbers of fields: the graph of a model; the nodes and initializers of a graph; inputs and kind of a node;
#: dimensions, type, name and bytes of a tensor.
_GRAPH, _NODE, _INITIALIZER = 7, 1, 5
_INPUT, _OPERATOR = 1, 4
_DIMENSION, _TYPE, _NAME, _BYTES = 1, 2, 8, 9
_TYPES: dict[int, np.dtype[np.generic]] = {1: np.dtype("<f4"), 3: np.dtype("i1"), 7: np.dtype("<i8")}


class UnreadableWeights(ValueError):
    """A file of weights that is not what it should be."""


@dataclass(frozen=True)
class OnnxFile:
    """Arrays by their names, and the names of those that the multiplications of matrices take, in their order."""

    arrays: dict[str, NDArray[np.generic]]
    factors: tuple[str, ...]


def read_onnx(content: bytes) -> OnnxFile:
    """Return the arrays of an ONNX file, as views of its content.

    Raises:
        UnreadableWeights: it is no such file.
    """
    try:
        graph = next(value for field, value in _fields(memoryview(content)) if field == _GRAPH)
        assert isinstance(graph, memoryview)
        arrays, factors = {}, []
        for field, value in _fields(graph):
            if field == _INITIALIZER and isinstance(value, memoryview):
                name, array = _tensor(value)
                arrays[name] = array
            elif field == _NODE and isinstance(value, memoryview):
                factors += _second_factor(value)
        return OnnxFile(arrays, tuple(factors))
    except (IndexError, ValueError, KeyError, StopIteration, AssertionError) as error:
        raise UnreadableWeights("not an ONNX file that can be read") from error


def _tensor(message: memoryview) -> tuple[str, NDArray[np.generic]]:
    shape, name, kind, content = [], "", 0, memoryview(b"")
    for field, value in _fields(message):
        if isinstance(value, int):
            shape += [value] if field == _DIMENSION else []
            kind = value if field == _TYPE else kind
        elif field == _NAME:
            name = bytes(value).decode()
        elif field == _BYTES:
            content = value
    if kind not in _TYPES:
        return name, np.empty(0, np.dtype("i1"))
    return name, np.frombuffer(content, _TYPES[kind]).reshape(shape)


def _second_factor(message: memoryview) -> list[str]:
    fields = list(_fields(message))
    inputs = [bytes(value).decode() for field, value in fields if field == _INPUT and not isinstance(value, int)]
    is_product = any(field == _OPERATOR and value == memoryview(b"MatMul") for field, value in fields)
    return inputs[1:2] if is_product else []


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield the number and value of each field of a message."""
    place = 0
    while place < len(message):
        key, place = _number(message, place)
        match key & 7:
            case 0:
                number, place = _number(message, place)
                yield key >> 3, number
            case 2:
                length, place = _number(message, place)
                yield key >> 3, message[place : place + length]
                place += length
            case 1 | 5 as kind:
                size = 8 if kind == 1 else 4
                yield key >> 3, message[place : place + size]
                place += size
            case _:
                raise UnreadableWeights("not a protocol buffer")


def _number(message: memoryview, place: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, and the place behind it."""
    number = shift = 0
    while True:
        byte = message[place]
        number |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return number, place
