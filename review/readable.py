"""What was heard, as it is shown: so that what a rep reads is all that is stored, searched and exported."""

from dataclasses import replace

from ground.printable import printable
from transcribe.transcript import Segment, Transcript, Word


def readable(transcript: Transcript) -> Transcript:
    """``transcript`` without what no screen shows (:func:`ground.printable.printable`), and without words of which
    nothing is left then; the text of each segment is that of its words, since only these are read."""
    segments = tuple(segment for segment in map(_segment, transcript.segments) if segment.words)
    return replace(
        transcript,
        segments=segments,
        language=printable(transcript.language),
        engine=printable(transcript.engine),
        model=printable(transcript.model),
        weights_sha256=printable(transcript.weights_sha256),
    )


def _segment(segment: Segment) -> Segment:
    words = tuple(word for word in map(_word, segment.words) if word.text)
    return replace(segment, words=words, text=" ".join(word.text for word in words))


def _word(word: Word) -> Word:
    before = None if word.instead_of is None else _text(word.instead_of)
    return replace(word, text=_text(word.text), instead_of=before)


def _text(text: str) -> str:
    return " ".join(printable(text).split())
