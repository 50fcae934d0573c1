"""What was said at the microphone in the middle of a reading: a sentence again, or one that was forgotten.

What is added is read like the rest: it is cut into its sentences, and each of them is up by itself.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self, TypeVar

from review.readable import readable
from review.sentences import HeardSentence, split_sentences, split_text
from transcribe.errors import BadTranscript
from transcribe.transcript import Transcript, Word


@dataclass(frozen=True, slots=True)
class SaidAgain:
    """What replaces a sentence, or is added.

    :ivar recording_id: names its sound, which is kept beside the memo's.
    :ivar transcript: what was heard in it, as it is shown, and not nothing; its times count from its own beginning.
    """

    recording_id: str
    transcript: Transcript

    def __post_init__(self) -> None:
        object.__setattr__(self, "transcript", readable(self.transcript))

    @property
    def words(self) -> tuple[Word, ...]:
        """The words in order."""
        return self.transcript.words

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"recording_id": self.recording_id, "transcript": self.transcript.to_dict()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`.

        :raises ValueError: it makes no sense.
        """
        try:
            said = cls(data["recording_id"], Transcript.from_dict(data["transcript"]))
        except (BadTranscript, KeyError, TypeError) as error:
            raise ValueError(str(error)) from error
        if not said.words or not isinstance(said.recording_id, str):
            raise ValueError("a sentence said again has words, and a recording")
        return said


@dataclass(frozen=True, slots=True)
class Added:
    """A sentence that the rep has added.

    :ivar typed: what they wrote; empty where they said it.
    :ivar said: what they said; None where they wrote it.
    :ivar part: which of the sentences in that, counted from 0.
    """

    typed: str = ""
    said: SaidAgain | None = None
    part: int = 0

    @property
    def sentence(self) -> HeardSentence:
        """As it is read."""
        if self.said is None:
            return HeardSentence((), typed=self.typed)
        return replace(split_sentences(self.said.transcript)[self.part], recording_id=self.said.recording_id)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"typed": self.typed, "said": self.said and self.said.to_dict(), "part": self.part}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The reverse of :meth:`to_dict`.

        :raises ValueError, KeyError, TypeError: it makes no sense.
        """
        added = cls(data["typed"], data["said"] and SaidAgain.from_dict(data["said"]), data["part"])
        sentences = split_sentences(added.said.transcript) if added.said else [added.typed]
        if not isinstance(added.typed, str) or bool(added.typed) == bool(added.said):
            raise ValueError("a sentence that was added was either said or typed")
        if not 0 <= added.part < len(sentences):
            raise ValueError("there is no such sentence in what was added")
        return added


def typed_sentences(text: str) -> list[Added]:
    """What was typed, to be added; nothing where there is no word in it."""
    return [Added(typed=sentence) for sentence in split_text(text)]


def said_sentences(said: SaidAgain) -> list[Added]:
    """What was said, to be added."""
    return [Added(said=said, part=part) for part in range(len(split_sentences(said.transcript)))]


_T = TypeVar("_T")


def with_added(heard: Sequence[_T], added: Mapping[int, _T]) -> list[_T]:
    """``heard`` with what was added in between, by its position among all of them."""
    rest = iter(heard)
    return [added[at] if at in added else next(rest) for at in range(len(heard) + len(added))]


class SayAgain(Protocol):
    """Records and transcribes what is said in the middle of a reading: a sentence again, or one to be added."""

    def record(self) -> SaidAgain:
        """Record it, and write down what was heard; its sound is kept from the first block on.

        :raises NotSaidAgain: there is none, and why, in one line.
        :raises NotConfirmed: the rep left in the middle.
        """
        ...

    def left_over(self, known: Collection[str]) -> SaidAgain | None:
        """One that was recorded but never shown, since something ended the program in the middle.

        :param known: the recordings that were shown.
        """
        ...
