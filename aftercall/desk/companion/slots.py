"""The open calls, as far as they may be due or ring now: what is asked every half a minute, and by every status bar."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from aftercall.desk.app import App

if TYPE_CHECKING:
    from memos.slots import Slot


def until(now: datetime) -> date:
    """The last day that a call can be promised for, in any zone, that may ring by now."""
    return now.date() + timedelta(days=2)


def slots_of(app: App, now: datetime) -> "list[Slot]":
    """When the open calls are due that may ring by now, or are due today.

    :raises MemosError: the store cannot be read.
    """
    from memos.errors import StoreFull, StoreNotWritable, StoreTooOld
    from memos.slots import open_slots

    if not app.home.database.exists():
        return []
    try:
        return open_slots(app.home.database, until(now))
    except (StoreTooOld, StoreFull, StoreNotWritable):
        with app.store_to_read() as store:
            return store.calls.slots(until(now))
