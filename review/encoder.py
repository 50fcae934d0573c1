"""A small BERT (Devlin et al. 2018) that gives a score to each class of a text, run with numpy alone.

Its weights lie beside it as bytes with a scale for each row, and its vocabulary as a piece a line; benchmarks/
train_encoder.py writes both. PyTorch is not needed, and not loaded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from review.word_pieces import pieces_of

WEIGHTS: Final = "encoder.safetensors"
VOCABULARY: Final = "encoder_pieces.txt"

HEADS: Final = 12
_EPSILON: Final = 1e-12
"""Of a normal, as in BERT."""

Matrix = NDArray[np.float32]
Stored = Mapping[str, NDArray[np.generic]]


class Encoder:
    """The one that was trained.

    :param stored: arrays by name. Matrices are (out, in), int8, with `<name>.scale` (out,); the word vectors are
        (pieces, width); biases, places (pieces of a text at most, width) and normals are floats.
    :param vocabulary: the pieces in the order of their vectors.
    """

    __slots__ = ("_layers", "_numbers", "_stored", "_weights")

    def __init__(self, stored: Stored, vocabulary: list[str]) -> None:
        self._stored = stored
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._layers = sum(name.endswith(".mix.weight") for name in stored)
        self._weights = {
            name: whole(stored, name).T for name in stored if f"{name}.scale" in stored and name != "words"
        }

    def scores(self, text: str) -> Matrix:
        """A score for each class (classes,), the logarithm of its probability but for a sum.

        Of a long text only the first pieces are read, as many as there are places.
        """
        places = self._of("places")
        pieces = pieces_of(text, self._numbers, len(places))
        words = self._stored["words"][pieces].astype(np.float32) * self._of("words.scale")[pieces, None]
        state = self._normal(words + places[: len(pieces)], "first")
        for layer in range(self._layers):
            at = f"layer.{layer}."
            state = self._normal(state + self._attend(state, at), f"{at}mixed")
            inner = _gelu(self._linear(state, f"{at}inner"))
            state = self._normal(state + self._linear(inner, f"{at}outer"), f"{at}done")
        return self._linear(state.mean(axis=0), "head")

    def _attend(self, state: Matrix, at: str) -> Matrix:
        """What each piece takes from all others."""
        length, width = state.shape
        size = width // HEADS
        query, key, value = self._linear(state, f"{at}attend").reshape(length, 3, HEADS, size).transpose(1, 2, 0, 3)
        nearness: Matrix = query @ key.transpose(0, 2, 1) * np.float32(1 / math.sqrt(size))
        nearness -= nearness.max(axis=-1, keepdims=True)
        np.exp(nearness, out=nearness)
        nearness /= nearness.sum(axis=-1, keepdims=True)
        mixed = (nearness @ value).transpose(1, 0, 2).reshape(length, width)
        return self._linear(mixed, f"{at}mix")

    def _of(self, name: str) -> Matrix:
        return self._stored[name].astype(np.float32, copy=False)

    def _linear(self, state: Matrix, name: str) -> Matrix:
        led: Matrix = state @ self._weights[f"{name}.weight"]
        led += self._of(f"{name}.bias")
        return led

    def _normal(self, state: Matrix, name: str) -> Matrix:
        """Each row with mean 0 and variance 1, then scaled and moved."""
        centred: Matrix = state - state.mean(axis=1, keepdims=True)
        centred /= np.sqrt(np.square(centred).mean(axis=1, keepdims=True) + np.float32(_EPSILON))
        centred *= self._of(f"{name}.weight")
        centred += self._of(f"{name}.bias")
        return centred


def _gelu(values: Matrix) -> Matrix:
    """The Gaussian error linear unit in its form with tanh (Hendrycks and Gimpel 2016)."""
    bent = np.square(values)
    bent *= np.float32(0.044715)
    bent += 1
    bent *= values
    bent *= np.float32(math.sqrt(2 / math.pi))
    np.tanh(bent, out=bent)
    bent += 1
    bent *= values
    bent *= np.float32(0.5)
    return bent


def whole(stored: Stored, name: str) -> Matrix:
    """A matrix as floats, from its bytes and the scale of each row."""
    scaled: Matrix = stored[name].astype(np.float32) * stored[f"{name}.scale"].astype(np.float32)[:, None]
    return scaled


def in_bytes(matrix: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """The bytes of a matrix, and the scale of each row: the other way round of :func:`whole`."""
    scale = np.maximum(np.abs(matrix).max(axis=1), np.float32(1e-12)) / np.float32(127)
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float32)


@cache
def encoder() -> Encoder:
    """The one that is shipped, loaded when it is first asked for."""
    place = files("review")
    vocabulary = place.joinpath(VOCABULARY).read_text("utf-8").splitlines()
    return Encoder(load(place.joinpath(WEIGHTS).read_bytes()), vocabulary)
