"""Contacts, calls, recordings and moments in the words in which a rep reads them, at any face."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from ground.printable import printable
from memos.models import NAMELESS, name_and_company

if TYPE_CHECKING:
    from capture.recording import Recording
    from memos.models import Contact, ContactPoint, ContactRef, FollowUp, Merge
    from memos.outcomes import Attempts
    from memos.tasks import Task
    from memos.team.views import TeamCall

_NTH: Final = tuple(f"{nth} try" for nth in "first second third fourth fifth sixth seventh eighth ninth tenth".split())


def clock_time(clock: time | None) -> str | None:
    """ "14:30", or None."""
    return f"{clock:%H:%M}" if clock else None


def who(contact: "Contact | None") -> str:
    """ "Dana Whitfield (Brightwater)", or a dash."""
    return contact.called if contact else "–"


def day_and_time(moment: datetime) -> str:
    """ "Sat 21 Nov 2026 16:40"."""
    return f"{moment:%a} {moment.day} {moment:%b %Y %H:%M}"


def day(when: date, clock: time | None = None) -> str:
    """ "Tue 24 Nov 2026 14:30"; without a clock time where there is none."""
    return f"{when:%a} {when.day} {when:%b %Y}" + (f" {clock:%H:%M}" if clock else "")


def short_day(when: date, today: date) -> str:
    """ "Tue 24 Nov", with the year where it is another one than today's."""
    year = f" {when.year}" if when.year != today.year else ""
    return f"{when:%a} {when.day} {when:%b}{year}"


def long_day(moment: datetime, today: date) -> str:
    """ "Saturday 21 November 16:40", with the year where it is another one than today's."""
    year = f" {moment.year}" if moment.year != today.year else ""
    return f"{moment:%A} {moment.day} {moment:%B}{year} {moment:%H:%M}"


def clock(seconds: float) -> str:
    """ "1:05"."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def times(count: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def tries(attempts: "Attempts", today: date) -> str:
    """ "third try, last reached 6 Nov": which one the next call is; empty where none has failed since the last talk."""
    if not attempts.count:
        return ""
    nth = _NTH[attempts.count] if attempts.count < len(_NTH) else f"try number {attempts.count + 1}"
    if attempts.last_talk is None:
        return f"{nth}, never reached"
    last = attempts.last_talk.date()
    return f"{nth}, last reached {last.day} {last:%b}" + (f" {last.year}" if last.year != today.year else "")


def days(count: int) -> str:
    """ "1 day", "2 days"."""
    return f"{count} day" if count == 1 else f"{count} days"


def how_near(days_left: int) -> str:
    """ "today", "tomorrow", "in 3 days", "2 days late"."""
    if days_left < 0:
        return f"{days(-days_left)} late"
    return {0: "today", 1: "tomorrow"}.get(days_left) or f"in {days(days_left)}"


def call_with(follow_up: "FollowUp") -> str:
    """ "the call with Dana Whitfield (Brightwater), due Tue 24 Nov 2026 14:30 (20261121-164005-7f3a)"."""
    whom = who(follow_up.contact) if follow_up.contact else "nobody named"
    return f"the call with {whom}, due {day(follow_up.due_date, follow_up.due_time)} ({follow_up.memo_id})"


def team_call(call: "TeamCall", names: Mapping[str, str]) -> str:
    """ "the call of Ana Lima with Dana Whitfield (Brightwater), due Tue 24 Nov 2026 14:30 (20261121-164005-7f3a)"."""
    whom = who(call.memo.contact) if call.memo.contact else "nobody named"
    whose = names.get(call.author, call.author)
    return f"the call of {whose} with {whom}, due {day(call.due_date, call.due_time)} ({call.memo_id})"


def promise_to(task: "Task") -> str:
    """ "what you promised Dana Whitfield (Brightwater) by Fri 27 Nov 2026 (20261121-164005-7f3a.1)"."""
    whom = f" {who(task.contact)}" if task.contact else ""
    by = f" by {day(task.by)}" if task.by else ""
    return f"what you promised{whom}{by} ({task.id})"


def recording_in_words(recording: "Recording", today: date) -> str:
    """ "14.0 s with Dana, Saturday 21 November 16:40 (20261121-164005-7f3a)"."""
    length = f"{recording.duration:.1f} s" if recording.duration is not None else "of unknown length"
    whom = f" with {recording.contact_hint}" if recording.contact_hint else ""
    return f"{length}{whom}, {long_day(recording.spoken_at, today)} ({recording.id})"


def labelled(point: "ContactPoint") -> str:
    """ "+15125550143 (mobile)"."""
    return f"{point.value} ({point.label})" if point.label else point.value


def what_changed(merge: "Merge") -> str:
    """ "D. Whitfield (Brightwater) into Dana Whitfield (Brightwater)", and so of moves and splits."""
    return {
        "merge": f"{who(merge.merged)} into {who(merge.kept)}",
        "move": f"{merge.memo_id} from {who(merge.merged)} to {who(merge.kept)}",
        "split": f"{who(merge.kept)} out of {who(merge.merged)}",
    }[merge.kind]


def moved(merge: "Merge") -> str:
    """ "4 memos and 1 promised call": what went along in a merge; empty where nothing did."""
    names = {"memos": "memo", "followups": "promised call"}
    counted = [
        f"{count} {name}{'' if count == 1 else 's'}"
        for table, name in names.items()
        if (count := merge.moved.get(table))
    ]
    return " and ".join(counted)


def with_number(contact: "Contact | ContactRef") -> str:
    """ "Dana Whitfield (Brightwater), +15125550143"."""
    called = name_and_company(contact.name or NAMELESS, contact.company)
    return printable(f"{called}, {contact.phone}" if contact.phone else called)
