"""Where somebody speaks in a recording that is being made, and where the memo's own voice does."""

from typing import Final

from ground.silero import BLOCK_SAMPLES
from transcribe.live_cuts import LONG_PAUSE, PAUSE, quiet, spoken


class LiveSpeech:
    """What the recorder says of each chunk, in their order.

    Where people talk behind the rep nobody ever pauses. So it is a pause as well when the memo's own voice, which the
    recorder tells apart, is silent. What others say may be its own all the same, only softer: it is not passed over.
    """

    def __init__(self) -> None:
        self.probabilities: Final[list[float]] = []
        self._own_end: int | None = None

    def __len__(self) -> int:
        return len(self.probabilities)

    def add(self, probability: float, own_end: int | None) -> None:
        """Take the probability of speech of the next chunk.

        :param own_end: samples up to where the memo's own voice was heard last; None where all speech is its own.
        """
        self.probabilities.append(probability)
        self._own_end = None if own_end is None else -(-own_end // BLOCK_SAMPLES)

    def is_silent(self, chunks: int) -> bool:
        """Whether nobody speaks in the last so many, or not the memo's own voice for a long pause."""
        own_is = self._own_end is not None and len(self) - self._own_end >= LONG_PAUSE
        return own_is or quiet(self.probabilities, chunks)

    def since(self, chunk: int) -> bool:
        """Whether there is speech, of whomever, from that chunk on."""
        return spoken(self.probabilities[chunk:])

    def own_since(self, chunk: int) -> bool:
        """Whether there is speech of the memo's own voice from that chunk on."""
        return (self._own_end is None or self._own_end > chunk) and self.since(chunk)

    def softer_since(self, chunk: int) -> bool:
        """Whether somebody spoke from that chunk on, not like the memo's own voice, and all is quiet again."""
        return quiet(self.probabilities, PAUSE) and self.since(chunk) and not self.own_since(chunk)
