"""What became of the call: offered where the memo says so, asked where it does not. A state, without a face."""

import time
from collections.abc import Callable
from typing import Final

from ground.printable import printable
from memos.outcomes import Outcome
from review.errors import NotTaken, TooQuick
from review.outcome import HeardOutcome
from review.reading import shortest_reading

_MOST_WORDS: Final = 6
"""Of what was heard: more would take longer to read than the rest of the question."""


class OutcomeQuestion:
    """Asks what became of the call.

    :param heard: what the memo says of it. Where it is not sure nothing is offered, and Enter is no answer.
    :param clock: seconds, monotonic.

    :ivar offer: the outcome that is up; None where it is asked.
    :ivar line: the offer with the words that it was read from: what has to be read; empty where there is none.
    :ivar answer: None until it is given.
    """

    def __init__(self, heard: HeardOutcome | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: float | None = None
        self.offer: Outcome | None = None
        self.line = ""
        self.answer: Outcome | None = None
        if heard is not None and heard.sure:
            words = heard.heard.split()
            cut = " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
            self.offer = heard.outcome
            self.line = f"{heard.outcome.in_words}, heard: “{printable(cut)}”"

    def show(self) -> None:
        """To be called by the face as it shows the question: from now on it is read."""
        self._since = self._clock()

    def accept(self) -> None:
        """It is what is up.

        :raises NotTaken: nothing is; TooQuick: nobody can have read it.
        """
        if self.offer is None:
            raise NotTaken("Nothing is offered: one of the keys, please.")
        if self._since is None or self._clock() - self._since < shortest_reading(self.line):
            self._since = self._clock()  # it still is on the screen
            raise TooQuick("That was quicker than anyone reads. Is that what became of the call? Enter for yes.")
        self.answer = self.offer

    def choose(self, outcome: Outcome) -> None:
        """It is this one."""
        self.answer = outcome
