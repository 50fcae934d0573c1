"""Where the reading of a memo is."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a reading is; each comes after the one before, and some are passed over where there is
    nothing to be asked."""

    NO_SPEECH = "no speech"
    """What was heard reads like no speech; see :attr:`review.session.Session.no_speech`."""

    READING = "reading"
    """A sentence is up; see :attr:`review.session.Session.gate`."""

    NOTHING_LEFT = "nothing left"
    """No words were heard, or every sentence was struck: there is nothing to store."""

    OUTCOME = "outcome"
    """What became of the call; see :attr:`review.session.Session.outcome`."""

    CONTACT = "contact"
    """Whom the call was with; see :attr:`review.session.Session.contact`."""

    COMMITMENTS = "commitments"
    """What the rep undertook besides the next call, where something was heard; see
    :attr:`review.session.Session.commitments`."""

    CALL = "call"
    """When the next one is; see :attr:`review.session.Session.call`."""

    ANSWERED = "answered"
    """All that can be asked has its answer: :meth:`Session.confirm` stores it."""
