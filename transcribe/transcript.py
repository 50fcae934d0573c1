"""What was heard: words with times and probabilities. Immutable; corrections live elsewhere."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from transcribe.errors import BadTranscript


@dataclass(frozen=True, slots=True)
class Word:
    """One word, punctuation attached, without the spaces around it."""

    text: str
    start: float
    """Seconds from the start of the recording."""
    end: float
    """Seconds from the start of the recording; not before `start`."""
    probability: float
    """The engine's own, the mean over the word's tokens, in 0..1. Known to be over-confident."""
    instead_of: str | None = None
    """What an earlier transcript says here, where it was compared and says something else; empty: nothing."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that the engine decoded as one, with its measures of doubt as Whisper defines them."""

    start: float
    end: float
    text: str
    words: tuple[Word, ...]
    avg_logprob: float
    """Mean log probability of the tokens; below -1.0 Whisper holds the decoding for failed."""
    compression_ratio: float
    """Length of the text over its zlib length; above 2.4 Whisper takes it for a repetition loop."""
    no_speech_prob: float
    temperature: float
    """0 for beam search; above it, the sampling temperature of the attempt that was accepted."""

    def of(self, words: Sequence[Word]) -> "Segment":
        """The part of it that has these words, at least one."""
        text = self.text if len(words) == len(self.words) else " ".join(word.text for word in words)
        return replace(self, start=words[0].start, end=words[-1].end, words=tuple(words), text=text)


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch in which somebody speaks and of which no word was written down; no words lie in it."""

    start: float
    """Seconds from the start of the recording."""
    end: float
    """Seconds from the start of the recording; not before `start`."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """All segments of one recording, or of one range of it, in the order of time."""

    segments: tuple[Segment, ...]
    language: str
    """ISO 639-1 code, given or detected; empty where nothing was spoken and none was given."""
    engine: str
    model: str
    weights_sha256: str
    """Of the file that the weights were published as, before any conversion."""
    duration: float
    """Seconds of sound that were looked at, speech or not."""
    holes: tuple[Hole, ...] = ()
    """Where speech was heard and not understood, in the order of time."""

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for segment in self.segments for word in segment.words)

    def to_dict(self) -> dict[str, Any]:
        """Plain lists, dicts, strings and numbers, ready for JSON; the opposite of `from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: object) -> "Transcript":
        """Read back what `to_dict` wrote. Raises BadTranscript, naming the place, for anything else."""
        fields = _Fields(data, "transcript")
        return cls(
            segments=tuple(_segment(item) for item in fields.items("segments")),
            language=fields.text("language"),
            engine=fields.text("engine"),
            model=fields.text("model"),
            weights_sha256=fields.text("weights_sha256"),
            duration=fields.number("duration", at_least=0.0),
            holes=tuple(_hole(item) for item in fields.items_or_none("holes")),
        )


def _segment(fields: "_Fields") -> Segment:
    start = fields.number("start", at_least=0.0)
    return Segment(
        start=start,
        end=fields.number("end", at_least=start),
        text=fields.text("text"),
        words=tuple(_word(item) for item in fields.items("words")),
        avg_logprob=fields.number("avg_logprob"),
        compression_ratio=fields.number("compression_ratio"),
        no_speech_prob=fields.number("no_speech_prob"),
        temperature=fields.number("temperature"),
    )


def _hole(fields: "_Fields") -> Hole:
    start = fields.number("start", at_least=0.0)
    return Hole(start, fields.number("end", at_least=start))


def _word(fields: "_Fields") -> Word:
    start = fields.number("start", at_least=0.0)
    return Word(
        text=fields.text("text"),
        start=start,
        end=fields.number("end", at_least=start),
        probability=fields.number("probability", at_least=0.0, at_most=1.0),
        instead_of=fields.text_or_none("instead_of"),
    )


class _Fields:
    """A JSON object whose fields are fetched by type; every fault becomes a BadTranscript with its place."""

    def __init__(self, data: object, place: str) -> None:
        if not isinstance(data, Mapping):
            raise BadTranscript(f"{place} is not an object; the stored transcript is damaged")
        self._data = data
        self._place = place

    def _get(self, name: str, kinds: tuple[type, ...]) -> Any:
        value = self._data.get(name)
        # A bool passes for an int in Python, and must not for a number here.
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise BadTranscript(f"{self._place}.{name} is missing or of the wrong type; the transcript is damaged")
        return value

    def text(self, name: str) -> str:
        return str(self._get(name, (str,)))

    def text_or_none(self, name: str) -> str | None:
        """None also where a transcript was written before there was such a field."""
        return None if self._data.get(name) is None else self.text(name)

    def number(self, name: str, *, at_least: float = -math.inf, at_most: float = math.inf) -> float:
        value = float(self._get(name, (int, float)))
        if not math.isfinite(value) or not at_least <= value <= at_most:
            raise BadTranscript(f"{self._place}.{name} is {value}, out of range; the transcript is damaged")
        return value

    def items_or_none(self, name: str) -> list["_Fields"]:
        """None where a transcript was written before there was such a field."""
        return self.items(name) if name in self._data else []

    def items(self, name: str) -> list["_Fields"]:
        values = self._get(name, (list, tuple))
        return [_Fields(value, f"{self._place}.{name}[{i}]") for i, value in enumerate(values)]
