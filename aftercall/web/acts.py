"""What the rep can do at each stage of a reading, by its name in a form. Whether it counts, the session says."""

from collections.abc import Callable, Mapping
from typing import Final

from memos.outcomes import Outcome
from review.errors import KEPT, Discarded, NextMemo, NotTaken, RecordAgain
from review.session import Session
from review.stage import Stage

_Deed = Callable[[Session, str], None]

_LONGEST_NUMBER: Final = 3


def act(session: Session, name: str, text: str) -> None:
    """Do it.

    :raises NotTaken: the session does not take it, or there is no such act at this stage.
    :raises Discarded, RecordAgain, NextMemo: the rep wants that.
    """
    deed = _DEEDS.get(session.stage, {}).get(name)
    if deed is None:
        raise NotTaken("That is no answer to what is up.")
    deed(session, text)


def _number(text: str) -> int:
    """A number that was chosen; 0, which none is, where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else 0


def _discard(session: Session, text: str) -> None:
    if text.strip() != "discard":
        raise NotTaken("Not thrown away. Type discard to throw the whole memo away.")
    raise Discarded("The memo was thrown away, as you asked.")


def _record_again(session: Session, text: str) -> None:
    raise RecordAgain("The memo is to be recorded again.")


def _next(session: Session, text: str) -> None:
    raise NextMemo(KEPT)


def _outcome(session: Session, text: str) -> None:
    if text not in set(Outcome):
        raise NotTaken("One of these, please.")
    session.outcome.choose(Outcome(text))
    session.outcome_answered()


def _accept_outcome(session: Session, text: str) -> None:
    session.outcome.accept()
    session.outcome_answered()


def _contact(deed: _Deed) -> _Deed:
    def and_on(session: Session, text: str) -> None:
        deed(session, text)
        if session.contact.ask is None:
            session.contact_answered()

    return and_on


def _commitments(deed: _Deed) -> _Deed:
    def and_on(session: Session, text: str) -> None:
        deed(session, text)
        session.commitments_answered()

    return and_on


def _change_day(session: Session, text: str) -> None:
    number, _, day = text.partition(" ")
    session.commitments.change_day(_number(number), day.strip())


def _type_day(session: Session, text: str) -> None:
    if not session.call.type(text.strip()):
        raise NotTaken("Why is there no next call? Say it in a few words, below.")


_DEEDS: Final[Mapping[Stage, Mapping[str, _Deed]]] = {
    Stage.NO_SPEECH: {
        "read": lambda session, text: session.read_all_the_same(),
        "record": _record_again,
        "next": _next,
        "discard": _discard,
    },
    Stage.READING: {
        "keep": lambda session, text: session.gate.keep(),
        "strike": lambda session, text: session.gate.strike(),
        "edit": lambda session, text: session.gate.edit(text),
        "back": lambda session, text: session.gate.back(),
        "undo": lambda session, text: session.gate.undo(),
        "fix": lambda session, text: session.gate.fix(),
        "add": lambda session, text: session.gate.add(text),
        "next": _next,
        "discard": _discard,
    },
    Stage.NOTHING_LEFT: {
        "again": lambda session, text: session.read_again(),
        "next": _next,
        "discard": _discard,
    },
    Stage.OUTCOME: {"accept": _accept_outcome, "choose": _outcome},
    Stage.CONTACT: {
        "answer": _contact(lambda session, text: session.contact.answer(text)),
        "choose": _contact(lambda session, text: session.contact.choose(_number(text))),
        "new": _contact(lambda session, text: session.contact.somebody_new()),
    },
    Stage.COMMITMENTS: {
        "accept": _commitments(lambda session, text: session.commitments.accept()),
        "strike": lambda session, text: session.commitments.strike(_number(text)),
        "day": _change_day,
        "none": _commitments(lambda session, text: session.commitments.none()),
    },
    Stage.CALL: {
        "accept": lambda session, text: session.call.accept(meant=False),
        "meant": lambda session, text: session.call.accept(meant=True),
        "choose": lambda session, text: session.call.choose(_number(text)),
        "type": _type_day,
        "none": lambda session, text: session.call.none(text),
    },
}
