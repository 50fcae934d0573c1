"""The list of calls as text that fits the terminal."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

import click

from aftercall.desk.due import WEEK, DueEntry, DueList, DueTask, Section
from aftercall.desk.openings import RULES
from aftercall.desk.words import clock_time, days, how_near, short_day, times, tries, who
from aftercall.terminal.layout import columns, width, wrapped
from memos.lateness import Lateness
from memos.models import DueCall

_INDENT: Final = "  "
_ROOM_FOR_NUMBERS: Final = 80
"""Columns. On a narrower terminal the number to dial goes to the line below."""

_LINES_AT_MOST: Final = 4
"""Of opening words; the brief has all of them."""


def print_due(found: DueList, now: datetime, buried_after_days: float) -> None:
    """Print the list, section by section."""
    room = width()
    today = now.date()
    first = True
    for section in Section:
        entries = found.of(section)
        tasks = found.tasks if section is Section.PROMISED else []
        if not (entries or tasks):
            continue
        if not first:
            click.echo()
        first = False
        for line in wrapped(_heading(section, today, buried_after_days), room):
            click.echo(click.style(line, bold=True))
        if tasks:
            _print_tasks(tasks, today, room)
            continue
        table = columns(
            [_cells(entry, today, room, found.short_ids) for entry in entries],
            room,
            shrinks=1 if section is Section.TODAY else 2,
        )
        for entry, line in zip(entries, table, strict=True):
            click.echo(line)
            for below in _below(entry, today, room):
                click.echo(click.style(below, dim=True))


def _print_tasks(tasks: Sequence[DueTask], today: date, room: int) -> None:
    cells = [
        [
            how_near((one.task.by - today).days) if one.task.by else "no day",
            short_day(one.task.by, today) if one.task.by else "",
            who(one.task.contact) if one.task.contact else "nobody named",
            one.short_id,
        ]
        for one in tasks
    ]
    for one, line in zip(tasks, columns(cells, room, shrinks=2), strict=True):
        click.echo(line)
        for below in wrapped(f"“{one.task.sentence}”", room - len(_INDENT), _LINES_AT_MOST):
            click.echo(click.style(_INDENT + below, dim=True))


def unlisted(found: DueList, today: date) -> Iterator[str]:
    """What the list does not show, a line each."""
    for section in (Section.OVERDUE, Section.BURIED):
        if more := found.left_out.get(section, 0):
            total = more + len(found.of(section))
            yield f"{more} more {section.value}: `aftercall due --{section.value} --limit {total}`"
    if more := found.left_out.get(Section.LATER, 0):
        yield f"{more} still later: `aftercall due --all --limit {more + len(found.of(Section.LATER))}`"
    if more := found.left_out.get(Section.PROMISED, 0):
        yield f"{more} more promised: `aftercall due --all --limit {more + len(found.tasks)}`"
    if found.later:
        yield f"{len(found.later)} later, the next on {short_day(min(found.later), today)}: `aftercall due --all`"


def _heading(section: Section, today: date, buried_after_days: float) -> str:
    return {
        Section.OVERDUE: "Overdue",
        Section.TODAY: f"Today, {today:%A} {today.day} {today:%B}",
        Section.WEEK: f"This week, to {short_day(today + WEEK, today)}",
        Section.LATER: "Later",
        Section.PROMISED: "Promised besides calls",
        Section.BURIED: f"Buried: no next step, and no talk for {buried_after_days:g} days. "
        f"{RULES[Lateness.LONG].capitalize()}.",
    }[section]


def _cells(entry: DueEntry, today: date, room: int, short_ids: dict[str, str]) -> Sequence[str]:
    if entry.due is None:
        ago = (today - entry.memo.spoken_at.date()).days
        when = [f"{days(ago)} ago", short_day(entry.memo.spoken_at.date(), today)]
    elif entry.section is Section.TODAY:
        when = [clock_time(entry.at) or "any time"]
    else:
        at = " ".join(filter(None, [short_day(entry.due, today), clock_time(entry.at)]))
        when = [how_near((entry.due - today).days), at]
    phone = (entry.contact.phone or "–") if entry.contact else "–"
    whom = who(entry.contact) if entry.contact else "nobody named"
    numbers = [phone] if room >= _ROOM_FOR_NUMBERS else []
    return [*when, whom, *numbers, short_ids.get(entry.memo.id, "")]


def _below(entry: DueEntry, today: date, room: int) -> Iterator[str]:
    """What stands under a call: how it stands, and how to open it or what it is about."""
    notes = list(_notes(entry, today, room))
    late = entry.call is not None and entry.opening.days_late > 0
    if late and entry.opening.kind is Lateness.AS_AGREED:
        notes.append(entry.opening.rule)
    if late and entry.opening.kind is not Lateness.AS_AGREED:
        paragraphs = [" · ".join(notes), f"“{entry.opening.words}”"]
    else:
        paragraphs = [" · ".join([*notes, entry.about])]
    for paragraph in paragraphs:
        yield from (_INDENT + line for line in wrapped(paragraph, room - len(_INDENT), _LINES_AT_MOST))


def _notes(entry: DueEntry, today: date, room: int) -> Iterator[str]:
    if room < _ROOM_FOR_NUMBERS and entry.contact and entry.contact.phone:
        yield entry.contact.phone
    if entry.call:
        yield from _notes_of_the_call(entry.call, today)
    if in_vain := tries(entry.attempts, today):
        yield in_vain
    if entry.wrong_since:
        yield f"the number was wrong on {short_day(entry.wrong_since.date(), today)}"
    agreed = entry.call.agreed_for if entry.call else None
    if agreed and entry.opening.days_late and agreed != entry.due:
        yield f"agreed for {short_day(agreed, today)}"
    if entry.contact and not entry.brief_read:
        yield "brief unread"


def _notes_of_the_call(call: DueCall, today: date) -> Iterator[str]:
    if call.follow_up.due_zone and call.follow_up.due_time:
        yield f"{call.follow_up.due_time:%H:%M} in {call.follow_up.due_zone}"
    if call.follow_up.times_put_off and call.put_off_since:
        since = short_day(call.put_off_since.date(), today)
        yield f"put off {times(call.follow_up.times_put_off)} since {since}"
