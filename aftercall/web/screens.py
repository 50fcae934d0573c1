"""What is up in a reading, as it is sent to the browser: a template's name, and the facts in it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

if TYPE_CHECKING:
    from review.play import Stretch

FINAL: Final = frozenset({"stored", "left", "gone", "trouble"})
"""Screens after which nothing more is asked."""

BUSY: Final = frozenset({"busy", "recording"})
"""Screens during which nothing is asked: something is written down, or recorded."""


def turn() -> str:
    """What an answer has to name, so that it is one to what was shown, and to nothing else. It cannot be guessed: what
    was never sent cannot be answered."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Screen:
    """What is up.

    :ivar kind: which template draws it.
    :ivar facts: what that needs.
    :ivar notes: what was said meanwhile, each in one line.
    :ivar play: which of its sounds is to be played at once; empty: none.
    """

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    play: str = ""
    turn: str = field(default_factory=turn)

    def noting(self, *lines: str) -> Self:
        """The same, with more said about it, to be answered as before."""
        return replace(self, notes=(*self.notes, *lines))


@dataclass(frozen=True, slots=True)
class Act:
    """What the rep does.

    :ivar name: of the act, as in :mod:`aftercall.web.acts`; "look": nothing, but to see what is up.
    :ivar turn: of the screen that it answers.
    :ivar text: what was typed or chosen.
    """

    name: str
    turn: str = ""
    text: str = ""


LOOK: Final = Act("look")


class Floor(Protocol):
    """Where a reading takes place: its thread puts screens up there, and takes acts from there.

    :ivar stop_recording: set when the rep wants a recording that goes on within the reading to end.
    :ivar leaving: set when the reading is to be left, whatever goes on.
    :ivar offered: the sentence that was sent while the microphone was open, and since when, in seconds on the monotonic
        clock; None where none was, or speech has taken it back.
    """

    stop_recording: Event
    leaving: Event
    offered: tuple[str, float] | None

    @property
    def asked(self) -> bool:
        """Whether a request waits, to which the screen that is put up next is sent."""
        ...

    def next_act(self, screen: Screen, sounds: "Mapping[str, Stretch]") -> Act:
        """Put a screen up, which is the answer to the act before, and wait for the next act.

        :param sounds: what belongs to the screen: "sentence" or "word".
        :raises NotConfirmed: the reading is left.
        """
        ...

    def put_up(self, screen: Screen) -> None:
        """Put up a screen that asks nothing."""
        ...

    def say(self, line: str) -> None:
        """Keep a line for the next screen."""
        ...

    def said(self) -> tuple[str, ...]:
        """The lines since it was last asked for."""
        ...
