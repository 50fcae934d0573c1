"""One recording, or one range of it, through voice activity detection and an engine."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from transcribe.audio import SAMPLE_RATE, to_float
from transcribe.context import told
from transcribe.engines import Engine
from transcribe.speech import Span, parts, speech_probabilities, speech_spans, uncovered
from transcribe.transcript import Segment, Transcript

_MISSED: Final = 2.0
"""Seconds of speech without a segment that are listened to again, by themselves. Whisper may close a window
with a timestamp well before the speech in it ends, and then skips the rest without a trace."""


def hear(
    engine: Engine,
    pcm: NDArray[np.int16],
    *,
    offset: float = 0.0,
    language: str | None = None,
    prompt: str | None = None,
    speech: Sequence[float] | None = None,
    on_progress: Callable[[float, float], None] | None = None,
) -> Transcript:
    """Transcribe 16 kHz samples, shape (samples,). Where nobody speaks the transcript has no segment.

    `offset`: seconds from the start of the recording to the first sample; all times in the result count
    from that start. `prompt`: names and terms to expect, then the text before this range if there is any.
    `speech`: the probability of speech for each 32 ms, where it is known already; else it is worked out here.
    `on_progress(done, total)`: seconds of sound, before each part and at the end, when both are equal.
    """
    total = len(pcm) / SAMPLE_RATE
    spans = speech_spans(speech_probabilities(pcm) if speech is None else speech)
    segments: list[Segment] = []

    def listen(span: Span) -> list[Segment]:
        nonlocal language
        sound = to_float(pcm[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)])
        before = [segment for segment in segments if segment.end <= span.start]
        heard, found = engine.transcribe(sound, language=language, prompt=told(prompt, before))
        language = language or found
        return [_shifted(segment, span.start) for segment in heard if any(map(str.isalnum, segment.text))]

    for part in parts(spans):
        if on_progress:
            on_progress(part.start, total)
        heard = listen(part)
        segments += heard
        spoken = [span for span in spans if part.start <= span.start < part.end]
        for missed in uncovered(spoken, [Span(segment.start, segment.end) for segment in heard], _MISSED):
            segments += listen(missed)
        segments.sort(key=lambda segment: segment.start)
    if on_progress:
        on_progress(total, total)
    return Transcript(
        segments=tuple(_shifted(segment, offset) for segment in segments),
        language=language or "",
        engine=engine.name,
        model=engine.model,
        weights_sha256=engine.weights_sha256,
        duration=total,
    )


def _shifted(segment: Segment, by: float) -> Segment:
    def moved(seconds: float) -> float:
        return round(seconds + by, 3)

    words = tuple(replace(word, start=moved(word.start), end=moved(word.end)) for word in segment.words)
    return replace(segment, start=moved(segment.start), end=moved(segment.end), words=words)
