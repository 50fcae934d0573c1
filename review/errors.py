"""The ways in which a review can end without a stored memo, each with its exit code; and answers that are not taken."""

from typing import Final

from ground.errors import AftercallError

KEPT: Final = "Left. Nothing is lost: the memo waits in the inbox with what you answered."


class ReviewError(AftercallError):
    """Base of all errors of this room."""


class NotConfirmed(ReviewError):
    """The rep left before the memo was confirmed. It waits in the inbox, with what was answered so far."""

    exit_code = 5


class Terminated(NotConfirmed):
    """The program was asked to end (SIGTERM) in the middle of it."""


class CalledAway(NotConfirmed):
    """Another call has ended, and its memo comes first."""


class NextMemo(NotConfirmed):
    """The rep left this memo for later, and wants to read the one that comes after it."""


class NoTerminal(NotConfirmed):
    """A memo is read by a person at a terminal; nothing else can confirm it."""


class Discarded(ReviewError):
    """The rep threw the memo away, which is no failure: the caller moves it out of sight, and goes on."""


class RecordAgain(ReviewError):
    """The rep wants to speak the whole memo again, since nothing could be read in it. The caller sees to that."""


class NotSaidAgain(ReviewError):
    """A sentence could not be said again: no microphone, nobody spoke, no words in it. The review goes on."""


class NotTaken(ReviewError):
    """An answer that does not fit the question that is up; the message says why, and the question stays."""


class TooQuick(NotTaken):
    """What was to be read was not up for as long as reading it takes. It is to be shown once more."""

    def __init__(self, message: str = "That was quicker than anyone reads. Once more:") -> None:
        super().__init__(message)
