"""Speech without words: where the engine passed over what was said, between the words that it wrote down."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from transcribe.transcript import Word
from transcribe.voice_activity import CHUNK_SECONDS, Span, SpeechOptions, speech_spans

SHORTEST: Final = 1.0
"""Seconds of speech that no word stands for before it counts. "Er" and a drawn-out last syllable are shorter."""

PAUSE: Final = 0.25
"""Seconds of silence that part one stretch from the next."""

_STRETCHES: Final = SpeechOptions(min_silence=PAUSE, padding=0.0, max_span=3600.0)
"""A sentence that was passed over lies between two short pauses; what is looked at are stretches between such."""

# How long a word may take when it is said slowly, from people who drag their words: a letter, a digit that is said by
# itself, a mark after which the voice falls.
_LEAST: Final = 0.4
_WORD: Final = 0.2
_LETTER: Final = 0.09
_DIGIT: Final = 0.6
_MARK: Final = 0.3

_SENTENCES: Final = SpeechOptions(padding=0.0, max_span=3600.0)
"""A sentence lies between two longer ones. Where most of one has no words, those that are in it were only put there."""

_BETWEEN: Final = 0.9
"""Seconds between a stretch without words and a pause that are listened to again with it."""

_WEAK: Final = 4
"""Chunks that the detector may miss within speech."""


def longest(text: str) -> float:
    """Seconds of speech that a word, printed so, can stand for at most."""
    letters = sum(map(str.isalpha, text))
    digits = sum(map(str.isdigit, text))
    marks = sum(mark in text for mark in ".?!,")
    return max(_LEAST, _WORD + _LETTER * letters) + _DIGIT * digits + _MARK * marks


def wordless(words: Sequence[Word], probabilities: Sequence[float], shortest: float = SHORTEST) -> list[Span]:
    """Stretches with at least so many seconds of speech that no word stands for, in order.

    `words` in order, in seconds from the chunk that the first of `probabilities` is about. The times of words are no
    safe guide: Whisper stretches a word over the pause or the sentence after it or before it. So each word is taken
    for as much speech from its beginning on as it can stand for, and no more.
    """
    free = [p >= _STRETCHES.begin_at for p in probabilities]
    for word, following in zip_longest(words, words[1:]):
        begin = int(word.start / CHUNK_SECONDS)
        end = int(following.start / CHUNK_SECONDS) if following else len(free)
        left = round(longest(word.text) / CHUNK_SECONDS)
        for chunk in range(begin, min(max(end, begin), len(free))):
            if left <= 0:
                break
            left -= free[chunk]
            free[chunk] = False
    found: list[Span] = []
    for stretch in speech_spans(probabilities, _STRETCHES):
        first, last = round(stretch.start / CHUNK_SECONDS), round(stretch.end / CHUNK_SECONDS)
        for begin, end in _groups([chunk for chunk in range(first, last) if free[chunk]]):
            if sum(free[begin:end]) * CHUNK_SECONDS >= shortest:
                found.append(_widened(Span(begin * CHUNK_SECONDS, end * CHUNK_SECONDS), stretch))
    for sentence in speech_spans(probabilities, _SENTENCES):
        first, last = round(sentence.start / CHUNK_SECONDS), round(sentence.end / CHUNK_SECONDS)
        without = sum(free[first:last]) * CHUNK_SECONDS
        spoken = sum(p >= _STRETCHES.begin_at for p in probabilities[first:last]) * CHUNK_SECONDS
        known = any(span.start < sentence.end and sentence.start < span.end for span in found)
        if without >= max(shortest, spoken / 2) and not known:
            found.append(sentence)
    return sorted(found, key=lambda span: span.start)


def _groups(chunks: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring chunks as [begin, end); a word between two parts them, a weak syllable does not."""
    groups: list[tuple[int, int]] = []
    for chunk in chunks:
        if groups and chunk - groups[-1][1] <= _WEAK:
            groups[-1] = (groups[-1][0], chunk + 1)
        else:
            groups.append((chunk, chunk + 1))
    return groups


def _widened(span: Span, stretch: Span) -> Span:
    """Up to the pause before and after it, where no more than a short word or two lie between: those that Whisper put
    there may belong elsewhere."""
    start = stretch.start if span.start - stretch.start <= _BETWEEN else span.start
    end = stretch.end if stretch.end - span.end <= _BETWEEN else span.end
    return Span(start, end)
