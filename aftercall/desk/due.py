"""The list of what is due: promised calls by how near they are, and contacts left without a next step."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final, Self

from aftercall.desk.openings import Opening, OpeningSettings, opening, opening_after_silence
from aftercall.desk.rows import Row, contact_row, moment
from aftercall.desk.settings import Settings
from aftercall.desk.words import clock_time, short_day, times, tries
from memos.due import Buried
from memos.lateness import local_due
from memos.models import Contact, DueCall, Memo
from memos.outcomes import Attempts, is_talk
from memos.slots import Slot
from memos.store import Store
from memos.tasks import Task

WEEK: Final = timedelta(days=6)
"""From today: seven days, so that on a Friday the Monday after it is seen."""


class Section(Enum):
    """The parts of the list, in their order."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    PROMISED = "promised"
    BURIED = "buried"


_SHOWN: Final = {
    "today": (Section.OVERDUE, Section.TODAY),
    "week": (Section.OVERDUE, Section.TODAY, Section.WEEK),
    "overdue": (Section.OVERDUE,),
    "buried": (Section.BURIED,),
    "all": tuple(Section),
    "until": (Section.OVERDUE, Section.TODAY, Section.WEEK, Section.LATER),
    None: (Section.OVERDUE, Section.TODAY, Section.WEEK, Section.BURIED),
}

_WITHOUT_A_DAY: Final = ("all", None)
"""The lists that have what was promised for no day, too."""


