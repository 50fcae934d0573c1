"""Transcripts to review."""

from transcribe.transcript import Segment, Transcript, Word


def transcript_of(*segments: str, probability: float = 0.9, doubtful: tuple[str, ...] = ()) -> Transcript:
    """A transcript of these words; those in ``doubtful`` with a probability of 0.2."""
    made = []
    start = 0.0
    for text in segments:
        words = []
        for word in text.split():
            words.append(Word(word, start, start + 0.3, 0.2 if word in doubtful else probability))
            start += 0.4
        made.append(Segment(words[0].start if words else start, start, text, tuple(words), -0.2, 1.2, 0.01, 0.0))
    return Transcript(tuple(made), "en", "faster-whisper", "base", "d0" * 32, start)
