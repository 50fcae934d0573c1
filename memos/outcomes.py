"""What became of the call that a memo is about: dispositions, in the dialers' word."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """One of them, as it is stored. Only the first two are talks; a memo of an earlier version has none, and is one."""

    REACHED = "reached"
    THEY_CALLED = "they_called"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    GATEKEEPER = "gatekeeper"
    """A colleague, an assistant or a switchboard answered, and the contact was not reached."""

    WRONG_NUMBER = "wrong_number"
    NO_CALL = "no_call"
    """A note: nobody called anybody."""

    @property
    def in_words(self) -> str:
        """ "a colleague answered"."""
        return _IN_WORDS[self]


_IN_WORDS = {
    Outcome.REACHED: "reached",
    Outcome.THEY_CALLED: "they called me",
    Outcome.VOICEMAIL: "voicemail",
    Outcome.NO_ANSWER: "no answer",
    Outcome.GATEKEEPER: "a colleague answered",
    Outcome.WRONG_NUMBER: "wrong number",
    Outcome.NO_CALL: "no call, a note",
}

ATTEMPTS = frozenset({Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.GATEKEEPER, Outcome.WRONG_NUMBER})
"""Calls that did not reach the contact."""

IS_TALK = "coalesce(outcome, 'reached') IN ('reached', 'they_called')"
"""SQL that is true of a memo about a talk."""

IS_ATTEMPT = f"outcome IN {tuple(sorted(map(str, ATTEMPTS)))}"
"""SQL that is true of a memo about a call that did not reach the contact."""


def is_talk(outcome: Outcome | None) -> bool:
    """Whether the contact was spoken with: it closes what was promised before, ends a silence, and is the last talk."""
    return outcome in {None, Outcome.REACHED, Outcome.THEY_CALLED}


@dataclass(frozen=True, slots=True)
class Attempts:
    """How it stands with reaching a contact.

    `count` are the calls since the last talk that did not reach them, `last_talk` is when that was; None: there was
    none. `wrong` are numbers of theirs that turned out to be wrong, each with when, and that nobody was reached after.
    """

    count: int = 0
    last_talk: dt.datetime | None = None
    wrong: tuple[tuple[str, dt.datetime], ...] = ()

    def wrong_since(self, number: str | None) -> dt.datetime | None:
        """Since when that number is known to be wrong; None where it is not."""
        return dict(self.wrong).get(number or "")


NOT_TRIED = Attempts()
