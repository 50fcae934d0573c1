"""A brief in words, as every face shows it: the number, how it stands, what was agreed and what was promised."""

from datetime import date
from typing import TYPE_CHECKING

from aftercall.desk.brief import Briefing
from aftercall.desk.words import clock_time, days, how_near, short_day, times
from memos.outcomes import ATTEMPTS, is_talk
from memos.tasks import Task

if TYPE_CHECKING:
    from memos.team.views import TeamMemo


def number_in_words(briefing: Briefing) -> str | None:
    """ "(512) 555-0143 · dial +15125550143"; None where no number is known."""
    number = briefing.number
    if number is None:
        return None
    if number.wrong_since:
        return f"{number.e164} was wrong on {short_day(number.wrong_since.date(), briefing.today)}: ask for another"
    # A landline dials as the country wants it, a mobile anything that begins with the plus.
    if number.dial.endswith(number.national):
        return f"{number.national} · dial {number.e164}"
    return f"{number.national} in {number.region or '?'} · dial {number.e164} or {number.dial}"


def how_it_stands(briefing: Briefing) -> str:
    """ "last talk 14 days ago, Sat 7 Nov · 2 memos · brief never read"."""
    brief = briefing.brief
    parts = ["no talk yet"]
    if brief.attempts.last_talk and briefing.days_since_talk is not None:
        ago = "today" if briefing.days_since_talk == 0 else f"{days(briefing.days_since_talk)} ago"
        parts = [f"last talk {ago}, {short_day(brief.attempts.last_talk.date(), briefing.today)}"]
    if brief.attempts.count:
        parts.append(f"called {times(brief.attempts.count)} in vain" + (" since" if brief.attempts.last_talk else ""))
    if brief.memos:
        parts.append("1 memo" if brief.memo_count == 1 else f"{brief.memo_count} memos")
    last_read = f"brief read {short_day(brief.read_at.date(), briefing.today)}" if brief.read_at else "brief never read"
    return " · ".join([*parts, last_read])


def agreed(briefing: Briefing) -> str:
    """What was agreed, and what became of it."""
    brief, today = briefing.brief, briefing.today
    call = brief.call
    if call is None or briefing.due is None:
        return _nothing_open(briefing)
    when = " ".join(filter(None, [short_day(briefing.due, today), clock_time(briefing.at)]))
    parts = [f"call {when}, {how_near((briefing.due - today).days)}"]
    follow_up = call.follow_up
    if follow_up.due_zone and follow_up.due_time:
        parts.append(f"{follow_up.due_time:%H:%M} in {follow_up.due_zone}")
    if follow_up.times_put_off and call.put_off_since:
        since = short_day(call.put_off_since.date(), today)
        parts.append(f"put off {times(follow_up.times_put_off)} since {since}")
    if call.agreed_for is None:
        parts.append("they know nothing of it")
    elif call.agreed_for != briefing.due:
        parts.append(f"they expect it {short_day(call.agreed_for, today)}")
    heard = f", from “{call.memo.next_call.heard}”" if call.memo.next_call else ""
    return "; ".join(parts) + heard


def promised(task: Task, today: date) -> str:
    """What was promised besides the call, and what has become of it."""
    by = "no day named"
    if task.by:
        by = f"by {short_day(task.by, today)}"
    if task.closed_at:
        by = f"{task.state} {short_day(task.closed_at.date(), today)}"
    elif task.by and task.by < today:
        by += f", {how_near((task.by - today).days)}"
    return f"{by}: “{task.sentence}”, said {short_day(task.said_on, today)}"


def _nothing_open(briefing: Briefing) -> str:
    brief, today = briefing.brief, briefing.today
    if brief.rests_since:
        return f"at rest since {short_day(brief.rests_since.date(), today)}: does not come up until you speak again"
    if brief.closed:
        state, at, reason = brief.closed
        why = f": {reason}" if reason else ""
        return f"no next step; the call was {state} on {short_day(at.date(), today)}{why}"
    if brief.memos and brief.memos[0].no_next_call_reason:
        return f"no next step: {brief.memos[0].no_next_call_reason}"
    return "no next step"


def heard_by_a_colleague(briefing: Briefing, memo: "TeamMemo") -> str:
    """ "Ana spoke with them Tue 24 November: ..."."""
    rep = briefing.names.get(memo.author, memo.author)
    did = "spoke with them" if is_talk(memo.outcome) else "noted"
    if memo.outcome in ATTEMPTS:
        did = "called in vain"
    return f"{rep} {did} {short_day(memo.spoken_at.date(), briefing.today)}: {memo.text}"


def read_by_colleagues(briefing: Briefing) -> str:
    """ "the brief was read by Ana Tue 24 Nov, by Ben Mon 23 Nov"; empty where none of them has."""
    read = (
        f"by {briefing.names.get(login, login)} {short_day(at.date(), briefing.today)}"
        for login, at in briefing.read_by.items()
    )
    listed = ", ".join(read)
    return f"the brief was read {listed}" if listed else ""