@dataclass(frozen=True, slots=True)
class DueSettings:
    """What of the settings the list needs: after how many days of silence a contact is buried, and how calls open."""

    buried_after_days: float
    openings: OpeningSettings

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The part of the settings."""
        return cls(settings.buried_after, OpeningSettings.of(settings))


DUE_FIELDS: Final = (
    *("id", "section", "due", "time", "days_late", "agreed_for", "times_put_off", "put_off_since", "last_talk"),
    *("attempts", "number_wrong_since", "brief_read", "contact", "agreed", "opening", "text"),
)
"""What every row of the list has, in this order."""


@dataclass(frozen=True, slots=True)
class DueEntry:
    """One line of the list.

    :ivar call: None where no call is open, as of a contact who is buried.
    :ivar due, at: on the rep's own clock.
    """

    section: Section
    memo: Memo
    contact: Contact | None
    call: DueCall | None
    due: date | None
    at: time | None
    brief_read: bool
    opening: Opening
    attempts: Attempts

    @property
    def about(self) -> str:
        """What the call is about, in the words of the memo: "about the van", or a sentence of it in quotes."""
        from review.matter import matter

        what, is_sentence = matter(self.memo.text, self.memo.next_call.heard if self.memo.next_call else None)
        return f"“{what}”" if is_sentence else f"about {what}"

    @property
    def wrong_since(self) -> datetime | None:
        """Since when the number to dial is known to be wrong; None where it is not."""
        return self.attempts.wrong_since(self.contact.phone) if self.contact else None

    def notes(self, today: date) -> Iterator[str]:
        """How the call stands, in a few words each: put off, tried in vain, agreed for another day."""
        call = self.call
        if call:
            yield from _notes_of_the_call(call, today)
        if in_vain := tries(self.attempts, today):
            yield in_vain
        if self.wrong_since:
            yield f"the number was wrong on {short_day(self.wrong_since.date(), today)}"
        if call and call.agreed_for and self.opening.days_late and call.agreed_for != self.due:
            yield f"agreed for {short_day(call.agreed_for, today)}"
        if self.contact and not self.brief_read:
            yield "brief unread"

    @property
    def _last_talk(self) -> datetime | None:
        if self.contact is not None:
            return self.attempts.last_talk
        return self.memo.spoken_at if is_talk(self.memo.outcome) else None

    def row(self, today: date) -> Row:
        """The entry as data, with the fields of `DUE_FIELDS`."""
        follow_up = self.call.follow_up if self.call else None
        since = self.call.put_off_since if self.call else None
        return {
            "id": self.memo.id,
            "section": self.section.value,
            "due": self.due.isoformat() if self.due else None,
            "time": clock_time(self.at),
            "days_late": max(0, (today - self.due).days) if self.due else None,
            "agreed_for": self.call.agreed_for.isoformat() if self.call and self.call.agreed_for else None,
            "times_put_off": follow_up.times_put_off if follow_up else None,
            "put_off_since": moment(since),
            "last_talk": moment(self._last_talk),
            "attempts": self.attempts.count,
            "number_wrong_since": moment(self.wrong_since),
            "brief_read": self.brief_read,
            "contact": contact_row(self.contact),
            "agreed": self.memo.next_call.heard if self.memo.next_call else None,
            "opening": self.opening.row(),
            "text": self.memo.text,
        }


def _notes_of_the_call(call: DueCall, today: date) -> Iterator[str]:
    if call.follow_up.due_zone and call.follow_up.due_time:
        yield f"{call.follow_up.due_time:%H:%M} in {call.follow_up.due_zone}"
    if call.follow_up.times_put_off and call.put_off_since:
        since = short_day(call.put_off_since.date(), today)
        yield f"put off {times(call.follow_up.times_put_off)} since {since}"


@dataclass(frozen=True, slots=True)
class DueTask:
    """Something that was promised besides calls, and the end of its id where that is enough to name it by."""

    task: Task
    short_id: str

    def row(self, today: date) -> Row:
        """It as data, with the fields of a call, of which it has few."""
        task = self.task
        return dict.fromkeys(DUE_FIELDS) | {
            "id": task.id,
            "section": Section.PROMISED.value,
            "due": task.by.isoformat() if task.by else None,
            "days_late": max(0, (today - task.by).days) if task.by else None,
            "contact": contact_row(task.contact),
            "text": task.sentence,
        }


@dataclass(frozen=True, slots=True)
class DueList:
    """The entries, and what is not among them.

    :ivar tasks: what was promised besides calls, the soonest first, and what has no day last.
    :ivar short_ids: of each call by its id: the end of it, where no other open call's id ends so.
    :ivar left_out: how many of the sections asked for were left out to keep the list short.
    :ivar later: the days of the calls after this week, when they were not asked for.
    """

    entries: list[DueEntry]
    tasks: list[DueTask]
    short_ids: dict[str, str]
    left_out: dict[Section, int]
    later: list[date]

    def of(self, section: Section) -> list[DueEntry]:
        """The calls and contacts of one section."""
        return [entry for entry in self.entries if entry.section is section]

    def in_order(self) -> list[DueEntry | DueTask]:
        """All of the list, section by section."""
        return [*(entry for entry in self.entries if entry.call), *self.tasks, *self.of(Section.BURIED)]


_Slot = tuple[date, time | None, Slot]


def choose(
    store: Store, now: datetime, settings: DueSettings, which: str | None, until: date | None, limit: int
) -> DueList:
    """The list as of ``now``.

    :param which: "today", "week", "overdue", "buried", "all", or None for the usual list.
    :param until: only calls due on that day or earlier, whatever the section.
    :param limit: how many overdue and later calls, and how many buried contacts, at most. Of the overdue ones the last
        to fall due are kept: they can still be saved.
    """
    today = now.date()
    sections = _SHOWN["until" if until else which]
    found: dict[Section, list[_Slot]] = {section: [] for section in Section}
    ends: Counter[str] = Counter()
    for slot in store.calls.slots():
        ends[slot.memo_id.rpartition("-")[2]] += 1
        day, at = local_due(slot)
        if until is None or day <= until:
            found[_section(day, today)].append((day, at, slot))
    left_out = {}
    chosen = []
    for section in sections:
        kept = _kept(found[section], section, limit, all_later=until is not None)
        left_out[section] = len(found[section]) - len(kept)
        chosen += [(section, *item) for item in kept]
    tasks = _tasks(store, today, which, until)
    left_out[Section.PROMISED] = max(0, len(tasks) - limit)
    calls = store.calls.details([slot.id for *_, slot in chosen])
    entries = [
        _entry(section, day, at, call, today, settings.openings)
        for (section, day, at, _), call in zip(chosen, calls, strict=True)
    ]
    if Section.BURIED in sections:
        silent, count = store.calls.buried(now - timedelta(days=settings.buried_after_days), limit)
        entries += [_silent(buried, settings.openings) for buried in silent]
        left_out[Section.BURIED] = count - len(silent)
    return DueList(
        entries,
        tasks[:limit],
        {call.memo.id: _short(call.memo.id, ends) for call in calls},
        left_out,
        [] if Section.LATER in sections else [day for day, *_ in found[Section.LATER]],
    )


def _kept(slots: list[_Slot], section: Section, limit: int, *, all_later: bool) -> list[_Slot]:
    """Those of a section that are shown, in the order in which they fall due."""
    # In another order than the store's where a time was agreed in another zone.
    in_order = sorted(slots, key=lambda item: (item[0], item[1] is None, item[1] or time()))
    if section is Section.OVERDUE:
        return in_order[-limit:]
    return in_order[:limit] if section is Section.LATER and not all_later else in_order


def _tasks(store: Store, today: date, which: str | None, until: date | None) -> list[DueTask]:
    """What was promised besides calls, by the same choice of days."""
    found = store.tasks.open()
    ends = Counter((task.memo_id.rpartition("-")[2], task.number) for task in found)
    sections = _SHOWN["until" if until else which]
    chosen = []
    for task in found:
        if task.by is None:
            shown = until is None and which in _WITHOUT_A_DAY
        else:
            shown = _section(task.by, today) in sections and (until is None or task.by <= until)
        if shown:
            end = task.memo_id.rpartition("-")[2]
            chosen.append(DueTask(task, f"{end}.{task.number}" if ends[end, task.number] == 1 else task.id))
    return chosen


def _short(memo_id: str, ends: Counter[str]) -> str:
    end = memo_id.rpartition("-")[2]
    return end if ends[end] == 1 else memo_id


def _section(day: date, today: date) -> Section:
    if day < today:
        return Section.OVERDUE
    if day == today:
        return Section.TODAY
    return Section.WEEK if day <= today + WEEK else Section.LATER


def _entry(
    section: Section, day: date, at: time | None, call: DueCall, today: date, openings: OpeningSettings
) -> DueEntry:
    contact = call.follow_up.contact
    how = opening(call, day, today, openings)
    return DueEntry(section, call.memo, contact, call, day, at, call.brief_read, how, call.attempts)


def _silent(buried: Buried, openings: OpeningSettings) -> DueEntry:
    memo, how = buried.memo, opening_after_silence(buried.memo, openings)
    return DueEntry(Section.BURIED, memo, memo.contact, None, None, None, buried.brief_read, how, buried.attempts)
