"""The sentence encoder: what is nearer in meaning is nearer, and without its weights there is none."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from kg.answering.finding import encoder
from kg.answering.finding.encoder import FILE, PACKAGE, SIZE, Encoder, installed_encoder, read_encoder
from kg.answering.finding.onnx_weights import OnnxFile, UnreadableWeights, read_onnx

THREADS = 16
TEXTS = ["Who chaired the meeting?", "Joan Petrie presided.", "It rains in the hills.", "", "€ 5 😀", "word " * 300]


@pytest.fixture(scope="module")
def made() -> Encoder:
    found = installed_encoder()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def weights() -> Path:
    found = find_spec(PACKAGE)
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / FILE


def test_vectors(made: Encoder) -> None:
    vectors = made.encode_all(TEXTS)
    assert vectors.shape == (len(TEXTS), SIZE)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert made.encode_all([]).shape == (0, SIZE)


@pytest.mark.parametrize(
    ("text", "nearer", "farther"),
    [
        ("Who chaired the meeting?", "Joan Petrie presided over the evening.", "A heat pump warms the water."),
        ("How much did it cost?", "The price was 600 pounds.", "The school gave up grading teachers."),
        ("Did the nurses like it?", "Staff on the ward were pleased.", "The bridge has five arches."),
    ],
)
def test_what_means_nearly_the_same_is_nearer(made: Encoder, text: str, nearer: str, farther: str) -> None:
    asked, near, far = made.encode_all([text, nearer, farther])
    assert asked @ near > asked @ far + 0.1


def test_values_are_those_of_the_model(made: Encoder) -> None:
    """As onnxruntime computes them from the same file."""
    assert made.encode(TEXTS[0])[:4] == pytest.approx(EXPECTED, abs=1e-4)


def test_threads_get_what_one_thread_gets(made: Encoder) -> None:
    alone = made.encode_all(TEXTS)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            found = list(pool.map(lambda _: made.encode_all(TEXTS), range(THREADS)))
    finally:
        sys.setswitchinterval(before)
    assert all(np.array_equal(alone, each) for each in found)


def test_without_its_weights_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_encoder(tmp_path / FILE) is None
    monkeypatch.setattr(encoder, "PACKAGE", "no_such_package")
    assert installed_encoder.__wrapped__() is None


@pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
def test_damaged_weights_are_none(weights: Path, tmp_path: Path, damage: str) -> None:
    content = bytearray(weights.read_bytes())
    if damage == "changed":
        content[len(content) // 2] ^= 1
    (tmp_path / FILE).write_bytes({"cut": content[:-100], "changed": content, "empty": b""}[damage])
    assert read_encoder(tmp_path / FILE) is None


@pytest.mark.parametrize("content", [b"", b"no onnx", b"\x3a\x05\x2a\x7f", b"\xff" * 40, b"\x3a\x04\x0f\x00\x00\x00"])
def test_what_is_no_onnx_file_is_told(content: bytes) -> None:
    with pytest.raises(UnreadableWeights):
        Encoder(read_onnx(content))


def test_other_weights_are_told() -> None:
    with pytest.raises(UnreadableWeights):
        Encoder(OnnxFile({}, ()))


#: Numbers of the vector of the first text.
EXPECTED = [-0.01803, 0.03686, -0.05415, 0.03903]
