"""Whom an entry of an address book may be, in words, and the rep's answer to it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aftercall.desk.errors import FrontDoorError
from aftercall.desk.words import who

if TYPE_CHECKING:
    from aftercall.terminal.terminal import Terminal
    from memos.cards.card import Card
    from memos.cards.doubt import Candidate
    from memos.models import Contact

_MOST_OFFERED: Final = 5
"""A key for each."""


def may_be(among: Sequence[Candidate]) -> str:
    """ "may be 3 Dana Whitfield (Brightwater), by the same number"."""
    named = [f"{each.contact.id} {who(each.contact)}, by {each.why}" for each in among[:_MOST_OFFERED]]
    more = f"; or {len(among) - _MOST_OFFERED} more" if len(among) > _MOST_OFFERED else ""
    return f"may be {'; or '.join(named)}{more}"


class Asker:
    """Asks one question after the other, until the rep has had enough: the rest are then somebody else, and told.

    :ivar answered: the entries of which the rep said who they are, by their checksums.
    """

    def __init__(self, terminal: Terminal | None) -> None:
        """:param terminal: None where there is none: nobody is then taken for somebody else."""
        self.answered: set[str] = set()
        self._terminal = terminal

    def ask(self, card: Card, among: Sequence[Candidate]) -> Contact | None:
        """Which of them the entry is; None for somebody else.

        :raises FrontDoorError: the rep left with Ctrl-C.
        """
        from aftercall.terminal.terminal import LEAVE
        from ground.printable import printable
        from review.errors import NotConfirmed

        if self._terminal is None:
            return None
        offered = [each.contact for each in among[:_MOST_OFFERED]]
        company = f" ({card.company})" if card.company else ""
        values = "".join(f", {point.value}" for point in card.points[:_MOST_OFFERED])
        try:
            self._terminal.show()
            self._terminal.show(printable(f"Line {card.line}: {card.name}{company}{values}. Somebody you know?"))
            for number, each in enumerate(among[:_MOST_OFFERED], start=1):
                points = "".join(f", {value}" for value in (each.contact.phone, each.contact.email) if value)
                self._terminal.show(printable(f"  {number}  {who(each.contact)}{points}: {each.why}"))
            self._terminal.show("  n somebody new · q all that are left are somebody new")
            keys = [str(number) for number in range(1, len(offered) + 1)]
            while (pressed := self._terminal.key(alone=True)) not in ("n", *keys, *LEAVE):
                self._terminal.show(f"  A number from 1 to {len(offered)}, n or q.")
        except NotConfirmed:
            raise FrontDoorError("Stopped: nothing was imported.") from None
        if pressed in LEAVE:
            self._terminal = None
            return None
        self.answered.add(card.sha256)
        return offered[int(pressed) - 1] if pressed in keys else None


def asking(*, plain: bool) -> Asker:
    """Asks at the terminal, where there is one."""
    from aftercall.terminal.terminal import open_terminal

    return Asker(open_terminal(plain=plain) if sys.stdin.isatty() and sys.stderr.isatty() else None)
