"""What became of the call, asked at a terminal: one line, one key."""

from typing import Final

from rich.text import Text

from aftercall.terminal.layout import key_lines
from aftercall.terminal.terminal import ENTER, LEAVE, Terminal
from memos.outcomes import Outcome
from review.errors import KEPT, NotConfirmed, NotTaken
from review.outcome_question import OutcomeQuestion

_KEYS: Final = {
    "r": (Outcome.REACHED, "reached"),
    "v": (Outcome.VOICEMAIL, "voicemail"),
    "a": (Outcome.NO_ANSWER, "no answer"),
    "g": (Outcome.GATEKEEPER, "a colleague"),
    "w": (Outcome.WRONG_NUMBER, "wrong number"),
    "c": (Outcome.THEY_CALLED, "they called"),
    "n": (Outcome.NO_CALL, "no call"),
}
_CHOICES: Final = " · ".join(f"{key} {label}" for key, (_, label) in _KEYS.items())


def ask_outcome(terminal: Terminal, question: OutcomeQuestion) -> None:
    """Show what was heard of the call, or ask, and take the rep's key.

    :raises NotConfirmed: the rep left.
    """
    terminal.show()
    if question.offer is None:
        terminal.show(Text("What became of the call?", style="bold"))
        terminal.show(Text(key_lines(f"{_CHOICES} · q later", terminal.width), style="dim"))
    else:
        terminal.show(Text.assemble(("The call  ", "dim"), (question.line, "bold")))
        terminal.show(Text(key_lines(f"Enter yes · or {_CHOICES} · q later", terminal.width), style="dim"))
    question.show()
    while question.answer is None:
        pressed = terminal.key(alone=True)
        if pressed in LEAVE:
            raise NotConfirmed(KEPT)
        try:
            if pressed in ENTER:
                question.accept()
            elif pressed in _KEYS:
                question.choose(_KEYS[pressed][0])
            else:
                terminal.show(f"  {_CHOICES} · q later")
        except NotTaken as why:
            terminal.show(f"  {why}")
