"""One recording, or one range of it, through voice activity detection and an engine."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from transcribe.audio import SAMPLE_RATE, to_float
from transcribe.context import text_before
from transcribe.decoding import COMPRESSION_RATIO_THRESHOLD, LOGPROB_THRESHOLD
from transcribe.engines import Engine
from transcribe.level import level, raised
from transcribe.transcript import Hole, Segment, Transcript, Word
from transcribe.voice_activity import (
    CHUNK_SECONDS,
    Span,
    parts,
    speech_spans,
    with_soft_speech,
)
from transcribe.wordless import PAUSE, wordless

_TOO_SOFT: Final = -35.0
"""dBFS. Where a recording is softer, what the recorder took for silence may be speech, and it is looked for again."""

_AROUND: Final = 0.2
"""Seconds before and after a stretch that is listened to again: its first and last sounds are soft."""

_BESIDE: Final = 3
"""Words before and after such a stretch, of which it may repeat what it was cut from."""

_SAME_WORD: Final = 3

_ENDS: Final = (".", "?", "!")


def hear(
    engine: Engine,
    pcm: NDArray[np.int16],
    *,
    offset: float = 0.0,
    language: str | None = None,
    prompt: str | None = None,
    before: str | None = None,
    speech: Sequence[float] | None = None,
    on_progress: Callable[[float, float], None] | None = None,
) -> Transcript:
    """Transcribe 16 kHz samples, shape (samples,). Where nobody speaks the transcript has no segment.

    `offset`: seconds from the start of the recording to the first sample; all times in the result count
    from that start. `prompt`: names and terms to expect. `before`: the text before this range if there is any.
    `speech`: the probability of speech for each 32 ms, where it is known already; else it is worked out here.
    `on_progress(done, total)`: seconds of sound, before each part and at the end, when both are equal.
    """
    total = len(pcm) / SAMPLE_RATE
    sound = raised(pcm)
    sound, probabilities = with_soft_speech(sound, None if level(pcm) < _TOO_SOFT else speech)
    listener = _Listener(engine, sound, language, prompt)
    segments: list[Segment] = []
    holes: list[Hole] = []
    for part in parts(speech_spans(probabilities)):
        if on_progress:
            on_progress(part.start, total)
        known = probabilities[round(part.start / CHUNK_SECONDS) : round(part.end / CHUNK_SECONDS)]
        told = text_before(segments) if segments else before
        found, missing = listener.listen_twice(part, known, told)
        segments += found
        holes += missing
    if on_progress:
        on_progress(total, total)
    return Transcript(
        segments=tuple(_shifted(segment, offset) for segment in segments),
        language=listener.language or "",
        engine=engine.name,
        model=engine.model,
        weights_sha256=engine.weights_sha256,
        duration=total,
        holes=tuple(Hole(round(hole.start + offset, 3), round(hole.end + offset, 3)) for hole in holes),
    )


class _Listener:
    """An engine and the sound that it listens to, stretch by stretch."""

    def __init__(self, engine: Engine, sound: NDArray[np.int16], language: str | None, prompt: str | None) -> None:
        self.language = language
        self._engine = engine
        self._sound = sound
        self._prompt = prompt

    def listen(self, span: Span, before: str | None) -> list[Segment]:
        """What the engine hears in a stretch. A segment of punctuation alone is nothing that was said."""
        samples = to_float(self._sound[max(0, round(span.start * SAMPLE_RATE)) : round(span.end * SAMPLE_RATE)])
        heard, found = self._engine.transcribe(samples, language=self.language, prompt=self._prompt, before=before)
        self.language = self.language or found
        return [_shifted(segment, max(0.0, span.start)) for segment in heard if any(map(str.isalnum, segment.text))]

    def listen_twice(
        self, part: Span, probabilities: Sequence[float], before: str | None
    ) -> tuple[list[Segment], list[Hole]]:
        """What is heard in a part, and where nothing was heard though somebody speaks.

        A stretch of speech that no word stands for is listened to again, by itself and without the text before it.
        """
        segments = self.listen(part, before)
        holes: list[Hole] = []
        for missed in self._wordless(part, segments, probabilities):
            around = Span(max(part.start, missed.start - _AROUND), min(part.end, missed.end + _AROUND))
            again = [segment for segment in self.listen(around, None) if _believed(segment)]
            if not again or _is_one_word(again):
                holes.append(Hole(missed.start, missed.end))
            elif not _said_already(again, segments, missed):
                segments = _inserted(segments, again, missed)
        return segments, holes

    def _wordless(self, part: Span, segments: Sequence[Segment], probabilities: Sequence[float]) -> list[Span]:
        words = [word for segment in segments for word in segment.words]
        within = [replace(word, start=word.start - part.start, end=word.end - part.start) for word in words]
        found = wordless(within, probabilities)
        return [Span(round(span.start + part.start, 3), round(span.end + part.start, 3)) for span in found]


def _believed(segment: Segment) -> bool:
    """Whether a stretch that was passed over at first holds what is heard at the second time."""
    return segment.avg_logprob >= LOGPROB_THRESHOLD and segment.compression_ratio <= COMPRESSION_RATIO_THRESHOLD


def _is_one_word(again: Sequence[Segment]) -> bool:
    """Whether it is one word three times or more: what comes of a sentence in another language now and then."""
    words = [_letters([word]) for segment in again for word in segment.words]
    return len(words) >= _SAME_WORD and len(set(words)) == 1


def _said_already(again: Sequence[Segment], segments: Sequence[Segment], missed: Span) -> bool:
    """Whether the words beside a stretch hold all that is heard in it: they were said there, slowly."""
    words = [word for segment in segments for word in segment.words]
    at = sum(word.start <= missed.start for word in words)
    beside = _letters(words[max(0, at - _BESIDE) : at + _BESIDE])
    return _letters([word for segment in again for word in segment.words]) in beside


def _letters(words: Sequence[Word]) -> str:
    return "".join(filter(str.isalnum, "".join(word.text for word in words).casefold()))


def _inserted(segments: Sequence[Segment], more: Sequence[Segment], missed: Span) -> list[Segment]:
    """The segments with what was heard in a stretch in its place; one that reaches over it is cut in two.

    A word beside it that was stretched over it keeps the end that lies outside.
    """
    first, last = more[0].start, more[-1].end
    heard = _letters([word for segment in more for word in segment.words])
    early: list[Segment] = []
    late: list[Segment] = []
    for segment in segments:
        words = segment.words
        count = sum(word.start < missed.start - PAUSE for word in words)
        if count > 1 and words[count - 1].end >= missed.end and words[count - 2].text.endswith(_ENDS):
            count -= 1  # The next sentence, whose first word was stretched back to where the last one ended.
        within = sum(word.start < missed.end for word in words[count:])
        # They were put there at first and are heard there again: once is enough.
        again = next((n for n in range(within, 0, -1) if _letters(words[count : count + n]) in heard), 0)
        if count:
            early.append(segment.of([replace(w, end=min(w.end, max(first, w.start))) for w in words[:count]]))
        if words[count + again :]:
            late.append(segment.of([_not_before(word, last) for word in words[count + again :]]))
    return [*early, *more, *late]


def _not_before(word: Word, seconds: float) -> Word:
    return replace(word, start=max(word.start, seconds), end=max(word.end, seconds))


def _shifted(segment: Segment, by: float) -> Segment:
    def moved(seconds: float) -> float:
        return round(seconds + by, 3)

    words = tuple(replace(word, start=moved(word.start), end=moved(word.end)) for word in segment.words)
    return replace(segment, start=moved(segment.start), end=moved(segment.end), words=words)
