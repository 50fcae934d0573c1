"""One recording, or one range of it, through voice activity detection and an engine."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from transcribe.audio import SAMPLE_RATE, to_float
from transcribe.engines import Engine
from transcribe.speech import Span, parts, speech_probabilities, speech_spans, uncovered
from transcribe.transcript import Segment, Transcript

_TAIL: Final = 300
"""Characters of the text so far that the next part is told: about three sentences, a third of the prompt
that Whisper reads, so that it never pushes out the words to expect."""
_MISSED: Final = 2.0
"""Seconds of speech without a segment that are listened to again, by themselves. Whisper may close a window
with a timestamp well before the speech in it ends, and then skips the rest without a trace."""
_RESET_ABOVE: Final = 0.5
"""Temperature above which a text is not handed on, as in Whisper: it may be a repetition loop."""


def hear(
    engine: Engine,
    pcm: NDArray[np.int16],
    *,
    offset: float = 0.0,
    language: str | None = None,
    prompt: str | None = None,
    on_progress: Callable[[float, float], None] | None = None,
) -> Transcript:
    """Transcribe 16 kHz samples, shape (samples,). Where nobody speaks the transcript has no segment.

    `offset`: seconds from the start of the recording to the first sample; all times in the result count
    from that start. `prompt`: names and terms to expect, then the text before this range if there is any.
    `on_progress(done, total)`: seconds of sound, before each part and at the end, when both are equal.
    """
    total = len(pcm) / SAMPLE_RATE
    spans = speech_spans(speech_probabilities(pcm))
    segments: list[Segment] = []

    def listen(span: Span) -> list[Segment]:
        nonlocal language
        sound = to_float(pcm[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)])
        before = [segment for segment in segments if segment.end <= span.start]
        heard, found = engine.transcribe(sound, language=language, prompt=_prompt(prompt, before))
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


def _prompt(given: str | None, segments: list[Segment]) -> str | None:
    heard: list[str] = []
    for segment in reversed(segments):
        if segment.temperature > _RESET_ABOVE or sum(map(len, heard)) >= _TAIL:
            break
        heard.insert(0, segment.text)
    tail = " ".join(heard)[-_TAIL:]
    return " ".join(filter(None, (given, tail))) or None


def _shifted(segment: Segment, by: float) -> Segment:
    def moved(seconds: float) -> float:
        return round(seconds + by, 3)

    words = tuple(replace(word, start=moved(word.start), end=moved(word.end)) for word in segment.words)
    return replace(segment, start=moved(segment.start), end=moved(segment.end), words=words)
