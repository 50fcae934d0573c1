"""How both engines are asked to decode one window, and what is made of the words they give."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from transcribe.audio import SAMPLE_RATE
from transcribe.context import told
from transcribe.transcript import Segment, Word

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

FRAMES_PER_SECOND: Final = 100
"""Of the spectrogram that Whisper sees."""
FRAMES_PER_STEP: Final = 2
"""Of the spectrogram, in each step of the encoder."""
_WINDOW: Final = 30 * FRAMES_PER_SECOND
"""Frames that Whisper was trained on, always."""
_SILENCE_AFTER: Final = 5.0
"""Seconds of silence that stand for the rest of the window. Encoding all 30 s of it takes three times as long as
encoding a third; without any, Whisper does not find the end and repeats itself (docs/engines.md)."""

_TOKENS_PER_SECOND: Final = 10.0
_TOKENS_AT_LEAST: Final = 20
_MOST_TOKENS: Final = 220
"""Fast talk is 4 words, 6 tokens, in a second. What goes on for longer is a repetition loop, which the compression
ratio will tell; there is no need to wait for its end. 448 tokens, Whisper's limit, less the longest prompt."""


_NO_TIME: Final = 0.04
"""Seconds, two steps of the encoder: no word is said in less."""


def window_frames(samples: int) -> int:
    """Frames of the spectrogram that are encoded for that many samples of sound; a whole number of steps."""
    steps = (samples / SAMPLE_RATE + _SILENCE_AFTER) * FRAMES_PER_SECOND / FRAMES_PER_STEP
    return min(_WINDOW, math.ceil(steps) * FRAMES_PER_STEP)


def most_tokens(samples: int) -> int:
    """Tokens that so much sound can hold at most."""
    return min(_MOST_TOKENS, round(samples / SAMPLE_RATE * _TOKENS_PER_SECOND) + _TOKENS_AT_LEAST)


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word as either engine gives it: spaces still around it, times not yet in order."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class Decoded:
    """One attempt at a window. The measures are those of :class:`transcribe.transcript.Segment`."""

    text: str
    tokens: tuple[int, ...]
    avg_logprob: float
    compression_ratio: float
    no_speech_prob: float
    temperature: float

    @property
    def silent(self) -> bool:
        """Whether Whisper itself holds this for no speech."""
        return self.no_speech_prob > NO_SPEECH_THRESHOLD and self.avg_logprob < LOGPROB_THRESHOLD

    @property
    def loop(self) -> bool:
        """Whether it says the same again and again."""
        return self.compression_ratio > COMPRESSION_RATIO_THRESHOLD

    @property
    def failed(self) -> bool:
        """Whether another attempt is worth its time: a loop, or a text that Whisper does not believe itself."""
        return not self.silent and (self.loop or self.avg_logprob < LOGPROB_THRESHOLD)

    def segments(self, raw: Iterable[RawWord], samples: int) -> list[Segment]:
        """The window's one segment, or none where nothing was said."""
        timed = () if self.silent else timed_words(raw, samples / SAMPLE_RATE)
        words = without_copies(said_once(timed) if self.loop else timed)
        if not words:
            return []
        return [
            Segment(
                start=words[0].start,
                end=words[-1].end,
                text=self.text.strip() if words == timed else " ".join(word.text for word in words),
                words=words,
                avg_logprob=self.avg_logprob,
                compression_ratio=self.compression_ratio,
                no_speech_prob=self.no_speech_prob,
                temperature=self.temperature,
            )
        ]


def best(decode: Callable[[float, str | None], Decoded], prompt: str | None, before: str | None) -> Decoded:
    """The first attempt that does not fail, or else the best of those that did.

    `decode` takes a temperature and what the window is told. `prompt`: names and terms to expect; `before`: the text
    before. A window that fails is first tried without the text before it, which it may have gone on repeating.
    """
    attempts = [(TEMPERATURES[0], one) for one in dict.fromkeys((told(prompt, before), prompt, None))]
    attempts += [(temperature, None) for temperature in TEMPERATURES[1:]]
    failed: list[Decoded] = []
    for temperature, one in attempts:
        decoded = decode(temperature, one)
        if not decoded.failed:
            return decoded
        failed.append(decoded)
    # In a loop Whisper is very sure of itself: of two, the one that says less is the better.
    return max(failed, key=lambda one: (not one.loop, -one.compression_ratio if one.loop else one.avg_logprob))


def timed_words(raw: Iterable[RawWord], duration: float) -> tuple[Word, ...]:
    """Whole words without spaces around them, within 0..`duration`, none starting before the one before it ended.

    Whisper's alignment moves the ends of words at pauses and at the edges of a window, and can leave them crossed.
    """
    words: list[Word] = []
    at = 0.0
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


def without_copies(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without those at the end that took no time and only say again what was said before.

    After a short stretch of sound Whisper may not find the end, and write the same twice or three times. The alignment
    finds no sound for the copies and puts all of them at the end.
    """
    bare = _bare(words)
    first = len(words)
    while first and words[first - 1].end - words[first - 1].start <= _NO_TIME:
        first -= 1
    for at in range(first, len(words)):
        copy = bare[at:]
        if any(bare[begin : begin + len(copy)] == copy for begin in range(at) if len(copy) > 1 or begin == at - 1):
            return words[:at]
    return words


def said_once(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of a loop: what is said three times and more without anything between, once."""
    kept: list[Word] = []
    bare = _bare(words)
    at = 0
    while at < len(words):
        kept.append(words[at])
        at += 1
        for size in range(1, len(kept) + 1):
            once, end = bare[at - size : at], at
            while bare[end : end + size] == once:
                end += size
            if end - at >= 2 * size:
                at = end
                break
    return tuple(kept)


def _bare(words: Iterable[Word]) -> list[str]:
    """Letters and digits alone: a copy may end in another mark."""
    return ["".join(filter(str.isalnum, word.text)).casefold() for word in words]


def _goes_on(text: str) -> bool:
    """Whether a piece belongs to the word before it: "-page" after "two", ",750" after "$14".

    Both engines cut there. A letter without a space before it proves nothing: some languages have no spaces.
    """
    return not text[0].isspace() and not text[0].isalnum()


def _joined(word: Word, rest: Word) -> Word:
    return Word(word.text + rest.text, word.start, rest.end, min(word.probability, rest.probability))
