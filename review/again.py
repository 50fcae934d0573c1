"""A sentence that was said again: new sound and new words in the place of what was heard."""

from dataclasses import dataclass
from typing import Any, Protocol, Self

from transcribe.errors import BadTranscript
from transcribe.transcript import Transcript, Word


@dataclass(frozen=True, slots=True)
class SaidAgain:
    """What replaces a sentence.

    :ivar recording_id: names its sound, which is kept beside the memo's.
    :ivar transcript: what was heard in it, not nothing; its times count from its own beginning.
    """

    recording_id: str
    transcript: Transcript

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


class SayAgain(Protocol):
    """Records and transcribes a replacement for one sentence."""

    def record(self) -> SaidAgain:
        """Record one, and write down what was heard; its sound is kept from the first block on.

        :raises NotSaidAgain: there is none, and why, in one line.
        :raises NotConfirmed: the rep left in the middle.
        """
        ...

    def left_over(self) -> SaidAgain | None:
        """One that was recorded but never shown, since something ended the program in the middle."""
        ...
