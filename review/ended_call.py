"""What a phone system noted of a call: whom it was with, and whether anybody answered. It decides nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from ground.printable import printable
from memos.outcomes import Outcome, is_talk
from review.outcome_question import OutcomeQuestion

Disposition = Literal["answered", "no answer", "busy", "failed"]

_NEAR: Final = timedelta(minutes=2)
"""A memo is begun at the hang-up. What ended longer before or after that is another call."""

_NOBODY: Final = ("no answer", "busy", "failed")


@dataclass(frozen=True, slots=True)
class EndedCall:
    """A call that has ended. Raises ValueError where `ended_at` has no zone.

    :ivar number: that of the other one, as the phone system has it.
    :ivar direction: who called: "out" is the rep.
    :ivar seconds: of talk; 0 where nobody answered.
    :ivar disposition: whether it was answered, if only by a machine.
    """

    number: str
    direction: Literal["out", "in"]
    ended_at: datetime
    seconds: float
    disposition: Disposition

    def __post_init__(self) -> None:
        if self.ended_at.utcoffset() is None:
            raise ValueError(f"ended_at has no time zone: {self.ended_at.isoformat()}")

    @property
    def outcome(self) -> Outcome | None:
        """What became of it, as far as that follows: a call of the rep that was answered may have been by a machine."""
        if self.direction == "in":
            return Outcome.THEY_CALLED if self.disposition == "answered" else None
        return Outcome.NO_ANSWER if self.disposition in _NOBODY else None


LastCalls = Callable[[datetime], Iterable[EndedCall]]
"""Gives the calls that ended about a moment, or more; those that are too far from it are passed over."""


def the_one_call(calls: Iterable[EndedCall], hung_up: datetime) -> EndedCall | None:
    """The call that ended within two minutes of the hang-up; None where there is none, or more than one."""
    near = [call for call in calls if abs(call.ended_at - hung_up) <= _NEAR]
    return near[0] if len(near) == 1 else None


def hold_against(question: OutcomeQuestion, call: EndedCall | None) -> None:
    """Offer what the phone system says became of the call where the memo does not say it; and where a memo tells of a
    talk in a call that nobody answered, offer nothing: one of the two is about another call."""
    said = call.outcome if call else None
    if call is None or said is None:
        return
    if question.offer is None:
        question.offer = said
        question.line = f"{said.in_words}, says the phone: {printable(call.disposition)}"
    elif is_talk(question.offer) and not is_talk(said):
        question.offer, question.line = None, ""
