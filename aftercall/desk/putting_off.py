"""A promised call, or something else that was promised, moved to another day, and what is to be told of that."""

from collections.abc import Iterator
from datetime import datetime

from aftercall.desk.errors import NoSuchDay
from aftercall.desk.words import call_with, promise_to, short_day, times
from memos.models import FollowUp, Promise
from memos.store import Store
from memos.tasks import Task
from review.next_call import NextCall, spell_out


def put_off(store: Store, before: FollowUp, to: NextCall, now: datetime, *, agreed: bool) -> list[str]:
    """Move the call; the lines that tell of it. Where it was on that day already, nothing changes.

    :param to: a day, and the time if one is named.
    :param agreed: whether the new day was agreed with the contact.
    """
    assert to.date is not None
    after = store.calls.move(before, Promise(to.date, to.time, None, to.heard), agreed=agreed)
    if after.sequence == before.sequence:
        return [f"Nothing changed: {call_with(after)}."]
    return list(_told(store, before, after, to, now))


def put_off_task(store: Store, before: Task, to: NextCall, now: datetime) -> list[str]:
    """Have what is no call done by that day; the lines that tell of it.

    :raises NoSuchDay: a time is named as well.
    """
    if to.time is not None:
        raise NoSuchDay("What is no call has a day and no time, so nothing was changed.")
    assert to.date is not None
    after = store.tasks.move(before, to.date)
    if after.sequence == before.sequence:
        return [f"Nothing changed: {promise_to(before)}."]
    return [f"Moved: {promise_to(before)}, to {spell_out(to, now.date())}."]


def _told(store: Store, before: FollowUp, after: FollowUp, to: NextCall, now: datetime) -> Iterator[str]:
    moved = "Moved" if before.state == "open" else "Opened again and moved"
    yield f"{moved}: {call_with(before)}, to {spell_out(to, now.date())}."
    yield from (f"  {note}" for note in to.notes)
    yield from (f"  or did you mean {spell_out(other, now.date())}?" for other in to.others)
    [known] = store.calls.details([after.id])
    if after.times_put_off and known.put_off_since:
        yield f"It was put off {times(after.times_put_off)} since {short_day(known.put_off_since.date(), now.date())}."
