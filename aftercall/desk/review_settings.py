"""What a reading needs of the settings, and of the calls that are promised already."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from aftercall.desk.settings import Settings
from aftercall.desk.words import with_number
from memos.store import Store
from review.diary import Diary, PlannedCall, WorkingHours
from review.session import ReviewSettings


def review_settings(settings: Settings) -> ReviewSettings:
    """What of the settings a reading needs."""
    return ReviewSettings(settings.reader, settings.doubt_below, settings.locale, settings.country)


def diary(settings: Settings, store: Store) -> Diary:
    """What the day of a next call is held against: public holidays, working hours, and the calls already promised."""
    hours = WorkingHours(
        frozenset(settings.work_days),
        dt.time.fromisoformat(settings.work_start),
        dt.time.fromisoformat(settings.work_end),
    )
    return Diary(settings.country, settings.region, hours, partial(_planned, store))


def _planned(store: Store, day: dt.date) -> Sequence[PlannedCall]:
    calls = (call.follow_up for call in store.due(day))
    return [
        PlannedCall(call.due_time, with_number(call.contact) if call.contact else "nobody named")
        for call in calls
        if call.due_date == day
    ]
