"""What the two engines have in common, and which of them is used."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from transcribe.catalogue import ENGINES, FASTER, MODEL_FILE, OPENAI, known_models
from transcribe.errors import UnknownEngine, UnknownLanguage
from transcribe.transcript import Segment
from transcribe.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SMALL: Final = 250_000_000
"""Bytes of a model.bin below which CTranslate2 gets no faster by a second core: `base` takes 0.09 s per second of sound
with one and with two (docs/engines.md). The other one is for the phone."""

_MODULES: Final = {FASTER: "faster_whisper", OPENAI: "whisper"}
"""What is imported of each. An engine goes by the name of its distribution."""


class Engine(Protocol):
    """A loaded model. Not safe to share between threads."""

    @property
    def name(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def weights_sha256(self) -> str: ...
    @property
    def languages(self) -> frozenset[str]:
        """The codes it can be told to expect."""

    def transcribe(
        self, audio: "NDArray[np.float32]", *, language: str | None, prompt: str | None, before: str | None
    ) -> tuple[list[Segment], str]:
        """Segments with times in seconds from the beginning of `audio`, and the language, detected if None.

        `audio`: 16 kHz, shape (samples,), -1.0..1.0, best at most 28 s. `prompt`: words to expect. `before`:
        the text before (Whisper reads the last 223 tokens of both). Nothing is carried from one call to the next.
        """


def available_engines() -> tuple[str, ...]:
    """Names of the installed engines, the preferred one first. Imports none of them."""
    # Ten milliseconds that the start of a recording should not pay.
    from importlib.util import find_spec

    return tuple(name for name in ENGINES if find_spec(_MODULES[name]) is not None)


def default_engine() -> str:
    """faster-whisper where it is installed, else openai-whisper. Raises UnknownEngine if neither is."""
    for name in available_engines():
        return name
    raise UnknownEngine("no engine is installed", packages=[OPENAI])


def check_engine(name: str) -> str:
    """The name, if such an engine is installed; raises UnknownEngine otherwise."""
    known_models(name)
    if name not in available_engines():
        raise UnknownEngine(f"the engine {name} is not installed", packages=[name])
    return name


def load_engine(name: str, weights: Weights, cache: Path) -> Engine:
    """Load verified weights. Takes seconds; imports torch or CTranslate2. Raises UnknownEngine.

    `cache` keeps what numba compiles for openai-whisper, unless NUMBA_CACHE_DIR says otherwise.
    """
    if check_engine(name) == FASTER:
        from transcribe.engine_faster import FasterWhisper

        size = (weights.path / MODEL_FILE).stat().st_size
        return FasterWhisper(weights, threads=1 if size < _SMALL else usable_cores())
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache / "numba"))
    from transcribe.engine_openai import OpenAIWhisper

    return OpenAIWhisper(weights, threads=usable_cores())


def usable_cores() -> int:
    """Cores this process may use, at most 4: beyond that decoding one memo gets no faster."""
    affinity = getattr(os, "sched_getaffinity", None)
    return min(4, len(affinity(0)) if affinity else os.cpu_count() or 1)


def check_language(engine: Engine, language: str | None) -> None:
    """Raises UnknownLanguage where the model cannot be told to expect it."""
    if language is not None and language not in engine.languages:
        known = "English only" if engine.languages == {"en"} else "codes such as en, de, fr"
        raise UnknownLanguage(f"the model {engine.model} does not know the language {language!r}: {known}")
