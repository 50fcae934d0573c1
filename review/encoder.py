"""A small BERT (Devlin et al. 2018) that gives a score to each class of a text, run with numpy alone.

Its weights lie beside it as bytes with a scale for each row, and its vocabulary as a piece a line; benchmarks/
train_encoder.py writes both. PyTorch is not needed, and not loaded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from review.word_pieces import Place, pieces_of

WEIGHTS: Final = "encoder.safetensors"
VOCABULARY: Final = "encoder_pieces.txt"
WORDS: Final = "words"
"""The name of the word vectors."""

HEADS: Final = 12
_EPSILON: Final = 1e-12
"""Of a normal, as in BERT."""

SHARED: Final = 2
"""The first layers, over which readers of their own may stand: what they make of a text is computed once for all."""

Matrix = NDArray[np.float32]
Stored = Mapping[str, NDArray[np.generic]]


class Layers:
    """Layers of a BERT, and other maps of its states.

    :param stored: arrays by name. Matrices are (out, in), int8, with `<name>.scale` (out,); biases and normals are
        floats. Those of a layer begin with `layer.<number>.`, where 0 is the first.
    """

    __slots__ = ("_numbers", "_stored", "_weights")

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._numbers = sorted(int(name.split(".")[1]) for name in stored if name.endswith(".mix.weight"))
        self._weights = {name: whole(stored, name).T for name in stored if f"{name}.scale" in stored and name != WORDS}

    def through(self, state: Matrix, begin: int = SHARED, end: int | None = None) -> Matrix:
        """What the layers from `begin` on, up to before `end`, make of the states (pieces, width) of a text."""
        for number in self._numbers:
            if number < begin or (end is not None and number >= end):
                continue
            at = f"layer.{number}."
            state = self.normal(state + self._attend(state, at), f"{at}mixed")
            inner = _gelu(self.linear(state, f"{at}inner"))
            state = self.normal(state + self.linear(inner, f"{at}outer"), f"{at}done")
        return state

    def linear(self, state: Matrix, name: str) -> Matrix:
        led: Matrix = state @ self._weights[f"{name}.weight"]
        led += self.floats(f"{name}.bias")
        return led

    def normal(self, state: Matrix, name: str) -> Matrix:
        """Each row with mean 0 and variance 1, then scaled and moved."""
        centred: Matrix = state - state.mean(axis=1, keepdims=True)
        centred /= np.sqrt(np.square(centred).mean(axis=1, keepdims=True) + np.float32(_EPSILON))
        centred *= self.floats(f"{name}.weight")
        centred += self.floats(f"{name}.bias")
        return centred

    def floats(self, name: str) -> Matrix:
        return self._stored[name].astype(np.float32, copy=False)

    def _attend(self, state: Matrix, at: str) -> Matrix:
        """What each piece takes from all others."""
        length, width = state.shape
        size = width // HEADS
        query, key, value = self.linear(state, f"{at}attend").reshape(length, 3, HEADS, size).transpose(1, 2, 0, 3)
        nearness: Matrix = query @ key.transpose(0, 2, 1) * np.float32(1 / math.sqrt(size))
        nearness -= nearness.max(axis=-1, keepdims=True)
        np.exp(nearness, out=nearness)
        nearness /= nearness.sum(axis=-1, keepdims=True)
        mixed = (nearness @ value).transpose(1, 0, 2).reshape(length, width)
        return self.linear(mixed, f"{at}mix")


@dataclass(frozen=True, slots=True)
class Begun:
    """A text after the first layers: where each of its pieces lies in it, and the states (pieces, width)."""

    places: list[Place]
    states: Matrix


class Encoder:
    """The one that was trained.

    :param stored: as for :class:`Layers`; the word vectors are a matrix (pieces, width), `places` are floats (pieces of
        a text at most, width).
    :param vocabulary: the pieces in the order of their vectors.
    """

    __slots__ = ("_layers", "_numbers", "_stored")

    def __init__(self, stored: Stored, vocabulary: list[str]) -> None:
        self._stored = stored
        self._layers = Layers(stored)
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}

    def begin(self, text: str) -> Begun:
        """Of a long text only the first pieces are read, as many as there are places."""
        at = self._layers.floats("places")
        pieces, places = pieces_of(text, self._numbers, len(at))
        words = self._stored[WORDS][pieces].astype(np.float32) * self._layers.floats(f"{WORDS}.scale")[pieces, None]
        state = self._layers.normal(words + at[: len(pieces)], "first")
        return Begun(places, self._layers.through(state, 0, SHARED))

    def scores(self, begun: Begun) -> Matrix:
        """A score for each class (classes,), the logarithm of its probability but for a sum."""
        return self._layers.linear(self._layers.through(begun.states).mean(axis=0), "head")


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


@lru_cache(maxsize=8)
def begin(text: str) -> Begun:
    """What the shipped one begins with; kept, since several read a memo one after the other."""
    return encoder().begin(text)
