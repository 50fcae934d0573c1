"""The sentence that is up: what is shown of it, and since when."""

from dataclasses import dataclass, field

from review.marks import Run
from review.reading import shortest_reading
from review.sentences import HeardSentence
from transcribe.transcript import Hole, Word


@dataclass(slots=True)
class Up:
    """The sentence that is up, or a hole in its place.

    :ivar runs: of what is up now, which is what was heard, or said again, or typed; none of a hole.
    :ivar words: of the sound behind it.
    :ivar said_again: the recording that `words` are from; None for the memo's own.
    :ivar since: when it came up, in seconds on the gate's clock; None until a face has said that it shows it.
    :ivar editing: when it began to be edited, as it is up; None where it did not.
    :ivar unread: seconds that reading takes of what was replaced before it can have been read.
    :ivar words_heard: how many times one of its words was asked to be heard.
    """

    sentence: HeardSentence
    position: int
    of: int
    runs: list[Run] = field(default_factory=list)
    words: tuple[Word, ...] = ()
    said_again: str | None = None
    since: float | None = None
    editing: float | None = None
    unread: float = 0.0
    words_heard: int = 0

    def hide(self) -> None:
        """What was seen of it counts no more: it is to be shown once more."""
        self.since = self.editing = None

    @property
    def text(self) -> str:
        """What is up, as it would be stored; nothing of a hole."""
        return " ".join(run.text for run in self.runs)

    @property
    def missing(self) -> str:
        """What is shown of a hole as long as nothing stands in its place; else empty."""
        hole = self.sentence.hole
        return "" if hole is None or self.runs else f"{_in_seconds(hole)} not written down here: h hears {_it(hole)}"

    @property
    def shown(self) -> str:
        """What is to be read."""
        return self.text or self.missing

    @property
    def shortest(self) -> float:
        """Seconds that it has to be up at the least."""
        return max(self.unread, shortest_reading(self.shown))

    @property
    def as_first(self) -> bool:
        """Whether it is up as it was heard, or added, first."""
        first = self.sentence.typed or self.sentence.text
        return self.text == first and self.said_again == self.sentence.recording_id


def _in_seconds(hole: Hole) -> str:
    seconds = _whole_seconds(hole)
    return f"{seconds} s {'was' if seconds == 1 else 'were'}"


def _it(hole: Hole) -> str:
    return "it" if _whole_seconds(hole) == 1 else "them"


def _whole_seconds(hole: Hole) -> int:
    return max(1, round(hole.end - hole.start))
