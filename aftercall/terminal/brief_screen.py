"""The brief as one screen of text."""

from collections.abc import Iterator
from typing import Final

import click

from aftercall.desk.brief import Briefing
from aftercall.desk.brief_words import (
    agreed,
    heard_by_a_colleague,
    how_it_stands,
    number_in_words,
    promised,
    read_by_colleagues,
)
from aftercall.desk.homework import topic_in_words
from aftercall.desk.words import short_day, who
from aftercall.terminal.layout import cut, wrapped

LINES: Final = 23
"""What fits a terminal of 24 lines, with the prompt below it."""

_LABEL: Final = 10
_MOST_PROMISES: Final = 3
_LINES_PER_MEMO: Final = ((5, 3, 3), (4, 2, 2), (3, 2, 2), (3, 1, 1), (2, 1, 1), (1, 1, 1))
"""Lines for the newest memo and those before it: the first that fit are taken."""


def screen(briefing: Briefing, room: int) -> list[str]:
    """The lines of the brief, none wider than ``room`` columns; where it can be, no more than :data:`LINES`."""
    lines: list[str] = []
    for shares in _LINES_PER_MEMO:
        lines = [*_head(briefing, room), *_body(briefing, room, shares)]
        if len(lines) <= LINES:
            break
    return lines


def _head(briefing: Briefing, room: int) -> Iterator[str]:
    brief, contact = briefing.brief, briefing.brief.contact
    role = f" · {brief.facts['role'].answer}" if "role" in brief.facts else ""
    yield click.style(cut(f"{who(contact)}{role}", room), bold=True)
    reached = " · ".join(filter(None, [number_in_words(briefing), contact.email])) or "no number is known"
    yield cut(reached, room)
    yield cut(how_it_stands(briefing), room)


def _body(briefing: Briefing, room: int, shares: tuple[int, int, int]) -> Iterator[str]:
    brief = briefing.brief
    yield from _paragraph("Agreed", agreed(briefing), room, 3)
    for index, task in enumerate(brief.tasks[:_MOST_PROMISES]):
        yield from _paragraph("" if index else "Promised", promised(task, briefing.today), room, 2)
    if brief.facts:
        known = " · ".join(f"{topic_in_words(topic)}: {fact.answer}" for topic, fact in brief.facts.items())
        yield from _paragraph("Known", known, room, 3)
    if briefing.questions:
        yield from _paragraph("Ask", " ".join(briefing.questions.values()), room, 4)
    for index, (memo, most) in enumerate(zip(brief.memos, shares, strict=False)):
        text = f"{short_day(memo.spoken_at.date(), briefing.today)}: {memo.text}"
        yield from _paragraph("" if index else "Memos", text, room, most)
    for index, heard in enumerate(briefing.heard):
        yield from _paragraph(
            "" if index else "Team", heard_by_a_colleague(briefing, heard), room, shares[min(index, 2)]
        )
    yield from _paragraph("" if briefing.heard else "Team", read_by_colleagues(briefing), room, 1)
    if briefing.opening:
        yield from _paragraph("Begin", f"{briefing.opening.rule}: “{briefing.opening.words}”", room, 6)


def _paragraph(name: str, text: str, room: int, most: int) -> Iterator[str]:
    for index, line in enumerate(wrapped(text, room - _LABEL, most)):
        yield (click.style(f"{name:{_LABEL}}", bold=True) if index == 0 and name else " " * _LABEL) + line
