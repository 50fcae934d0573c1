"""A memo read and answered at a terminal, from the first sentence to the next call."""

from typing import Final

from rich.text import Text

from aftercall.terminal.call_screen import ask_next_call
from aftercall.terminal.commitment_screen import ask_commitments
from aftercall.terminal.contact_screen import ask_contact
from aftercall.terminal.layout import key_lines
from aftercall.terminal.outcome_screen import ask_outcome
from aftercall.terminal.sentence_screen import Begun, SentenceScreen
from aftercall.terminal.terminal import ENTER, LEAVE, Terminal, discard
from ground.printable import printable
from memos.outcomes import Outcome, is_talk
from review.again import SayAgain
from review.errors import KEPT, NextMemo, NotConfirmed, RecordAgain
from review.play import Player
from review.session import Session
from review.stage import Stage

_HEAR: Final = "h hear it · "
_LEAVE: Final = "n next memo · d throw it away · q later"


def read(
    terminal: Terminal,
    session: Session,
    player: Player | None = None,
    say_again: SayAgain | None = None,
    begun: Begun | None = None,
) -> None:
    """Draw the session, stage after stage, until all is answered.

    :param player: plays the memo's sound; None where there is none.
    :param say_again: records a sentence anew; None where nothing can.
    :param begun: the first sentence, where it was up before the microphone was closed.
    :raises NotConfirmed: the rep left; what was answered is kept.
    :raises Discarded: the rep threw the memo away.
    :raises RecordAgain: the rep wants to speak it again.
    """
    if session.foreign:
        terminal.show(f"In {session.foreign!r}: risk words and the next call are found in English only.")
    try:
        while (stage := session.stage) is not Stage.ANSWERED:
            if stage is Stage.NO_SPEECH:
                _ask_whether_it_is_speech(terminal, session, player)
            elif stage is Stage.READING:
                SentenceScreen(terminal, session.gate, player, say_again).read(begun)
                begun = None
            elif stage is Stage.NOTHING_LEFT:
                _ask_what_now(terminal, session, player)
            elif stage is Stage.OUTCOME:
                ask_outcome(terminal, session.outcome)
                session.outcome_answered()
            elif stage is Stage.CONTACT:
                ask_contact(terminal, session.contact, _whom(session.became))
                session.contact_answered()
            elif stage is Stage.COMMITMENTS:
                ask_commitments(terminal, session.commitments)
                session.commitments_answered()
            else:
                ask_next_call(terminal, session.call)
    finally:
        # However it is left: the next memo's microphone would hear it.
        if player is not None:
            player.stop()


def _whom(became: Outcome | None) -> str:
    if became is Outcome.NO_CALL:
        return "Whom is it about?"
    return "Whom did you speak with?" if is_talk(became) else "Whom did you call?"


def _ask_whether_it_is_speech(terminal: Terminal, session: Session, player: Player | None) -> None:
    """Before anything else is asked of what reads like none."""
    terminal.show(f"This reads like no speech: {session.no_speech}.")
    keys = f"{_HEAR}r record it again · Enter read it all the same · {_LEAVE}"
    while (pressed := _key(terminal, keys, session, player)) not in ENTER:
        if pressed == "r":
            raise RecordAgain("The memo is to be recorded again.")
    session.read_all_the_same()


def _ask_what_now(terminal: Terminal, session: Session, player: Player | None) -> None:
    """Nothing can be stored: hear it, throw the memo away, read it again, or leave."""
    struck = session.every_sentence_struck
    what = "Nothing is left of it" if struck else "No words were heard in this memo"
    terminal.show(f"{what}, so there is nothing to store.")
    keys = f"{_HEAR}{'r read it again · ' if struck else ''}{_LEAVE}"
    while _key(terminal, keys, session, player) != "r" or not struck:
        pass
    session.read_again()


def _key(terminal: Terminal, keys: str, session: Session, player: Player | None) -> str:
    """A key of those two questions, with what all of them have in common done.

    :raises NotConfirmed: the rep left, or wants the next memo.
    """
    terminal.show(Text(key_lines(keys, terminal.width), style="dim"))
    pressed = terminal.key()
    if pressed != "h" and player is not None:
        player.stop()
    if pressed == "h":
        trouble = "There is no sound to this memo." if player is None else player.play(session.sound)
        if trouble:
            terminal.show(printable(f"  {trouble}"))
    elif pressed == "d":
        discard(terminal)
    elif pressed == "n":
        raise NextMemo(KEPT)
    elif pressed in LEAVE:
        raise NotConfirmed(KEPT)
    return pressed
