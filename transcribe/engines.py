"""What the two engines have in common, and which of them is used."""

import math
import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from transcribe.catalogue import ENGINES, FASTER, OPENAI, known_models
from transcribe.errors import UnknownEngine, UnknownLanguage
from transcribe.transcript import Segment, Word
from transcribe.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MODULES: Final = {FASTER: "faster_whisper", OPENAI: "whisper"}

TEMPERATURES: Final = (0.0, 0.4, 0.8)
"""First the most probable text; if it fails the thresholds below, sampling, twice. Whisper tries six temperatures;
each try costs a whole decoding, and three bound the wait."""
BEST_OF: Final = 5
"""Samples per try above temperature 0, as in Whisper's command line."""
COMPRESSION_RATIO_THRESHOLD: Final = 2.4
LOGPROB_THRESHOLD: Final = -1.0
NO_SPEECH_THRESHOLD: Final = 0.6
"""Whisper's own three."""
SEED: Final = 0
"""Sampling starts from the same state each time: the same sound gives the same text."""


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
        self, audio: "NDArray[np.float32]", *, language: str | None, prompt: str | None
    ) -> tuple[list[Segment], str]:
        """Segments with times in seconds from the beginning of `audio`, and the language, detected if None.

        `audio`: 16 kHz, shape (samples,), -1.0..1.0, best at most 28 s. `prompt`: words to expect, and the
        text before; only its end counts (Whisper reads 223 tokens of it). Nothing is carried from one
        call to the next.
        """


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word as either engine gives it: spaces still around it, times not yet in order."""

    text: str
    start: float
    end: float
    probability: float


def available_engines() -> tuple[str, ...]:
    """Names of the installed engines, the preferred one first. Imports none of them."""
    return tuple(name for name in ENGINES if find_spec(_MODULES[name]) is not None)


def default_engine() -> str:
    """faster-whisper where it is installed, else openai-whisper. Raises UnknownEngine if neither is."""
    for name in available_engines():
        return name
    raise UnknownEngine("no engine is installed; pip install aftercall, or aftercall[fast] for the faster one")


def check_engine(name: str) -> str:
    """The name, if such an engine is installed; raises UnknownEngine otherwise."""
    known_models(name)
    if name not in available_engines():
        extra = "aftercall[fast]" if name == FASTER else "aftercall"
        raise UnknownEngine(f"{name} is not installed; pip install '{extra}', or choose another engine")
    return name


def load_engine(name: str, weights: Weights, cache: Path) -> Engine:
    """Load verified weights. Takes seconds; imports torch or CTranslate2. Raises UnknownEngine.

    `cache` keeps what numba compiles for openai-whisper, unless NUMBA_CACHE_DIR says otherwise.
    """
    if check_engine(name) == FASTER:
        from transcribe.engine_faster import FasterWhisper

        return FasterWhisper(weights, threads=usable_cores())
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


def timed_words(raw: Iterable[RawWord], not_before: float, duration: float) -> tuple[Word, ...]:
    """Whole words without spaces around them, within 0..`duration`, none starting before the one before it ended.

    Whisper's alignment moves the ends of words at pauses and segment borders, and can leave them crossed.
    """
    words: list[Word] = []
    at = not_before
    for word in raw:
        if text := word.text.strip():
            start = min(max(word.start, at), duration)
            at = min(max(word.end, start), duration)
            probability = 0.0 if math.isnan(word.probability) else min(max(word.probability, 0.0), 1.0)
            heard = Word(text, round(start, 3), round(at, 3), round(probability, 4))
            if words and _goes_on(word.text):
                heard = _joined(words.pop(), heard)
            words.append(heard)
    return tuple(words)


def _goes_on(text: str) -> bool:
    """Whether a piece belongs to the word before it: "-page" after "two", ",750" after "$14".

    Both engines cut there. A letter without a space before it proves nothing: some languages have no spaces.
    """
    return not text[0].isspace() and not text[0].isalnum()


def _joined(word: Word, rest: Word) -> Word:
    return Word(word.text + rest.text, word.start, rest.end, min(word.probability, rest.probability))
